"""The connection to Telegram: every way it fails is told apart, and none tells the token."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from telegram.error import NetworkError, RetryAfter, TimedOut

from bot.telegram.api import Api, SentMessage
from bot.telegram.request import HttpRequest, ProxyError, proxy_for

TOKEN = "123456789:WRONG-WRONG-WRONG-WRONG-WRONG-WRONG-W"
ANSWER = b"HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
Call = Callable[[Serve], Awaitable[object]]


@pytest.fixture
async def call() -> AsyncIterator[Call]:
    """Call a server that answers in a given way."""
    async with contextlib.AsyncExitStack() as stack:

        async def call(serve: Serve) -> object:
            async def on_connection(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
                await reader.readuntil(b"\r\n\r\n")
                await serve(reader, writer)
                writer.close()

            server = await asyncio.start_server(on_connection, "127.0.0.1", 0)
            stack.callback(server.close)
            address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
            request = HttpRequest(address, 1)
            await request.initialize()
            stack.push_async_callback(request.shutdown)
            return await Api(TOKEN, address, request, request).delete_webhook(read_timeout=0.2)

        yield call


def says(status: bytes, body: bytes) -> Serve:
    async def serve(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(ANSWER % (status, len(body), body))
        await writer.drain()

    return serve


async def hangs(_: asyncio.StreamReader, __: asyncio.StreamWriter) -> None:
    await asyncio.sleep(1)


async def hangs_up(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.transport.abort()


async def stops_halfway(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"ok":')
    await writer.drain()


async def test_an_answer_is_read(call: Call) -> None:
    assert await call(says(b"200 OK", b'{"ok": true, "result": true}')) is True


async def test_silence_is_a_time_out(call: Call) -> None:
    with pytest.raises(TimedOut):
        await call(hangs)


@pytest.mark.parametrize(
    "serve",
    [
        hangs_up, stops_halfway, says(b"502 Bad Gateway", b"<html>nginx</html>"), says(b"403 Forbidden", b"<html>blocked</html>"),
        says(b"404 Not Found", b"<html>no</html>"), says(b"401 Unauthorized", b'{"error": "a proxy that wants a name"}'),
        says(b"407 Proxy Authentication Required", b""),
    ],
)  # fmt: skip
async def test_a_broken_connection_is_an_error_that_does_not_tell_the_token(call: Call, serve: Serve) -> None:
    with pytest.raises(NetworkError) as told:
        await call(serve)
    assert not isinstance(told.value, TimedOut)
    assert "SECRET" not in str(told.value)


@pytest.mark.parametrize("body", [b"<html>log in first</html>", b"", b"null", b'{"hello": 1}'])
async def test_after_another_programs_200_nobody_knows_what_was_done(call: Call, body: bytes) -> None:
    with pytest.raises(TimedOut):
        await call(says(b"200 OK", body))


async def test_numbers_go_as_numbers_and_objects_as_objects() -> None:
    said: list[bytes] = []

    async def on_connection(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(next(line.split()[1] for line in head.splitlines() if line.lower().startswith(b"content-length")))
        said.append(await reader.readexactly(length))
        body = b'{"ok": true, "result": {"message_id": 1}}'
        writer.write(ANSWER % (b"200 OK", len(body), body))
        writer.close()

    server = await asyncio.start_server(on_connection, "127.0.0.1", 0)
    address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    request = HttpRequest(address, 1)
    await request.initialize()
    keyboard: Any = {"inline_keyboard": [[{"text": "Menu", "callback_data": "m"}]]}
    await Api(TOKEN, address, request, request).say(-100123, SentMessage("x", keyboard), topic=4, answers=7)
    await request.shutdown()
    server.close()
    assert json.loads(said[0]) == {
        "chat_id": -100123, "message_thread_id": 4, "text": "x", "parse_mode": "HTML", "reply_markup": keyboard,
        "link_preview_options": {"is_disabled": True},
        "reply_parameters": {"message_id": 7, "allow_sending_without_reply": True},
    }  # fmt: skip


async def test_a_wait_that_is_asked_for_is_told(call: Call) -> None:
    body = b'{"ok": false, "error_code": 429, "description": "Too Many Requests", "parameters": {"retry_after": 7}}'
    with pytest.raises(RetryAfter):
        await call(says(b"429 Too Many Requests", body))


@pytest.mark.parametrize("address", ["http://127.0.0.1:1", "http://no-such-host.invalid"])
async def test_nobody_there_is_an_error_that_does_not_tell_the_token(address: str) -> None:
    request = HttpRequest(address, 1)
    await request.initialize()
    with pytest.raises(NetworkError) as told:
        await request.post(f"{address}/bot{TOKEN}/getMe")
    assert "SECRET" not in str(told.value)
    await request.shutdown()
    with pytest.raises(NetworkError):
        await request.post(f"{address}/bot{TOKEN}/getMe")


def test_a_proxy_is_taken_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    assert proxy_for("https://api.telegram.org") is None
    monkeypatch.setenv("https_proxy", "http://proxy:3128")
    monkeypatch.setenv("no_proxy", "localhost,127.0.0.1")
    assert proxy_for("https://api.telegram.org") == "http://proxy:3128"
    assert proxy_for("https://127.0.0.1:8081") is None
    monkeypatch.setenv("https_proxy", "proxy:3128")  # as curl takes it
    assert proxy_for("https://api.telegram.org") == "http://proxy:3128"


@pytest.mark.parametrize("proxy", ["socks5://me:hunter2@127.0.0.1:1080", "socks5h://127.0.0.1:1080", "socks4://proxy"])
def test_a_socks_proxy_is_told_with_its_setting_and_without_its_password(
    monkeypatch: pytest.MonkeyPatch, proxy: str
) -> None:
    for name in ("http_proxy", "https_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("all_proxy", proxy)
    with pytest.raises(ProxyError, match=r"a SOCKS proxy .ALL_PROXY., and this bot speaks HTTP proxies only") as told:
        proxy_for("https://api.telegram.org")
    assert "hunter2" not in str(told.value)
    monkeypatch.setenv("https_proxy", "http://proxy:3128")
    assert proxy_for("https://api.telegram.org") == "http://proxy:3128"
