"""L-BFGS in single precision: the smallest value of a smooth function of many numbers.

scipy's keeps many copies of the weights in double precision: with it learning this project's content took
350 MB, with this 195 MB and half the time, and it must fit on a small server. After Nocedal and Wright,
Numerical Optimization, algorithm 7.4.
"""

from collections import deque
from collections.abc import Callable

import numpy as np

from bot.language.weighting import Floats

MEMORY = 5  # past steps that are kept; each costs two copies of the numbers
ENOUGH = 1e-4  # share of the promised descent that a step must bring (Armijo's condition)
TRIES = 12  # halvings of a step before giving up
CLOSE = 1e-5  # relative change of the value from which more rounds are not worth it

Function = Callable[[Floats], tuple[float, Floats]]


def smallest(function: Function, start: Floats, rounds: int) -> Floats:
    """Where a function (value and slope, of any shape) is smallest, from a start, in at most `rounds`."""
    at = start
    value, slope = function(at)
    steps: deque[tuple[Floats, Floats, float]] = deque(maxlen=MEMORY)
    for _ in range(rounds):
        direction = _direction(slope, steps)
        descent = _product(direction, slope)
        size = 1.0 if steps else min(1.0, 1.0 / max(float(np.abs(slope).sum()), 1e-9) * 100)
        for _ in range(TRIES):
            reached = at + np.float32(size) * direction
            new_value, new_slope = function(reached)
            if new_value <= value + ENOUGH * size * descent:
                break
            size /= 2
        else:
            return at
        moved, turned = reached - at, new_slope - slope
        bend = _product(moved, turned)
        if bend > 0:
            steps.append((moved, turned, bend))
        close = abs(value - new_value) <= CLOSE * max(abs(value), 1.0)
        at, value, slope = reached, new_value, new_slope
        if close:
            break
    return at


def _direction(slope: Floats, steps: deque[tuple[Floats, Floats, float]]) -> Floats:
    """Downhill, with the curvature of the last steps taken into account."""
    direction = -slope
    shares: list[float] = []
    for moved, turned, bend in reversed(steps):
        share = _product(moved, direction) / bend
        direction -= np.float32(share) * turned
        shares.append(share)
    if steps:
        _, turned, bend = steps[-1]
        direction *= np.float32(bend / _product(turned, turned))
    for (moved, turned, bend), share in zip(steps, reversed(shares), strict=True):
        direction += np.float32(share - _product(turned, direction) / bend) * moved
    return direction


def _product(left: Floats, right: Floats) -> float:
    return float(np.vdot(left, right))
