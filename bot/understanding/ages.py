"""How old the baby is, from what a parent wrote."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from bot.content.grammar import Grammar, value_of
from bot.understanding.text import Normaliser

WEEKS_A_MONTH = 4.345
DAYS_A_MONTH = 30.44
FULL_TERM = 40  # weeks, from which the correction for an early birth is counted
OLDEST = 84.0  # months; whoever is older than seven is not the baby
MOST_WEEKS_EARLY = 18  # weeks; "38 weeks early" cannot be
GESTATION = range(22, 37)  # weeks at birth that call for a correction
NEWBORN = 0.5  # months
NEARLY = 0.25  # months short of the age named
YOUNG = 24.0  # months; below it, the child this bot is about
SMALLEST_SHORT = 3  # of a number before "m" or "w" alone: "2m" is a height
# What stands around a number tells whose age it is. Both bounds keep the search linear in the text.
BEFORE, AFTER = 80, 40  # characters looked at before a mention and after it
MOST_MENTIONS = 24  # looked at in one text; a story names four or five

# How sure an age is the baby's present one.
_PASSING, _PLAIN, _STATED, _NOW = 1, 2, 3, 4


@dataclass(frozen=True)
class Age:
    """Months since birth and, for a baby born early, since the due date. `weeks`: as said, where it was in weeks."""

    months: float
    corrected: float | None = None
    weeks: float | None = None

    @property
    def effective(self) -> float:
        return self.months if self.corrected is None else self.corrected


@dataclass(frozen=True)
class _Mention:
    months: float
    certainty: int
    corrected: bool
    weeks: float | None = None


class AgeFinder:
    """Finds the baby's age in texts of one language."""

    def __init__(self, grammar: Grammar, normaliser: Normaliser) -> None:
        self._normalise = normaliser.normalise
        self._patterns = {name: re.compile(pattern) for name, pattern in grammar.age_patterns().items()}
        self._one = re.compile(grammar.ages.fragments.get("one", "(?!)"))
        self._values = grammar.values

    def find(self, text: str) -> Age | None:
        """The baby's present age when one is said, corrected when the message tells how early the birth was."""
        text = self._normalise(text)
        mentions = [*self._mentions(text), *self._years_only(text), *self._loose_mentions(text)]
        corrected = self._said_corrected(text)
        actual = _best([mention for mention in mentions if not mention.corrected])
        if actual is None and corrected is None:
            return None
        if actual is None:
            return None if corrected is None else Age(corrected, corrected)
        if corrected is None and (early := self._weeks_early(text)) is not None:
            corrected = max(0.0, actual.months - early / WEEKS_A_MONTH)
        return Age(actual.months, corrected, actual.weeks)

    def _all(self, name: str, text: str) -> Iterator[re.Match[str]]:
        return islice(self._patterns[name].finditer(text), MOST_MENTIONS)

    def _ends(self, name: str, before: str) -> bool:
        return self._patterns[name].search(before) is not None

    def _begins(self, name: str, after: str) -> bool:
        return self._patterns[name].match(after) is not None

    def _mentions(self, text: str) -> Iterator[_Mention]:
        for found in self._all("mention", text):
            start, end = found.span()
            before = text[max(0, start - BEFORE) : start].rsplit(".", 1)[-1]
            after = text[end : end + AFTER]
            months = self._months(found)
            if months > OLDEST or self._begins("span_after", after):
                continue
            certainty = self._certainty(found, before, after)
            if certainty:
                weeks = months * WEEKS_A_MONTH if found["week"] and not found["rest"] else None
                if self._ends("nearly_before", before):
                    months -= NEARLY
                is_corrected = self._begins("corrected_after", after) or self._ends("corrected_before", before)
                yield _Mention(months, certainty, is_corrected, weeks)

    def _certainty(self, found: re.Match[str], before: str, after: str) -> int:
        old = self._begins("old_after", after) or self._ends("old_unit", found[0])
        if self._one.fullmatch(found["value"]) and not old:
            return 0
        if self._is_length(found, before, after) or self._ends("other_time_before", before):
            return 0
        if self._ends("now_before", before):
            return _NOW
        if self._ends("span_before", before) and (not old or self._begins("now_after", after)):
            return 0
        if self._ends("other_child_before", before):
            return _PASSING
        if self._begins("now_after", after):
            return _NOW
        if self._ends("at_before", before) or self._begins("passing_after", after):
            return _PASSING
        return _STATED if old or self._ends("stated_before", before) else _PLAIN

    def _is_length(self, found: re.Match[str], before: str, after: str) -> bool:
        """ "fell from 1m" is a height, "5 w" a lamp and "3 days" is an age only with "old"."""
        is_short = len(found["month"] or found["week"] or found["year"] or "") == 1
        if is_short and found["week"] and found[0][-2:-1] == " ":
            return True
        if is_short and not found["year"] and not found["rest"] and not self._is_large(found["value"]):
            return True
        if is_short and self._ends("height_before", before):
            return True
        return bool(found["day"]) and not self._begins("days_old_after", after) and not self._ends("old_unit", found[0])

    def _is_large(self, value: str) -> bool:
        """A number in digits that may well be a child's age."""
        return value[0].isdigit() and float(value) >= SMALLEST_SHORT

    def _months(self, found: re.Match[str]) -> float:
        value = self._number(found["value"])
        if found["upper"]:
            value = (value + self._number(found["upper"])) / 2
        if found["half"]:
            value += 0.5
        months = value * _unit_months(found["month"], found["week"], found["year"])
        if found["rest"]:
            months += self._number(found["rest"]) * _unit_months(found["rest_month"], found["rest_week"], None)
        return months

    def _number(self, word: str) -> float:
        if self._one.fullmatch(word):
            return 1.0
        return value_of(word, self._values)

    def _years_only(self, text: str) -> Iterator[_Mention]:
        """ "nearly one", "just turned 1", "she is two and ..."."""
        for found in self._all("years_only", text):
            years, short = (found["near"], 2 * NEARLY) if found["near"] else (found["years"], 0)
            yield _Mention(self._number(years) * 12 - short, _STATED, corrected=False)

    def _loose_mentions(self, text: str) -> Iterator[_Mention]:
        for found in self._all("birthday", text):
            if not found["not"]:
                yield _Mention(12 - (2 * NEARLY if found["ahead"] else 0), _PASSING, corrected=False)
        for found in self._all("bare", text):
            yield _Mention(float(found["months"]), _PLAIN, corrected=False)
        for found in self._all("ordinal", text):
            yield _Mention(int(found["nth"]) - 0.5, _PASSING, corrected=False)
        if self._patterns["newborn"].search(text):
            yield _Mention(NEWBORN, _PASSING, corrected=False)

    def _said_corrected(self, text: str) -> float | None:
        found = self._patterns["said_corrected"].search(text)
        if not found:
            return None
        value = found["value"] or found["value2"]
        months = self._number(value)
        return months if not self._one.fullmatch(value) and 0 < months <= OLDEST else None

    def _weeks_early(self, text: str) -> float | None:
        found = self._patterns["born_early"].search(text)
        if found:
            value = self._number(found["value"] or found["value2"])
            weeks = value if found["week"] or found["week2"] else value * WEEKS_A_MONTH
            return weeks if 0 < weeks <= MOST_WEEKS_EARLY else None
        found = self._patterns["weeks_at_birth"].search(text)
        if not found:
            return None
        gestation = int(found["weeks"] or found["weeker"] or found["born"])
        return float(FULL_TERM - gestation) if gestation in GESTATION else None


def _best(mentions: list[_Mention]) -> _Mention | None:
    """The surest mention; of equals a baby before an older child, then whichever is said first."""
    if not mentions:
        return None
    return min(enumerate(mentions), key=lambda pair: (-pair[1].certainty, pair[1].months >= YOUNG, pair[0]))[1]


def _unit_months(month: str | None, week: str | None, year: str | None) -> float:
    if month:
        return 1.0
    if week:
        return 1 / WEEKS_A_MONTH
    return 12.0 if year else 1 / DAYS_A_MONTH
