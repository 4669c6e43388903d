"""Albums: pictures that were sent as one message, of which Telegram makes an update each."""

import asyncio
from dataclasses import dataclass, field

from bot.delivery.bounded import Bounded

REMEMBERED = 1_000  # albums lately; the parts of one come within a second or two
GATHERING = 1.0  # seconds that the first picture waits for one with words

AlbumKey = tuple[int, str]  # the chat, and Telegram's name for the album


@dataclass
class _Album:
    words: asyncio.Event = field(default_factory=asyncio.Event)


class Albums:
    """One reply an album: to the part with words, else one to all of it."""

    def __init__(self, seconds: float = GATHERING) -> None:
        self._seconds = seconds
        self._albums: Bounded[AlbumKey, _Album] = Bounded(REMEMBERED)

    def is_first(self, key: AlbumKey) -> bool:
        """Note a part; whether it is the first that came."""
        if key in self._albums:
            return False
        self._albums.put(key, _Album())
        return True

    def note_words(self, key: AlbumKey) -> None:
        """A part with words came: it is answered, the rest of its album need not be."""
        album = self._albums.get(key)
        if album is not None:
            album.words.set()

    async def words_come(self, key: AlbumKey) -> bool:
        """Wait a moment for a part with words; whether one came."""
        album = self._albums.get(key)
        if album is None:
            return True  # so many albums since that this one is forgotten
        try:
            async with asyncio.timeout(self._seconds):
                await album.words.wait()
        except TimeoutError:
            return False
        return True
