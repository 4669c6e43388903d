"""A start that meets trouble, another copy with the same token, an outage: told in a line, and got over."""

import asyncio
import logging
from collections.abc import AsyncIterator

import pytest

from bot.preview.faults import Fault
from bot.preview.server import PretendTelegram
from bot.replies import Speaker
from bot.store import Store, open_store
from bot.telegram import live as live_module
from bot.telegram import polling as polling_module
from bot.telegram.startup_errors import StartupError
from tests.telegram.house import House, house_of
from tests.telegram.test_polling import QUESTION, meet, until


@pytest.fixture
def server() -> PretendTelegram:
    return PretendTelegram()


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live_module, "FIRST_PAUSE", 0.01)
    monkeypatch.setattr(live_module, "RESTART", 0.01)


STARTS = {
    "429": (Fault(429, retry_after=1), "wants this bot to wait 1 seconds (429): trying again"),
    "403, a page": (Fault(403, body="<html>blocked</html>"), "can't be reached (HTTP 403, and not from Telegram"),
    "404, a page": (Fault(404, body="<html>no</html>"), "can't be reached (HTTP 404, and not from Telegram"),
    "200, a page": (Fault(200, body="<html>log in</html>"), "can't be reached (HTTP 200, and not from Telegram"),
    "200, nothing": (Fault(200, body=""), "can't be reached (HTTP 200, and not from Telegram"),
    "403": (Fault(403, "Forbidden: bot was banned"), "refuses for now (Forbidden: bot was banned)"),
    "409": (Fault(409, "Conflict: strange"), "refuses for now (Conflict: strange)"),
    "logged out": (Fault(400, "Logged out"), "Put that one's address into TELEGRAM_API_URL"),
    "500": (Fault(500), "can't be reached (Internal Server Error)"),
    "502, a page": (Fault(502, body="<html>nginx</html>"), "can't be reached (HTTP 502"),
    "silence": (Fault(None), "can't be reached (no answer in time)"),
}


@pytest.mark.parametrize("kind", STARTS)
async def test_whatever_is_answered_at_the_start_is_told_in_a_line_and_tried_again(
    server: PretendTelegram, speaker: Speaker, store: Store, caplog: pytest.LogCaptureFixture, kind: str
) -> None:
    fault, words = STARTS[kind]
    server.fail("getMe", fault, times=1 if kind == "429" else 3)
    async with house_of(server, speaker, store):
        await meet(server, "Maya")
    told = [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]
    assert len(told) == 1, "the same trouble is told once"
    assert words in told[0]
    assert "api.telegram.org" in told[0]
    assert server.token not in caplog.text


async def test_a_token_that_is_refused_again_and_again_ends_the_bot(
    server: PretendTelegram, speaker: Speaker, store: Store
) -> None:
    server.fail("getMe", Fault(401, "Unauthorized"), times=3)
    with pytest.raises(StartupError, match="does not know this token"):
        await House(server, speaker, store).start_and_end()


async def test_a_stop_while_telegram_is_away_at_the_start_is_heeded(
    server: PretendTelegram, speaker: Speaker, store: Store
) -> None:
    server.fail("getMe", Fault(429, retry_after=600), times=3)
    house = House(server, speaker, store)
    launched = asyncio.create_task(house.start())
    await house.calls("getMe") if hasattr(house, "bot") else await asyncio.sleep(0.1)
    async with asyncio.timeout(30):
        await house.stop()
    launched.cancel()


async def test_a_slow_profile_keeps_nobody_waiting(server: PretendTelegram, speaker: Speaker, store: Store) -> None:
    for method in ("getMyCommands", "getMyName", "getMyDescription", "getMyShortDescription"):
        server.fail(method, Fault(200, delay=60.0))
    async with asyncio.timeout(30), house_of(server, speaker, store):
        await meet(server, "Maya")


# --- Two copies with one token


@pytest.fixture
async def other_store() -> AsyncIterator[Store]:
    store = await open_store("sqlite://")
    yield store
    await store.close()


async def test_a_second_copy_gives_way_and_the_one_that_was_there_stays(
    server: PretendTelegram, speaker: Speaker, store: Store, other_store: Store
) -> None:
    async with house_of(server, speaker, store) as first:
        (maya,) = await meet(server, "Maya")
        await asyncio.sleep(0.4)  # it was alone for long enough
        await maya.say(QUESTION)
        await server.until(lambda: len(maya.replies) == 3)
        second = House(server, speaker, other_store)
        with pytest.raises(
            StartupError, match=r"already running this bot with the same token .* so this one gives way"
        ):
            await second.start_and_end()
        await maya.say("how long does it last")
        await server.until(lambda: "How long" in maya.replies[-1].text)
        assert first.is_running


async def test_of_two_copies_that_start_together_one_stays(
    server: PretendTelegram, speaker: Speaker, store: Store, other_store: Store
) -> None:
    houses = [House(server, speaker, each) for each in (store, other_store)]
    for house in houses:
        house.launch()
    await until(lambda: sum(house.is_running for house in houses) == 1)
    await asyncio.sleep(0.3)
    (left,) = [house for house in houses if house.is_running]
    await meet(server, "Maya")
    await left.stop()


async def test_who_gave_way_asks_for_no_updates_at_its_end(
    server: PretendTelegram, speaker: Speaker, store: Store
) -> None:
    server.fail("getUpdates", Fault(409, "Conflict: terminated by other getUpdates request"), times=2)
    await server.person().say("/start")
    with pytest.raises(StartupError):
        await House(server, speaker, store).start_and_end()
    assert sum(call.method == "getUpdates" for call in server.calls) == 2


async def test_a_webhook_that_somebody_sets_makes_even_an_old_copy_give_way(
    server: PretendTelegram, speaker: Speaker, store: Store
) -> None:
    async with house_of(server, speaker, store) as house:
        await meet(server, "Maya")
        await asyncio.sleep(0.4)
        await server.call(server.token, "setWebhook", {"url": "https://other.example.org/"})
        await server.person().say("/start")  # so that it asks again
        server.world.updates.put_back([])
        with pytest.raises(StartupError, match="set a webhook"):
            await house.ended()
        await house.rest()


# --- Outages


async def test_after_an_outage_updates_are_fetched_again_within_seconds(
    server: PretendTelegram, speaker: Speaker, store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    assert polling_module.LONGEST_PAUSE <= 5.0
    async with house_of(server, speaker, store):
        (maya,) = await meet(server, "Maya")
        server.fail("getUpdates", Fault(502), times=3)
        await maya.say(QUESTION)  # brought by the question that was open already
        await until(lambda: "no updates from Telegram" in caplog.text)
        await maya.say("how long does it last")
        await server.until(lambda: len(maya.replies) == 4)
    assert caplog.text.count("no updates from Telegram (Bad Gateway): trying again") == 1


# --- Nothing dies in silence


async def test_what_ends_beside_the_bot_is_told_and_started_again(caplog: pytest.LogCaptureFixture) -> None:
    starts = 0

    async def breaks() -> None:
        nonlocal starts
        starts += 1
        if starts == 2:
            return
        raise ZeroDivisionError

    running = asyncio.create_task(live_module.kept_running("the watch", breaks))
    await until(lambda: starts >= 4)
    running.cancel()
    assert "the watch stopped (ZeroDivisionError at" in caplog.text
    assert "the watch stopped (it ended)" in caplog.text


async def test_what_is_refused_beside_the_bot_ends_it(server: PretendTelegram, speaker: Speaker, store: Store) -> None:
    async def refused() -> None:
        raise StartupError("a clear word")

    house = House(server, speaker, store, beside={"something": refused})
    with pytest.raises(StartupError, match="a clear word"):
        await house.start_and_end()
