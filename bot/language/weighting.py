"""Features as numbers: tf-idf, each kind of feature scaled to a length of its own."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.language.features import Bag, Reading

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]

SEEN_OFTEN = 2  # a feature of one phrasing alone says nothing about the next


@dataclass(frozen=True)
class Vector:
    """A sparse vector: places and values, both of shape (n,)."""

    places: Ints
    values: Floats


class Kind:
    """One kind of feature: which are known, and how rare each is (inverse document frequency)."""

    def __init__(self, names: Sequence[str], rarity: Floats, first: int, scale: float) -> None:
        self.names = tuple(names)
        self.rarity = rarity
        self.first = first
        self.scale = scale
        self._places = {name: index for index, name in enumerate(self.names)}

    @classmethod
    def fit(cls, seen: Counter[str], messages: int, first: int, scale: float, least: int) -> "Kind":
        """From how many of so many messages each feature was seen in."""
        names = sorted(name for name, count in seen.items() if count >= least)
        counts = np.array([seen[name] for name in names], dtype=np.float64)
        rarity = np.log((1 + messages) / (1 + counts)) + 1
        return cls(names, rarity.astype(np.float32), first, scale)

    def vector(self, bag: Bag) -> Vector:
        known = [(self._places[name], count) for name, count in bag.items() if name in self._places]
        if not known:
            return Vector(np.zeros(0, np.int32), np.zeros(0, np.float32))
        places = np.array([place for place, _ in known], dtype=np.int32)
        counts = np.array([count for _, count in known], dtype=np.float32)
        # Said twice is not twice as much; below one (a half-counting sentence) the count stands as it is.
        values = np.where(counts > 1, 1 + np.log(np.maximum(counts, 1)), counts) * self.rarity[places]
        length = float(np.sqrt((values * values).sum()))
        return Vector(places + self.first, (values * (self.scale / length)).astype(np.float32))


class Weighting:
    """All kinds of feature side by side: a reading in, one sparse vector out."""

    SCALES = (1.0, 1.0, 0.5)  # terms, pieces, concepts; measured on the project's own held-back questions

    def __init__(self, kinds: tuple[Kind, Kind, Kind]) -> None:
        self.kinds = kinds
        self.size = sum(len(kind.names) for kind in kinds)

    @classmethod
    def fit(cls, readings: Iterable[Reading], least: int = SEEN_OFTEN) -> "Weighting":
        """Know the features that stand in at least `least` readings. Goes through them once, keeps none."""
        terms, pieces, concepts = Counter[str](), Counter[str](), Counter[str]()
        messages = 0
        for reading in readings:
            messages += 1
            terms.update(reading.terms.keys())
            pieces.update(reading.pieces.keys())
            concepts.update(reading.concepts.keys())
        kinds: list[Kind] = []
        for seen, scale in zip((terms, pieces, concepts), cls.SCALES, strict=True):
            kinds.append(Kind.fit(seen, messages, sum(len(kind.names) for kind in kinds), scale, least))
        return cls((kinds[0], kinds[1], kinds[2]))

    def vector(self, reading: Reading) -> Vector:
        parts = [
            kind.vector(bag)
            for kind, bag in zip(self.kinds, (reading.terms, reading.pieces, reading.concepts), strict=True)
        ]
        return Vector(np.concatenate([part.places for part in parts]), np.concatenate([part.values for part in parts]))
