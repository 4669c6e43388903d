"""Typing mistakes mended towards words that are known."""

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

SHORTEST_REPAIRED = 4  # below this, one edit turns almost any word into another
TWO_EDITS_FROM = 8  # letters; shorter words are allowed one edit only
SHORTEST_HALF = 3  # letters in each half of two words run together
CACHED_WORDS = 8192


class Speller:
    """Known words, and the nearest of them to a word that is not.

    Takes the words themselves (repeats count as frequency) or a mapping of word to count.
    """

    def __init__(self, known: Iterable[str] | Mapping[str, int]) -> None:
        self._counts: Counter[str] = Counter(known)
        self._by_length: dict[int, list[str]] = {}
        for word in sorted(self._counts):
            self._by_length.setdefault(len(word), []).append(word)
        self._cached = lru_cache(maxsize=CACHED_WORDS)(self._mend)

    def knows(self, word: str) -> bool:
        return word in self._counts

    def repair(self, word: str) -> str:
        """The word itself when known or beyond repair, else the nearest known word or two words."""
        if word in self._counts or len(word) < SHORTEST_REPAIRED or not word.isalpha():
            return word
        return self._cached(word)

    def _mend(self, word: str) -> str:
        edits = 2 if len(word) >= TWO_EDITS_FROM else 1
        near = self._near(word, edits)
        if near and near[0][0] == 1:
            return near[0][1]
        return self._parted(word) or (near[0][1] if near else word)

    def _near(self, word: str, edits: int) -> list[tuple[int, str]]:
        """Known words within so many edits with their distance, best first."""
        lengths = range(len(word) - edits, len(word) + edits + 1)
        candidates = [known for length in lengths for known in self._by_length.get(length, ())]
        found = process.extract(word, candidates, scorer=OSA.distance, score_cutoff=edits, limit=None)
        ranked = sorted(
            (int(distance), known[0] != word[0], -self._counts[known], known) for known, distance, _ in found
        )
        return [(distance, known) for distance, _, _, known in ranked if len(known) >= SHORTEST_REPAIRED - 1]

    def _parted(self, word: str) -> str | None:
        """Two known words run together, the split whose rarer half is most frequent."""
        splits = [
            (min(self._counts[left], self._counts[right]), left, right)
            for cut in range(SHORTEST_HALF, len(word) - SHORTEST_HALF + 1)
            if (left := word[:cut]) in self._counts and (right := word[cut:]) in self._counts
        ]
        if not splits:
            return None
        _, left, right = max(splits)
        return f"{left} {right}"
