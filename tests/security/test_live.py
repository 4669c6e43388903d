"""The live bot as a process behind a webhook: forged, torn and huge updates, metrics, what its log shows.

Needs the webhook, the metrics and ADMIN_IDS' /status. One process for all: whatever a test does to it, the next
finds it well, and at its end it must stop in order with nothing in its log that should not be there.
"""

import asyncio
import json
import os
import re
import signal
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from bot.preview.server import TOKEN, PretendTelegram
from bot.preview.web import serve
from bot.settings import Settings
from bot.understanding import Understanding
from tests.http import Answer, fetch, free_port

pytestmark = [
    pytest.mark.skipif("webhook_url" not in Settings.model_fields, reason="this version has no webhook yet"),
    pytest.mark.asyncio(loop_scope="module"),
]

ROOT = Path(__file__).parents[2]
PATIENCE = 30.0  # seconds for a process to start, or to answer, on a slow machine
SECRET = "a-webhook-secret-of-some-length"  # gitleaks:allow - the tests' own
KEY = "a people's key of some length"
HEADER = "X-Telegram-Bot-Api-Secret-Token"
MARK = "zqxmark"
ADMIN = 700_000_001
NUMBERS, PEOPLE = count(1001), count(42)  # of updates, and of people: each test has a person of its own


@dataclass(frozen=True)
class Live:
    """The bot as one test has it: with somebody whom it never met."""

    telegram: PretendTelegram
    port: int
    metrics: int
    logged: Path
    person: int = 0

    async def post(self, body: bytes, secret: str | None = SECRET, path: str = "/telegram") -> int:
        """The status of an update's delivery; 0 where the bot hung up."""
        headers = {"Content-Type": "application/json", **({HEADER: secret} if secret is not None else {})}
        try:
            answer = await self.fetch(f"http://127.0.0.1:{self.port}{path}", method="POST", body=body, headers=headers)
        except OSError:
            return 0
        return answer.code

    async def fetch(self, url: str, **more: Any) -> Answer:
        return await fetch(url, seconds=PATIENCE, **more)

    def update(self, text: str, person: int = 0, name: str = "Maya") -> bytes:
        person, number = person or self.person, next(NUMBERS)
        user = {"id": person, "is_bot": False, "first_name": name}
        entities = [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}] if text[0] == "/" else []
        message = {
            "message_id": number, "date": 1_795_000_000, "text": text, "from": user, "entities": entities,
            "chat": {"id": person, "type": "private", "first_name": name},
        }  # fmt: skip
        return json.dumps({"update_id": number, "message": message}).encode()

    @property
    def sent(self) -> list[dict[str, Any]]:
        """The messages to this test's person and to the administrator."""
        sent = [call.parameters for call in self.telegram.calls if call.method == "sendMessage"]
        return [each for each in sent if int(each["chat_id"]) in (self.person, ADMIN)]

    @property
    def log(self) -> str:
        return self.logged.read_text(encoding="utf-8")

    async def answered(self, number: int) -> None:
        async with asyncio.timeout(PATIENCE):
            while len(self.sent) < number:  # noqa: ASYNC110 - calls refused by the pretend Telegram tell of no event
                await asyncio.sleep(0.05)


def admit(telegram: PretendTelegram, number: int) -> None:
    """Somebody of that number, to whom the bot may write."""
    person = telegram.person()
    telegram.world.chats[number] = telegram.world.chats.pop(person.id)
    telegram.world.chats[number].id = number
    telegram.world.chats[number].count = 1


def assert_discreet(log: str) -> None:
    """No secret, no trace of an error, nothing written by anybody, no sign that moves a cursor."""
    assert not any(each in log for each in (SECRET, KEY, TOKEN, MARK, "\nTraceback"))
    assert all(line.isprintable() for line in log.split("\n"))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def process(tmp_path_factory: pytest.TempPathFactory, understanding: Understanding) -> AsyncIterator[Live]:
    home = tmp_path_factory.mktemp("live")
    (home / "model").symlink_to(ROOT / "data")  # learnt already
    telegram = PretendTelegram()
    served = await serve(telegram)
    admit(telegram, ADMIN)
    port, metrics = free_port(), free_port()
    environment = {
        "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_URL": served.api_url.removesuffix("/bot"), "CONTENT_DIR": str(ROOT / "content" / "en"),
        "LOG_LEVEL": "DEBUG", "WEBHOOK_URL": "https://bot.example.org/telegram", "WEBHOOK_SECRET": SECRET,
        "PERSON_KEY": KEY, "PORT": str(port), "METRICS_PORT": str(metrics), "ADMIN_IDS": str(ADMIN),
    }  # fmt: skip
    live = Live(telegram, port, metrics, home / "log")
    with live.logged.open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", cwd=home, env=environment, stderr=log
        )
    try:
        async with asyncio.timeout(PATIENCE):
            while await live.post(b"{}", secret="wrong") == 0:
                assert process.returncode is None, live.log
                await asyncio.sleep(0.05)
        yield live
        process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(PATIENCE):
            assert await process.wait() == 0, live.log
        assert_discreet(live.log)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
        await served.stop()


@pytest.fixture
def live(process: Live) -> Live:
    person = next(PEOPLE)
    admit(process.telegram, person)
    return replace(process, person=person)


async def test_an_update_without_the_secret_is_turned_away(live: Live) -> None:
    forged = ["", "wrong", SECRET[:-1], SECRET + "x", SECRET.upper(), "a" * 10_000, None]
    assert {await live.post(live.update("hello"), secret) for secret in forged} <= {400, 401, 403, 404}
    assert live.sent == []
    told = [call.parameters for call in live.telegram.calls if call.method == "setWebhook"]
    assert told[-1]["secret_token"] == SECRET
    assert await live.post(live.update("/start")) == 200
    await live.answered(1)
    assert_discreet(live.log)


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
    assert_discreet(live.log)


async def test_a_huge_body_is_refused_without_being_kept(live: Live) -> None:
    code = await live.post(b'{"update_id": 1, "x": "' + b"x" * 50_000_000 + b'"}')
    assert code in (0, 400, 413)
    assert await live.post(live.update("/start")) == 200


@pytest.mark.parametrize("path", ["/", "/metrics", "/healthz", "/readyz", f"/{TOKEN}", "/telegram/../metrics", "/.env"])
async def test_nothing_but_the_webhook_is_on_the_open_port(live: Live, path: str) -> None:
    answer = await live.fetch(f"http://127.0.0.1:{live.port}{path}")
    assert answer.code in (400, 403, 404, 405)
    assert TOKEN not in (answer.body or b"").decode()


async def test_metrics_hold_no_secret_no_person_and_no_message(live: Live) -> None:
    await live.post(live.update(f"my {MARK} crawls backwards", name=MARK))
    await live.answered(1)
    for path in ("metrics", "healthz", "readyz"):
        page = (await live.fetch(f"http://127.0.0.1:{live.metrics}/{path}")).body.decode()
        assert not any(each in page for each in (MARK, TOKEN, TOKEN.partition(":")[2], SECRET, KEY, "preview_bot"))
        assert not re.search(rf'="({live.person}|[0-9a-f]{{64}})"', page)


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
    assert "ready: @" in live.log
    assert_discreet(live.log)
