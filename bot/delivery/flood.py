"""Who sends too much at once, and how much of it is still looked at."""

from collections import OrderedDict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

MESSAGES = 20
SECONDS = 30.0
PEOPLE = 10_000  # remembered at most, though so many would have to write within those seconds
# Seconds of processor time for whatever one person sends beyond that, in as many seconds: a hundred messages of
# the usual kind are still looked through for plain danger, of the costliest kind a dozen.
ALLOWANCE = 0.3

FloodVerdict = Literal["allow", "warn", "drop"]
Clock = Callable[[], float]


class Flood:
    """More than so many messages in so many seconds: one warning, then silence until it calms."""

    def __init__(self, clock: Clock, most: int = MESSAGES, seconds: float = SECONDS) -> None:
        self._clock = clock
        self._most = most
        self._seconds = seconds
        self._times: OrderedDict[int, deque[float]] = OrderedDict()
        self._warned: set[int] = set()

    def __len__(self) -> int:
        """How many people are remembered."""
        return len(self._times)

    def verdict(self, person: int) -> FloodVerdict:
        """Note one message of a person and say what to do with it."""
        now = self._clock()
        times = self._times.setdefault(person, deque(maxlen=self._most + 1))
        self._times.move_to_end(person)
        times.append(now)
        self._forget(now)
        if len(times) <= self._most or now - times[0] > self._seconds:
            self._warned.discard(person)
            return "allow"
        if person in self._warned:
            return "drop"
        self._warned.add(person)
        return "warn"

    def _forget(self, now: float) -> None:
        """Let go of whoever was silent so long that nothing of theirs counts: each takes a kilobyte."""
        while True:
            person, times = next(iter(self._times.items()))
            if len(self._times) <= PEOPLE and now - times[-1] <= self._seconds:
                return
            del self._times[person]
            self._warned.discard(person)


@dataclass
class _Spent:
    since: float
    seconds: float = 0.0


class Allowance:
    """What is left of a person's share of the processor. `clock` tells the time, `work` processor time."""

    def __init__(self, clock: Clock, work: Clock) -> None:
        self._clock = clock
        self._work = work
        self._spent: OrderedDict[int, _Spent] = OrderedDict()

    def is_used_up(self, person: int) -> bool:
        return self._of(person).seconds >= ALLOWANCE

    @contextmanager
    def spending(self, person: int) -> Iterator[None]:
        """Whatever is done inside is put down to this person."""
        spent, start = self._of(person), self._work()
        try:
            yield
        finally:
            spent.seconds += self._work() - start

    def _of(self, person: int) -> _Spent:
        now = self._clock()
        found = self._spent.get(person)
        if found is None or now - found.since > SECONDS:
            found = self._spent[person] = _Spent(now)
            self._spent.move_to_end(person)
            if len(self._spent) > PEOPLE:
                self._spent.popitem(last=False)
        return found
