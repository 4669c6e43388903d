"""One database, asked in transactions that end in time."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from alembic.util import CommandError
from sqlalchemy import ColumnElement, Table, literal_column
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.store.engine import StoreError
from bot.store.migration import upgrade

LOCKED = "database is locked"  # in SQLite's words
PATIENCE = 1.5  # seconds; a parent's answer waits for the store at most this long
LAST_WORDS = 0.1  # seconds in which aiosqlite's thread still looks for the event loop after a failed opening
START_PATIENCE = 30.0  # seconds for the migrations
LOCKED_PATIENCE, LOCKED_PAUSE = 5.0, 0.1  # seconds: another copy that starts may be making the tables of the same file
# Seconds since 1970 by the database's own clock: copies of the bot on several machines share no other.
CLOCKS = {
    "sqlite": "((julianday('now') - 2440587.5) * 86400.0)",
    "postgresql": "extract(epoch from clock_timestamp())::float8",
}
# The day by the same clock, in UTC, such as 2026-11-28; and the hour, from 00 to 23.
CALENDARS = {
    "sqlite": ("strftime('%Y-%m-%d', 'now')", "strftime('%H', 'now')"),
    "postgresql": tuple(
        f"to_char(clock_timestamp() AT TIME ZONE 'UTC', '{shape}')" for shape in ("YYYY-MM-DD", "HH24")
    ),
}

Found = TypeVar("Found")
Work = Callable[[AsyncConnection], Awaitable[Found]]


class Database:
    """Transactions with an end: each is done within PATIENCE, or StoreError is raised."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._running: set[asyncio.Task[Any]] = set()  # asyncio itself holds tasks weakly
        # SQLite answers or fails by itself (BUSY), and a transaction that is cancelled in the middle leaves a
        # statement behind that keeps the file locked until the bot ends. A silent server is another matter.
        self._cancels = engine.dialect.name != "sqlite"
        self.now: ColumnElement[float] = literal_column(CLOCKS[engine.dialect.name])
        self.today, self.hour = calendar(engine.dialect.name)

    async def prepare(self, after: Work[None]) -> None:
        """Bring the tables up to date, then do `after` in the same transaction.

        Raises StoreError with the database's own words; what `after` raises of it as it is.
        """

        async def work(connection: AsyncConnection) -> None:
            await connection.run_sync(upgrade)
            await after(connection)

        try:
            await self._within(START_PATIENCE, asyncio.create_task(self._in_turn(work)))
        except StoreError:
            raise
        except Exception as error:
            # Whatever it is: a database in an odd encoding makes drivers raise things of their own.
            await self._engine.dispose()
            await asyncio.sleep(LAST_WORDS)
            raise StoreError(f"the database of DATABASE_URL can't be opened: {reason_of(error)}") from error

    async def do(self, work: Work[Found]) -> Found:
        """Do the work in one transaction, or raise StoreError within PATIENCE. What is given up is not done."""
        is_given_up = False

        async def guarded(connection: AsyncConnection) -> Found:
            _raise_if(is_given_up)
            found = await work(connection)
            _raise_if(is_given_up)
            return found

        task = asyncio.create_task(self._in_transaction(guarded))
        try:
            return await self._within(PATIENCE, task)
        except TimeoutError as error:
            # Not awaited any longer: a driver may take ten seconds more to give up on a silent server.
            raise StoreError("the database did not answer in time") from error
        except StoreError:
            raise
        except Exception as error:
            # Whatever it is: a driver whose connection is closed under it raises things of its own.
            raise StoreError(f"the database did not answer: {reason_of(error)}") from error
        finally:
            is_given_up = True

    async def _within(self, seconds: float, task: "asyncio.Task[Found]") -> Found:
        """What a task of ours comes to. Raises TimeoutError, or whatever it ended in."""
        self._running.add(task)
        task.add_done_callback(self._on_done)
        try:
            done, _ = await asyncio.wait({task}, timeout=seconds)
        finally:
            if self._cancels:
                task.cancel()
        if not done:
            raise TimeoutError
        if task.cancelled():
            raise StoreError("the database did not answer: CancelledError")
        return task.result()

    def insert(self, table: Table) -> Any:
        """An insert that knows `on_conflict_do_update`."""
        return (postgresql if self._engine.dialect.name == "postgresql" else sqlite).insert(table)

    async def close(self) -> None:
        if self._running:
            await asyncio.wait(self._running, timeout=PATIENCE)
        await self._engine.dispose()

    async def _in_transaction(self, work: Work[Found]) -> Found:
        try:
            async with self._engine.begin() as connection:
                return await work(connection)
        except DBAPIError as error:
            if not error.connection_invalidated:
                raise
        async with self._engine.begin() as connection:  # the server had hung up on an idle connection
            return await work(connection)

    async def _in_turn(self, work: Work[None]) -> None:
        """In one transaction, tried again for a while where another copy of the bot has the file locked."""
        loop = asyncio.get_running_loop()
        end = loop.time() + LOCKED_PATIENCE
        while True:
            try:
                return await self._in_transaction(work)
            except DBAPIError as error:
                if LOCKED not in str(error.orig) or loop.time() >= end:
                    raise
            await asyncio.sleep(LOCKED_PAUSE)

    def _on_done(self, task: asyncio.Task[Any]) -> None:
        self._running.discard(task)
        if not task.cancelled():
            task.exception()  # looked at, so that asyncio does not print it


def _raise_if(is_given_up: bool) -> None:
    """Whoever asked has heard that it was not done: so it must not be."""
    if is_given_up:
        raise StoreError("given up")


def calendar(dialect: str) -> tuple[ColumnElement[str], ColumnElement[str]]:
    """Day and hour as that kind of database tells them."""
    day, hour = CALENDARS[dialect]
    return literal_column(day), literal_column(hour)


def reason_of(error: BaseException) -> str:
    """The database's own words, without the SQL and without the address, which may hold a password."""
    if isinstance(error, TimeoutError):
        return f"no answer within {START_PATIENCE:g} seconds"
    if isinstance(error, CommandError):
        return "a newer version of the bot made it: start that one, or put back an older copy"
    told = str(getattr(error, "orig", None) or "").splitlines()
    return told[0] if told else type(error).__name__
