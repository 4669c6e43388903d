"""A web page from elsewhere, open in the same browser, can neither read nor do anything in the preview."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.preview.server import TOKEN, PretendTelegram
from bot.preview.web import Served, serve
from tests.http import Answer, fetch

PATHS = [
    "", "index.html", "chat.js", "style.css", "icon.svg", "nothing", "api/people", "api/state?after=-1", "api/say",
    "api/edit", "api/press", "api/send", "why?text=hello", f"bot{TOKEN}/getMe", f"bot{TOKEN}/getUpdates?timeout=50",
    f"bot{TOKEN}/sendMessage?chat_id=1&text=x", f"bot{TOKEN}/deleteWebhook", "bot1:x/getMe",
]  # fmt: skip
METHODS = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"]


@pytest.fixture
def server() -> PretendTelegram:
    return PretendTelegram()


@pytest.fixture
async def served(server: PretendTelegram) -> AsyncIterator[Served]:
    served = await serve(server, "127.0.0.1", 0, explain=lambda text: {"text": text})
    yield served
    await served.stop()


async def ask(served: Served, path: str, method: str = "GET", **headers: str) -> Answer:
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    body: Any = b"{}" if method in ("POST", "PUT", "PATCH") else None
    if body:
        given.setdefault("Content-Type", "application/json")
    return await fetch(f"{served.url}{path}", method, body, given)


def hosts(port: int) -> list[str]:
    """What a Host header reads when a foreign name is made to lead here, and what may pass for us."""
    return [
        f"evil.example:{port}", f"127.0.0.1.evil.example:{port}", f"localhost.:{port}", f"evil@127.0.0.1:{port}",
        f"127.0.0.1:{port}@evil.example", f"127.1:{port}", f"0.0.0.0:{port}", f"[::]:{port}", "localhost",
        "127.0.0.1", f"127.0.0.1:{port}, evil.example", f"127.0.0.1:0{port}", " ", "[",
    ]  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
async def test_no_other_name_reaches_any_address(served: Served, server: PretendTelegram, path: str) -> None:
    for host in hosts(served.port):
        assert (await ask(served, path, Host=host)).code in (400, 403), host
    assert server.calls == []


@pytest.mark.parametrize("method", METHODS)
async def test_no_other_origin_reaches_any_address_by_any_method(
    served: Served, server: PretendTelegram, method: str
) -> None:
    origins = [
        "https://evil.example", "null", "", "file://", f"http://evil.example:{served.port}", "http://localhost",
        f"https://127.0.0.1:{served.port}", f"http://127.0.0.1:{served.port}.evil.example",
        f"http://127.0.0.1:{served.port} http://evil.example", f"HTTP://127.0.0.1:{served.port}/",
    ]  # fmt: skip
    for path in PATHS:
        for origin in origins:
            assert (await ask(served, path, method, Origin=origin)).code in (403, 405), (path, origin)
    assert server.calls == []


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
async def test_a_picture_a_script_or_a_frame_of_another_page_changes_and_reads_nothing(
    served: Served, server: PretendTelegram, site: str
) -> None:
    """None of these carries an Origin: only the browser's own word tells where they come from."""
    for path in PATHS:
        for mode in ("no-cors", "cors", "websocket"):
            assert (await ask(served, path, Sec_Fetch_Site=site, Sec_Fetch_Mode=mode)).code == 403, path
    for path in PATHS[1:]:
        assert (await ask(served, path, Sec_Fetch_Site=site, Sec_Fetch_Mode="navigate")).code == 403, path
    assert server.calls == []
    assert server.world.users.keys() == {server.bot.id}


async def test_a_link_elsewhere_may_lead_to_the_page_and_the_page_reaches_its_own(served: Served) -> None:
    linked = await ask(served, "", Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="navigate")
    own = await ask(served, "chat.js", Sec_Fetch_Site="same-origin", Sec_Fetch_Mode="cors")
    typed = await ask(served, "", Sec_Fetch_Site="none", Sec_Fetch_Mode="navigate")
    assert [linked.code, own.code, typed.code] == [200, 200, 200]


@pytest.mark.parametrize("path", PATHS)
async def test_every_answer_refuses_frames_other_readers_and_guesses_at_its_kind(served: Served, path: str) -> None:
    if "getUpdates" in path:
        return  # waits for updates, as it should
    headers = (await ask(served, path)).headers
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "Access-Control-Allow-Origin" not in headers


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
async def test_a_form_of_another_page_is_not_taken(served: Served, kind: str) -> None:
    assert (await ask(served, "api/people", "POST", Content_Type=kind)).code in (400, 415)


async def test_one_tab_cannot_act_as_another(served: Served) -> None:
    keys = [json.loads((await ask(served, "api/people", "POST")).body)["key"] for _ in range(2)]
    assert len(set(keys)) == 2
    assert all(len(key) >= 22 for key in keys)  # 16 random bytes
    for forged in ("", "x", keys[0][:-1], keys[0] + "x", "../" + keys[0]):
        assert (await ask(served, "api/say", "POST", X_Person=forged)).code == 401


@pytest.mark.parametrize(
    "path",
    ["../guard.py", "..%2fguard.py", "%2e%2e/guard.py", "....//guard.py", "%2fetc%2fpasswd", "//etc/passwd",
     "..\\guard.py", "chat.js%00.html", "page/../../server.py", ".", "%2e%2e%2f%2e%2e%2f.env"],
)  # fmt: skip
async def test_nothing_but_the_page_is_served(served: Served, path: str) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", served.port)
    request = f"GET /{path} HTTP/1.1\r\nHost: 127.0.0.1:{served.port}\r\nConnection: close\r\n\r\n"
    writer.write(request.encode())
    answer = await reader.read()
    writer.close()
    assert answer.split()[1] in (b"301", b"400", b"403", b"404") or b"<title>" in answer
    assert b"import" not in answer.partition(b"\r\n\r\n")[2]
    assert b"root:" not in answer


async def test_a_body_too_large_is_refused(served: Served) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", served.port)
    writer.write(
        f"POST /api/people HTTP/1.1\r\nHost: 127.0.0.1:{served.port}\r\nContent-Length: 99999999999\r\n\r\n".encode()
    )
    answer = await asyncio.wait_for(reader.read(), 10)
    writer.close()
    assert b"200 OK" not in answer
