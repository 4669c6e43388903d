"""Updates at the same time for different people, one after the other for the same one."""

import asyncio
from collections import Counter
from collections.abc import Awaitable
from typing import Any

from telegram import Update
from telegram.ext import BaseUpdateProcessor

AT_ONCE = 64  # updates in hand; far above what Telegram lets one bot send, and small enough for memory


class OnePerPerson(BaseUpdateProcessor):
    """So that the disclaimer comes once, and answers in the order of the questions."""

    def __init__(self) -> None:
        super().__init__(max_concurrent_updates=AT_ONCE)
        self._locks: dict[int, asyncio.Lock] = {}
        self._waiting: Counter[int] = Counter()

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        person = _person(update)
        if person is None:
            await coroutine
            return
        self._waiting[person] += 1
        try:
            async with self._locks.setdefault(person, asyncio.Lock()):
                await coroutine
        finally:
            self._waiting[person] -= 1
            if not self._waiting[person]:  # only then: whoever still waits must find this very lock
                del self._waiting[person], self._locks[person]

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""


def _person(update: object) -> int | None:
    if not isinstance(update, Update):
        return None
    user, chat = update.effective_user, update.effective_chat
    return user.id if user else chat.id if chat else None
