"""Misspelt words and the known ones that were meant."""

import re
from collections.abc import Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

WORD = re.compile(r"[A-Za-z]{4,}")  # shorter ones have too many neighbours
LONG = 8  # letters from which a word may have two errors in it
MOST = 8  # words of a text that are looked up: more are another language, or a joke


class Speller:
    """Mends words that stand nowhere in the content by its nearest ones, the commonest of them first."""

    def __init__(self, known: frozenset[str], by_frequency: Sequence[str]) -> None:
        """`known` words are right as they are; those in `by_frequency` may be meant, the commonest first."""
        self._known = known
        self._candidates = [word for word in by_frequency if WORD.fullmatch(word)]

    def mend(self, text: str) -> str:
        """The text with what is likely meant in place of words that are not known."""
        left = MOST

        def meant(found: re.Match[str]) -> str:
            nonlocal left
            word = found[0].lower()
            if word in self._known or not left:
                return found[0]
            left -= 1
            return self._nearest(word) or found[0]

        return WORD.sub(meant, text)

    def _nearest(self, word: str) -> str | None:
        """By letters changed, lost, added or swapped with a neighbour."""
        errors = 1 if len(word) < LONG else 2
        found = process.extractOne(word, self._candidates, scorer=OSA.distance, score_cutoff=errors)
        return found[0] if found else None
