"""The floor beneath the danger head: plain phrases, each of which proves a sign wherever it stands.

Only a "no" among the few words before it stops a phrase. There is nothing else to know about it, so that one can
read what it does from `danger.yaml` alone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.content.danger import Danger, phrase_of
from bot.understanding.text import Normaliser, sentences, words

LOOK_BACK = 3  # words before a phrase in which a "no" stops it: "no sign that he is choking"
BABY = "baby"  # what every word for the baby is read as
_HAN = re.compile(r"[\u3400-\u9fff]")  # Chinese has no spaces: each of its characters is read as a word


@dataclass(frozen=True)
class Proof:
    """A phrase that stood in a text, whose sign it proves, and in which language."""

    sign: str
    phrase: str
    language: str


class Floor:
    """Finds the phrases of all signs in a text."""

    def __init__(self, danger: Danger, normaliser: Normaliser) -> None:
        self._normalise = normaliser.normalise
        languages = dict.fromkeys(language for sign in danger.signs for language in sign.phrases)
        self._languages = [_Language(danger, language, normaliser) for language in languages]

    def find(self, text: str) -> tuple[Proof, ...]:
        """Every phrase that stands in the text with no "no" before it, in the order of the text."""
        clauses = tuple(said for said in _clauses(self._normalise(text)) if said)
        spoken = {word for said in clauses for word in said}
        languages = [each for each in self._languages if each.may_be(spoken)]
        return tuple(proof for each in languages for said in clauses for proof in each.find(said))


class _Language:
    def __init__(self, danger: Danger, name: str, normaliser: Normaliser) -> None:
        self._negators = frozenset(map(normaliser.normalise, danger.negators.get(name, ())))
        self._baby = frozenset(danger.baby.get(name, ()))
        self._unread = frozenset(danger.unread.get(name, ()))
        # By their first two words: nearly half of all phrases begin with the baby.
        self._by_first: dict[tuple[str, ...], list[tuple[tuple[str, ...], Proof]]] = {}
        for sign in danger.signs:
            for sample in sign.phrases.get(name, ()):
                phrase = phrase_of(sample)
                said = self._read(_words(normaliser.normalise(phrase)))
                if said:
                    self._by_first.setdefault(said[:2], []).append((said, Proof(sign.id, phrase, name)))

        firsts = {first[0] for first in self._by_first}
        self._firsts = (firsts - {BABY}) | (self._baby if BABY in firsts else set())

    def may_be(self, spoken: set[str]) -> bool:
        """Whether a phrase could begin with any of these words."""
        return not self._firsts.isdisjoint(spoken)

    def find(self, said: tuple[str, ...]) -> Iterator[Proof]:
        said = self._read(said)
        for at in range(len(said)):
            for first in dict.fromkeys((said[at : at + 1], said[at : at + 2])):  # the last word is both
                for phrase, proof in self._by_first.get(first, ()):
                    is_there = said[at : at + len(phrase)] == phrase
                    if is_there and self._negators.isdisjoint(said[max(0, at - LOOK_BACK) : at]):
                        yield proof

    def _read(self, said: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(BABY if word in self._baby else word for word in said if word not in self._unread)


def _clauses(text: str) -> Iterator[tuple[str, ...]]:
    """The words of a normalised text between one full stop or comma and the next."""
    for sentence in sentences(text):
        for clause in sentence.split(","):
            yield _words(clause)


def _words(text: str) -> tuple[str, ...]:
    return words(_HAN.sub(r" \g<0> ", text))
