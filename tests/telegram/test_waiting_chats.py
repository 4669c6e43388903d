"""No chat waits for another: what Telegram or the network does to one holds back that one alone."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.delivery import dispatcher as intake_module
from bot.delivery.backoff import RetryPolicy
from bot.preview.faults import Fault, Trouble
from bot.preview.people import Person
from bot.preview.server import PretendTelegram
from bot.replies import Speaker
from bot.store import Store, StoreError, open_store
from bot.telegram.application import Wire
from bot.telegram.conversation import IN_GROUP
from tests.telegram.conftest import UNLIMITED
from tests.telegram.house import QUICK, House, house_of
from tests.telegram.test_polling import ALARM, QUESTION, meet, until
from tests.telegram.test_webhook import PLACE, Carrier

MANY = 130
SENDING = frozenset({"sendmessage"})
TROUBLES = {
    "told to wait 300 s": Fault(429, retry_after=300),
    "endless 500": Fault(500),
    "endless time-outs": Fault(None, delay=0.05),
    "a proxy's page": Fault(403, body="<html>blocked</html>"),
    "slow": Fault(200, delay=60.0),
}


@pytest.fixture
def server() -> PretendTelegram:
    return PretendTelegram()


@pytest.fixture
async def disk(tmp_path: Path) -> AsyncIterator[Store]:
    store = await open_store(f"sqlite:///{tmp_path}/bot.db")
    yield store
    await store.close()


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is late is late soon: the tests need not wait for it."""
    monkeypatch.setattr(intake_module, "LONG", 0.3)


def all_bytes(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir())


async def newcomers(server: PretendTelegram, count: int = MANY) -> list[Person]:
    people = [server.person(f"Person {number}") for number in range(count)]
    for person in people:
        await person.say(QUESTION)
    return people


@pytest.mark.parametrize("trouble", TROUBLES)
@pytest.mark.long
async def test_one_chat_in_trouble_holds_back_that_chat_alone(speaker: Speaker, store: Store, trouble: str) -> None:
    server = PretendTelegram(is_impatient=True)
    async with house_of(server, speaker, store, Wire(patience=QUICK, limits=UNLIMITED)) as house:
        (maya,) = await meet(server, "Maya")
        server.trouble(Trouble(TROUBLES[trouble], SENDING, chat=maya.id))
        await maya.say(QUESTION)
        people = await newcomers(server)
        await server.until(lambda: all(len(person.replies) == 2 for person in people))
        await people[0].say(ALARM)
        await server.until(lambda: "911" in people[0].replies[-1].text)
        await until(lambda: len(server.world.updates) == 0)
        await house.kill()


LATER = [pytest.param(trouble, marks=pytest.mark.long) for trouble in ("endless 500", "endless time-outs")]


@pytest.mark.parametrize("trouble", ["told to wait 300 s", *LATER])
async def test_the_same_behind_a_webhook(server: PretendTelegram, speaker: Speaker, store: Store, trouble: str) -> None:
    wire = Wire(patience=QUICK, limits=UNLIMITED, holder="one")
    async with house_of(server, speaker, store, wire, PLACE) as house:
        carrier = Carrier(server, house)
        maya = server.person("Maya")
        await maya.say("/start")
        await server.until(lambda: len(maya.replies) == 2)
        server.trouble(Trouble(TROUBLES[trouble], SENDING, chat=maya.id))
        await maya.say(QUESTION)
        people = await newcomers(server)
        await server.until(lambda: all(len(person.replies) == 2 for person in people))
        server.recover()
        await carrier.close()


async def test_what_waits_is_kept_unreadable_answered_and_then_gone(
    server: PretendTelegram, speaker: Speaker, disk: Store, tmp_path: Path
) -> None:
    async with house_of(server, speaker, disk) as house:
        (maya,) = await meet(server, "Maya")
        server.fail("sendMessage", Fault(429, retry_after=3))
        await maya.say("zqxmark is it normal to crawl backwards zqxmark")
        await until(lambda: len(server.world.updates) == 0)
        assert len(await disk.deliveries.deferred()) == 1
        assert b"bot_deferred 1.0" in house.bot.metrics.page()
        held = all_bytes(tmp_path)
        assert b"zqxmark" not in held
        assert str(maya.id).encode() not in held
        await server.until(lambda: len(maya.replies) == 3)
        await until(lambda: len(house.bot.dispatcher) == 0)
        assert await disk.deliveries.deferred() == {}
    assert "Is it normal" in maya.replies[2].text


async def test_a_crash_loses_nothing_of_what_waits(server: PretendTelegram, speaker: Speaker, disk: Store) -> None:
    async with house_of(server, speaker, disk) as house:
        (maya,) = await meet(server, "Maya")
        group = server.group("Parents", hears_all=True)
        server.trouble(Trouble(Fault(429, retry_after=300), SENDING, chat=maya.id))
        server.trouble(Trouble(Fault(429, retry_after=300), SENDING, chat=group.id))
        await maya.say(QUESTION)
        await maya.say("how long does it last")
        await maya.say("@preview_bot why does my baby crawl backwards", chat=group)
        await until(lambda: len(server.world.updates) == 0)
        await house.kill()
        assert len(await disk.deliveries.deferred()) == 3
        server.recover()
        await house.start()
        await server.until(lambda: len(maya.replies) == 4 and len(group.replies) == 1)
        await until(lambda: len(house.bot.dispatcher) == 0)
        assert await disk.deliveries.deferred() == {}
    assert ["Is it normal" in maya.replies[2].text, "How long" in maya.replies[3].text] == [True, True]


async def test_a_stop_in_order_leaves_what_waits_to_the_next_run(
    server: PretendTelegram, speaker: Speaker, disk: Store
) -> None:
    async with house_of(server, speaker, disk) as house:
        (maya,) = await meet(server, "Maya")
        server.trouble(Trouble(Fault(429, retry_after=300), SENDING, chat=maya.id))
        await maya.say(QUESTION)
        await until(lambda: len(server.world.updates) == 0)
        async with asyncio.timeout(30):
            await house.stop()
        server.recover()
        await house.start()
        await server.until(lambda: len(maya.replies) == 3)


async def test_what_waits_and_can_not_be_read_is_let_go_of(
    server: PretendTelegram, speaker: Speaker, disk: Store, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    await disk.deliveries.defer({5: b"sealed by somebody else, long ago"})
    async with house_of(server, speaker, disk):
        await meet(server, "Maya")
    assert "1 updates that waited can't be read" in caplog.text
    with sqlite3.connect(tmp_path / "bot.db") as database:
        assert database.execute("SELECT count(*) FROM deferred").fetchone() == (0,)


async def test_with_a_store_that_is_down_others_are_answered_all_the_same(
    server: PretendTelegram, speaker: Speaker, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def down(*_: object) -> None:
        raise StoreError("down")

    async with house_of(server, speaker, store) as house:
        (maya,) = await meet(server, "Maya")
        for owner, name in (
            (store.deliveries, "defer"),
            (store.deliveries, "begin"),
            (store.deliveries, "finish"),
            (store, "prepare"),
        ):
            monkeypatch.setattr(owner, name, down)
        server.trouble(Trouble(Fault(429, retry_after=300), SENDING, chat=maya.id))
        await maya.say(QUESTION)
        people = await newcomers(server)
        await server.until(lambda: all(len(person.replies) == 2 for person in people))
        server.recover()
        monkeypatch.undo()
        await until(lambda: house.bot.monitor.works)


async def test_whom_a_group_makes_wait_has_an_answer_in_private(
    server: PretendTelegram, speaker: Speaker, store: Store
) -> None:
    async with house_of(server, speaker, store):
        (maya,) = await meet(server, "Maya")
        group = server.group("Parents", hears_all=True)
        server.trouble(Trouble(Fault(429, retry_after=300), SENDING, chat=group.id))
        await maya.say("@preview_bot is it normal to crawl backwards", chat=group)
        await maya.say(ALARM)
        await server.until(lambda: len(maya.replies) == 3)
        server.recover()
    assert "911" in maya.replies[2].text


async def test_three_busy_groups_silence_no_private_chat(
    server: PretendTelegram, speaker: Speaker, store: Store
) -> None:
    async with house_of(server, speaker, store):
        (maya,) = await meet(server, "Maya")
        groups = [server.group(f"Group {number}", hears_all=True) for number in range(4)]
        for group in groups:
            server.trouble(Trouble(Fault(429, retry_after=300), SENDING, chat=group.id))
            await maya.say("@preview_bot is it normal to crawl backwards", chat=group)
        await maya.say(QUESTION)
        await server.until(lambda: len(maya.replies) == 3)
        server.recover()


async def test_three_people_who_are_made_to_wait_long_silence_the_others_for_seconds_only(
    server: PretendTelegram, speaker: Speaker, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.delivery.rate_limiter.FOR_ALL", 0.3)
    async with house_of(server, speaker, store) as house:
        people = await meet(server, "Maya", "Noor", "Ines", "Lena")
        for person in people[:3]:
            server.trouble(Trouble(Fault(429, retry_after=300), SENDING, chat=person.id))
            await person.say(QUESTION)
        await until(lambda: b'too_many_total{scope="all"}' in house.bot.metrics.page())
        await people[3].say(QUESTION)
        await server.until(lambda: len(people[3].replies) == 3)
        server.recover()


async def test_a_chat_in_which_every_call_hangs_takes_a_few_places_only(
    server: PretendTelegram, speaker: Speaker, store: Store
) -> None:
    async with house_of(server, speaker, store) as house:
        (maya,) = await meet(server, "Maya")
        group = server.group("Parents", hears_all=True)
        server.trouble(Trouble(Fault(200, delay=60.0), SENDING, chat=group.id))
        for person in [server.person() for _ in range(40)]:
            await person.say("@preview_bot is it normal to crawl backwards", chat=group)
        await until(lambda: len(house.bot.dispatcher) == IN_GROUP)
        await maya.say(QUESTION)
        await server.until(lambda: len(maya.replies) == 3)
        server.recover()
        await house.kill()


async def test_a_press_does_not_wait_for_its_spinner(server: PretendTelegram, speaker: Speaker, store: Store) -> None:
    async with house_of(server, speaker, store):
        (maya,) = await meet(server, "Maya")
        await maya.say("/menu")
        await server.until(lambda: len(maya.replies) == 3)
        for fault in (Fault(429, retry_after=300), Fault(200, delay=60.0), Fault(500), Fault(None)):
            server.trouble(Trouble(fault, frozenset({"answercallbackquery"})))
            before = maya.replies[-1]
            async with asyncio.timeout(30):
                await maya.press(before.id, "s:signs" if "would you like" in before.text else "m")
                await server.until(lambda before=before: maya.replies[-1].text != before.text)
            server.recover()


async def test_a_single_refusal_of_the_token_is_survived(house_for_one: House, server: PretendTelegram) -> None:
    (maya,) = await meet(server, "Maya")
    server.fail("sendMessage", Fault(401, "Unauthorized"))
    server.fail("getUpdates", Fault(401, "Unauthorized"))
    await maya.say(QUESTION)
    await server.until(lambda: len(maya.replies) == 3)


@pytest.fixture
async def house_for_one(server: PretendTelegram, speaker: Speaker, store: Store) -> AsyncIterator[House]:
    async with house_of(
        server, speaker, store, Wire(patience=RetryPolicy(0.01, 0.05, 0.02), limits=UNLIMITED)
    ) as house:
        yield house
