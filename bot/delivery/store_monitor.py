"""Looks after the store: opens it, renews what this copy holds, forgets what is old, and mends what fails."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from bot.delivery.backoff import pauses
from bot.delivery.circuit_breaker import CircuitBreaker
from bot.delivery.user_repository import UserRepository
from bot.store import Store, StoreError, WrongKeyError

log = logging.getLogger(__name__)

OPENING = 5.0  # seconds that the first parents wait for the migrations; then the bot starts without them
RENEWAL = 4.0  # seconds; well within the store's lease
PRUNING = 600.0  # seconds
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 15.0  # between looks at a store that fails

TakeUp = Callable[[dict[int, Mapping[str, Any]]], None]


class StoreMonitor:
    """One task beside the bot's others. With a `holder`, what that one has in hand stays its own.

    `days`: how long wordings are kept that nobody has looked at.

    `take_up` is handed the updates that an earlier run left waiting, as soon as the store tells of them.
    """

    def __init__(
        self, store: Store, users: UserRepository, breaker: CircuitBreaker, holder: str | None, take_up: TakeUp,
        days: int,
    ) -> None:  # fmt: skip
        self._store = store
        self._users = users
        self._breaker = breaker
        self._holder = holder
        self._take_up = take_up
        self._days = days

    @property
    def works(self) -> bool:
        """Whether the store answers, as far as is known."""
        return self._breaker.is_closed

    async def open(self) -> None:
        """Bring the tables up to date. A failure is told, and does not keep the bot from answering.

        Raises WrongKeyError: that is for a person to mend, and the sooner they are told the better.
        """
        opening = asyncio.create_task(self._prepare())
        done, _ = await asyncio.wait({opening}, timeout=OPENING)
        error = opening.exception() if done else f"no answer within {OPENING:g} seconds"
        if isinstance(error, WrongKeyError):
            raise error
        if error:
            opening.cancel()  # not awaited: a driver may take long to give up on a silent server
            log.error("the store can't be opened: %s. The bot answers without it, and goes on trying", error)
            self._breaker.open()

    async def keep(self) -> None:
        """For ever, until cancelled."""
        loop = asyncio.get_running_loop()
        prune_at = loop.time() + RENEWAL
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(RENEWAL):
                    await self._breaker.opened.wait()
            if not self._breaker.is_closed:
                await self._mend()
            await self._renew()
            if self._users.is_late:
                await self._tried("finish", self._catch_up)
            await self._tried("count", self._users.write_counts)
            if loop.time() > prune_at:
                prune_at = loop.time() + PRUNING
                await self._tried("prune", self._prune)

    async def _prune(self) -> None:
        await self._store.deliveries.prune()
        await self._store.days.prune()
        await self._store.wordings.prune(self._days)

    async def close(self) -> None:
        """Write what was counted, and let others have what was not answered."""
        if not self._breaker.is_closed:
            return
        await self._tried("count", self._users.write_counts)
        if self._holder:
            await self._tried("release", lambda: self._store.deliveries.release(str(self._holder)))

    async def answers(self) -> bool:
        """Ask the store whether it is there."""
        return self._breaker.is_closed and await self._tried("ping", self._store.ping)

    async def _mend(self) -> None:
        """Look, again and again, whether the store works; then write what it missed."""
        for pause in pauses(FIRST_PAUSE, LONGEST_PAUSE):
            await asyncio.sleep(pause)
            # Not only asked but opened: an old copy that was put back lacks the newer tables.
            if await self._tried("open", self._prepare):
                await self._renew()  # at once: another copy takes what is not renewed
                if await self._tried("finish", self._catch_up):
                    break
        self._breaker.close()
        log.warning("the store works again")

    async def _prepare(self) -> None:
        await self._store.prepare()
        self._take_up(await self._users.recall())

    async def _renew(self) -> None:
        if self._holder:
            await self._tried("renew", lambda: self._store.deliveries.renew(str(self._holder)))

    async def _catch_up(self) -> None:
        if written := await self._users.write_late():
            log.info("%d outcomes were written late", written)

    async def _tried(self, verb: str, work: Callable[[], Awaitable[object]]) -> bool:
        """Whether it worked. Whatever breaks in it, the monitor goes on."""
        try:
            await work()
        except StoreError as error:
            self._breaker.on_failure(verb, error)
            return False
        except Exception as error:  # noqa: BLE001 - a monitor that ends leaves the store away for good
            self._breaker.on_failure(verb, StoreError(f"{verb} broke: {type(error).__name__}"))
            return False
        self._breaker.on_success(verb)
        return True
