"""The queue of updates that wait for the bot, and the long poll that empties it."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from itertools import islice

from bot.preview.refusals import Json, Refusal

UNASKED = {"chat_member", "message_reaction", "message_reaction_count"}
CONFLICT = "terminated by other getUpdates request; make sure that only one bot instance is running"
MOST = 100


class Updates:
    """Updates in order, numbered; kept until a poll with a higher offset confirms them."""

    def __init__(self, first_id: int = 1000) -> None:
        self._next_id = first_id
        self._waiting: deque[Json] = deque()
        self._allowed: frozenset[str] = frozenset()
        self._poll: asyncio.Future[None] | None = None
        self.on_add: Callable[[], None] = lambda: None

    def __len__(self) -> int:
        return len(self._waiting)

    @property
    def allowed(self) -> list[str]:
        """The kinds the bot asked for; empty for the default."""
        return sorted(self._allowed)

    def allow(self, kinds: Sequence[str] | None) -> None:
        """Remember which kinds to deliver; None keeps the setting, as on Telegram."""
        if kinds is not None:
            self._allowed = frozenset(kinds)

    def numbered(self, kind: str, body: Json) -> Json | None:
        """The update with its id, or None if the bot did not ask for this kind."""
        if kind not in self._allowed if self._allowed else kind in UNASKED:
            return None
        self._next_id += 1
        return {"update_id": self._next_id, kind: body}

    def add(self, update: Json) -> None:
        """Queue an update and wake the poll."""
        self._waiting.append(update)
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(None)
        self.on_add()

    def take(self) -> Json | None:
        """The oldest update, which is then no longer here; None if nothing waits."""
        return self._waiting.popleft() if self._waiting else None

    def put_back(self, updates: Iterable[Json]) -> None:
        """Updates that were taken and not delivered, before all others."""
        self._waiting.extendleft(sorted(updates, key=lambda update: -int(update["update_id"])))

    def clear(self) -> None:
        """Forget everything that waits."""
        self._waiting.clear()

    async def poll(self, offset: int = 0, limit: int = MOST, seconds: float = 0) -> list[Json]:
        """The updates from ``offset`` on, waiting up to that many ``seconds`` for the first one.

        A newer poll ends an older one with 409, as on Telegram.
        """
        if self._poll is not None and not self._poll.done():
            self._poll.set_exception(Refusal(CONFLICT, 409))
        self._confirm(offset)
        if not self._waiting and seconds > 0:
            await self._wait(seconds)
        return list(islice(self._waiting, max(1, min(limit, MOST))))

    def _confirm(self, offset: int) -> None:
        while offset > 0 and self._waiting and self._waiting[0]["update_id"] < offset:
            self._waiting.popleft()
        while offset < 0 and len(self._waiting) > -offset:
            self._waiting.popleft()

    async def _wait(self, seconds: float) -> None:
        poll = self._poll = asyncio.get_running_loop().create_future()
        try:
            await asyncio.wait_for(poll, seconds)
        except TimeoutError:
            pass
        finally:
            if self._poll is poll:
                self._poll = None
