"""Where updates come in: each is answered once, one person's in order in each chat, different ones at once."""

import asyncio
import logging
from collections import Counter, deque
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, Literal, Protocol, TypeVar

from bot.delivery.flood import FloodVerdict
from bot.delivery.metrics import Metrics
from bot.delivery.rate_limiter import RateLimiter
from bot.delivery.retrying import RetryingCaller
from bot.delivery.unit_of_work import UnitOfWork
from bot.delivery.user_repository import UserRepository
from bot.store import Outcome

log = logging.getLogger(__name__)

# More than a poll brings at once, and than two rounds of webhook connections; small enough for memory.
MOST = 256
MOST_DEFERRED = 2_000  # beside them, kept in the store; some five megabytes
LANE = 25  # messages of one person that wait: a little more than the flood limit lets through
CHAT = 60  # messages of one chat, whoever's: what Telegram lets a group be told in three minutes
ALARMS = 10  # and emergencies beside them; whoever sends more has ten alarms on their way
LONG = 5.0  # seconds after which an update no longer holds up what comes after it
GLANCE = 0.5  # seconds between looks, at the end, at whom Telegram makes wait
LONG_WAIT = 2.0  # seconds that Telegram wants a chat to wait: what is for it need not be waited for to know

# `held`: another copy of the bot has it in hand.
Fate = Literal["answered", "held"]
Lane = tuple[int, int]  # a person in a chat: whom one chat makes wait has an answer in another


RawUpdate = Mapping[str, Any]  # as the messenger brings it


class Update(Protocol):
    """An update that was read and understood, before anything is said to it. `chat` is 0 where it is of none."""

    @property
    def number(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def person(self) -> int | None: ...
    @property
    def chat(self) -> int: ...
    @property
    def verdict(self) -> FloodVerdict: ...
    @property
    def is_press(self) -> bool: ...
    @property
    def is_danger(self) -> bool: ...
    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to be said to it."""

    @property
    def awaits_album(self) -> bool: ...


Parsed = TypeVar("Parsed", bound=Update)


class UpdateProcessor(Protocol[Parsed]):
    """What the bot makes of updates. Nothing but `answer` waits for anything."""

    def number_of(self, row: RawUpdate) -> int: ...

    def introduce(self, bot: int, name: str) -> None:
        """Who the bot is to the messenger."""

    def has_plain_danger(self, row: RawUpdate) -> bool:
        """Whether it tells of danger in plain words, at a fraction of the cost of understanding it."""

    def parse(self, row: RawUpdate, is_new: bool = True) -> Parsed: ...

    def known(self, row: RawUpdate) -> Parsed:
        """An update to which nothing is to be said any more."""

    async def answer(self, parsed: Parsed, work: UnitOfWork) -> None:
        """Say what there is to say."""


class QueueFull(Exception):
    """There is no room just now: Telegram should bring this update again."""


@dataclass
class _InHand(Generic[Parsed]):
    """One update on its way to its answer."""

    parsed: Parsed
    received: float  # by the event loop's clock
    fate: "asyncio.Future[Fate]"
    is_deferred: bool = False  # kept in the store until it is answered

    @property
    def chat(self) -> int:
        return self.parsed.chat


@dataclass
class _Lane(Generic[Parsed]):
    """What one person wrote in one chat, in order."""

    waiting: deque[_InHand[Parsed]] = field(default_factory=deque)
    task: "asyncio.Task[None] | None" = None

    def has_room(self, parsed: Update) -> bool:
        alarms = sum(each.parsed.is_danger for each in self.waiting)
        return alarms < ALARMS if parsed.is_danger else len(self.waiting) - alarms < LANE


class Dispatcher(Generic[Parsed]):
    """Accepts updates and tells what became of each. A `fatal` failure goes to whoever brought the update."""

    def __init__(
        self,
        handler: UpdateProcessor[Parsed],
        users: UserRepository,
        limiter: RateLimiter,
        caller: RetryingCaller,
        metrics: Metrics,
        fatal: type[Exception],
    ) -> None:
        self._handler = handler
        self._fatal = fatal
        self._users = users
        self._limiter = limiter
        self._caller = caller
        self._metrics = metrics
        self._lanes: dict[Lane, _Lane[Parsed]] = {}
        self._in_hand: dict[int, _InHand[Parsed]] = {}
        self._by_chat: Counter[int] = Counter()
        self._deferred = 0
        self._closed = False
        self._is_introduced = False
        self._left: dict[int, RawUpdate] = {}  # what an earlier run left waiting, until we know who we are
        metrics.watch("in_hand", "Updates in hand", lambda: len(self._in_hand))
        metrics.watch(
            "deferred", "Updates kept in the store until their chat can be written to", lambda: self._deferred
        )
        metrics.watch("calls_waiting", "Calls of Telegram that wait for their turn", lambda: len(limiter))

    def __len__(self) -> int:
        """Updates in hand."""
        return len(self._in_hand)

    @property
    def is_full(self) -> bool:
        """Whether nothing but emergencies is taken in just now."""
        return len(self._in_hand) - self._deferred >= MOST or self._deferred >= MOST_DEFERRED

    def has(self, number: int) -> bool:
        """Whether an update is in hand."""
        return number in self._in_hand

    def introduce(self, bot: int, name: str) -> None:
        """Who the bot is to Telegram: which groups' messages are meant for it hangs on that."""
        self._handler.introduce(bot, name)
        self._is_introduced = True
        self.take_up(self._left)
        self._left = {}

    def accept(self, row: RawUpdate) -> "asyncio.Future[Fate]":
        """Take an update in hand. The future ends when it may be confirmed to Telegram. Raises QueueFull.

        An update that is in hand already is not taken a second time.
        """
        number = self._handler.number_of(row)
        if number in self._in_hand:
            self._metrics.duplicates.labels("in_hand").inc()
            return self._in_hand[number].fate
        if self._users.has_answered(number):
            self._metrics.duplicates.labels("memory").inc()
            return _done()
        if self._closed or (self.is_full and not self._handler.has_plain_danger(row)):
            raise QueueFull
        parsed = self._handler.parse(row)
        self._metrics.updates.labels(parsed.kind).inc()
        if self._is_too_much(parsed) or parsed.is_empty:
            return _done()
        return self._enter(parsed)

    def take_up(self, rows: Mapping[int, RawUpdate]) -> None:
        """Answer what an earlier run of the bot kept in the store, and could not answer."""
        if not self._is_introduced:
            self._left.update(rows)
            return
        new = [number for number in rows if number not in self._in_hand]
        for number in new:
            row, known = rows[number], self._users.has_answered(number)
            # What was answered all the same, or is not for us any more, is only let go of.
            parsed = self._handler.known(row) if known else self._handler.parse(row, is_new=False)
            self._enter(parsed)
            self._note_deferred(number)
        if new:
            log.info("%d updates that waited when the bot last stopped are taken up again", len(new))

    def late(self, numbers: Collection[int]) -> list[int]:
        """Which of these must wait on: what comes after them must not wait with them.

        None, while nobody gets through to Telegram: it keeps them as well as we could.
        """
        if self._caller.is_broken:
            return []
        return [number for number in numbers if number in self._in_hand and self._is_late(self._in_hand[number])]

    async def defer(self, rows: Mapping[int, RawUpdate]) -> bool:
        """Keep updates in hand in the store, too, until they are answered. Whether it has them now."""
        if not await self._users.defer(rows):
            return False
        for number in rows:
            if number in self._in_hand:
                self._note_deferred(number)
            else:  # answered meanwhile
                await self._users.complete(Outcome(number, deferred=True))
        self._metrics.deferrals.inc(len(rows))
        return True

    async def close(self, seconds: float) -> int:
        """Take in nothing more and finish what is in hand. How much is left after so many seconds.

        What is kept in the store is not counted: the next run takes it up. Nobody waits for a chat that Telegram
        makes wait longer than that.
        """
        self._closed = True
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        while (now := loop.time()) < end:
            hopeful = [each.fate for each in self._in_hand.values() if self._caller.wait_of(each.chat) < end - now]
            if not hopeful:
                break
            await asyncio.wait(hopeful, timeout=min(end - now, GLANCE), return_when=asyncio.FIRST_COMPLETED)
        left = len(self._in_hand) - self._deferred
        tasks = {lane.task for lane in self._lanes.values() if lane.task}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        return left

    def _is_late(self, each: _InHand[Parsed]) -> bool:
        age = asyncio.get_running_loop().time() - each.received
        return age > LONG or self._caller.wait_of(each.chat) > LONG_WAIT

    def _note_deferred(self, number: int) -> None:
        each = self._in_hand.get(number)
        if each is not None and not each.is_deferred:
            each.is_deferred = True
            self._deferred += 1

    def _is_too_much(self, parsed: Parsed) -> bool:
        lane = self._lanes.get(_lane_of(parsed))
        hushed = parsed.verdict == "drop" and not parsed.is_press  # a press is answered, and no more
        crowded = parsed.chat != 0 and self._by_chat[parsed.chat] >= CHAT and not parsed.is_danger
        if not hushed and not crowded and (lane is None or lane.has_room(parsed)):
            return False
        self._metrics.refused.labels("flood").inc()
        return True

    def _enter(self, parsed: Parsed) -> "asyncio.Future[Fate]":
        loop = asyncio.get_running_loop()
        each = self._in_hand[parsed.number] = _InHand(parsed, loop.time(), loop.create_future())
        self._by_chat[each.chat] += 1
        if each.chat:
            self._limiter.enter(each.chat, each.received, parsed.is_danger)
        key = _lane_of(parsed)
        lane = self._lanes.setdefault(key, _Lane())
        lane.waiting.append(each)
        if lane.task is None:
            lane.task = asyncio.create_task(self._run(key, lane))
        if parsed.awaits_album:
            # Telegram brings a chat's next update by a webhook only once this one is taken: the words may be there.
            return _done()
        return each.fate

    async def _run(self, key: Lane, lane: _Lane[Parsed]) -> None:
        try:
            while lane.waiting:
                await self._settle(lane.waiting[0])
                lane.waiting.popleft()
        finally:
            del self._lanes[key]
            for each in lane.waiting:
                self._leave(each)
                each.fate.cancel()

    async def _settle(self, each: _InHand[Parsed]) -> None:
        try:
            fate = await self._answer(each)
        except self._fatal as error:
            self._leave(each)
            each.fate.set_exception(error)  # for whoever brought the update: it ends the bot
            each.fate.exception()  # looked at, should nobody else do it
            return
        except Exception as error:  # noqa: BLE001 - the edge: one update must not end the bot
            self._metrics.bugs.inc()
            log.error("an update ended in %s", type(error).__name__)
            # Done with all the same: else this copy would hold it, and go on holding it, as long as it runs.
            await self._users.complete(Outcome(each.parsed.number, deferred=each.is_deferred))
            fate = "answered"
        self._leave(each)
        each.fate.set_result(fate)

    async def _answer(self, each: _InHand[Parsed]) -> Fate:
        parsed = each.parsed
        person = self._users.code(parsed.person) if parsed.person is not None else None
        standing = await self._users.claim(parsed.number, person)
        if standing.state == "held":
            return "held"
        if standing.state == "answered":
            self._metrics.duplicates.labels("store").inc()
            if each.is_deferred:
                await self._users.complete(Outcome(parsed.number, deferred=True))
            return "answered"
        work = UnitOfWork(parsed.number, person, standing.known)
        await self._handler.answer(parsed, work)
        self._metrics.note_answer(asyncio.get_running_loop().time() - each.received)
        self._users.count(work.counts, person)
        await self._users.complete(work.outcome(each.is_deferred))
        return "answered"

    def _leave(self, each: _InHand[Parsed]) -> None:
        del self._in_hand[each.parsed.number]
        self._deferred -= each.is_deferred
        self._by_chat[each.chat] -= 1
        if not self._by_chat[each.chat]:
            del self._by_chat[each.chat]
        if each.chat:
            self._limiter.leave(each.chat, each.received, each.parsed.is_danger)


def _lane_of(parsed: Update) -> Lane:
    return parsed.chat, parsed.person or 0


def _done() -> "asyncio.Future[Fate]":
    future: asyncio.Future[Fate] = asyncio.get_running_loop().create_future()
    future.set_result("answered")
    return future
