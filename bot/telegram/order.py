"""Updates at the same time for different people, one after the other for the same one."""

import asyncio
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

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        person = _person(update)
        if person is None:
            await coroutine
            return
        lock = self._locks.setdefault(person, asyncio.Lock())
        try:
            async with lock:
                await coroutine
        finally:
            if not lock.locked() and self._locks.get(person) is lock:
                del self._locks[person]

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""


def _person(update: object) -> int | None:
    if not isinstance(update, Update):
        return None
    user, chat = update.effective_user, update.effective_chat
    return user.id if user else chat.id if chat else None
