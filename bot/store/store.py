"""Who has seen the disclaimer, votes and counts; SQLite or PostgreSQL by one URL."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import CursorResult, Table, delete, event, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.store.migration import upgrade
from bot.store.tables import counts, seen, votes

DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}
PATIENCE = 3.0  # seconds; a parent's answer waits for the store at most this long
START_PATIENCE = 30.0  # seconds for the migrations


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

    async def seen_version(self, person: str) -> int:
        """The disclaimer version this person has seen, 0 for none."""
        async with self._transaction() as connection:
            found = await connection.scalar(select(seen.c.version).where(seen.c.person == person))
        return int(found or 0)

    async def note_seen(self, person: str, version: int) -> None:
        async with self._transaction() as connection:
            await self._put(connection, seen, {"person": person}, {"version": version})

    async def vote(self, person: str, entry: str, helpful: bool) -> None:
        """One vote a person and entry; a later one replaces it."""
        async with self._transaction() as connection:
            await self._put(connection, votes, {"person": person, "entry": entry}, {"helpful": helpful})

    async def votes(self) -> dict[str, tuple[int, int]]:
        """Helpful and not helpful votes by entry."""
        async with self._transaction() as connection:
            rows = await connection.execute(
                select(votes.c.entry, votes.c.helpful, func.count()).group_by(votes.c.entry, votes.c.helpful)
            )
            found: dict[str, tuple[int, int]] = {}
            for entry, helpful, number in rows:
                yes, no = found.get(entry, (0, 0))
                found[entry] = (yes + number, no) if helpful else (yes, no + number)
        return found

    async def count(self, name: str) -> None:
        """One more of this."""
        insert = self._insert(counts).values(name=name, number=1)
        more = insert.on_conflict_do_update(
            index_elements=["name"], set_={"number": counts.c.number + insert.excluded.number}
        )
        async with self._transaction() as connection:
            await connection.execute(more)

    async def counts(self) -> dict[str, int]:
        async with self._transaction() as connection:
            rows = await connection.execute(select(counts.c.name, counts.c.number))
            return {name: number for name, number in rows}

    async def forget(self, person: str) -> Forgotten:
        """Delete all that is held of a person."""
        async with self._transaction() as connection:
            notes: CursorResult[Any] = await connection.execute(delete(seen).where(seen.c.person == person))
            taps: CursorResult[Any] = await connection.execute(delete(votes).where(votes.c.person == person))
        return Forgotten(notes.rowcount, taps.rowcount)

    async def close(self) -> None:
        await self._engine.dispose()

    def _insert(self, table: Table) -> Any:
        return (postgresql if self._engine.dialect.name == "postgresql" else sqlite).insert(table)

    async def _put(
        self, connection: AsyncConnection, table: Table, key: dict[str, Any], values: dict[str, Any]
    ) -> None:
        insert = self._insert(table).values(**key, **values)
        await connection.execute(insert.on_conflict_do_update(index_elements=list(key), set_=values))

    @asynccontextmanager
    async def _transaction(self) -> AsyncIterator[AsyncConnection]:
        try:
            async with asyncio.timeout(PATIENCE), self._engine.begin() as connection:
                yield connection
        except (SQLAlchemyError, OSError, TimeoutError) as error:
            raise StoreError(f"the database did not answer: {type(error).__name__}") from error


async def open_store(url: str) -> Store:
    """The store at a database URL, its tables brought up to date.

    Raises StoreError, with what to do, when the URL or the database can't be used.
    """
    try:
        address = _address(url)
        engine = create_async_engine(address, pool_pre_ping=address.get_backend_name() != "sqlite")
    except (ArgumentError, ModuleNotFoundError) as error:
        raise StoreError(f"DATABASE_URL can't be used: {_hint(error)}") from error
    if address.get_backend_name() == "sqlite":
        event.listen(engine.sync_engine, "connect", _tune_sqlite)
    try:
        async with asyncio.timeout(START_PATIENCE), engine.begin() as connection:
            await connection.run_sync(upgrade)
    except (SQLAlchemyError, OSError, TimeoutError) as error:
        await engine.dispose()
        raise StoreError(f"the database of DATABASE_URL can't be opened: {_reason(error)}") from error
    return Store(engine)


def _address(url: str) -> URL:
    address = make_url(url)
    if address.drivername in DRIVERS:
        address = address.set(drivername=DRIVERS[address.drivername])
    if address.get_backend_name() not in ("sqlite", "postgresql"):
        raise ArgumentError(f"'{address.get_backend_name()}' is not supported")
    if address.get_backend_name() == "sqlite" and address.database not in (None, "", ":memory:"):
        Path(str(address.database)).parent.mkdir(parents=True, exist_ok=True)
    return address


def _hint(error: Exception) -> str:
    if isinstance(error, ModuleNotFoundError):
        return "for PostgreSQL install the extra: pip install '.[postgres]'"
    return "give sqlite:///data/bot.db or postgresql://user:password@host/name"


def _reason(error: Exception) -> str:
    """The database's own words, without the SQL and without the address, which may hold a password."""
    return str(getattr(error, "orig", None) or error.__class__.__name__).splitlines()[0]


def _tune_sqlite(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute("PRAGMA busy_timeout=2000")
    cursor.close()
