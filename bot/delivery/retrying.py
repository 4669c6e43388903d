"""Calls of the messenger: each waits its turn, and what fails on the way is tried again."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeVar

from bot.delivery.backoff import RetryPolicy, pauses
from bot.delivery.metrics import Metrics
from bot.delivery.rate_limiter import RateLimiter

log = logging.getLogger(__name__)
Result = TypeVar("Result")

# Failures in a row, and in so many chats, after which one call at a time finds out how things stand. One chat
# alone may have a trouble of its own: it waits alone.
BROKEN, BROKEN_CHATS = 4, 2
# Seconds between such calls at most: one in so long bothers nobody, and whoever waits learns soon that the
# trouble is over.
LOOK = 5.0
GIVE_UP = 600.0  # seconds of failures of one call, while Telegram is reached all the same: no retry mends that
LATELY = 60.0  # seconds in which it was reached, for that
REFUSALS = 3  # times in a row that a token is refused before it is believed: Telegram has its bad moments, too
MARGIN = 0.1  # seconds more than Telegram asks to wait


@dataclass(frozen=True)
class Failure:
    """What a failed call tells. `error` is what is raised for it in the end.

    `unreached`: the messenger was not heard; `timeout`: nor is it known whether it heard the call; `wait`: it asks for
    so many `seconds`; `unknown_bot`: it refuses the bot itself; `refusal`: it refuses this call.
    """

    kind: Literal["unreached", "timeout", "wait", "unknown_bot", "refusal"]
    error: Exception
    seconds: float = 0.0


class _Failed(Exception):
    def __init__(self, failure: Failure) -> None:
        self.failure = failure


class GaveUp(Exception):
    """This very call fails, for long, and others do not."""


class RetryingCaller:
    """Makes calls. Refusals are raised; what another try may mend is tried again.

    `classify` says what a failure tells; None for one that has nothing to do with the messenger.
    """

    def __init__(
        self,
        limiter: RateLimiter,
        patience: RetryPolicy,
        metrics: Metrics,
        classify: Callable[[Exception], Failure | None],
    ) -> None:
        self._classify = classify
        self._limiter = limiter
        self._patience = patience
        self._metrics = metrics
        self._failures = 0
        self._failing: set[int] = set()  # in which chats
        self._pauses = self._looks()
        self._looked_at = 0.0  # when the last pause for everybody began
        self._recovered = asyncio.Event()  # set when Telegram is reached again; then there is a new one
        self.reached_at = 0.0  # by the event loop's clock

    @property
    def is_broken(self) -> bool:
        """Whether nobody gets through, as far as is known."""
        return self._failures >= BROKEN and len(self._failing) >= BROKEN_CHATS

    def wait_of(self, chat: int) -> float:
        """Seconds that Telegram still wants this chat to wait."""
        return self._limiter.wait_of(chat)

    async def call(
        self, work: Callable[[], Awaitable[Result]], chat: int | None = None, tries: int | None = None
    ) -> Result:
        """The result of a call. With `tries`, the last failure is raised, and a wait that Telegram asks for.

        Without, there is no last try, but GaveUp where only this call fails.
        """
        own = pauses(self._patience.first, self._patience.longest)
        started, timeouts, tried, refused = _now(), 0, 0, 0
        while True:
            try:
                return await self._attempt(work, chat)
            except _Failed as failed:
                failure, error = failed.failure, failed.failure.error
            match failure.kind:
                case "wait":
                    wait = self._wait_as_told(failure.seconds + MARGIN, chat)
                    if tries is not None:
                        raise error
                    await asyncio.sleep(wait)
                case "unknown_bot":
                    refused += 1
                    if refused == REFUSALS:
                        raise error
                    await asyncio.sleep(self._patience.first)
                case "unreached" | "timeout":
                    tried += 1
                    timeouts += failure.kind == "timeout"
                    if tried == tries:
                        raise error
                    if _now() - started > GIVE_UP and _now() - self.reached_at < LATELY:
                        raise GaveUp from error
                    self._metrics.retries.labels(type(error).__name__).inc()
                    log.warning("Telegram was not reached (%s), trying again", error)
                    await self._pause(next(own), timeouts)
                case "refusal":
                    raise error

    def note_reached(self, after_trouble: bool) -> None:
        """Telegram was reached in another way; after trouble whoever waits for a try need not any longer."""
        self.reached_at = _now()
        if after_trouble:
            self._limiter.resume()
            self._wake()

    async def _attempt(self, work: Callable[[], Awaitable[Result]], chat: int | None) -> Result:
        await self._limiter.acquire(chat)
        began = _now()
        try:
            result = await work()
        except Exception as error:
            failure = self._classify(error)
            if failure is None:
                raise
            if failure.kind in ("unreached", "timeout"):
                self._on_failure(began, chat)
            else:
                self._on_reached()
            raise _Failed(failure) from error
        finally:
            self._limiter.release(chat)
        self._on_reached()
        if chat is not None:
            self._limiter.note_success(chat)
        return result

    async def _pause(self, own: float, timeouts: int) -> None:
        """Where nobody gets through, the wait is for the turn: who is in danger is then first again."""
        if timeouts > 1:
            doubtful = min(self._patience.doubtful * 2 ** (timeouts - 2), 8 * self._patience.doubtful)
            await asyncio.sleep(max(own, doubtful))
        elif not self.is_broken:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(own):
                    await self._recovered.wait()

    def _on_reached(self) -> None:
        self.reached_at = _now()
        if self.is_broken:
            log.info("Telegram is reached again")
            self._limiter.resume()
            self._wake()
        if self._failures:
            self._failures = 0
            self._failing.clear()
            self._pauses = self._looks()

    def _wake(self) -> None:
        """Whoever waits for a try of their own need not any longer."""
        self._recovered.set()
        self._recovered = asyncio.Event()

    def _on_failure(self, began: float, chat: int | None) -> None:
        # Calls of no chat are answers to presses and to what is typed: where these alone fail, messages go out as ever.
        if chat is not None:
            self._failures += 1
            self._failing.add(chat)
            self._limiter.note_failure(chat)
        # Calls that were under way together tell one thing, and lengthen the pause once.
        if self.is_broken and began >= self._looked_at:
            self._looked_at = _now()
            self._limiter.half_open(next(self._pauses))

    def _looks(self) -> Iterator[float]:
        return pauses(self._patience.first, min(self._patience.longest, LOOK))

    def _wait_as_told(self, seconds: float, chat: int | None) -> float:
        """Only this chat waits, unless several are told to. Seconds that the call itself must wait."""
        if chat is None:
            self._metrics.too_many.labels("call").inc()
            return seconds
        for_all = self._limiter.pause(chat, seconds)
        self._metrics.too_many.labels("all" if for_all else "chat").inc()
        log.warning("Telegram wants %s to wait %.0f s", "everybody" if for_all else "a chat", seconds)
        return 0.0  # the turn is not given before


def _now() -> float:
    return asyncio.get_running_loop().time()
