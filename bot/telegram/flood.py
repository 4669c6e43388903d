"""Who sends too much at once."""

from collections import OrderedDict, deque
from collections.abc import Callable
from typing import Literal

MESSAGES = 20
SECONDS = 30.0
PEOPLE = 10_000  # remembered at most, the longest silent forgotten first: memory stays small

Verdict = Literal["calm", "warn", "hush"]


class Flood:
    """More than 20 messages in 30 seconds: one warning, then silence until it calms."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._times: OrderedDict[int, deque[float]] = OrderedDict()
        self._warned: set[int] = set()

    def verdict(self, person: int) -> Verdict:
        """Note one message of a person and say what to do with it."""
        now = self._clock()
        times = self._times.setdefault(person, deque(maxlen=MESSAGES + 1))
        self._times.move_to_end(person)
        times.append(now)
        if len(self._times) > PEOPLE:
            gone, _ = self._times.popitem(last=False)
            self._warned.discard(gone)
        if len(times) <= MESSAGES or now - times[0] > SECONDS:
            self._warned.discard(person)
            return "calm"
        if person in self._warned:
            return "hush"
        self._warned.add(person)
        return "warn"
