"""Typing mistakes mended towards words that are known."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

SHORTEST_REPAIRED = 4  # below this, one edit turns almost any word into another
TWO_EDITS_FROM = 8  # letters; shorter words are allowed one edit only
SHORTEST_HALF, SHORTEST_PART, LONGEST_PART = 3, 2, 16  # letters in the parts of words run together
LONG_SHARE = 0.75  # of the letters must be in parts that are not tiny: nearly any word is made of tiny ones
CACHED_WORDS = 8192
MOST_REPAIRED = 100  # unknown words of one text that are looked up, 0.3 ms each; the rest stay as they are
SHORT = 4  # letters; in words up to here only a vowel or a doubled letter is taken to be missing or too much

_VOWELS = frozenset("aeiouy")
_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_SOUNDS = "ae ei iy ou ao cs ck sz fv bp dt mn gj bv kq wv ea"
_NEARBY = frozenset(
    frozenset((key, row[place + step]))
    for number, keys in enumerate(_KEYS)
    for place, key in enumerate(keys)
    for row, steps in ((keys, (1,)), (_KEYS[min(number + 1, 2)], (-1, 0)))
    for step in steps
    if 0 <= place + step < len(row) and row[place + step] != key
) | frozenset(map(frozenset, _SOUNDS.split()))


class Speller:
    """Known words, and the nearest of them to a word that is not.

    Takes the words themselves (repeats count as frequency) or a mapping of word to count. A careful one mends
    only what a finger or an ear gets wrong: "chking" is choking, "checked" is not "choked".
    """

    def __init__(self, known: Iterable[str] | Mapping[str, int], careful: bool = False) -> None:
        self._careful = careful
        self._counts: Counter[str] = Counter(known)
        self._by_length: dict[int, list[str]] = {}
        for word in sorted(self._counts):
            self._by_length.setdefault(len(word), []).append(word)
        self._cached = lru_cache(maxsize=CACHED_WORDS)(self._mend)

    def repair(self, word: str) -> str:
        """The word itself when known or beyond repair, else the nearest known word or two words."""
        return self._cached(word) if self._is_strange(word) else word

    def repair_all(self, typed: Iterable[str]) -> Iterator[str]:
        """Each word repaired, up to MOST_REPAIRED unknown ones: no text of strange words holds the bot."""
        left = MOST_REPAIRED
        for word in typed:
            if left and self._is_strange(word):
                left -= 1
                yield self._cached(word)
            else:
                yield word

    def _is_strange(self, word: str) -> bool:
        return word not in self._counts and len(word) >= SHORTEST_REPAIRED and word.isalpha()

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
        return [
            (distance, known)
            for distance, _, _, known in ranked
            # "yess" is "yes", but "asdf" is not "asd".
            if (len(known) >= SHORTEST_REPAIRED or set(known) == set(word))
            and (not self._careful or _is_slip(word, known, distance))
        ]

    def _parted(self, word: str) -> str | None:
        """Known words run together, in as few parts as can be, the rarest as frequent as can be."""
        best: list[tuple[int, int, tuple[str, ...]] | None] = [(0, 0, ())] + [None] * len(word)
        for end in range(SHORTEST_PART, len(word) + 1):
            for start in range(max(0, end - LONGEST_PART), end - SHORTEST_PART + 1):
                before, part = best[start], word[start:end]
                if before is None or part not in self._counts:
                    continue
                rarest = min(self._counts[part], -before[1]) if before[2] else self._counts[part]
                found = (before[0] + 1, -rarest, (*before[2], part))
                best[end] = min(filter(None, (best[end], found)))
        parts = best[-1][2] if best[-1] else ()
        if sum(len(part) for part in parts if len(part) >= SHORTEST_HALF) < LONG_SHARE * len(word):
            return None
        return " ".join(parts) if len(parts) > 1 else None


def _is_slip(word: str, known: str, distance: int) -> bool:
    """Whether one was likely meant for the other: near keys or sounds, letters swapped or left out."""
    if distance > 1:
        return word[0] == known[0]
    if len(word) == len(known):
        differing = [index for index in range(len(word)) if word[index] != known[index]]
        first = differing[0]
        slipped = frozenset((word[first], known[first])) in _NEARBY
        return len(differing) > 1 or slipped
    longer, shorter = sorted((word, known), key=len, reverse=True)
    place = next((index for index, letter in enumerate(shorter) if letter != longer[index]), len(shorter))
    letter = longer[place]
    if place and letter == longer[place - 1]:
        return True
    return place > 0 and (len(shorter) > SHORT or letter in _VOWELS)
