"""What is learnt from the content: the chance of each class, as two models see it whose logarithms are averaged.

One is a regression over the encoder's vectors, the other one over n-grams. One regression over both did clearly worse:
the encoder knows the lines it was trained on too well, and the regression would trust it too far.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.understanding.features import Floats, SparseVector
from bot.understanding.regression import log_softmax

# How much the n-grams count beside the encoder. In a long story there is always a word or two of danger.
SHARE, SHARE_LONG = 0.4, 0.25
LONG = 40  # words


@dataclass(frozen=True)
class CompactWeights:
    """Weights of shape (features + 1, classes) as int8 with one scale a class; the last row is the bias."""

    values: npt.NDArray[np.int8]
    scale: Floats
    bias: Floats

    @classmethod
    def of(cls, weights: Floats) -> "CompactWeights":
        scale = np.maximum(np.abs(weights[:-1]).max(0, initial=0) / 127, 1e-12).astype(np.float32)
        return cls(np.round(weights[:-1] / scale).astype(np.int8), scale, weights[-1])

    def scores(self, vector: SparseVector) -> Floats:
        """One score a class."""
        return np.asarray((vector.values @ self.values[vector.places]) * self.scale + self.bias, dtype=np.float32)


@dataclass(frozen=True)
class Head:
    """`classes` of the encoder's model; `groups[i]` is the n-grams' class of class i: the same, or a wider one.

    `dense` has shape (width + 1, classes), `sparse` (features + 1, groups).
    """

    classes: tuple[str, ...]
    groups: tuple[str, ...]
    group_of: npt.NDArray[np.int32]
    dense: Floats
    sparse: CompactWeights

    def chances(self, vector: Floats, features: SparseVector, share: float) -> Floats:
        """The chance of each class, shape (classes,), `share` being the n-grams' weight in the average."""
        logs = log_softmax(vector @ self.dense[:-1] + self.dense[-1])
        wide = np.full(len(self.groups), -np.inf, np.float32)
        np.logaddexp.at(wide, self.group_of, logs)
        joined = log_softmax((1 - share) * wide + share * log_softmax(self.sparse.scores(features)))
        return np.asarray(np.exp(logs + (joined - wide)[self.group_of]), dtype=np.float32)


def share_of(said: Sequence[str]) -> float:
    """The n-grams' weight for a text of these words."""
    return SHARE_LONG if len(said) > LONG else SHARE
