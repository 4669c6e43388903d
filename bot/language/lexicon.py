"""What parents call things: the concepts a message names."""

from collections.abc import Iterator, Sequence

from bot.content.tuning import Lexicon
from bot.language.stems import stem
from bot.language.words import normalise, words

WILD = "*"
STAND_IN = "wildword"  # what "*" is read as, so that it gets through the normaliser
WILD_WORDS = 2  # "*" stands for one word or two
LONGEST = 12  # words; a phrase longer than this names nothing


class Concepts:
    """Finds the concepts of a lexicon in the stems of a message."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self._ignored: dict[str, list[tuple[str, ...]]] = {}
        self.words: set[str] = set()
        for concept, phrases in lexicon.concepts.items():
            for phrase in phrases:
                self._add(concept, self._stems(phrase))
        for ignored in sorted(map(self._stems, lexicon.ignored), key=len, reverse=True):
            if ignored:
                self._ignored.setdefault(ignored[0], []).append(ignored)

    def find(self, stems: Sequence[str]) -> frozenset[str]:
        """The names of the concepts said."""
        return frozenset(self._matches(stems))

    def without_ignored(self, stems: Sequence[str]) -> tuple[str, ...]:
        """The stems without the phrases that say nothing about the question, unless they are all there is."""
        left: list[str] = []
        at = 0
        while at < len(stems):
            dropped = next((p for p in self._ignored.get(stems[at], ()) if tuple(stems[at : at + len(p)]) == p), ())
            if not dropped:
                left.append(stems[at])
            at += len(dropped) or 1
        return tuple(left) or tuple(stems)

    def _stems(self, phrase: str) -> tuple[str, ...]:
        """The stems of a phrase, "*" as it is."""
        said = words(normalise(phrase.replace(WILD, STAND_IN)))
        self.words.update(word for word in said if word != STAND_IN)
        return tuple(WILD if word == STAND_IN else stem(word) for word in said)

    def _add(self, concept: str, parts: tuple[str, ...]) -> None:
        if parts and parts[0] != WILD and len(parts) <= LONGEST:
            self._phrases.setdefault(parts[0], []).append((parts, concept))

    def _matches(self, stems: Sequence[str]) -> Iterator[str]:
        for start, first in enumerate(stems):
            for parts, concept in self._phrases.get(first, ()):
                if _fits(parts, stems, start):
                    yield concept


def _fits(parts: tuple[str, ...], stems: Sequence[str], at: int) -> bool:
    for index, part in enumerate(parts):
        if part == WILD:
            rest = parts[index + 1 :]
            return any(_fits(rest, stems, at + skipped) for skipped in range(1, WILD_WORDS + 1))
        if at >= len(stems) or stems[at] != part:
            return False
        at += 1
    return True
