"""The live bot as a process behind a webhook: forged, torn and huge updates, metrics, what its log shows.

Needs the webhook, the metrics and ADMIN_IDS' /status.
"""

import asyncio
import json
import os
import re
import shutil
import signal
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from tornado.httpclient import AsyncHTTPClient, HTTPResponse
from tornado.simple_httpclient import HTTPStreamClosedError, HTTPTimeoutError

from bot.language import Understanding
from bot.preview.server import TOKEN, PretendTelegram
from bot.preview.web import serve
from bot.settings import Settings
from tests.deploy.proof import free_port

pytestmark = pytest.mark.skipif(
    "webhook_url" not in Settings.model_fields, reason="this version has no webhook yet"
)

ROOT = Path(__file__).parents[2]
PATIENCE = 30.0  # seconds for a process to start, or to answer, on a slow machine
SECRET = "a-webhook-secret-of-some-length"  # gitleaks:allow - the tests' own
KEY = "a people's key of some length"
HEADER = "X-Telegram-Bot-Api-Secret-Token"
MARK = "zqxmark"
ADMIN = 700_000_001


@dataclass
class Live:
    process: asyncio.subprocess.Process
    telegram: PretendTelegram
    port: int
    metrics: int
    number: int = 1000

    async def post(self, body: bytes, secret: str | None = SECRET, path: str = "/telegram") -> int:
        """The status of an update's delivery; 0 where the bot hung up."""
        headers = {"Content-Type": "application/json", **({HEADER: secret} if secret is not None else {})}
        try:
            answer = await self.fetch(
                f"http://127.0.0.1:{self.port}{path}", method="POST", body=body, headers=headers
            )
        except (HTTPStreamClosedError, OSError):
            return 0
        return answer.code

    async def fetch(self, url: str, **more: Any) -> HTTPResponse:
        return await AsyncHTTPClient().fetch(url, raise_error=False, request_timeout=PATIENCE, **more)

    def update(self, text: str, person: int = 42, name: str = "Maya") -> bytes:
        self.number += 1
        user = {"id": person, "is_bot": False, "first_name": name}
        entities = (
            [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}] if text[0] == "/" else []
        )
        message = {
            "message_id": self.number, "date": 1_795_000_000, "text": text, "from": user, "entities": entities,
            "chat": {"id": person, "type": "private", "first_name": name},
        }  # fmt: skip
        return json.dumps({"update_id": self.number, "message": message}).encode()

    @property
    def sent(self) -> list[dict[str, Any]]:
        return [call.parameters for call in self.telegram.calls if call.method == "sendMessage"]

    async def answered(self, number: int) -> None:
        async with asyncio.timeout(PATIENCE):
            while len(self.sent) < number:  # noqa: ASYNC110 - calls refused by the pretend Telegram tell of no event
                await asyncio.sleep(0.05)

    async def stop(self) -> str:
        self.process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(PATIENCE):
            _, errors = await self.process.communicate()
        assert self.process.returncode == 0, errors.decode()
        return errors.decode()


@pytest.fixture
async def live(tmp_path: Path, understanding: Understanding) -> AsyncIterator[Live]:
    shutil.copytree(ROOT / "data", tmp_path / "data", ignore=shutil.ignore_patterns("*.db*", "*.key"))
    telegram = PretendTelegram()
    served = await serve(telegram)
    for number in (42, ADMIN):  # so that the bot may write to them
        person = telegram.person()
        telegram.world.chats[number] = telegram.world.chats.pop(person.id)
        telegram.world.chats[number].id = number
        telegram.world.chats[number].count = 1
    port, metrics = free_port(), free_port()
    environment = {
        "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_URL": served.api_url.removesuffix("/bot"), "CONTENT_DIR": str(ROOT / "content" / "en"),
        "LOG_LEVEL": "DEBUG", "WEBHOOK_URL": "https://bot.example.org/telegram", "WEBHOOK_SECRET": SECRET,
        "PERSON_KEY": KEY, "PORT": str(port), "METRICS_PORT": str(metrics), "ADMIN_IDS": str(ADMIN),
    }  # fmt: skip
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", cwd=tmp_path, env=environment, stderr=asyncio.subprocess.PIPE
    )
    live = Live(process, telegram, port, metrics)
    try:
        async with asyncio.timeout(PATIENCE):
            while await live.post(b"{}", secret="wrong") == 0:
                assert process.returncode is None, (await process.communicate())[1].decode()
                await asyncio.sleep(0.05)
        yield live
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
        await served.stop()


async def test_an_update_without_the_secret_is_turned_away(live: Live) -> None:
    forged = ["", "wrong", SECRET[:-1], SECRET + "x", SECRET.upper(), "a" * 10_000, None]
    assert {await live.post(live.update("hello"), secret) for secret in forged} <= {401, 403, 404}
    assert live.sent == []
    told = [call.parameters for call in live.telegram.calls if call.method == "setWebhook"]
    assert told[-1]["secret_token"] == SECRET
    assert await live.post(live.update("/start")) == 200
    await live.answered(1)
    errors = await live.stop()
    assert SECRET not in errors
    assert KEY not in errors
    assert TOKEN not in errors


async def test_an_update_brought_again_is_answered_once(live: Live) -> None:
    update = live.update("is it normal to crawl backwards")
    assert await live.post(update) == 200
    await live.answered(2)  # the disclaimer and the answer
    for _ in range(3):
        assert await live.post(update) == 200
    assert await live.post(live.update("/help")) == 200
    await live.answered(3)
    assert len(live.sent) == 3


TORN = {
    "nothing": b"", "no JSON": b"{", "null": b"null", "a list": b"[]", "a text": b'"x"', "a number": b"1", "empty": b"{}",
    "not UTF-8": b'{"update_id": 1, "message": "\xff\xfe"}', "a text for a number": b'{"update_id": "x"}',
    "a huge number": b'{"update_id": ' + b"9" * 5000 + b"}", "below zero": b'{"update_id": -1, "message": {}}',
    "not a number": b'{"update_id": NaN}', "no message in it": b'{"update_id": 1, "message": null}',
    "half a message": b'{"update_id": 2, "message": {"message_id": 1}}',
    "wrong kinds": b'{"update_id": 3, "message": {"message_id": [], "date": {}, "chat": 1, "from": "x", "text": []}}',
    "half a press": b'{"update_id": 4, "callback_query": {"id": 1}}',
    "deep": b'{"update_id": 5, "message": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "of another kind": b'{"update_id": 6, "' + MARK.encode() + b'": {"a": 1}}',
}  # fmt: skip


async def test_torn_updates_end_neither_the_bot_nor_its_silence(live: Live) -> None:
    for body in TORN.values():
        assert await live.post(body) in (200, 204, 400, 413, 422, 500, 503)
    assert await live.post(live.update("/start")) == 200
    await live.answered(1)
    errors = await live.stop()
    assert MARK not in errors
    assert "\nTraceback" not in errors


async def test_a_huge_body_is_refused_without_being_kept(live: Live) -> None:
    try:
        code = await live.post(b'{"update_id": 1, "x": "' + b"x" * 50_000_000 + b'"}')
    except HTTPTimeoutError:
        code = 0
    assert code in (0, 400, 413)
    assert await live.post(live.update("/start")) == 200


@pytest.mark.parametrize(
    "path", ["/", "/metrics", "/healthz", "/readyz", f"/{TOKEN}", "/telegram/../metrics", "/.env"]
)
async def test_nothing_but_the_webhook_is_on_the_open_port(live: Live, path: str) -> None:
    answer = await live.fetch(f"http://127.0.0.1:{live.port}{path}")
    assert answer.code in (400, 403, 404, 405)
    assert TOKEN not in (answer.body or b"").decode()


async def test_metrics_hold_no_secret_no_person_and_no_message(live: Live) -> None:
    await live.post(live.update(f"my {MARK} crawls backwards", name=MARK))
    await live.answered(1)
    for path in ("metrics", "healthz", "readyz"):
        page = (await live.fetch(f"http://127.0.0.1:{live.metrics}/{path}")).body.decode()
        assert not any(
            each in page for each in (MARK, TOKEN, TOKEN.partition(":")[2], SECRET, KEY, "preview_bot")
        )
        assert not re.search(r'="(42|[0-9a-f]{64})"', page)


async def test_only_those_named_may_ask_how_the_bot_is(live: Live) -> None:
    await live.post(live.update("/status"))
    await live.post(live.update("/status", person=ADMIN))
    await live.answered(4)  # each a disclaimer and an answer
    told = {int(each["chat_id"]) for each in live.sent if "Updates answered" in each["text"]}
    assert told == {ADMIN}
    assert all(SECRET not in each["text"] and TOKEN not in each["text"] for each in live.sent)


async def test_a_log_at_its_most_talkative_shows_no_sign_that_moves_a_cursor_and_nothing_written(
    live: Live,
) -> None:
    hostile = f"\x1b[31m{MARK}\r\n2026-11-22 03:00:00,000 ERROR bot: forged"
    for text in (hostile, "/start"):
        await live.post(live.update(text, name=hostile))
    await live.answered(2)
    errors = await live.stop()
    assert MARK not in errors
    assert all(line.isprintable() for line in errors.split("\n"))
