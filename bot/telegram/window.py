"""The updates between the first unconfirmed one and the newest: what polling may have in hand."""

import asyncio
import itertools
from collections.abc import Collection

from bot.delivery.dispatcher import Fate, RawUpdate
from bot.telegram.api import MOST_UPDATES


class Window:
    """Telegram confirms everything before an offset, so the offset stops at the first update that holds it."""

    def __init__(self) -> None:
        self.offset = 0
        self._updates: dict[int, tuple[RawUpdate, asyncio.Future[Fate]]] = {}  # in Telegram's order
        self._released: set[int] = set()

    def __contains__(self, number: int) -> bool:
        return number in self._updates

    def __len__(self) -> int:
        return len(self._updates)

    @property
    def has_room(self) -> bool:
        return len(self._updates) < MOST_UPDATES

    @property
    def holding(self) -> tuple[int, ...]:
        """The updates that hold the offset, oldest first."""
        return tuple(number for number in self._updates if number not in self._released)

    def add(self, number: int, row: RawUpdate, fate: "asyncio.Future[Fate]") -> None:
        self._updates[number] = (row, fate)

    def rows(self, numbers: Collection[int]) -> dict[int, RawUpdate]:
        """These updates as Telegram wrote them."""
        return {number: self._updates[number][0] for number in numbers}

    def release(self, numbers: Collection[int]) -> None:
        """These hold the offset no longer, answered or not."""
        self._released.update(numbers)

    def settle(self) -> None:
        """Move the offset past the updates that hold it no longer. Raises what ended one of them."""
        while self._updates:
            number, (_, fate) = next(iter(self._updates.items()))
            if number not in self._released:
                if not fate.done() or fate.cancelled():
                    return
                fate.result()
            del self._updates[number]
            self._released.discard(number)
            self.offset = number + 1

    async def wait_for_all(self, seconds: float) -> None:
        """Until every update is answered, at most so long."""
        await _wait(self._fates(), seconds)

    async def wait(self, seconds: float, number: int = 1) -> None:
        """Until so many updates from the first one on are answered, at most so long."""
        await _wait(list(itertools.islice(self._fates(), number)), seconds)

    def _fates(self) -> "list[asyncio.Future[Fate]]":
        return [fate for number, (_, fate) in self._updates.items() if number not in self._released]


async def _wait(fates: "Collection[asyncio.Future[Fate]]", seconds: float) -> None:
    if fates:
        await asyncio.wait(fates, timeout=seconds)
