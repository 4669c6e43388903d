"""Databases that are not quite as usual: behind a pooler, in SQL_ASCII, restored without the people's key."""

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.store import (
    Claim,
    Outcome,
    Store,
    StoreError,
    WrongKeyError,
    find_key,
    fingerprint,
    make_key,
    open_store,
    store_at,
)
from bot.store import people as people_module
from bot.store.examination import examine
from tests.delivery.database import SERVER, fresh_database
from tests.store.conftest import postgres_schema

PGBOUNCER = shutil.which("pgbouncer") or "/usr/sbin/pgbouncer"
PEOPLE = [f"{number:064x}" for number in range(40)]


async def use(store: Store, rounds: int = 12) -> None:
    """What forty people's questions ask of it; a statement is prepared at its sixth time, where they are."""
    for round_ in range(rounds):
        for number, person in enumerate(PEOPLE):
            await store.deliveries.begin([Claim(100 * round_ + number, person)], "one")
            await store.deliveries.finish([Outcome(100 * round_ + number, person, seen=1)])


# --- Behind a pooler


@pytest.mark.postgres
async def test_no_statement_is_prepared() -> None:
    with postgres_schema() as url:
        store = await open_store(url)
        await use(store, 2)
        prepared = await store._database.do(  # the pooler's own view: nothing else shows it
            lambda to: to.exec_driver_sql("SELECT count(*) FROM pg_prepared_statements")
        )
        assert prepared.scalar() == 0
        await store.close()


@contextlib.contextmanager
def pooler(folder: Path) -> Iterator[int]:
    """pgbouncer in transaction mode; its port."""
    if not Path(PGBOUNCER).exists():
        if os.environ.get("NEED_POSTGRES"):
            pytest.fail("pgbouncer is not installed")
        pytest.skip("pgbouncer is not installed here")
    with socket.create_server(("127.0.0.1", 0)) as found:
        port = found.getsockname()[1]
    user = "" if os.getuid() else f"user = {pwd.getpwnam('nobody').pw_name}\n"
    config = folder / "pgbouncer.ini"
    config.write_text(
        "[databases]\n* = host=127.0.0.1 port=5432 user=postgres password=postgres\n[pgbouncer]\n"
        f"listen_addr = 127.0.0.1\nlisten_port = {port}\nunix_socket_dir =\nauth_type = any\npool_mode = transaction\n"
        f"default_pool_size = 4\nignore_startup_parameters = extra_float_digits,options\n{user}"
    )
    folder.chmod(0o755)
    process = subprocess.Popen([PGBOUNCER, "-q", str(config)], stderr=subprocess.DEVNULL)  # noqa: S603 - ours
    try:
        for _ in range(100):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            time.sleep(0.05)
        yield port
    finally:
        process.terminate()
        process.wait(10)


@pytest.mark.postgres
async def test_a_pooler_that_gives_each_transaction_another_connection_is_no_trouble(tmp_path: Path) -> None:
    with fresh_database() as name, pooler(tmp_path) as port:
        url = f"postgresql://postgres@127.0.0.1:{port}/{name}"
        stores = [await open_store(url) for _ in range(3)]
        for store in stores:
            await use(store, 4)
        assert await stores[0].seen_version(PEOPLE[0]) == 1
        assert examine(url).version == examine(url).newest
        for store in stores:
            await store.close()


# --- In SQL_ASCII


@pytest.mark.postgres
async def test_a_database_in_sql_ascii_works_like_any_other() -> None:
    import psycopg

    with fresh_database() as name:
        with psycopg.connect(f"{SERVER}/postgres", autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name}")
            connection.execute(
                f"CREATE DATABASE {name} ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0"
            )
        url = f"{SERVER}/{name}"
        store = await open_store(url)
        await use(store, 1)
        assert await store.seen_version(PEOPLE[0]) == 1
        await store.close()
        assert examine(url).version == examine(url).newest


async def test_whatever_a_driver_raises_at_the_opening_is_a_store_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def odd(_: object) -> None:
        raise TypeError("cannot use a string pattern on a bytes-like object")

    monkeypatch.setattr("bot.store.database.upgrade", odd)
    with pytest.raises(StoreError, match="can't be opened: TypeError"):
        await open_store(f"sqlite:///{tmp_path}/bot.db")


async def test_the_databases_own_words_tell_what_is_wrong(tmp_path: Path) -> None:
    store = await open_store(f"sqlite:///{tmp_path}/bot.db")
    with pytest.raises(StoreError, match="did not answer: no such table: nowhere"):
        await store._database.do(lambda to: to.exec_driver_sql("SELECT * FROM nowhere"))
    await store.close()


# --- The people's key


@pytest.mark.parametrize("url", ["file", pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)
async def test_a_database_belongs_to_the_key_it_was_first_used_with(url: str) -> None:
    ours, theirs = fingerprint(b"ours"), fingerprint(b"theirs")
    store = store_at(url, fingerprint=ours)
    assert await store.owner() is None
    for _ in range(2):
        await store.prepare()
    assert await store.owner() == ours
    await store.deliveries.finish([Outcome(1, PEOPLE[0], seen=1, vote=("normal", True))])
    await store.days.add({"answer": 1})
    await store.close()
    other = store_at(url, fingerprint=theirs)
    with pytest.raises(WrongKeyError, match=r"put the person\.key .* back"):
        await other.prepare()
    await other.disown(theirs)
    await other.prepare()
    assert (await other.seen_version(PEOPLE[0]), await other.votes()) == (0, {})
    assert await other.counts() == {"answer": 1}
    await other.close()
    assert examine(url).owner == theirs


@pytest.mark.parametrize("refusal", [PermissionError(1, "Operation not permitted"), AttributeError("link")])
def test_where_there_are_no_hard_links_the_key_is_made_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refusal: Exception
) -> None:
    def refuse(*_: object) -> None:
        raise refusal

    monkeypatch.setattr(people_module.os, "link", refuse)
    key = make_key(tmp_path / "person.key")
    assert len(key) == 64
    assert find_key(tmp_path / "person.key") == make_key(tmp_path / "person.key") == key
    assert (tmp_path / "person.key").stat().st_mode & 0o777 == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["person.key"]
