"""What the one who runs the bot is told in Telegram: who wants it, and which copy of the bot tells it.

Several copies share one row a kind: who moves its time forward tells, and the others are silent. The last sign of
life stands there as well: how long all copies were away is told by the store's clock, not by one of theirs.
"""

from collections.abc import Callable, Collection

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import Database
from bot.store.tables import digests, notices

ALIVE = "alive"  # the kind of row that holds the last sign of life


class Notices:
    """Every method raises StoreError when the database does not answer."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def claim(self, kind: str, since: Callable[[float], float]) -> bool:
        """Whether this copy is to tell: nobody has since the moment that is given for the present one."""

        async def work(to: AsyncConnection) -> bool:
            now = float(await to.scalar(select(self._database.now)) or 0)
            last = await to.scalar(select(notices.c.at).where(notices.c.kind == kind))
            if last is not None and last >= since(now):
                return False  # nearly always; only who might be the one writes
            new = self._database.insert(notices).values(kind=kind, at=now)
            told = new.on_conflict_do_update(
                index_elements=["kind"], set_={"at": new.excluded.at}, where=notices.c.at < since(now)
            )
            return (await to.execute(told.returning(notices.c.kind))).first() is not None

        return await self._database.do(work)

    async def show_life(self) -> float | None:
        """A sign of life; how many seconds ago the last one was, None where there never was one."""

        async def work(to: AsyncConnection) -> float | None:
            query = select(self._database.now, notices.c.at).where(notices.c.kind == ALIVE)
            found = (await to.execute(query)).first()
            new = self._database.insert(notices).values(kind=ALIVE, at=self._database.now)
            await to.execute(new.on_conflict_do_update(index_elements=["kind"], set_={"at": new.excluded.at}))
            return None if found is None else max(0.0, float(found[0]) - float(found[1]))

        return await self._database.do(work)

    async def toggle_digest(self, person: str) -> bool:
        """Switch the digest on or off for a person; whether it is on now."""

        async def work(to: AsyncConnection) -> bool:
            gone = await to.execute(delete(digests).where(digests.c.person == person))
            if not gone.rowcount:
                await to.execute(insert(digests).values(person=person))
            return not gone.rowcount

        return await self._database.do(work)

    async def digest_wanted(self, people: Collection[str]) -> set[str]:
        """Who of these wants it."""
        query = select(digests.c.person).where(digests.c.person.in_(people))
        return {str(person) for person in await self._database.do(lambda to: to.scalars(query))}
