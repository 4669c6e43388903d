"""A message as weighted features: words, pairs of words, pieces of words, concepts."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, pairwise

from bot.language.lexicon import Concepts
from bot.language.spelling import Speller
from bot.language.stems import stem
from bot.language.words import normalise, words

PIECES = (
    3,
    4,
)  # letters in a piece of a word, its edges counted as spaces; 2 to 5 cost twice as much for nothing

# The question is mostly in the sentence with a question mark or word, or in the last one: the story before it
# gives age and context and counts half.
STORY, HINTED, LAST = 0.5, 0.7, 0.8
_SENTENCE = re.compile(r"[^.!?\n]+(?:\.(?=\d)[^.!?\n]*)*[.!?\n]*")
_ASKING = re.compile(
    r"\b(?:why|how|what|when|which|who|where|should|shall|can|could|does|do|is it|is this|is that|are|any|"
    r"tell|explain|suggest|advice|tips|help|normal|ok|okay|worry|worried)\b"
)

Bag = Mapping[str, float]


@dataclass(frozen=True)
class Reading:
    """A message taken apart: its words after repair, and its features by kind with their counts."""

    words: tuple[str, ...]
    terms: Bag
    pieces: Bag
    concepts: Bag


class Reader:
    """Takes messages apart, mending typing mistakes on the way."""

    def __init__(self, speller: Speller, concepts: Concepts) -> None:
        self._speller = speller
        self._concepts = concepts
        # A message is read by all who judge it in turn; no more than that is remembered.
        self.read_plain: Callable[[str], Reading] = lru_cache(maxsize=1)(self._read_plain)

    def read(self, text: str) -> Reading:
        return self.read_plain(normalise(text))

    def _read_plain(self, text: str) -> Reading:
        """Take a normalised text apart."""
        terms: Counter[str] = Counter()
        pieces: Counter[str] = Counter()
        concepts: dict[str, float] = {}
        said: list[str] = []
        for sentence, weight in self._mended(text):
            mended = [part for word in sentence for part in word.split()]
            said += mended
            stems = self._concepts.without_ignored([stem(word) for word in mended])
            for feature in (*stems, *pairs(stems)):
                terms[feature] += weight  # type: ignore[assignment]
            for piece in (piece for word in mended for piece in word_pieces(word)):
                pieces[piece] += weight  # type: ignore[assignment]
            for concept in sorted(self._concepts.find(stems)):  # a set has another order in each process
                concepts[concept] = max(weight, concepts.get(concept, 0))
        return Reading(tuple(said), terms, pieces, concepts)

    def _mended(self, text: str) -> Iterator[tuple[list[str], float]]:
        """The words of each sentence after repair, and how much the sentence counts."""
        found = [(words(sentence), weight) for sentence, weight in weighted_sentences(text)]
        repaired = self._speller.repair_all(word for typed, _ in found for word in typed)
        for typed, weight in found:
            yield list(islice(repaired, len(typed))), weight


def weighted_sentences(text: str) -> list[tuple[str, float]]:
    """The sentences of a normalised text, each with how much it counts, the weightiest 1."""
    found = [part for part in _SENTENCE.findall(text) if any(letter.isalnum() for letter in part)]
    if len(found) < 2:
        return [(text, 1.0)]
    weights = [1.0 if "?" in part else HINTED if _ASKING.search(part) else STORY for part in found]
    weights[-1] = max(weights[-1], LAST)
    most = max(weights)
    return [(part, weight / most) for part, weight in zip(found, weights, strict=True)]


def pairs(stems: Sequence[str]) -> list[str]:
    return [f"{left} {right}" for left, right in pairwise(stems)]


def word_pieces(word: str) -> Iterator[str]:
    """Every run of 3 or 4 letters of a word with a space at each end."""
    edged = f" {word} "
    for size in range(PIECES[0], PIECES[1] + 1):
        if len(edged) <= size:
            yield edged
            return
        for start in range(len(edged) - size + 1):
            yield edged[start : start + size]
