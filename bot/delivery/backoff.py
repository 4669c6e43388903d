"""How long to wait before trying again: longer each time, and never all at the same moment."""

import random
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class RetryPolicy:
    """Seconds: the first pause, the longest, and the least after a second time-out in a row."""

    first: float = 0.5
    longest: float = 30.0
    # A time-out leaves open whether the message arrived: a second one too many would be worse than a wait.
    doubtful: float = 15.0


def pauses(first: float, longest: float) -> Iterator[float]:
    """Doubling pauses, each somewhere between half of itself and itself."""
    pause = first
    while True:
        yield pause * random.uniform(0.5, 1.0)  # noqa: S311 - spreads the load, guards nothing
        pause = min(longest, 2 * pause)
