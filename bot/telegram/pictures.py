"""Pictures as Telegram has them: each is sent once, and after that by Telegram's own name for it."""

import asyncio
import hashlib
from pathlib import Path

from bot.delivery.bounded import Bounded
from bot.delivery.user_repository import UserRepository
from bot.replies.reply import Picture

MOST = 200  # pictures whose names are remembered: more than a pack has


class PictureNames:
    """Telegram's names for pictures, by what is in them: in memory, and in the store beyond a start."""

    def __init__(self, users: UserRepository) -> None:
        self._users = users
        self._names: Bounded[str, str] = Bounded(MOST)

    async def read(self, picture: Picture) -> tuple[bytes, str]:
        """A picture's bytes, read beside the event loop, and their digest. Raises OSError."""
        content = await asyncio.to_thread(Path(picture.file).read_bytes)
        return content, hashlib.sha256(content).hexdigest()

    async def find(self, digest: str) -> str | None:
        found = self._names.get(digest) or await self._users.picture_name(digest)
        if found:
            self._names.put(digest, found)
        return found

    async def note(self, digest: str, name: str) -> None:
        if self._names.get(digest) != name:
            self._names.put(digest, name)
            await self._users.note_picture(digest, name)
