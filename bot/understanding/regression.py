"""Multinomial logistic regression on dense or sparse rows, fitted by L-BFGS in single precision.

scipy's own L-BFGS keeps many copies of the weights in double precision; with it learning took twice the memory.
After Nocedal and Wright, Numerical Optimization, algorithm 7.4.
"""

from collections import deque
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from bot.understanding.features import Floats, Ints, SparseVector

HISTORY = 5  # past steps that are kept; each costs two copies of the weights
ARMIJO = 1e-4  # share of the promised descent that a step must bring
HALVINGS = 12  # of a step before giving up
TOLERANCE = 1e-5  # relative change of the loss from which more rounds are not worth it

Function = Callable[[Floats], tuple[float, Floats]]


def fit(
    rows: Any,
    classes: Ints,
    count: int,
    penalty: float,
    rounds: int,
    smoothing: float = 0.0,
    on_round: Callable[[], None] = lambda: None,
) -> Floats:
    """Weights of shape (features + 1, count), the last row the bias.

    `rows` has shape (examples, features): an array, or a scipy matrix. `classes` run from 0 to count - 1.
    `penalty` is the inverse of scikit-learn's C, `smoothing` the share of each label that goes to all classes alike.
    """
    number, size = rows.shape
    turned = rows.T.tocsr() if hasattr(rows, "tocsr") else rows.T
    is_class = np.full((number, count), smoothing / count, np.float32)
    is_class[np.arange(number), classes] += 1 - smoothing

    def loss(weights: Floats) -> tuple[float, Floats]:
        on_round()
        logs = log_softmax(np.asarray(rows @ weights[:-1]) + weights[-1])
        value = -float((is_class * logs).sum(dtype=np.float64))
        wrong = np.exp(logs) - is_class
        slope = np.empty_like(weights)
        slope[:-1] = turned @ wrong
        slope[:-1] += weights[:-1] * np.float32(penalty)
        slope[-1] = wrong.sum(0)
        return value + 0.5 * penalty * float(np.vdot(weights[:-1], weights[:-1])), slope

    members = np.maximum(is_class.sum(0), 1)
    start = np.zeros((size + 1, count), np.float32)
    start[-1] = np.log(members / number)
    return lbfgs(loss, start, rounds)


def numbered(labels: Sequence[str | None]) -> tuple[list[int], tuple[str, ...], Ints]:
    """Where a label is known, the classes that there are, in the order of the first of each, and the number of each
    known one's class."""
    chosen = [at for at, label in enumerate(labels) if label is not None]
    said = [label for label in labels if label is not None]
    classes = tuple(dict.fromkeys(said))
    index = {name: number for number, name in enumerate(classes)}
    return chosen, classes, np.array([index[label] for label in said], np.int32)


def log_softmax(scores: Floats) -> Floats:
    """Logarithms of probabilities along the last axis."""
    scores = scores - scores.max(-1, keepdims=True)
    return np.asarray(scores - np.log(np.exp(scores).sum(-1, keepdims=True)), dtype=np.float32)


def matrix_of(vectors: Sequence[SparseVector], size: int) -> Any:
    """Sparse vectors as the rows of one scipy matrix."""
    from scipy.sparse import csr_matrix  # only learning needs scipy, and it is 40 MB of memory

    starts = np.zeros(len(vectors) + 1, np.int32)
    np.cumsum([len(vector.places) for vector in vectors], out=starts[1:])
    places = np.concatenate([vector.places for vector in vectors])
    values = np.concatenate([vector.values for vector in vectors])
    return csr_matrix((values, places, starts), shape=(len(vectors), size))


def lbfgs(function: Function, start: Floats, rounds: int) -> Floats:
    """Where a function (value and gradient, of any shape) is smallest, in at most so many rounds."""
    at = start
    value, slope = function(at)
    steps: deque[tuple[Floats, Floats, float]] = deque(maxlen=HISTORY)
    for _ in range(rounds):
        direction = _direction(slope, steps)
        descent = float(np.vdot(direction, slope))
        size = 1.0 if steps else min(1.0, 100.0 / max(float(np.abs(slope).sum()), 1e-9))
        for _ in range(HALVINGS):
            reached = at + np.float32(size) * direction
            new_value, new_slope = function(reached)
            if new_value <= value + ARMIJO * size * descent:
                break
            size /= 2
        else:
            return at
        moved, turned = reached - at, new_slope - slope
        bend = float(np.vdot(moved, turned))
        if bend > 0:
            steps.append((moved, turned, bend))
        is_close = abs(value - new_value) <= TOLERANCE * max(abs(value), 1.0)
        at, value, slope = reached, new_value, new_slope
        if is_close:
            break
    return at


def _direction(slope: Floats, steps: deque[tuple[Floats, Floats, float]]) -> Floats:
    """Downhill, with the curvature of the last steps taken into account (the two-loop recursion)."""
    direction = -slope
    shares: list[float] = []
    for moved, turned, bend in reversed(steps):
        share = float(np.vdot(moved, direction)) / bend
        direction -= np.float32(share) * turned
        shares.append(share)
    if steps:
        _, turned, bend = steps[-1]
        direction *= np.float32(bend / float(np.vdot(turned, turned)))
    for (moved, turned, bend), share in zip(steps, reversed(shares), strict=True):
        direction += np.float32(share - float(np.vdot(turned, direction)) / bend) * moved
    return direction
