"""How old the baby is, in a language that no pack is in: a number and a unit, where nothing near says otherwise.

Far less is read than of a pack's own language. What may be a span of time, or is about a baby born early, is left
alone: no age is better than a wrong one.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator

from bot.content.grammar import any_of
from bot.content.languages import SpokenAges
from bot.understanding.ages import OLDEST, WEEKS_A_MONTH, Age

LONGEST = 600  # characters of a message that are looked at
NEAR = 20  # characters around a number in which a word makes it a span of time
JOINED = 6  # characters between years and the months that are added to them
HALF = 0.5
MOST_MONTHS, MOST_WEEKS, MOST_YEARS = 48, 60, 6
# Letters of languages that put no space between words: a number begins, and a unit ends, wherever it does.
_SCRIPTS = r"\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_UNSPACED = re.compile(f"[{_SCRIPTS}]")


class SpokenAgeFinder:
    """Finds ages in one language's texts."""

    def __init__(
        self,
        spoken: SpokenAges,
        normalise: Callable[[str], str],
        otherwise: Callable[[str], Age | None] = lambda _: None,
    ) -> None:
        """`otherwise` is asked where none is told: many say it in other words among their own."""
        self._normalise = normalise
        self._otherwise = otherwise
        self._numbers = {normalise(word): value for word, value in spoken.numbers.items()}
        self._whole = {normalise(phrase): months for phrase, months in spoken.whole.items()}
        units = {"months": spoken.months, "weeks": spoken.weeks, "years": spoken.years}
        named = "|".join(f"(?P<{name}>{any_of(map(normalise, words))})" for name, words in units.items() if words)
        number = r"\d{1,3}(?:\.\d)?" + "".join(f"|{each}" for each in [any_of(self._numbers)] if each)
        half = any_of(map(normalise, spoken.half)) or "(?!)"
        self._mention = re.compile(
            rf"(?<![^\W_{_SCRIPTS}])(?:(?P<before>{half})[ -]?)?(?P<number>{number})[ -]?"
            rf"(?:(?P<between>{half})[ -]?)?(?:{named})(?:[ -]?(?P<after>{half}))?"
        )
        self._wholes = re.compile(any_of(self._whole) or "(?!)")
        self._since = _ending(map(normalise, spoken.since))
        self._span = _beginning(map(normalise, spoken.span))
        self._early = re.compile(
            "|".join(rf"(?<![^\W_]){re.escape(normalise(each))}" for each in spoken.early) or "(?!)"
        )

    def find(self, text: str) -> Age | None:
        """The age told, in months before weeks before years; None where none is told, or where birth was early."""
        said = self._normalise(text[:LONGEST])
        if self._early.search(said):
            return None
        _, age = min(self._told(said), key=lambda told: told[0], default=(0, None))
        return age if age and age.months <= OLDEST else self._otherwise(text)

    def _told(self, text: str) -> Iterator[tuple[int, Age]]:
        """Every age told, with its rank."""
        for told in self._wholes.finditer(text):
            if self._ends_well(text, told.end()) and self._begins_well(text, told.start()):
                yield 0, Age(self._whole[told[0]])
        years, ended = 0.0, -JOINED
        for told in self._mention.finditer(text):
            if not self._ends_well(text, told.end()):
                continue
            if self._is_span(text, told.start(), told.end()):
                continue
            value = self._numbers.get(told["number"]) or float(told["number"] if told["number"][0].isdigit() else 0)
            value += HALF if told["before"] or told["between"] or told["after"] else 0
            unit = next(name for name in ("months", "weeks", "years") if told.groupdict().get(name))
            if unit == "months" and 0 < value <= MOST_MONTHS:
                yield 0, Age(value + (years if told.start() - ended < JOINED else 0))
            elif unit == "weeks" and 0 < value <= MOST_WEEKS:
                yield 1, Age(value / WEEKS_A_MONTH, weeks=value)
            elif unit == "years" and 0 < value <= MOST_YEARS:
                years, ended = value * 12, told.end()
                yield 2, Age(years)

    def _is_span(self, text: str, start: int, end: int) -> bool:
        """Whether the words around a number make it a span of time, and no age."""
        before, after = text[max(0, start - NEAR) : start], text[end : end + NEAR]
        return self._since.search(before) is not None or self._span.match(after) is not None

    def _begins_well(self, text: str, start: int) -> bool:
        return start == 0 or not text[start - 1].isalpha() or _UNSPACED.match(text[start - 1]) is not None

    def _ends_well(self, text: str, end: int) -> bool:
        """Whether a word ends there, or what stands there is of a language without spaces."""
        return end >= len(text) or not text[end].isalpha() or _UNSPACED.match(text[end - 1]) is not None


def _ending(words: Iterable[str]) -> re.Pattern[str]:
    """A text that ends with one of the words."""
    found: Collection[str] = [*words]
    return re.compile(rf"(?<![^\W_])(?:{any_of(found)})[ ,]*$" if found else "(?!)")


def _beginning(words: Iterable[str]) -> re.Pattern[str]:
    """A text that begins with one of the words."""
    found: Collection[str] = [*words]
    spaced = [word for word in found if not _UNSPACED.match(word)]
    joined = [word for word in found if _UNSPACED.match(word)]
    parts = [rf"(?:{any_of(spaced)})(?![^\W_])"] * bool(spaced) + [rf"(?:{any_of(joined)})"] * bool(joined)
    return re.compile(rf"[ ,]*(?:{'|'.join(parts)})" if parts else "(?!)")
