"""A store that is down, slow or locked: parents are answered all the same, and it mends by itself."""

import contextlib
import logging
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.content import Content
from bot.delivery import store_monitor as monitor_module
from bot.preview.server import PretendTelegram
from bot.replies import Speaker
from bot.store import Claim, ClaimResult, Store, StoreError, open_store, person_code, store_at
from bot.store import database as database_module
from tests.telegram.conftest import KEY
from tests.telegram.house import House, house_of
from tests.telegram.test_polling import meet, until

QUESTION = "is it normal to crawl backwards"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(monitor_module, "FIRST_PAUSE", 0.01)
    monkeypatch.setattr(monitor_module, "LONGEST_PAUSE", 0.05)


@pytest.fixture
def server() -> PretendTelegram:
    return PretendTelegram()


@pytest.fixture
async def house(server: PretendTelegram, speaker: Speaker, store: Store) -> AsyncIterator[House]:
    async with house_of(server, speaker, store) as house:
        yield house


async def test_a_store_that_goes_down_and_comes_back_holds_nobody_up_and_is_told_what_it_missed(
    house: House,
    server: PretendTelegram,
    store: Store,
    content: Content,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    asked = 0

    async def down(*_: object) -> None:
        nonlocal asked
        asked += 1
        raise StoreError("down")

    with monkeypatch.context() as patched:
        patched.setattr(store.deliveries, "begin", down)
        patched.setattr(store.deliveries, "finish", down)
        patched.setattr(store, "prepare", down)
        people = [server.person(f"Person {number}") for number in range(10)]
        for person in people:
            await person.say("/start")
        await server.until(lambda: all(len(person.replies) == 2 for person in people))
        assert asked < 10, "a store that is down is left alone"
        for person in people:
            await person.say(QUESTION)
        await server.until(lambda: all(len(person.replies) == 3 for person in people))
        assert not house.bot.monitor.works
    await until(lambda: house.bot.monitor.works)
    assert "the store works again" in caplog.text
    assert await store.seen_version(person_code(KEY, people[0].id)) == content.texts.disclaimer.version
    numbers = [Claim(1001 + number) for number in range(20)]
    found = await store.deliveries.begin(numbers, None)
    assert {standing.state for standing in found.values()} == {"answered"}
    await until(lambda: not house.bot.users.is_late)


async def test_a_database_that_can_not_be_reached_at_the_start_does_not_keep_the_bot_from_answering(
    server: PretendTelegram, speaker: Speaker, caplog: pytest.LogCaptureFixture
) -> None:
    pytest.importorskip("psycopg", reason="the postgres extra is not installed")
    store = store_at("postgresql://me:hunter2-secret@127.0.0.1:1/bot")
    with caplog.at_level(logging.ERROR):
        async with house_of(server, speaker, store):
            await meet(server, "Maya")
    assert "the store can't be opened" in caplog.text
    assert "hunter2-secret" not in caplog.text
    await store.close()


async def test_a_locked_database_file_holds_nobody_up(
    server: PretendTelegram, speaker: Speaker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_module, "PATIENCE", 0.1)
    store = await open_store(f"sqlite:///{tmp_path}/bot.db")
    async with house_of(server, speaker, store) as house:
        with contextlib.closing(sqlite3.connect(tmp_path / "bot.db", isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            (maya,) = await meet(server, "Maya")
            for number in range(3):
                await maya.say(QUESTION)
                await server.until(lambda number=number: len(maya.replies) == 3 + number)
            other.execute("ROLLBACK")
        await until(lambda: house.bot.monitor.works)
        monkeypatch.setattr(database_module, "PATIENCE", 3.0)
        await until(lambda: not house.bot.metrics.page().count(b"bot_store_unwritten 3.0"))
    await store.close()


async def test_an_old_copy_put_back_while_the_bot_runs_is_brought_up_to_date(
    server: PretendTelegram, speaker: Speaker, tmp_path: Path
) -> None:
    store = await open_store(f"sqlite:///{tmp_path}/bot.db")
    async with house_of(server, speaker, store) as house:
        (maya,) = await meet(server, "Maya")
        (tmp_path / "old.db").touch()
        (tmp_path / "old.db").rename(tmp_path / "bot.db")
        for number in range(4):
            await maya.say(QUESTION)
            await server.until(lambda number=number: len(maya.replies) >= 3 + number)
        await until(lambda: house.bot.monitor.works)
        await maya.say(QUESTION)
        await until(lambda: len(server.world.updates) == 0)
        await house.bot.users.write_counts()
        assert await store.counts()
    await store.close()


async def test_the_store_knows_how_an_update_stands_when_the_memory_does_not(
    house: House, server: PretendTelegram, store: Store
) -> None:
    (maya,) = await meet(server, "Maya")
    next_number = 1002
    await store.deliveries.begin([Claim(next_number)], "somebody who died")
    await maya.say(QUESTION)
    await server.until(lambda: len(maya.replies) == 3)
    assert (await store.deliveries.begin([Claim(next_number)], None))[next_number] == ClaimResult("answered")
