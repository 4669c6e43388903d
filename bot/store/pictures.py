"""Telegram's names for pictures that it has: who knows one need not send the picture again."""

from sqlalchemy import select

from bot.store.database import Database
from bot.store.tables import FILE_ID_LENGTH, pictures


class PictureStore:
    """By the SHA-256 of a picture's bytes, in hex. Every method raises StoreError when the database does not answer."""

    def __init__(self, database: Database, bot: int) -> None:
        self._database = database
        self._bot = bot

    async def find(self, digest: str) -> str | None:
        query = select(pictures.c.file_id).where(pictures.c.bot == self._bot, pictures.c.digest == digest)
        found = await self._database.do(lambda to: to.scalar(query))
        return None if found is None else str(found)

    async def put(self, digest: str, file_id: str) -> None:
        if len(file_id) > FILE_ID_LENGTH:
            return
        new = self._database.insert(pictures).values(bot=self._bot, digest=digest, file_id=file_id)
        put = new.on_conflict_do_update(index_elements=["bot", "digest"], set_={"file_id": new.excluded.file_id})
        await self._database.do(lambda to: to.execute(put))
