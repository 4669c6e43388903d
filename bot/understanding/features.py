"""Word and letter n-grams of a text as one sparse vector (tf-idf).

Words 1 to 2 and letters 2 to 5 within words, sublinear counts, each kind of length 1: the usual recipe of text
classification (Manning, Raghavan and Schütze, Introduction to Information Retrieval, 6.2 and 6.4).
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]

LETTERS = range(2, 6)
# Texts in which a feature must stand to be known. Of 28,000 texts' 480,000 features these leave 110,000, and what
# they leave out was worth nothing on questions that were not learnt from.
FEWEST_TEXTS = 3
FEWEST_TEXTS_SMALL = 1  # in a pack with too few wordings for that
SMALL = 30  # wordings an entry, on the average


@dataclass(frozen=True)
class SparseVector:
    """Places and values, both of shape (n,)."""

    places: Ints
    values: Floats


class Vectoriser:
    """Knows which features count and how rare each is (inverse document frequency)."""

    def __init__(self, names: Sequence[str], rarity: Floats) -> None:
        """`rarity` has one value a name."""
        self.names = tuple(names)
        self.rarity = rarity
        self._places = {name: place for place, name in enumerate(self.names)}

    @classmethod
    def fit(cls, texts: Iterable[Sequence[str]], fewest: int) -> "Vectoriser":
        """Know the features that stand in at least so many of the texts, each given as its words."""
        seen = Counter[str]()
        total = 0
        for said in texts:
            total += 1
            seen.update({*word_runs(said), *letter_runs(said)})
        names = sorted(name for name, count in seen.items() if count >= fewest)
        counts = np.array([seen[name] for name in names], dtype=np.float64)
        return cls(names, (np.log((1 + total) / (1 + counts)) + 1).astype(np.float32))

    def by_frequency(self, known: Iterable[str]) -> list[str]:
        """Those of some words that are features, the commonest first."""
        places = {word: place for word in known if (place := self._places.get(f":{word}")) is not None}
        return sorted(places, key=lambda word: (self.rarity[places[word]], word))

    def common(self, share: float) -> frozenset[str]:
        """The words that stand in at least this share of the texts."""
        rarest = 1 - np.log(share)
        words = (
            name[1:] for name, rare in zip(self.names, self.rarity, strict=True) if name[0] == ":" and rare <= rarest
        )
        return frozenset(word for word in words if " " not in word)

    def __len__(self) -> int:
        return len(self.names)

    def vector(self, said: Sequence[str]) -> SparseVector:
        """The features of a text that are known, from its words."""
        kinds = [self._weighted(word_runs(said)), self._weighted(letter_runs(said))]
        return SparseVector(np.concatenate([kind.places for kind in kinds]), np.concatenate([k.values for k in kinds]))

    def _weighted(self, names: Iterable[str]) -> SparseVector:
        places = self._places
        counts = Counter(place for name in names if (place := places.get(name)) is not None)
        at = np.fromiter(counts, np.int32, len(counts))
        often = np.fromiter(counts.values(), np.float32, len(counts))
        values = (1 + np.log(often)) * self.rarity[at]
        return SparseVector(at, values / max(float(np.linalg.norm(values)), 1e-9))


def word_runs(said: Sequence[str]) -> Iterator[str]:
    """Each word and each two words that follow each other. A colon in front keeps them apart from letters."""
    for word in said:
        yield f":{word}"
    for first, second in pairwise(said):
        yield f":{first} {second}"


def letter_runs(said: Sequence[str]) -> Iterator[str]:
    """Every 2 to 5 letters that follow each other in a word with a space at each end."""
    for word in said:
        edged = f" {word} "
        for size in LETTERS:
            for start in range(max(1, len(edged) - size + 1)):
                yield edged[start : start + size]
