"""Rules and signs that say the same as others, and rules that silence each other."""

from collections.abc import Iterator, Sequence
from itertools import combinations, permutations, product

from bot.content.danger import LEVELS, Rule
from bot.content.mistakes import Mistake
from bot.language.triage import Triage
from bot.review.rulebook import Rulebook
from bot.review.sentences import Sentences
from bot.review.trial import Trial

TOGETHER = ("{} and {}", "{}, {}", "{} {}")
SHOWN = 3  # words that tell two rules apart


class Overlaps:
    """Compares rules by the sentences that each of them hears."""

    def __init__(self, book: Rulebook, triage: Triage, trials: Sequence[Trial]) -> None:
        self._book = book
        self._triage = triage
        self._trials = trials
        self._sentences = Sentences(book.rules.classes)
        # A rule is told from another by being the same object: two may well be alike.
        self._numbers = {id(trial.filed.rule): trial.filed.number for trial in trials}
        self._said = {
            (trial.filed.number, heard.sentence): self._hearing(heard.sentence, trial)
            for trial in trials
            for heard in trial.heard
        }

    def needless_rules(self) -> Iterator[Mistake]:
        """Rules of one sign of which one is always heard where the other is."""
        for one, other in permutations(self._trials, 2):
            if one.filed.sign is not other.filed.sign or not one.heard:
                continue
            if _is_as_wide(other.filed.rule, one.filed.rule) and self._always(one, other):
                stops = [each for each in other.filed.unless if each not in one.filed.unless]
                shown = ", ".join(f"'{each}'" for each in stops[:SHOWN])
                apart = f", unless words such as {shown} stop that one" if stops else ""
                too = f"line {self._book.line(other.filed)} is too{apart}"
                yield self._book.about(one.filed, f"this rule adds nothing: where it is heard, {too}")

    def needless_signs(self, levels: dict[str, str]) -> Iterator[Mistake]:
        """Signs of one level of which one is never heard without the other."""
        owners = {trial.filed.number: trial.filed.sign.id for trial in self._trials}
        said = [{owners[number] for number in numbers} for numbers in self._said.values()]
        for index, sign in enumerate(self._book.rules.signs):
            beside = [signs - {sign.id} for signs in said if sign.id in signs]
            always = frozenset.intersection(*map(frozenset, beside)) if beside else frozenset()
            for other in sorted(each for each in always if levels[each] == sign.level):
                what = f"is never heard without '{other}', which has the same level: make them one"
                yield self._book.document.mistake(("signs", index), f"sign '{sign.id}': {what}")

    def silencing(self) -> Iterator[Mistake]:
        """Rules that are heard alone, and neither of them together: each says what stops the other."""
        for one, other in combinations(self._trials, 2):
            if not (_stopped_by(one, other) and _stopped_by(other, one)):
                continue
            said = self._silenced(one, other)
            if said:
                where = f"line {self._book.line(other.filed)} ('{other.filed.sign.id}')"
                yield self._book.about(one.filed, f"this rule and {where} silence each other: '{said}'")

    def _always(self, one: Trial, other: Trial) -> bool:
        """Whether the other hears all that one hears; with every word of its classes, if it comes to that."""
        said = (self._said[one.filed.number, heard.sentence] for heard in one.heard)
        if not all(other.filed.number in numbers for numbers in said):
            return False
        others = (
            heard.sentence.replace(heard.said, said, 1)
            for heard in one.heard
            for said in self._sentences.every(heard.wording)
        )
        numbers = (self._hearing(text, one, other) for text in others)
        return all(one.filed.number not in each or other.filed.number in each for each in numbers)

    def _hearing(self, text: str, one: Trial, *others: Trial) -> frozenset[int]:
        """The numbers of the rules that hear a text, where one's age is told: of these rules, or of all."""
        among = tuple(trial.filed.rule for trial in (one, *others)) if others else ()
        said = self._triage.rules_said(text, one.filed.age, among)
        return frozenset(self._numbers[id(rule)] for rule in said if id(rule) in self._numbers)

    def _silenced(self, one: Trial, other: Trial) -> str | None:
        """A sentence of both in which no danger as serious as either is heard."""
        least = max(LEVELS.index(each.filed.sign.level) for each in (one, other))
        enough = [each for each in self._trials if LEVELS.index(each.filed.sign.level) <= least]
        first = [heard.sentence for heard in one.heard if heard.wording in other.filed.unless]
        second = [heard.sentence for heard in other.heard if heard.wording in one.filed.unless]
        together = [frame.format(*both) for both in product(first, second) for frame in TOGETHER]
        silent = (text for text in together if not self._hearing(text, one, *enough))
        return next(silent, None)


def _is_as_wide(rule: Rule, other: Rule) -> bool:
    """Whether its ages and limits leave room for all that the other's do."""
    if rule.known_age and not other.known_age and other.start is None:
        return False
    from_as_early = rule.start is None or (other.start is not None and rule.start <= other.start)
    ages = from_as_early and _up_to(rule.end, other.end)
    if len(rule.all) == 1:
        return ages
    return ages and (rule.across or not other.across) and _up_to(rule.within, other.within)


def _up_to(wide: float | None, narrow: float | None) -> bool:
    """Whether one upper limit is at least as high as another; None is no limit."""
    return wide is None or (narrow is not None and wide >= narrow)


def _stopped_by(one: Trial, other: Trial) -> bool:
    return any(heard.wording in one.filed.unless for heard in other.heard)
