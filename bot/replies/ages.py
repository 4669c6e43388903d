"""A baby's age as answers meet it: how it is said, what an answer opens with at it, and the row that asks for it."""

import html
from dataclasses import dataclass

from bot.content import Content
from bot.content.ages import AgeBand, AgeTexts
from bot.content.entries import Entry
from bot.content.pictures import HALVES
from bot.replies.presses import MeetAge
from bot.replies.reply import Button, filled_in
from bot.understanding.ages import WEEKS_A_MONTH, Age

WEEKS_UNTIL = 2.5  # months, until which an age is said in weeks
YEARS_FROM = 24.0  # months, from which it is said in years
MONTHS_A_YEAR = 12
FEW_WEEKS = 9  # of which parents think in weeks alone; of more, what it is in months is said, too


@dataclass(frozen=True)
class MetAge:
    """An age told or tapped: its band, and the words that stand for it. `months`: as it counts, where it was told."""

    band: AgeBand
    said: str
    months: float | None = None


def met(content: Content, age: Age | None) -> MetAge | None:
    """The age that a message tells, as the pack's answers meet it. None where it tells none, or nothing meets it."""
    if age is None or content.ages is None:
        return None
    band = content.ages.band_of(age.effective)
    return MetAge(band, said(age, content.ages.words), age.effective) if band else None


def tapped(content: Content, band: str) -> MetAge | None:
    """The age of a band that was tapped."""
    found = content.ages.band(band) if content.ages else None
    return MetAge(found, found.name) if found and found.name else None


def verdict_of(entry: Entry, age: MetAge | None) -> str | None:
    """What an answer opens with at an age; the verdict where it opens so at any."""
    if age is None or not entry.at_age:
        return entry.verdict
    line = entry.at_age.get(age.band.id, age.band.line)
    return line.verdict.replace("{age}", html.escape(age.said, quote=False)) if line else entry.verdict


def asking_row(content: Content, entry: Entry) -> tuple[Button, ...]:
    """The row that asks for the age."""
    bands = content.ages.asked if content.ages and entry.asks_age else ()
    return tuple(Button(band.button or "", MeetAge(entry.id, band.id).data(), style="primary") for band in bands)


def said(age: Age, words: AgeTexts) -> str:
    """An age in words, in the unit that fits it; that of a baby born early with the one from the due date before it.

    Before the due date there is none from it to be said.
    """
    if not age.corrected or age.corrected == age.months:
        return _said_plainly(age.months, age.weeks, words)
    corrected, whole = (
        _said_plainly(months, weeks, words, in_one_unit=True)
        for months, weeks in ((age.corrected, None), (age.months, age.weeks))
    )
    return filled_in(words.corrected, {"corrected": corrected, "age": whole})


def _said_plainly(months: float, weeks: float | None, words: AgeTexts, in_one_unit: bool = False) -> str:
    if weeks is None and months < WEEKS_UNTIL:
        weeks = months * WEEKS_A_MONTH
    if weeks is None:
        return _in_months(months, words)
    in_weeks = _counted(max(1, round(weeks)), words.week, words.weeks, words)
    if in_one_unit or weeks < FEW_WEEKS:
        return in_weeks
    return filled_in(words.about, {"weeks": in_weeks, "months": _in_months(months, words)})


def _in_months(months: float, words: AgeTexts) -> str:
    if months < YEARS_FROM:
        return _counted(_halves(months), words.month, words.months, words)
    return _counted(_halves(months / MONTHS_A_YEAR), words.year, words.years, words)


def _halves(number: float) -> float:
    return round(number * HALVES) / HALVES


def _counted(number: float, one: str, many: str, words: AgeTexts) -> str:
    if number == 1:
        return one
    whole, half = divmod(number, 1)
    written = f"{int(whole) or ''}{words.half}" if half else str(int(whole))
    return many.replace("{number}", written)
