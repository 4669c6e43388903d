"""The line to Telegram: a call waits its turn, and what fails on the way is tried again."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Iterator
from typing import TypeVar

from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.telegram.backoff import Patience, pauses
from bot.telegram.metrics import Metrics
from bot.telegram.turns import Turns

log = logging.getLogger(__name__)
Result = TypeVar("Result")

BROKEN = 4  # failures in a row, whoever's, after which one call at a time finds out how things stand
# Seconds between such calls at most: one in so long bothers nobody, and whoever waits learns soon that the
# trouble is over.
LOOK = 5.0
GIVE_UP = 600.0  # seconds of "server error" to one call, while others got through: no retry mends that
MARGIN = 0.1  # seconds more than Telegram asks to wait


class Hopeless(Exception):
    """Telegram answers this very call with errors of its own, for long, and others not."""


class Line:
    """Calls Telegram. Refusals (400, 401, 403) are raised; what another try may mend is tried again."""

    def __init__(self, turns: Turns, patience: Patience, metrics: Metrics) -> None:
        self._turns = turns
        self._patience = patience
        self._metrics = metrics
        self._failures = 0
        self._pauses = self._looks()
        self._looked_at = 0.0  # when the last pause for everybody began
        self._recovered = asyncio.Event()  # set when Telegram is reached again; then there is a new one
        self.reached_at = 0.0  # by the event loop's clock

    async def call(
        self, work: Callable[[], Awaitable[Result]], chat: int | None = None, tries: int | None = None
    ) -> Result:
        """The result of a call. With `tries`, the last failure is raised; else there is no last one."""
        own = pauses(self._patience.first, self._patience.longest)
        started, timeouts, tried = _now(), 0, 0
        while True:
            try:
                return await self._attempt(work, chat)
            except RetryAfter as error:
                await asyncio.sleep(self._wait_as_told(error, chat))
            except BadRequest:  # a NetworkError to the library
                raise
            except NetworkError as error:
                tried += 1
                timeouts += isinstance(error, TimedOut)
                if tried == tries:
                    raise
                if _is_theirs(error) and self.reached_at > started and _now() - started > GIVE_UP:
                    raise Hopeless from error
                self._metrics.retries.labels(type(error).__name__).inc()
                log.warning("Telegram was not reached (%s), trying again", type(error).__name__)
                await self._pause(next(own), timeouts)

    async def _attempt(self, work: Callable[[], Awaitable[Result]], chat: int | None) -> Result:
        await self._turns.take(chat)
        began = _now()
        try:
            result = await work()
        except TelegramError as error:
            if type(error) is TelegramError:  # no refusal, but an answer that can't be read: cut off, or a proxy's
                self._on_failure(began)
                raise TimedOut("an answer that can't be read") from error
            if isinstance(error, NetworkError) and not isinstance(error, BadRequest):
                self._on_failure(began)
            else:
                self._on_reached()
            raise
        finally:
            self._turns.end()
        self._on_reached()
        return result

    async def _pause(self, own: float, timeouts: int) -> None:
        """Where nobody gets through, the wait is for the turn: who is in danger is then first again."""
        if timeouts > 1:
            await asyncio.sleep(max(own, self._patience.doubtful))
        elif self._failures < BROKEN:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(own):
                    await self._recovered.wait()

    def _on_reached(self) -> None:
        self.reached_at = _now()
        if self._failures >= BROKEN:
            log.info("Telegram is reached again")
            self._turns.widen()
            self._recovered.set()  # whoever waits for a try of their own need not any longer
            self._recovered = asyncio.Event()
        if self._failures:
            self._failures = 0
            self._pauses = self._looks()

    def _on_failure(self, began: float) -> None:
        self._failures += 1
        # Calls that were under way together tell one thing, and lengthen the pause once.
        if self._failures >= BROKEN and began >= self._looked_at:
            self._looked_at = _now()
            self._turns.narrow(next(self._pauses))

    def _looks(self) -> Iterator[float]:
        return pauses(self._patience.first, min(self._patience.longest, LOOK))

    def _wait_as_told(self, error: RetryAfter, chat: int | None) -> float:
        """Only this chat waits, unless several are told to. Seconds that the call itself must wait."""
        seconds = error._retry_after.total_seconds() + MARGIN  # the public name warns of a change to come
        if chat is None:
            self._metrics.too_many.labels("call").inc()
            return seconds
        for_all = self._turns.close(chat, seconds)
        self._metrics.too_many.labels("all" if for_all else "chat").inc()
        log.warning("Telegram wants %s to wait %.0f s", "everybody" if for_all else "a chat", seconds)
        return 0.0  # the turn is not given before


def _is_theirs(error: NetworkError) -> bool:
    """Whether Telegram itself answered with an error; what fails on the way has a cause."""
    return not isinstance(error, TimedOut) and error.__cause__ is None


def _now() -> float:
    return asyncio.get_running_loop().time()
