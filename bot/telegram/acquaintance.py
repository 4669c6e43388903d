"""What the bot holds of a person, with a store that may fail: it never stands in the way of an answer."""

import logging
from collections.abc import Awaitable
from typing import TypeVar

from bot.store import Forgotten, Outcome, Store, StoreError, person_code

log = logging.getLogger(__name__)
Value = TypeVar("Value")


class Acquaintance:
    """Who has seen the disclaimer, votes and counts, by Telegram id in and by code down."""

    def __init__(self, store: Store, key: bytes) -> None:
        self._store = store
        self._key = key

    async def has_seen(self, person: int, version: int) -> bool:
        """Whether this version was seen; no, when the store does not know: seeing it twice is safe."""
        return await self._tried(self._store.seen_version(self._code(person)), 0) >= version

    async def note_seen(self, person: int, version: int) -> None:
        await self._tried(
            self._store.deliveries.finish([Outcome(person=self._code(person), seen=version)]), None
        )

    async def vote(self, person: int, entry: str, helpful: bool) -> None:
        await self._tried(
            self._store.deliveries.finish([Outcome(person=self._code(person), vote=(entry, helpful))]), None
        )

    async def count(self, name: str) -> None:
        await self._tried(self._store.deliveries.finish([Outcome(counts=(name,))]), None)

    async def forget(self, person: int) -> Forgotten | None:
        """What was deleted; None when the store failed, so that nobody is told it was done."""
        return await self._tried(self._store.forget(self._code(person)), None)

    def _code(self, person: int) -> str:
        return person_code(self._key, person)

    async def _tried(self, asked: Awaitable[Value], otherwise: Value | None) -> Value:
        try:
            return await asked
        except StoreError as error:
            log.error("the store failed: %s", error)
            return otherwise  # type: ignore[return-value]  # callers that need a value give one
