"""Groups in which the bot is to be quiet, as codes: of no other group is anything held."""

from sqlalchemy import delete, select

from bot.store.database import Database
from bot.store.tables import quiet_groups


class QuietGroups:
    """Every method raises StoreError when the database does not answer."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def has(self, group: str) -> bool:
        query = select(quiet_groups.c.group).where(quiet_groups.c.group == group)
        return await self._database.do(lambda to: to.scalar(query)) is not None

    async def add(self, group: str) -> bool:
        """True, as it is there now."""
        new = self._database.insert(quiet_groups).values(group=group).on_conflict_do_nothing()
        await self._database.do(lambda to: to.execute(new))
        return True

    async def drop(self, group: str) -> bool:
        """Whether it was there."""
        gone = delete(quiet_groups).where(quiet_groups.c.group == group)
        return bool((await self._database.do(lambda to: to.execute(gone))).rowcount)
