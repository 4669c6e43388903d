"""Waiting for something to happen, without polling."""

from __future__ import annotations

import asyncio
from collections.abc import Callable


class Changes:
    """A counter that wakes whoever waits for it to rise."""

    def __init__(self) -> None:
        self.version = 0
        self._waiting: set[asyncio.Future[None]] = set()

    def note(self) -> None:
        """Something happened."""
        self.version += 1
        for future in self._waiting:
            if not future.done():
                future.set_result(None)

    async def until(self, reached: Callable[[], bool], seconds: float) -> bool:
        """Wait until ``reached()`` is true; False if that takes longer than ``seconds``."""
        deadline = asyncio.get_running_loop().time() + seconds
        while not reached():
            left = deadline - asyncio.get_running_loop().time()
            if left <= 0:
                return False
            await self._next(left)
        return True

    async def _next(self, seconds: float) -> None:
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.add(future)
        try:
            await asyncio.wait_for(future, seconds)
        except TimeoutError:
            pass
        finally:
            self._waiting.discard(future)
