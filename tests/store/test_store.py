"""What is held of people: little, never in the clear, on SQLite and PostgreSQL alike; and it never hangs."""

import asyncio
import contextlib
import sqlite3
import stat
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from unittest.mock import ANY

import pytest

from bot.store import (
    Claim,
    Forgotten,
    Outcome,
    PeopleKeyError,
    PersonRecord,
    Store,
    StoreError,
    find_key,
    make_key,
    open_store,
    person_code,
)
from bot.store import database as module
from tests.store.conftest import postgres_schema

ROOT = Path(__file__).parents[2]
BOT = 123456789
KEY = b"0123456789abcdef"
TELEGRAM_ID = 7012345678
PERSON, OTHER = person_code(KEY, TELEGRAM_ID), person_code(KEY, TELEGRAM_ID + 1)
ENTRY, LONGEST_ENTRY = "normal", "x" * 28


async def note_seen(store: Store, person: str, version: int) -> None:
    await store.deliveries.finish([Outcome(person=person, seen=version)])


async def vote(store: Store, person: str, entry: str, helpful: bool) -> None:
    await store.deliveries.finish([Outcome(person=person, vote=(entry, helpful))])


async def choose(store: Store, person: str, country: str) -> None:
    await store.deliveries.finish([Outcome(person=person, country=country)])


async def known(store: Store, person: str) -> PersonRecord:
    return (await store.deliveries.begin([Claim(1, person)], None))[1].known


async def count(store: Store, name: str) -> None:
    await store.days.add({name: 1})


# --- What every database does alike


async def test_a_stranger_has_seen_nothing(store: Store) -> None:
    assert await store.seen_version(PERSON) == 0


async def test_the_version_seen_last_is_remembered_for_each_person(store: Store) -> None:
    await note_seen(store, PERSON, 1)
    await note_seen(store, PERSON, 2)
    await note_seen(store, OTHER, 1)
    assert (await store.seen_version(PERSON), await store.seen_version(OTHER)) == (2, 1)


async def test_a_later_vote_replaces_the_earlier_one(store: Store) -> None:
    await vote(store, PERSON, ENTRY, True)
    await vote(store, PERSON, ENTRY, False)
    await vote(store, OTHER, ENTRY, True)
    await vote(store, PERSON, LONGEST_ENTRY, True)
    assert await store.votes() == {ENTRY: (1, 1), LONGEST_ENTRY: (1, 0)}


async def test_counts_add_up_even_when_all_come_at_once(store: Store) -> None:
    await asyncio.gather(*(count(store, "answer") for _ in range(50)), *(count(store, "unknown") for _ in range(7)))
    assert await store.counts() == {"answer": 50, "unknown": 7}


async def test_nothing_is_lost_when_many_people_come_at_once(store: Store) -> None:
    people = [person_code(KEY, number) for number in range(30)]
    await asyncio.gather(
        *(note_seen(store, person, 3) for person in people),
        *(vote(store, person, ENTRY, True) for person in people),
        *(store.seen_version(person) for person in people),
    )
    assert [await store.seen_version(person) for person in people] == [3] * 30
    assert await store.votes() == {ENTRY: (30, 0)}


async def test_forgetting_says_what_it_deleted_and_leaves_others_and_counts(store: Store) -> None:
    for person in (PERSON, OTHER):
        await note_seen(store, person, 1)
        await vote(store, person, ENTRY, True)
    await vote(store, PERSON, "why", False)
    await count(store, "answer")
    assert await store.forget(PERSON) == Forgotten(disclaimers=1, votes=2)
    assert await store.forget(PERSON) == Forgotten(disclaimers=0, votes=0)
    assert (await store.seen_version(PERSON), await store.seen_version(OTHER)) == (0, 1)
    assert (await store.votes(), await store.counts()) == ({ENTRY: (1, 0)}, {"answer": 1})


async def test_the_country_chosen_last_is_remembered_beside_the_version(store: Store) -> None:
    await choose(store, OTHER, "au")  # of whom nothing was known
    await note_seen(store, PERSON, 1)
    await choose(store, PERSON, "us")
    await choose(store, PERSON, "uk")
    await note_seen(store, PERSON, 2)
    assert await known(store, PERSON) == PersonRecord(seen=2, country="uk")
    assert await known(store, OTHER) == PersonRecord(seen=0, country="au")
    await choose(store, PERSON, "")
    assert await known(store, PERSON) == PersonRecord(seen=2, country=None)


async def test_of_a_version_and_countries_in_one_go_all_are_written_and_the_last_country_counts(store: Store) -> None:
    await store.deliveries.finish(
        [
            Outcome(1, PERSON, country="us"),
            Outcome(2, PERSON, seen=2),
            Outcome(3, PERSON, country="uk"),
            Outcome(4, PERSON),
        ]
    )
    assert await known(store, PERSON) == PersonRecord(seen=2, country="uk")


async def test_forgetting_deletes_the_country_and_says_so(store: Store) -> None:
    for person in (PERSON, OTHER):
        await note_seen(store, person, 1)
        await choose(store, person, "uk")
    assert await store.forget(PERSON) == Forgotten(disclaimers=1, votes=0, countries=1)
    assert await known(store, PERSON) == PersonRecord()
    assert await known(store, OTHER) == PersonRecord(seen=1, country="uk")
    await choose(store, OTHER, "")
    assert await store.forget(OTHER) == Forgotten(disclaimers=1, votes=0, countries=0)


async def test_a_value_the_database_refuses_is_a_store_error(store: Store) -> None:
    with pytest.raises(StoreError):
        await vote(store, PERSON, None, True)  # type: ignore[arg-type]
    await note_seen(store, PERSON, 1)
    assert await store.seen_version(PERSON) == 1


@pytest.mark.parametrize("url", ["file", pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)
async def test_what_is_held_outlives_a_restart_and_migrations_run_twice_change_nothing(url: str) -> None:
    for _ in range(3):
        store = await open_store(url)
        await count(store, "start")
        found = await store.counts()
        await store.close()
    assert found == {"start": 3}


@pytest.mark.long
@pytest.mark.parametrize("url", ["file", pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)
def test_several_processes_that_start_at_once_on_one_new_database_all_succeed(url: str) -> None:
    script = (
        "import asyncio, sys\n"
        "from bot.store import open_store\n"
        "async def main():\n"
        "    print('ready', flush=True)\n"
        "    sys.stdin.readline()\n"
        f"    store = await open_store({url!r})\n"
        "    await store.days.add({'start': 1})\n"
        "    await store.close()\n"
        "asyncio.run(main())\n"
    )
    command = [sys.executable, "-c", script]
    processes = [
        subprocess.Popen(command, cwd=ROOT, text=True, stdin=-1, stdout=-1, stderr=-1)  # noqa: S603 - our own script
        for _ in range(4)
    ]
    assert all(each.stdout and each.stdout.readline() for each in processes)  # so that all have imported
    for each in processes:
        assert each.stdin
        each.stdin.write("go\n")
        each.stdin.flush()
    told = [each.communicate(timeout=30)[1] for each in processes]
    assert [each.returncode for each in processes] == [0] * 4, told

    async def counted() -> dict[str, int]:
        store = await open_store(url)
        try:
            return await store.counts()
        finally:
            await store.close()

    assert asyncio.run(counted()) == {"start": 4}


# --- Privacy


def test_the_same_person_has_the_same_code_and_another_key_another_code() -> None:
    assert person_code(KEY, TELEGRAM_ID) == PERSON
    assert person_code(b"another key, as long", TELEGRAM_ID) != PERSON
    assert len(PERSON) == 64
    assert str(TELEGRAM_ID) not in PERSON


@pytest.mark.parametrize("url", ["file", pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)
async def test_the_database_holds_codes_entries_countries_and_numbers_and_nothing_else(
    url: str, tmp_path: Path
) -> None:
    store = await open_store(url, BOT)
    await note_seen(store, PERSON, 1)
    await choose(store, PERSON, "uk")
    await vote(store, PERSON, ENTRY, True)
    await count(store, "answer")
    await store.deliveries.finish([Outcome(77)])
    today = (await store.days.read(1)).today.isoformat()
    await store.close()
    assert all_rows(url) == {
        "seen": [(PERSON, 1, "uk", None)], "votes": [(PERSON, ENTRY, True, today)], "daily": [(today, "answer", 1)],
        "alembic_version": [("0008",)], "answered": [(BOT, 77, None, ANY)], "deferred": [], "people_key": [],
        "visitors": [], "salts": [], "notices": [], "digests": [], "wordings": [], "pictures": [], "quiet_groups": [],
    }  # fmt: skip
    assert str(TELEGRAM_ID).encode() not in all_bytes(tmp_path)


def all_bytes(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def all_rows(url: str) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, by name of the table."""
    if url.startswith("sqlite"):
        names = "SELECT name FROM sqlite_master WHERE type = 'table'"
        connection = sqlite3.connect(url.removeprefix("sqlite:///"))
    else:
        names = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
        connection = pytest.importorskip("psycopg").connect(url)
    with contextlib.closing(connection):
        tables = [name for (name,) in connection.execute(names).fetchall()]
        return {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in tables}  # noqa: S608


def test_the_secret_is_made_once_for_its_owner_only_and_used_again(tmp_path: Path) -> None:
    path = tmp_path / "data" / "person.key"
    assert find_key(path) is None
    first = make_key(path)
    assert len(first) == 64
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert find_key(path) == make_key(path) == first
    assert [each.name for each in path.parent.iterdir()] == ["person.key"]
    assert make_key(tmp_path / "other.key") != first


def test_a_secret_written_by_hand_is_taken_without_its_line_end(tmp_path: Path) -> None:
    (tmp_path / "person.key").write_text("a secret of my own\n")
    assert find_key(tmp_path / "person.key") == b"a secret of my own"


def test_an_empty_secret_is_refused_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "person.key").touch()
    with pytest.raises(PeopleKeyError, match=r"is empty\. Put it back"):
        find_key(tmp_path / "person.key")


def test_a_secret_that_cannot_be_made_is_told_with_its_path(tmp_path: Path) -> None:
    (tmp_path / "data").touch()
    with pytest.raises(PeopleKeyError, match=r"data/person\.key: can't be made"):
        make_key(tmp_path / "data" / "person.key")


# --- Databases that fail

PASSWORD = "hunter2-secret"
UNUSABLE = {
    "": "DATABASE_URL can't be used: give sqlite:///data/bot.db or postgresql://user:password@host/name",
    f"mysql://me:{PASSWORD}@host/bot": "DATABASE_URL can't be used: give sqlite",
    f"postgresql://me:{PASSWORD}@host:port/bot": "DATABASE_URL can't be used: give sqlite",
    f"postgresql://me:{PASSWORD}@127.0.0.1:1/bot": "the database of DATABASE_URL can't be opened: connection failed",
    f"postgresql://me@127.0.0.1/bot?foo={PASSWORD}": "the database of DATABASE_URL can't be opened: invalid",
    "sqlite:////dev/null/bot.db": "the folder of DATABASE_URL can't be made: ",
    "sqlite:////dev": "the database of DATABASE_URL can't be opened: unable to open database file",
}


@pytest.mark.parametrize(("url", "what"), UNUSABLE.items(), ids=[each.split(":")[0] or "empty" for each in UNUSABLE])
async def test_a_database_that_cannot_be_used_is_told_without_its_password(url: str, what: str) -> None:
    with pytest.raises(StoreError) as told:
        await open_store(url)
    assert str(told.value).startswith(what)
    assert PASSWORD not in str(told.value)
    assert "\n" not in str(told.value)


async def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    (tmp_path / "bot.db").write_bytes(b"a shopping list " * 100)
    with pytest.raises(StoreError, match="can't be opened: file is not a database"):
        await open_store(f"sqlite:///{tmp_path}/bot.db")


async def test_any_driver_named_in_the_url_gives_way_to_the_one_in_use(tmp_path: Path) -> None:
    store = await open_store(f"sqlite+pysqlite:///{tmp_path}/bot.db")
    await store.close()


@contextlib.asynccontextmanager
async def server_between(silent: asyncio.Event, port: int = 5432) -> AsyncIterator[int]:
    """A server that passes everything on to another, until it falls silent without hanging up."""
    tasks: set[asyncio.Task[None]] = set()

    async def pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(65536):
            if silent.is_set():
                await asyncio.Event().wait()  # for ever
            writer.write(data)
            await writer.drain()
        writer.close()

    async def both_ways(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if silent.is_set():
            await reader.read()
            return
        there, back = await asyncio.open_connection("127.0.0.1", port)
        await asyncio.gather(pass_on(reader, back), pass_on(there, writer))

    def on_connection(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(both_ways(reader, writer))
        tasks.add(task)

    server = await asyncio.start_server(on_connection, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def test_a_server_that_never_answers_is_given_up_at_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("psycopg", reason="the postgres extra is not installed")
    monkeypatch.setattr(module, "START_PATIENCE", 0.3)
    silent = asyncio.Event()
    silent.set()
    async with asyncio.timeout(30), server_between(silent) as port:
        with pytest.raises(StoreError, match=r"no answer within 0\.3 seconds"):
            await open_store(f"postgresql://me:{PASSWORD}@127.0.0.1:{port}/bot")


@pytest.mark.postgres
async def test_a_server_that_falls_silent_keeps_nobody_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    silent = asyncio.Event()
    with postgres_schema() as url:
        async with server_between(silent) as port:
            store = await open_store(url.replace(":5432", f":{port}"))
            await count(store, "answer")
            silent.set()
            monkeypatch.setattr(module, "PATIENCE", 0.3)
            async with asyncio.timeout(3):  # three times, without what a driver adds on its own
                for _ in range(3):
                    with pytest.raises(StoreError, match="did not answer in time"):
                        await store.seen_version(PERSON)
            silent.clear()
            monkeypatch.setattr(module, "PATIENCE", 3.0)
            assert await store.counts() == {"answer": 1}  # a new connection is made once it answers
            await store.close()


async def test_a_locked_file_is_a_store_error_and_works_again_afterwards(tmp_path: Path) -> None:
    store = await open_store(f"sqlite:///{tmp_path}/bot.db")
    with contextlib.closing(sqlite3.connect(tmp_path / "bot.db", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        async with asyncio.timeout(module.PATIENCE + 1):
            with pytest.raises(StoreError, match="did not answer"):
                await note_seen(store, PERSON, 1)
            assert await store.seen_version(PERSON) == 0  # readers do not wait for a writer
        other.execute("ROLLBACK")
    await note_seen(store, PERSON, 1)
    await store.close()


async def test_a_file_is_in_write_ahead_mode(tmp_path: Path) -> None:
    store = await open_store(f"sqlite:///{tmp_path}/bot.db")
    with contextlib.closing(sqlite3.connect(tmp_path / "bot.db")) as other:
        assert other.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    await store.close()


@pytest.mark.parametrize("moment", range(0, 60, 3))  # tenths of a millisecond after which it is given up
async def test_what_is_given_up_in_the_middle_leaves_the_store_in_order(store: Store, moment: int) -> None:
    """A transaction cancelled in the middle once left a statement behind that kept a SQLite file locked for ever."""
    tasks = [
        asyncio.create_task(store.deliveries.begin([Claim(number, PERSON)], "one") if number % 2 else
                            store.deliveries.finish([Outcome(number, PERSON, seen=1)]))
        for number in range(6)
    ]  # fmt: skip
    await asyncio.sleep(moment / 10_000)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await count(store, "later")
    assert (await store.counts())["later"] == 1


async def test_what_took_too_long_leaves_the_store_in_order(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for moment in range(1, 40):
        with monkeypatch.context() as patched, contextlib.suppress(StoreError):
            patched.setattr(module, "PATIENCE", moment / 10_000)
            await store.deliveries.begin([Claim(moment, PERSON)], "one")
    await count(store, "later")
    assert (await store.counts())["later"] == 1


async def test_what_was_given_up_is_not_done_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else somebody hears that it failed, and does it once more, or is never told."""
    store = await open_store(f"sqlite:///{tmp_path}/bot.db")
    with contextlib.closing(sqlite3.connect(tmp_path / "bot.db", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with monkeypatch.context() as patched:
            patched.setattr(module, "PATIENCE", 0.05)
            with pytest.raises(StoreError, match="did not answer in time"):
                await count(store, "answer")
        other.execute("ROLLBACK")
    await count(store, "later")  # by the same connection: the other is over by now
    assert await store.counts() == {"later": 1}
    await store.close()


@pytest.mark.parametrize("moment", range(0, 30, 3))  # milliseconds
async def test_an_opening_that_is_given_up_leaves_the_file_in_order(tmp_path: Path, moment: int) -> None:
    opening = asyncio.create_task(open_store(f"sqlite:///{tmp_path}/bot.db"))
    await asyncio.sleep(moment / 1000)
    opening.cancel()
    await asyncio.gather(opening, return_exceptions=True)
    store = await open_store(f"sqlite:///{tmp_path}/bot.db")
    await count(store, "later")
    assert await store.counts() == {"later": 1}
    await store.close()


async def test_a_file_whose_tables_another_copy_is_making_is_opened_once_it_is_done(tmp_path: Path) -> None:
    path = tmp_path / "bot.db"
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode=WAL")
        other.execute("BEGIN IMMEDIATE")
        opening = asyncio.create_task(open_store(f"sqlite:///{path}"))
        await asyncio.sleep(1.2)  # twice as long as SQLite itself waits
        assert not opening.done()
        other.execute("ROLLBACK")
    store = await opening
    await count(store, "later")
    await store.close()
