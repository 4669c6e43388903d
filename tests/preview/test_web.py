"""The HTTP skin: the Bot API over a socket, the page behind its guard."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from telegram import Bot

from bot.preview.page_api import Explain
from bot.preview.server import TOKEN, Fault, PretendTelegram
from bot.preview.web import Served, serve
from tests.http import Answer, fetch

JSON = {"Content-Type": "application/json"}


@pytest.fixture
def server() -> PretendTelegram:
    return PretendTelegram()


def explain(text: str) -> dict[str, Any]:
    return {"text": text, "entry": "normal"}


@pytest.fixture
async def served(server: PretendTelegram) -> AsyncIterator[Served]:
    served = await serve(server, "127.0.0.1", 0, explain)
    yield served
    await served.stop()


async def ask(served: Served, path: str, body: Any = None, **headers: str) -> Answer:
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    if isinstance(body, dict):
        body, given = json.dumps(body), JSON | given
    return await fetch(f"{served.url}{path}", "GET" if body is None else "POST", body, given)


async def become(served: Served) -> str:
    response = await ask(served, "api/people", {"first_name": "Ann", "language_code": "en-GB"})
    return str(json.loads(response.body)["key"])


MULTIPART = (
    '--b\r\nContent-Disposition: form-data; name="name"\r\n\r\nPip\r\n'
    '--b\r\nContent-Disposition: form-data; name="language_code"\r\n\r\nde\r\n--b--\r\n'
)


@pytest.mark.parametrize(
    ("query", "body", "kind"),
    [
        ("?name=Pip&language_code=de", None, None),
        ("", "name=Pip&language_code=de", "application/x-www-form-urlencoded"),
        ("", '{"name": "Pip", "language_code": "de"}', "application/json"),
        ("", MULTIPART, "multipart/form-data; boundary=b"),
    ],
)
async def test_the_bot_api_takes_parameters_in_every_form(
    server: PretendTelegram, served: Served, query: str, body: str | None, kind: str | None
) -> None:
    headers = {"Content_Type": kind} if kind else {}

    response = await ask(served, f"bot{TOKEN}/setMyName{query}", body, **headers)

    assert json.loads(response.body) == {"ok": True, "result": True}
    assert server.profile.text("name", "de") == "Pip"
    assert server.violations == []


@pytest.mark.parametrize(
    ("path", "code"), [(f"bot{TOKEN}/getMee", 404), ("bot1:x/getMe", 404), (f"bot{TOKEN}x/getMe", 401)]
)
async def test_refusals_carry_their_status(served: Served, path: str, code: int) -> None:
    response = await ask(served, path)

    assert (response.code, json.loads(response.body)["error_code"]) == (code, code)


async def test_the_library_reaches_it_by_its_base_url(server: PretendTelegram, served: Served) -> None:
    person = server.person()
    await person.start()

    async with Bot(TOKEN, base_url=served.api_url) as bot:
        (update,) = await bot.get_updates(timeout=1)
        sent = await bot.send_message(person.id, "<b>hello</b>", parse_mode="HTML")

    assert (update.message and update.message.text, sent.text_html) == ("/start", "<b>hello</b>")
    assert server.violations == []


async def test_a_lost_answer_closes_the_line(server: PretendTelegram, served: Served) -> None:
    server.fail("getMe", Fault(None))

    with pytest.raises(OSError, match="disconnected"):
        await ask(served, f"bot{TOKEN}/getMe", {})  # aiohttp asks again by itself where it is a GET


async def test_a_failing_explanation_tells_no_secret(server: PretendTelegram, caplog: pytest.LogCaptureFixture) -> None:
    def fail(text: str) -> dict[str, Any]:
        raise KeyError(text)

    served = await serve(server, explain=fail)
    response = await ask(served, "why?text=secret")
    await served.stop()

    assert response.code == 500
    assert "secret" not in caplog.text + response.body.decode()


async def test_a_broken_body_is_a_400(served: Served) -> None:
    response = await ask(served, f"bot{TOKEN}/getMe", "{", Content_Type="application/json")

    assert json.loads(response.body)["description"] == "Bad Request: can't parse request JSON object"


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "example.org", "::"])  # noqa: S104 - refused
async def test_only_this_machine_may_connect(server: PretendTelegram, host: str) -> None:
    with pytest.raises(ValueError, match="this machine only"):
        await serve(server, host, 0)


async def test_a_taken_port_is_named(server: PretendTelegram, served: Served) -> None:
    with pytest.raises(OSError, match=f"port {served.port} on 127.0.0.1 is taken"):
        await serve(server, "127.0.0.1", served.port)


@pytest.mark.parametrize("path", ["", "api/state", "why?text=x", f"bot{TOKEN}/getMe", "chat.js"])
async def test_another_name_that_leads_here_is_turned_away(served: Served, path: str) -> None:
    for host in (f"evil.example:{served.port}", "localhost:1", "localhost", "["):
        assert (await ask(served, path, Host=host)).code == 403


async def test_another_web_site_cannot_act(served: Served) -> None:
    for origin in ("https://evil.example", "null", f"https://localhost:{served.port}", "http://localhost:1"):
        assert (await ask(served, "api/people", {}, Origin=origin)).code == 403
        assert (await ask(served, f"bot{TOKEN}/getMe", {}, Origin=origin)).code == 403
    assert (await ask(served, "api/people", {}, Origin=f"http://localhost:{served.port}")).code == 200
    assert (await ask(served, "api/people", "{}", Content_Type="text/plain")).code == 415


@pytest.mark.parametrize("path", ["", "style.css", "bubbles.css", "chat.js", "wallpaper.svg"])
async def test_the_page_is_served_with_its_policy(served: Served, path: str) -> None:
    response = await ask(served, path)

    assert response.code == 200
    assert "default-src 'self'" in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["../web.py", "%2e%2e/web.py", "nothing.js"])
async def test_nothing_but_the_page_is_served(served: Served, path: str) -> None:
    assert (await ask(served, path)).code in (403, 404)


async def test_a_tab_acts_as_its_person(server: PretendTelegram, served: Served) -> None:
    key = await become(served)
    said = await ask(served, "api/say", {"text": "hello"}, X_Person=key)
    number = json.loads(said.body)["id"]
    await ask(served, "api/edit", {"message_id": number, "text": "hallo"}, X_Person=key)
    await ask(served, "api/press", {"message_id": number, "data": "x"}, X_Person=key)
    await ask(served, "api/send", {"kind": "photo"}, X_Person=key)

    state = json.loads((await ask(served, "api/state", X_Person=key)).body)
    other = json.loads((await ask(served, "api/state", X_Person=await become(served))).body)

    assert [(m["text"], m["edited"], m.get("kind")) for m in state["messages"]] == [
        ("hallo", True, None), ("", False, "photo"),
    ]  # fmt: skip
    assert [query["answered"] for query in state["queries"]] == [False]
    assert (state["person"]["first_name"], state["explains"]) == ("Ann", True)
    assert other["messages"] == []


@pytest.mark.parametrize(
    ("act", "body", "code"),
    [
        ("say", {"text": " "}, 400),
        ("say", {}, 400),
        ("edit", {"message_id": 99, "text": "x"}, 400),
        ("send", {"kind": "anvil"}, 404),
        ("press", {"message_id": "x", "data": "x"}, 400),
        ("choose", {"query_id": "x", "result_id": "x"}, 400),
        ("inline", {"query": "x" * 257}, 400),
        ("inline", {}, 400),
    ],
)
async def test_what_no_client_sends_is_refused(served: Served, act: str, body: dict[str, Any], code: int) -> None:
    assert (await ask(served, f"api/{act}", body, X_Person=await become(served))).code == code


async def test_an_unknown_tab_is_told_so(served: Served) -> None:
    assert (await ask(served, "api/state", X_Person="old")).code == 401
    assert (await ask(served, "api/say", {"text": "x"})).code == 401


async def test_an_inline_query_is_answered_and_a_result_posted_over_http(
    server: PretendTelegram, served: Served
) -> None:
    article = {"type": "article", "id": "1", "title": "T", "input_message_content": {"message_text": "x"}}

    async def deliver(update: dict[str, Any]) -> None:
        if "inline_query" in update:
            given = {"inline_query_id": update["inline_query"]["id"], "results": [article]}
            await server.call(TOKEN, "answerInlineQuery", given)

    server.deliver_to(deliver)
    key = await become(served)
    offered = json.loads((await ask(served, "api/inline", {"query": "up"}, X_Person=key)).body)
    chosen = {"query_id": offered["query_id"], "result_id": "1"}
    await ask(served, "api/choose", chosen, X_Person=key)
    state = json.loads((await ask(served, "api/state", X_Person=key)).body)

    assert offered["results"] == [{"id": "1", "title": "T", "description": ""}]
    assert [(message["text"], message["via"]) for message in state["messages"]] == [("x", "preview_bot")]
    assert state["bot"]["inline"] is True
    assert (await ask(served, "api/inline", {"query": "up"})).code == 401


async def test_the_state_waits_for_a_change(server: PretendTelegram, served: Served) -> None:
    key = await become(served)
    version = json.loads((await ask(served, "api/state", X_Person=key)).body)["version"]
    waiting = asyncio.ensure_future(ask(served, f"api/state?after={version}", X_Person=key))
    await ask(served, "api/say", {"text": "hello"}, X_Person=key)

    state = json.loads((await waiting).body)

    assert [message["text"] for message in state["messages"]] == ["hello"]


async def test_stopping_ends_those_who_wait(server: PretendTelegram) -> None:
    served = await serve(server)
    key = await become(served)
    waiting = asyncio.ensure_future(ask(served, f"api/state?after={server.changes.version}", X_Person=key))
    polling = asyncio.ensure_future(ask(served, f"bot{TOKEN}/getUpdates?timeout=60"))
    await asyncio.sleep(0.05)

    await served.stop()

    done, _ = await asyncio.wait({waiting, polling}, timeout=5)
    assert len(done) == 2


@pytest.mark.parametrize(("explainer", "code"), [(explain, 200), (None, 404)])
async def test_why_is_there_only_if_something_explains(
    server: PretendTelegram, explainer: Explain | None, code: int
) -> None:
    served = await serve(server, explain=explainer)
    response = await ask(served, "why?text=hello%20there")
    await served.stop()

    assert response.code == code
    if code == 200:
        assert json.loads(response.body)["text"] == "hello there"
