"""A perceptron with one hidden layer over the vectors of sentences, learnt by Adam in single precision.

After Kingma and Ba, Adam: A Method for Stochastic Optimization (2015), with dropout after Srivastava and others (2014).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from bot.understanding.features import Floats, Ints
from bot.understanding.regression import log_softmax, numbered

HIDDEN = 256
BATCH, ROUNDS = 256, 24
RATE, DECAY = 1e-3, 1e-4  # the latter of the weights, a step
MEAN, SPREAD, TINY = 0.9, 0.999, 1e-8
DROPPED = 0.3  # share of the hidden units that a round of learning does without
SEED = 1


@dataclass(frozen=True)
class Perceptron:
    """The chance of each class from a vector. `hidden`: shape (width + 1, HIDDEN), `out`: (HIDDEN + 1, classes).

    The last row of each is the bias.
    """

    classes: tuple[str, ...]
    hidden: Floats
    out: Floats

    def chances(self, vector: Floats) -> dict[str, float]:
        inner = np.maximum(vector @ self.hidden[:-1] + self.hidden[-1], 0)
        logs = log_softmax(inner @ self.out[:-1] + self.out[-1])
        return dict(zip(self.classes, map(float, np.exp(logs)), strict=True))

    @classmethod
    def learnt(
        cls,
        vectors: Floats,
        labels: Sequence[str | None],
        on_round: Callable[[], None] = lambda: None,
    ) -> "Perceptron":
        """From vectors of shape (examples, width) whose label is known. Deterministic."""
        chosen, classes, numbers = numbered(labels)
        return cls(classes, *_fitted(vectors[chosen], numbers, len(classes), on_round))


def _fitted(rows: Floats, numbers: Ints, count: int, on_round: Callable[[], None]) -> tuple[Floats, Floats]:
    chance = np.random.default_rng(SEED)
    layers = [_start(chance, rows.shape[1], HIDDEN), _start(chance, HIDDEN, count)]
    means, spreads = [np.zeros_like(each) for each in layers], [np.zeros_like(each) for each in layers]
    steps = ROUNDS * -(-len(rows) // BATCH)
    step = 0
    for _ in range(ROUNDS):
        on_round()
        for part in _batches(chance, len(rows)):
            step += 1
            slopes = _slopes(layers, rows[part], numbers[part], chance)
            rate = RATE * (1 - step / (steps + 1))
            for layer, mean, spread, slope in zip(layers, means, spreads, slopes, strict=True):
                mean += (1 - MEAN) * (slope - mean)
                spread += (1 - SPREAD) * (slope * slope - spread)
                towards = (mean / (1 - MEAN**step)) / (np.sqrt(spread / (1 - SPREAD**step)) + TINY)
                layer -= rate * (towards + DECAY * layer)
    return layers[0], layers[1]


def _start(chance: np.random.Generator, width: int, count: int) -> Floats:
    """Weights to begin with, after He and others (2015); no bias."""
    found = chance.normal(0, np.sqrt(2 / width), (width + 1, count)).astype(np.float32)
    found[-1] = 0
    return found


def _batches(chance: np.random.Generator, number: int) -> Iterator[Ints]:
    order = chance.permutation(number)
    for start in range(0, number, BATCH):
        yield order[start : start + BATCH].astype(np.int32)


def _slopes(
    layers: Sequence[Floats], rows: Floats, numbers: Ints, chance: np.random.Generator
) -> tuple[Floats, Floats]:
    """How the loss of a batch changes with each weight."""
    hidden, out = layers
    kept = (chance.random((len(rows), HIDDEN), np.float32) >= DROPPED).astype(np.float32) / np.float32(1 - DROPPED)
    before = rows @ hidden[:-1] + hidden[-1]
    inner = np.maximum(before, 0) * kept
    wrong = np.exp(log_softmax(inner @ out[:-1] + out[-1]))
    wrong[np.arange(len(rows)), numbers] -= 1
    wrong /= np.float32(len(rows))
    back = (wrong @ out[:-1].T) * kept * (before > 0)
    return _with_bias(rows, back), _with_bias(inner, wrong)


def _with_bias(rows: Floats, wrong: Floats) -> Floats:
    return np.concatenate([rows.T @ wrong, wrong.sum(0, keepdims=True)]).astype(np.float32)
