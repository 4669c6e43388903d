"""Who has seen the disclaimer, votes and counts; SQLite or PostgreSQL by one URL."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import CursorResult, delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import Database
from bot.store.deliveries import Deliveries
from bot.store.engine import open_engine
from bot.store.tables import counts, seen, votes


@dataclass(frozen=True)
class Forgotten:
    """How many rows of a person were deleted."""

    disclaimers: int
    votes: int


class Store:
    """Everything held, behind verbs. Every method raises StoreError when the database does not answer."""

    def __init__(self, database: Database, bot: int = 0) -> None:
        self._database = database
        self.deliveries = Deliveries(database, bot)

    async def prepare(self) -> None:
        """Bring the tables up to date; before that nothing else works."""
        await self._database.prepare()

    async def seen_version(self, person: str) -> int:
        """The disclaimer version this person has seen, 0 for none."""
        query = select(seen.c.version).where(seen.c.person == person)
        return int(await self._database.do(lambda to: to.scalar(query)) or 0)

    async def votes(self) -> dict[str, tuple[int, int]]:
        """Helpful and not helpful votes by entry."""
        query = select(votes.c.entry, votes.c.helpful, func.count()).group_by(votes.c.entry, votes.c.helpful)
        found: dict[str, tuple[int, int]] = {}
        for entry, helpful, number in await self._database.do(lambda to: to.execute(query)):
            yes, no = found.get(entry, (0, 0))
            found[entry] = (yes + number, no) if helpful else (yes, no + number)
        return found

    async def counts(self) -> dict[str, int]:
        rows = await self._database.do(lambda to: to.execute(select(counts.c.name, counts.c.number)))
        return {str(name): int(number) for name, number in rows}

    async def forget(self, person: str) -> Forgotten:
        """Delete all that is held of a person."""

        async def delete_all(to: AsyncConnection) -> Forgotten:
            notes: CursorResult[Any] = await to.execute(delete(seen).where(seen.c.person == person))
            taps: CursorResult[Any] = await to.execute(delete(votes).where(votes.c.person == person))
            return Forgotten(notes.rowcount, taps.rowcount)

        return await self._database.do(delete_all)

    async def ping(self) -> None:
        """Nothing, if the database answers."""
        await self._database.do(lambda to: to.execute(select(1)))

    async def close(self) -> None:
        await self._database.close()


def store_at(url: str, bot: int = 0) -> Store:
    """The store at a database URL, not yet prepared. Raises StoreError for a URL that can't be used.

    `bot` is the number of the bot in Telegram: updates are numbered for each bot anew.
    """
    return Store(Database(open_engine(url)), bot)


async def open_store(url: str, bot: int = 0) -> Store:
    """The same, its tables brought up to date. Raises StoreError also when the database can't be used."""
    store = store_at(url, bot)
    await store.prepare()
    return store
