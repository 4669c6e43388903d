"""Who has seen the disclaimer, votes and counts; SQLite or PostgreSQL by one URL."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import AsyncAdaptedQueuePool, CursorResult, Table, delete, event, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.store.migration import upgrade
from bot.store.tables import counts, seen, votes

DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}
MEMORY = (None, "", ":memory:")  # names of a SQLite database that is never written to disk
PATIENCE = 3.0  # seconds; a parent's answer waits for the store at most this long
LAST_WORDS = 0.1  # seconds in which aiosqlite's thread still looks for the event loop after a failed opening
START_PATIENCE = 30.0  # seconds for the migrations

Found = TypeVar("Found")
Work = Callable[[AsyncConnection], Awaitable[Found]]


class StoreError(Exception):
    """The store did not do what was asked. Whoever asked must go on without it."""


@dataclass(frozen=True)
class Forgotten:
    """How many rows of a person were deleted."""

    disclaimers: int
    votes: int


class Store:
    """Everything held, behind verbs. Every method raises StoreError when the database does not answer."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._running: set[asyncio.Task[Any]] = set()  # asyncio itself holds tasks weakly

    async def seen_version(self, person: str) -> int:
        """The disclaimer version this person has seen, 0 for none."""
        found = await self._do(lambda to: to.scalar(select(seen.c.version).where(seen.c.person == person)))
        return int(found or 0)

    async def note_seen(self, person: str, version: int) -> None:
        await self._do(self._put(seen, {"person": person}, {"version": version}))

    async def vote(self, person: str, entry: str, helpful: bool) -> None:
        """One vote a person and entry; a later one replaces it."""
        await self._do(self._put(votes, {"person": person, "entry": entry}, {"helpful": helpful}))

    async def votes(self) -> dict[str, tuple[int, int]]:
        """Helpful and not helpful votes by entry."""
        query = select(votes.c.entry, votes.c.helpful, func.count()).group_by(votes.c.entry, votes.c.helpful)
        found: dict[str, tuple[int, int]] = {}
        for entry, helpful, number in await self._do(lambda to: to.execute(query)):
            yes, no = found.get(entry, (0, 0))
            found[entry] = (yes + number, no) if helpful else (yes, no + number)
        return found

    async def count(self, name: str) -> None:
        """One more of this."""
        insert = self._insert(counts).values(name=name, number=1)
        more = insert.on_conflict_do_update(
            index_elements=["name"], set_={"number": counts.c.number + insert.excluded.number}
        )
        await self._do(lambda to: to.execute(more))

    async def counts(self) -> dict[str, int]:
        rows = await self._do(lambda to: to.execute(select(counts.c.name, counts.c.number)))
        return {str(name): int(number) for name, number in rows}

    async def forget(self, person: str) -> Forgotten:
        """Delete all that is held of a person."""

        async def delete_all(to: AsyncConnection) -> Forgotten:
            notes: CursorResult[Any] = await to.execute(delete(seen).where(seen.c.person == person))
            taps: CursorResult[Any] = await to.execute(delete(votes).where(votes.c.person == person))
            return Forgotten(notes.rowcount, taps.rowcount)

        return await self._do(delete_all)

    async def close(self) -> None:
        if self._running:
            await asyncio.wait(self._running, timeout=PATIENCE)
        await self._engine.dispose()

    def _insert(self, table: Table) -> Any:
        return (postgresql if self._engine.dialect.name == "postgresql" else sqlite).insert(table)

    def _put(self, table: Table, key: dict[str, Any], values: dict[str, Any]) -> Work[Any]:
        insert = self._insert(table).values(**key, **values)
        return lambda to: to.execute(insert.on_conflict_do_update(index_elements=list(key), set_=values))

    async def _do(self, work: Work[Found]) -> Found:
        """Do the work in one transaction, or raise StoreError within PATIENCE."""
        task = asyncio.create_task(self._in_transaction(work))
        self._running.add(task)
        task.add_done_callback(self._on_done)
        try:
            done, _ = await asyncio.wait({task}, timeout=PATIENCE)
        finally:
            task.cancel()
        if not done:
            # Not awaited any longer: a driver may take ten seconds more to give up on a silent server.
            raise StoreError("the database did not answer in time")
        try:
            return task.result()
        except (SQLAlchemyError, OSError, TimeoutError) as error:
            raise StoreError(f"the database did not answer: {type(error).__name__}") from error

    async def _in_transaction(self, work: Work[Found]) -> Found:
        async with self._engine.begin() as connection:
            return await work(connection)

    def _on_done(self, task: asyncio.Task[Any]) -> None:
        self._running.discard(task)
        if not task.cancelled():
            task.exception()  # looked at, so that asyncio does not print it


async def open_store(url: str) -> Store:
    """The store at a database URL, its tables brought up to date.

    Raises StoreError, with what to do, when the URL or the database can't be used.
    """
    try:
        engine = _engine(_address(url))
    except (ArgumentError, ModuleNotFoundError, ValueError) as error:
        raise StoreError(f"DATABASE_URL can't be used: {_hint(error)}") from error
    except OSError as error:
        raise StoreError(f"the folder of DATABASE_URL can't be made: {error.strerror}") from error
    try:
        async with asyncio.timeout(START_PATIENCE), engine.begin() as connection:
            await connection.run_sync(upgrade)
    except (SQLAlchemyError, OSError, TimeoutError) as error:
        await engine.dispose()
        await asyncio.sleep(LAST_WORDS)
        raise StoreError(f"the database of DATABASE_URL can't be opened: {_reason(error)}") from error
    return Store(engine)


def _address(url: str) -> URL:
    address = make_url(url)
    backend = address.get_backend_name()
    if backend not in DRIVERS:
        raise ArgumentError(f"'{backend}' is not supported")
    address = address.set(drivername=DRIVERS[backend])
    if address.get_backend_name() == "sqlite" and address.database not in MEMORY:
        Path(str(address.database)).parent.mkdir(parents=True, exist_ok=True)
    return address


def _engine(address: URL) -> AsyncEngine:
    if address.get_backend_name() != "sqlite":
        return create_async_engine(address, pool_pre_ping=True)
    if address.database in MEMORY:
        # One connection, and one transaction at a time on it: another connection would see another database.
        engine = create_async_engine(address, poolclass=AsyncAdaptedQueuePool, pool_size=1, max_overflow=0)
    else:
        engine = create_async_engine(address)
    event.listen(engine.sync_engine, "connect", _tune_sqlite)
    return engine


def _hint(error: Exception) -> str:
    if isinstance(error, ModuleNotFoundError):
        return "for PostgreSQL install the extra: pip install '.[postgres]'"
    return "give sqlite:///data/bot.db or postgresql://user:password@host/name"


def _reason(error: Exception) -> str:
    """The database's own words, without the SQL and without the address, which may hold a password."""
    if isinstance(error, TimeoutError):
        return f"no answer within {START_PATIENCE:g} seconds"
    return str(getattr(error, "orig", None) or error.__class__.__name__).splitlines()[0]


def _tune_sqlite(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    try:
        cursor.execute("PRAGMA busy_timeout=2000")  # milliseconds; less than PATIENCE
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=NORMAL")
    except Exception:
        connection.close()  # SQLAlchemy would leave it, and its thread, to the garbage collector
        raise
    cursor.close()
