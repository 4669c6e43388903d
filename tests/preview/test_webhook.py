"""Updates to a bot's own web server: in order for each chat, again until they are taken."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from aiohttp import web

from bot.preview.server import TOKEN, PretendTelegram
from bot.serving import Server

URL, SECRET = "https://bot.example/hook?x=1", "knock-knock"


class Bot:
    """A bot's web server: what came, and what it answers."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.requests: list[web.Request] = []
        self.codes: list[int] = []
        self.headers: dict[str, str] = {}
        self.wait: Callable[[str], Awaitable[None]] | None = None

    def text_of(self, update: dict[str, Any]) -> str:
        if "message" in update or "callback_query" in update:
            return str(update["message"]["text"] if "message" in update else update["callback_query"]["data"])
        return next(kind for kind in update if kind != "update_id")

    async def take(self, request: web.Request) -> web.Response:
        update = json.loads(await request.read())
        text = self.text_of(update)
        self.texts.append(text)
        self.requests.append(request)
        if self.wait:
            await self.wait(text)
        return web.Response(status=self.codes.pop(0) if self.codes else 200, headers=self.headers)


@pytest.fixture
def bot() -> Bot:
    return Bot()


@pytest.fixture
async def telegram(bot: Bot) -> AsyncIterator[PretendTelegram]:
    routes = web.Application()
    routes.router.add_post("/hook", bot.take)
    http = Server(routes, "127.0.0.1", 0)
    await http.start()
    telegram = PretendTelegram()
    telegram.webhook.relay = f"http://127.0.0.1:{http.port}"
    yield telegram
    telegram.webhook.stop()
    await http.stop()


async def set_webhook(telegram: PretendTelegram, **more: Any) -> None:
    answer = await telegram.call(TOKEN, "setWebhook", {"url": URL, "secret_token": SECRET, **more})
    assert answer["ok"]


def note_pauses(telegram: PretendTelegram) -> list[float]:
    """Let no time pass between tries; the list fills with how long it would have been."""
    pauses: list[float] = []

    async def note(seconds: float) -> None:
        pauses.append(seconds)

    telegram.webhook.pause = note
    return pauses


async def until(reached: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not reached():  # noqa: ASYNC110 - another server's list
            await asyncio.sleep(0.01)


async def test_an_update_comes_as_a_post_with_the_secret_and_the_public_host(
    telegram: PretendTelegram, bot: Bot
) -> None:
    await set_webhook(telegram)
    await telegram.person().say("hello")
    await until(lambda: bot.texts == ["hello"])
    headers = bot.requests[0].headers
    assert headers["X-Telegram-Bot-Api-Secret-Token"] == SECRET
    assert headers["Host"] == "bot.example"
    assert bot.requests[0].path_qs == "/hook?x=1"
    await until(lambda: telegram.webhook.loaded == 0)
    assert [line.code for line in telegram.ledger.posted] == [200]


async def test_what_waited_before_the_webhook_was_set_is_delivered(telegram: PretendTelegram, bot: Bot) -> None:
    await telegram.person().say("early")
    await set_webhook(telegram)
    await until(lambda: bot.texts == ["early"])


async def test_one_chat_waits_for_its_turn_and_others_do_not(telegram: PretendTelegram, bot: Bot) -> None:
    go = asyncio.Event()

    async def wait(text: str) -> None:
        if text == "slow":
            await go.wait()

    bot.wait = wait
    await set_webhook(telegram)
    ann, ben = telegram.person(), telegram.person()
    await ann.say("slow")
    await ann.say("second")
    await ann.press(1, "press")  # presses queue by themselves, as on Telegram
    await ben.say("other")
    await until(lambda: len(bot.texts) == 3)
    assert set(bot.texts) == {"slow", "press", "other"}
    info = await telegram.call(TOKEN, "getWebhookInfo", {})
    assert info["result"]["pending_update_count"] >= 2
    go.set()
    await until(lambda: len(bot.texts) == 4)
    assert bot.texts[-1] == "second"


async def test_what_is_not_taken_comes_again_at_once_then_after_two_seconds_before_anything_newer(
    telegram: PretendTelegram, bot: Bot
) -> None:
    pauses = note_pauses(telegram)
    bot.codes = [500, 404, 503]
    await set_webhook(telegram)
    ann = telegram.person()
    await ann.say("first")
    await ann.say("second")
    await until(lambda: len(bot.texts) == 5)
    assert bot.texts == ["first"] * 4 + ["second"]
    assert pauses == [0.0, 2.0, 4.0]


async def test_a_bot_may_ask_for_a_pause(telegram: PretendTelegram, bot: Bot) -> None:
    pauses = note_pauses(telegram)
    bot.codes, bot.headers = [503], {"Retry-After": "7"}
    await set_webhook(telegram)
    await telegram.person().say("hello")
    await until(lambda: len(bot.texts) == 2)
    assert pauses == [7.0]


async def test_an_answer_that_is_not_heard_brings_the_update_again(telegram: PretendTelegram, bot: Bot) -> None:
    note_pauses(telegram)
    telegram.webhook.lost_share = 1.0
    await set_webhook(telegram)
    await telegram.person().say("hello")
    await until(lambda: len(bot.texts) >= 2)
    telegram.webhook.lost_share = 0.0
    await until(lambda: telegram.webhook.loaded == 0)
    assert set(bot.texts) == {"hello"}
    assert telegram.ledger.posted[-1].code == 200


async def test_no_more_connections_are_used_than_the_bot_allows(telegram: PretendTelegram, bot: Bot) -> None:
    here, most = 0, 0

    async def wait(_: str) -> None:
        nonlocal here, most
        here += 1
        most = max(most, here)
        await asyncio.sleep(0.01)
        here -= 1

    bot.wait = wait
    await set_webhook(telegram, max_connections=3)
    for number in range(20):
        await telegram.person().say(f"message {number}")
    await until(lambda: len(bot.texts) == 20)
    assert most == 3


async def test_without_a_webhook_what_was_not_taken_can_be_polled(telegram: PretendTelegram, bot: Bot) -> None:
    async def wait(_: str) -> None:
        await asyncio.Event().wait()

    bot.wait = wait
    await set_webhook(telegram)
    ann = telegram.person()
    await ann.say("first")
    await ann.say("second")
    await until(lambda: bot.texts == ["first"])
    assert (await telegram.call(TOKEN, "getUpdates", {}))["error_code"] == 409
    await telegram.call(TOKEN, "deleteWebhook", {})
    polled = (await telegram.call(TOKEN, "getUpdates", {}))["result"]
    assert [update["message"]["text"] for update in polled] == ["first", "second"]


@pytest.mark.parametrize(("kinds", "expected"), [([], ["my_chat_member", "inline_query"]), (["message"], [])])
async def test_kinds_of_updates_come_to_a_webhook_as_asked(
    telegram: PretendTelegram, bot: Bot, kinds: list[str], expected: list[str]
) -> None:
    await set_webhook(telegram, allowed_updates=kinds)
    person = telegram.person()
    await telegram.group("Parents").ban_bot(by=person)
    await person.query_inline("x")
    await person.say("last")
    await until(lambda: len(bot.texts) == len(expected) + 1)
    assert sorted(bot.texts) == sorted([*expected, "last"])
