"""All that is held: people, votes, counts, updates, notices; SQLite or PostgreSQL by one URL."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import CursorResult, delete, func, insert, inspect, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import Database
from bot.store.days import Days
from bot.store.deliveries import Deliveries
from bot.store.engine import WrongKeyError, open_engine
from bot.store.groups import QuietGroups
from bot.store.notices import Notices
from bot.store.pictures import PictureStore
from bot.store.tables import daily, deferred, digests, people_key, quiet_groups, seen, votes
from bot.store.wordings import WordingStore

OTHER_KEY = (
    "this database belongs to another people's key: put the person.key (or PERSON_KEY) back that was saved with it. "
    "Where that is lost, start once with: python -m bot run --start-over. Everybody is then greeted once more, and "
    "votes are lost"
)


@dataclass(frozen=True)
class Forgotten:
    """How many rows of a person were deleted."""

    disclaimers: int
    votes: int
    countries: int = 0
    digests: int = 0
    languages: int = 0


class Store:
    """Everything held, behind verbs. Every method raises StoreError when the database does not answer.

    With the `fingerprint` of a people's key, it is that key's alone.
    """

    def __init__(self, database: Database, bot: int = 0, fingerprint: str = "") -> None:
        self._database = database
        self._fingerprint = fingerprint
        self.deliveries = Deliveries(database, bot)
        self.wordings = WordingStore(database)
        self.days = Days(database)
        self.notices = Notices(database)
        self.pictures = PictureStore(database, bot)
        self.groups = QuietGroups(database)

    async def prepare(self) -> None:
        """Bring the tables up to date; before that nothing else works. Raises WrongKeyError, too."""
        await self._database.prepare(self._belong)

    async def owner(self) -> str | None:
        """The fingerprint of the key that this database belongs to; None for none so far."""

        async def look(to: AsyncConnection) -> str | None:
            if not await to.run_sync(lambda inner: inspect(inner).has_table(people_key.name)):
                return None
            found = await to.scalar(select(people_key.c.fingerprint))
            return None if found is None else str(found)

        return await self._database.do(look)

    async def disown(self, fingerprint: str) -> None:
        """Belong to another key from now on. What only the former one could read or match is deleted."""

        async def delete_all(to: AsyncConnection) -> None:
            for table in (seen, votes, deferred, digests, quiet_groups, people_key):
                await to.execute(delete(table))
            await to.execute(insert(people_key).values(fingerprint=fingerprint))

        await self._database.do(delete_all)

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
        """How often each thing was, in all the time that is kept."""
        query = select(daily.c.name, func.sum(daily.c.number)).group_by(daily.c.name)
        rows = await self._database.do(lambda to: to.execute(query))
        return {str(name): int(number) for name, number in rows}

    async def forget(self, person: str) -> Forgotten:
        """Delete all that is held of a person."""

        async def delete_all(to: AsyncConnection) -> Forgotten:
            counted = select(func.count(seen.c.country), func.count(seen.c.language)).where(seen.c.person == person)
            countries, languages = (await to.execute(counted)).one()
            notes: CursorResult[Any] = await to.execute(delete(seen).where(seen.c.person == person))
            taps: CursorResult[Any] = await to.execute(delete(votes).where(votes.c.person == person))
            switches: CursorResult[Any] = await to.execute(delete(digests).where(digests.c.person == person))
            return Forgotten(notes.rowcount, taps.rowcount, countries, switches.rowcount, languages)

        return await self._database.do(delete_all)

    async def ping(self) -> None:
        """Nothing, if the database answers."""
        await self._database.do(lambda to: to.execute(select(1)))

    async def close(self) -> None:
        await self._database.close()

    async def _belong(self, to: AsyncConnection) -> None:
        """Note whose database this is; where it is somebody else's already, WrongKeyError."""
        if not self._fingerprint:
            return
        owner = await to.scalar(select(people_key.c.fingerprint))
        if owner is None:
            await to.execute(insert(people_key).values(fingerprint=self._fingerprint))
        elif owner != self._fingerprint:
            raise WrongKeyError(OTHER_KEY)


def store_at(url: str, bot: int = 0, fingerprint: str = "") -> Store:
    """The store at a database URL, not yet prepared. Raises StoreError for a URL that can't be used.

    `bot` is the number of the bot in Telegram: updates are numbered for each bot anew.
    """
    return Store(Database(open_engine(url)), bot, fingerprint)


async def open_store(url: str, bot: int = 0) -> Store:
    """The same, its tables brought up to date. Raises StoreError also when the database can't be used."""
    store = store_at(url, bot)
    await store.prepare()
    return store
