"""A message as the danger rules see it: where something is said, and what is denied or supposed."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from bot.language.patterns import NEGATORS, NUMERAL, Compiled

SUPPOSED_WORDS = 9  # how far "what if" reaches
LOOK_BACK = 6  # words in which a negation may stand before what it governs
LISTED_WORDS = 3  # words of an alternative through which a negation still reaches: "no fever or bad vomiting"

TOKEN = re.compile(r"\d+(?:[./-]\d+)*[^\W\d_]*|[^\W\d_]+|,|[.!?;:\n]")
STOP = "."
BREAKS = frozenset(["but", "now", "however", "though", "tonight", "because", "just", "today", "yesterday"])
_CLAUSE_STARTS = frozenset(["i", "he", "she", "we", "they", "my", "our", "baby", "it"])  # after a comma
_ALTERNATIVES = frozenset(["or", "nor"])
_BETWEEN = """
    a an any the his her its their my our have has had having get gets got getting been be being is are
    was were sign signs of symptom symptoms really actually in or nor more further other single obvious
    turn turned turning go gone going went seem seems seemed look looks looking become show shows showing
    showed appear appears to feel visible yet ever real major weird odd big too that very completely
    totally quite do did him he
"""
_CARRIED = frozenset(_BETWEEN.split())  # words that may stand between a negation and what it denies


@dataclass(frozen=True)
class Said:
    """Where something is said: first and past-the-last word, sentence, whether it is only supposed."""

    start: int
    end: int
    sentence: int
    supposed: bool = False


class Message:
    """Words with single spaces between them; "," and "." are words, and every sentence ends in "."."""

    def __init__(self, tokens: list[str]) -> None:
        self.tokens = tokens
        self.text = f" {' '.join(tokens)} "
        self._starts = [match.end() for match in re.finditer(" ", self.text)]
        self._stops = [index for index, word in enumerate(tokens) if word == STOP]
        self._found: dict[str, tuple[Said, ...]] = {}
        self._indices: dict[str, list[int]] = {}
        for index, word in enumerate(tokens):
            self._indices.setdefault(word, []).append(index)
            if word[0].isdigit():
                self._indices.setdefault(NUMERAL, []).append(index)

    def places(self, part: Compiled) -> tuple[Said, ...]:
        """Where it is said. Many rules ask for the same, so what was found once is kept."""
        if part.source not in self._found:
            self._found[part.source] = tuple(self._search(part))
        return self._found[part.source]

    def _search(self, part: Compiled) -> Iterator[Said]:
        """Only where a word stands that it can begin with: long messages stay quick."""
        done = 0
        for start in self._beginnings(part.firsts):
            match = part.pattern.match(self.text, self._starts[start]) if start >= done else None
            if match:
                done = bisect_left(self._starts, match.end())
                yield Said(start, done, bisect_left(self._stops, start))

    def _beginnings(self, firsts: frozenset[str] | None) -> Iterable[int]:
        if firsts is None:
            return range(len(self.tokens))
        if len(firsts) < len(self._indices):
            known = [self._indices[word] for word in firsts if word in self._indices]
        else:
            known = [found for word, found in self._indices.items() if word in firsts]
        return sorted(index for found in known for index in found)

    def sentences(self, first: int, last: int) -> "Message":
        """The part of the message from one sentence to another."""
        bounds = [-1, *self._stops, len(self.tokens)]
        return Message(self.tokens[bounds[first] + 1 : bounds[min(last + 1, len(bounds) - 1)] + 1])

    def reach(self, marker: Compiled) -> frozenset[int]:
        """The words that a "what if" governs."""
        reached: set[int] = set()
        for said in self.places(marker):
            reached.update(range(said.start, said.end))
            for index in range(said.end, min(len(self.tokens), said.end + SUPPOSED_WORDS)):
                if self._ends_clause(index):
                    break
                reached.add(index)
        return frozenset(reached)

    def _ends_clause(self, index: int) -> bool:
        word, following = self.tokens[index], self.tokens[index + 1 : index + 2]
        return word in BREAKS or word == STOP or (word == "," and not _CLAUSE_STARTS.isdisjoint(following))

    def denies(self, said: Said) -> bool:
        """Whether a "no" or "without" governs it, through a list with "or" too: "no fever or vomiting"."""
        if NEGATORS.intersection(self.tokens[said.start : said.end]):
            return False  # the negation is part of the wording: "not breathing"
        listed = 0
        for word in reversed(self.tokens[max(0, said.start - LOOK_BACK) : said.start]):
            if word in NEGATORS:
                return True
            if word in _ALTERNATIVES:
                listed = LISTED_WORDS
            elif word not in _CARRIED:
                listed -= 1
                if listed < 0 or word in (",", STOP) or word in BREAKS:
                    return False
        return False


def supposed(said: Said, words: frozenset[int]) -> Said:
    return replace(said, supposed=said.start in words)


def near(said: Said, around: tuple[Said, ...], words: int) -> bool:
    """Whether it stands in a sentence of the others and at most so many words before or after them."""
    return (
        said.sentence in {each.sentence for each in around}
        and said.end > min(each.start for each in around) - words
        and said.start < max(each.end for each in around) + words
    )
