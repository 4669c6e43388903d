"""The circuit breaker between the bot and its store: open, nobody waits for a store that is dead."""

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.delivery.metrics import Metrics
from bot.store import StoreError

log = logging.getLogger(__name__)

Told = TypeVar("Told")

FAILURES = 2  # in a row: one may be chance, and each costs somebody the store's patience


class CircuitBreaker:
    """Open, nobody asks the store but its monitor, who closes it again.

    Everybody tells what became of what they asked, by verb: what is asked may work while what is written fails,
    as on a full disk.
    """

    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics
        self._failures: Counter[str] = Counter()
        self.opened = asyncio.Event()
        metrics.watch("store_up", "Whether the store answers", lambda: float(self.is_closed))

    @property
    def is_closed(self) -> bool:
        """Whether the store answers, as far as is known."""
        return not self.opened.is_set()

    async def ask(self, verb: str, work: Callable[[], Awaitable[Told]]) -> Told | None:
        """What the store says; None where it does not answer. For what no parent's answer waits for."""
        if not self.is_closed:
            return None
        try:
            found = await work()
        except StoreError as error:
            self.on_failure(verb, error)
            return None
        self.on_success(verb)
        return found

    def on_success(self, verb: str) -> None:
        del self._failures[verb]

    def on_failure(self, verb: str, error: StoreError) -> None:
        self._metrics.store_errors.labels(verb).inc()
        self._failures[verb] += 1
        if self.is_closed:
            log.error("the store failed: %s", error)
        if self._failures[verb] >= FAILURES:
            self.open()

    def open(self) -> None:
        self.opened.set()

    def close(self) -> None:
        self._failures.clear()
        self.opened.clear()
