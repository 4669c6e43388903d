"""Who sends too much at once."""

from collections import OrderedDict, deque
from collections.abc import Callable
from typing import Literal

MESSAGES = 20
SECONDS = 30.0
PEOPLE = 10_000  # remembered at most, though so many would have to write within those seconds

Verdict = Literal["calm", "warn", "hush"]


class Flood:
    """More than 20 messages in 30 seconds: one warning, then silence until it calms."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._times: OrderedDict[int, deque[float]] = OrderedDict()
        self._warned: set[int] = set()

    def __len__(self) -> int:
        """How many people are remembered."""
        return len(self._times)

    def verdict(self, person: int) -> Verdict:
        """Note one message of a person and say what to do with it."""
        now = self._clock()
        times = self._times.setdefault(person, deque(maxlen=MESSAGES + 1))
        self._times.move_to_end(person)
        times.append(now)
        self._forget(now)
        if len(times) <= MESSAGES or now - times[0] > SECONDS:
            self._warned.discard(person)
            return "calm"
        if person in self._warned:
            return "hush"
        self._warned.add(person)
        return "warn"

    def _forget(self, now: float) -> None:
        """Let go of whoever was silent so long that nothing of theirs counts: each takes a kilobyte."""
        while True:
            person, times = next(iter(self._times.items()))
            if len(self._times) <= PEOPLE and now - times[-1] <= SECONDS:
                return
            del self._times[person]
            self._warned.discard(person)
