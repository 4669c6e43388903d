"""Who may call Telegram next: emergencies, then whoever wrote first; nobody too fast; a chat waits alone."""

import asyncio
from collections import Counter
from dataclasses import dataclass

AT_ONCE = 64  # calls under way; at 30 messages a second that is two seconds of an ordinarily slow Telegram
IN_ONE_CHAT = 4  # of them: a chat in which every call hangs must not take the place of the others
LAST = 1_000_000  # more than the failures of any chat
CHATS = 1_000  # whose last calls are remembered before those that are over are forgotten
FEW_SECONDS, SEVERAL = 10.0, 3  # so many people told to wait within so long: Telegram seems to mean all of us
# Seconds that all then wait at first, doubled while nobody gets through. Less than Telegram may say, for three
# people who are made to wait because they flooded us must not silence the rest.
FOR_ALL = 5.0


@dataclass(frozen=True)
class Rate:
    """So many at once, then one every `interval` seconds."""

    burst: int
    interval: float


@dataclass(frozen=True)
class Limits:
    """What Telegram allows: https://core.telegram.org/bots/faq, "How can I avoid hitting limits".

    A private chat has no less room than a person who writes fast is answered, see flood.py.
    """

    overall: Rate = Rate(30, 1 / 30)
    private: Rate = Rate(20, 1.0)
    group: Rate = Rate(20, 3.0)


@dataclass(eq=False)
class _Waiter:
    chat: int | None
    granted: "asyncio.Future[None]"


class RateLimiter:
    """Hands out turns. `take` before a call, `end` after it, with the same chat."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._waiting: list[_Waiter] = []
        self._urgent: Counter[int] = Counter()
        self._arrived: dict[int, list[float]] = {}  # when what is in hand in a chat came in
        self._under_way = 0
        self._most = AT_ONCE
        self._not_before = 0.0  # for everybody, as Telegram told
        self._next_try = 0.0  # for everybody, until Telegram is reached
        self._overall = 0.0
        self._chats: dict[int, float] = {}  # when a chat's burst is used up, as a time: see _ready_at
        self._busy: Counter[int] = Counter()  # calls under way by chat
        self._failures: Counter[int] = Counter()  # in a row, by chat
        self._closed: dict[int, float] = {}  # chats told to wait, until when
        self._told: dict[int, float] = {}  # people told so, and when
        self._for_all = FOR_ALL
        self._chats_kept = CHATS
        self._alarm: asyncio.TimerHandle | None = None

    def __len__(self) -> int:
        """How many wait."""
        return len(self._waiting)

    def enter(self, chat: int, arrived: float, urgent: bool) -> None:
        """Something that came in then is in hand in this chat; an emergency goes first. One `leave` for each.

        The oldest comes first, so that what has begun to speak ends: a greeting, then its answer.
        """
        self._arrived.setdefault(chat, []).append(arrived)
        if urgent:
            self._urgent[chat] += 1
            self._grant()

    def leave(self, chat: int, arrived: float, urgent: bool) -> None:
        self._arrived[chat].remove(arrived)
        if not self._arrived[chat]:
            del self._arrived[chat]
        if urgent:
            self._urgent[chat] -= 1
            if not self._urgent[chat]:
                del self._urgent[chat]

    async def acquire(self, chat: int | None) -> None:
        """Wait for a turn. Calls without a chat are not limited by Telegram, and first in line."""
        waiter = _Waiter(chat, asyncio.get_running_loop().create_future())
        self._waiting.append(waiter)
        self._grant()
        try:
            await waiter.granted
        except asyncio.CancelledError:
            if waiter.granted.done() and not waiter.granted.cancelled():
                self.release(chat)
            elif waiter in self._waiting:
                self._waiting.remove(waiter)
            raise

    def release(self, chat: int | None) -> None:
        """A call is over."""
        self._under_way -= 1
        if chat is not None:
            self._busy[chat] -= 1
            if not self._busy[chat]:
                del self._busy[chat]
        self._grant()

    def note_success(self, chat: int) -> None:
        """A call got through in this chat: nobody else is meant by what some were told."""
        self._failures.pop(chat, None)
        self._told.clear()
        self._for_all = FOR_ALL
        if self._not_before:
            self._not_before = 0.0
            self._grant()

    def note_failure(self, chat: int) -> None:
        """A call failed in this chat: where one call at a time looks how things are, it comes after others."""
        self._failures[chat] += 1
        if len(self._failures) > CHATS:
            self._failures.clear()

    def wait_of(self, chat: int) -> float:
        """Seconds that Telegram still wants this chat to wait."""
        return max(0.0, self._closed.get(chat, 0.0) - _now())

    def pause(self, chat: int, seconds: float) -> bool:
        """Telegram wants this chat to wait. Whether it seems to mean everybody.

        Groups are limited each for themselves (20 messages a minute): they tell nothing about others.
        """
        now = _now()
        self._closed = {each: until for each, until in self._closed.items() if until > now}
        self._closed[chat] = now + seconds
        if chat < 0:
            return False
        self._told = {each: when for each, when in self._told.items() if when > now - FEW_SECONDS}
        self._told[chat] = now
        if len(self._told) < SEVERAL:
            return False
        self._not_before = max(self._not_before, now + min(seconds, self._for_all))
        self._for_all *= 2
        return True

    def half_open(self, seconds: float) -> None:
        """Telegram can't be reached: after so long let one call find out how things are."""
        self._most = 1
        self._next_try = _now() + seconds
        self._grant()

    def resume(self) -> None:
        """Telegram is reached: all others follow, now."""
        self._most = AT_ONCE
        self._next_try = 0.0
        self._grant()

    def _grant(self) -> None:
        if self._alarm:
            self._alarm.cancel()
            self._alarm = None
        if self._under_way >= self._most:
            return
        now = _now()
        soonest = float("inf")
        for waiter in sorted(self._waiting, key=self._rank):
            ready = self._ready_at(waiter.chat, now)
            if ready > now:
                soonest = min(soonest, ready)
                continue
            self._waiting.remove(waiter)
            if waiter.granted.done():  # cancelled
                continue
            self._spend(waiter.chat, now)
            self._under_way += 1
            if waiter.chat is not None:
                self._busy[waiter.chat] += 1
            waiter.granted.set_result(None)
            if self._under_way >= self._most:
                return
        if soonest < float("inf"):
            self._alarm = asyncio.get_running_loop().call_at(soonest, self._grant)

    def _rank(self, waiter: _Waiter) -> tuple[int, bool, float]:
        if waiter.chat is None:  # first, but for the one call that looks how things are: that is a message
            return (LAST if self._most == 1 else -1), True, 0.0
        arrived = self._arrived.get(waiter.chat)
        # While one call at a time looks how things are, a chat with a trouble of its own must not be that one.
        failures = self._failures[waiter.chat] if self._most == 1 else 0
        return failures, waiter.chat not in self._urgent, arrived[0] if arrived else 0.0

    def _ready_at(self, chat: int | None, now: float) -> float:
        """When a call may go out. Bursts by the "generic cell rate algorithm" (ITU-T I.371)."""
        if chat is None:
            return max(self._not_before, self._next_try)
        rate, overall = self._rate(chat), self._limits.overall
        if self._busy[chat] >= IN_ONE_CHAT:
            return float("inf")  # until one of them ends
        return max(
            self._not_before,
            self._next_try,
            self._closed.get(chat, 0.0),
            self._chats.get(chat, now) - (rate.burst - 1) * rate.interval,
            self._overall - (overall.burst - 1) * overall.interval,
        )

    def _spend(self, chat: int | None, now: float) -> None:
        if chat is None:
            return
        self._overall = max(self._overall, now) + self._limits.overall.interval
        self._chats[chat] = max(self._chats.get(chat, now), now) + self._rate(chat).interval
        if len(self._chats) > self._chats_kept:
            self._chats = {each: until for each, until in self._chats.items() if until > now}
            self._chats_kept = max(CHATS, 2 * len(self._chats))

    def _rate(self, chat: int) -> Rate:
        return self._limits.private if chat > 0 else self._limits.group


def _now() -> float:
    return asyncio.get_running_loop().time()
