"""Rows of sparse vectors in three flat arrays, and what is computed over them with numpy alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from bot.language.weighting import Floats, Ints, Vector

TINY = 1e-9


@dataclass(frozen=True)
class Rows:
    """Compressed sparse rows: row i is starts[i] to starts[i + 1], so there is one start more."""

    places: Ints
    values: Floats
    starts: Ints

    @classmethod
    def of(cls, vectors: Sequence[Vector]) -> "Rows":
        starts = np.zeros(len(vectors) + 1, np.int32)
        np.cumsum([len(vector.places) for vector in vectors], out=starts[1:])
        if not vectors:
            return cls(np.zeros(0, np.int32), np.zeros(0, np.float32), starts)
        return cls(
            np.concatenate([vector.places for vector in vectors]),
            np.concatenate([vector.values for vector in vectors]),
            starts,
        )

    def __len__(self) -> int:
        return len(self.starts) - 1

    @cached_property
    def lengths(self) -> Floats:
        """The length of each row, shape (rows,)."""
        return np.sqrt(_sums(self.values * self.values, self.starts))

    def similarities(self, vector: Vector, size: int, first: int, last: int) -> Floats:
        """Cosine similarity of a vector with rows first to last (not included), shape (last - first,)."""
        dense = np.zeros(size, np.float32)
        dense[vector.places] = vector.values
        low, high = self.starts[first], self.starts[last]
        products = _sums(self.values[low:high] * dense[self.places[low:high]], self.starts[first : last + 1] - low)
        lengths = self.lengths[first:last] * float(np.linalg.norm(vector.values))
        return np.asarray(products / np.maximum(lengths, TINY), dtype=np.float32)


def _sums(values: Floats, bounds: Ints) -> Floats:
    """The sum of each run of values between neighbouring bounds; of an empty run, zero."""
    if not len(values):
        return np.zeros(len(bounds) - 1, np.float32)
    totals = np.add.reduceat(values, np.minimum(bounds[:-1], len(values) - 1))
    return np.asarray(np.where(bounds[1:] > bounds[:-1], totals, 0), dtype=np.float32)
