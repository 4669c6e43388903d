"""The updates between the first unconfirmed one and the newest: what polling may have in hand."""

import asyncio
import itertools
from collections.abc import Collection

from bot.telegram.api import MOST_UPDATES
from bot.telegram.intake import Fate


class Window:
    """Telegram confirms everything before an offset, so the offset stops at the first update not answered."""

    def __init__(self) -> None:
        self.offset = 0
        self._updates: dict[int, asyncio.Future[Fate]] = {}  # in Telegram's order

    def __contains__(self, number: int) -> bool:
        return number in self._updates

    def __len__(self) -> int:
        return len(self._updates)

    @property
    def has_room(self) -> bool:
        return len(self._updates) < MOST_UPDATES

    def add(self, number: int, fate: "asyncio.Future[Fate]") -> None:
        self._updates[number] = fate

    def settle(self) -> None:
        """Move the offset past the updates that are answered. Raises what ended one of them."""
        while self._updates:
            number, fate = next(iter(self._updates.items()))
            if not fate.done() or fate.cancelled():
                return
            fate.result()
            del self._updates[number]
            self.offset = number + 1

    async def wait_for_all(self, seconds: float) -> None:
        """Until every update is answered, at most so long."""
        await _wait(self._updates.values(), seconds)

    async def wait(self, seconds: float, number: int = 1) -> None:
        """Until so many updates from the first one on are answered, at most so long."""
        await _wait(list(itertools.islice(self._updates.values(), number)), seconds)


async def _wait(fates: "Collection[asyncio.Future[Fate]]", seconds: float) -> None:
    if fates:
        await asyncio.wait(fates, timeout=seconds)
