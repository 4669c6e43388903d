"""Every rule tried on its own shortest sentences: which wordings it hears, and to which it is deaf."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice, product

from bot.language.triage import Triage
from bot.review.rulebook import Filed, Rulebook
from bot.review.sentences import Sentences, joined

FIRST = 6  # wordings of each part that are combined in looking for any sentence that is heard
MOST_COMBINED = 60  # combinations tried before a rule, or a wording, is given up
OTHERS = 4  # wordings of the other parts that a wording is tried with

Said = tuple[str, ...]  # words for each part of a rule


@dataclass(frozen=True)
class Deaf:
    """A wording that no sentence can say so that its rule hears it, and the plainest sentence tried."""

    part: int
    wording: str
    tried: str


@dataclass(frozen=True)
class Heard:
    """A wording, how it was said, and the sentence around it that its rule hears."""

    wording: str
    said: str
    sentence: str


@dataclass(frozen=True)
class Trial:
    """What became of one rule: the wordings it hears, each in a sentence, and those it is deaf to."""

    filed: Filed
    heard: tuple[Heard, ...]
    deaf: tuple[Deaf, ...]


class Trials:
    """Tries rules; `triage` must be built of the same rules."""

    def __init__(self, book: Rulebook, triage: Triage) -> None:
        self._book = book
        self._triage = triage
        self._sentences = Sentences(book.rules.classes)

    def all(self) -> tuple[Trial, ...]:
        return tuple(self._trial(filed) for filed in self._book.filed())

    def _trial(self, filed: Filed) -> Trial:
        working = self._working(filed)
        heard: list[Heard] = []
        deaf: list[Deaf] = []
        for part, wordings in enumerate(filed.parts):
            for wording in dict.fromkeys(wordings):
                found = self._found(filed, part, wording, working) if working else None
                if found is None:
                    deaf.append(Deaf(part, wording, self._sentences.first(wording)))
                else:
                    heard.append(found)
        return Trial(filed, tuple(heard), tuple(deaf))

    def _working(self, filed: Filed) -> Said | None:
        """Words for all parts that are heard together."""
        for wordings in islice(product(*(part[:FIRST] for part in filed.parts)), MOST_COMBINED):
            said = product(*(tuple(self._sentences.of(wording)) for wording in wordings))
            if found := self._heard(filed, islice(said, MOST_COMBINED)):
                return found[0]
        return None

    def _found(self, filed: Filed, part: int, wording: str, working: Said) -> Heard | None:
        """The wording heard beside words that work or, failing that, beside others."""
        others = [
            [self._sentences.first(each) for each in wordings[:OTHERS]] if number != part else [""]
            for number, wordings in enumerate(filed.parts)
        ]
        for beside in (working, *islice(product(*others), MOST_COMBINED)):
            ways = ((*beside[:part], said, *beside[part + 1 :]) for said in self._sentences.of(wording))
            if found := self._heard(filed, ways):
                return Heard(wording, found[0][part], found[1])
        return None

    def _heard(self, filed: Filed, ways: Iterable[Said]) -> tuple[Said, str] | None:
        """The first words for the parts that the rule hears, and the sentence made of them."""
        for said in ways:
            for sentence in joined(said, filed.rule.across):
                if self._triage.rules_said(sentence, filed.age, (filed.rule,)):
                    return said, sentence
        return None
