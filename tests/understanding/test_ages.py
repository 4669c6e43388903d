"""A parent's way of saying an age is understood; other spans of time are left alone."""

import pytest

from bot.understanding.ages import WEEKS_A_MONTH, Age
from tests.english import find_age

SAID = {
    "8mo": 8, "8 m/o": 8, "9 1/2 months": 9.5, "9½ months old": 9.5, "9.5mths": 9.5, "9,5 months": 9.5,
    "nine and a half months": 9.5, "9 months and a half": 9.5, "38 weeks": 38 / WEEKS_A_MONTH,
    "34wks": 34 / WEEKS_A_MONTH, "nearly one": 11.5, "almost 1": 11.5, "just turned one": 12, "a year old": 12,
    "she's one and still going backwards": 12, "15 months": 15, "18m": 18, "2yo": 24, "two and a half year old": 30,
    "newborn with a temperature": 0.5, "my 6 week old has a fever": 6 / WEEKS_A_MONTH, "she has 9 months": 9,
    "completed 9 months": 9, "11 month baby": 11, "9 monhts old": 9, "10 moths": 10, "8 mnths": 8, "7 montsh": 7,
    "doesn't respond to his name at 11 months": 11, "12 months old and doesn't crawl": 12,
    "one year old today and he just stays": 12, "18 months and not walking": 18, "20 month old still only crawls": 20,
    "nearly 10 months, only sits propped": 9.75, "walks on toes all the time at 20 months": 20,
    "11 months, still just goes in reverse since 8 months": 11, "1 year 3 months": 15, "1yr 2mo": 14,
    "9 months 2 weeks": 9 + 2 / WEEKS_A_MONTH, "8-month-old": 8, "8-9 months": 8.5, "my 9month old": 9,
    "he sat at 6 months and is now 10 months": 10, "swimming lessons for a 10 month old?": 10,
    "is it normal for my 8 month old": 8, "12 days old": 12 / 30.44, "he was 7 months, now 9 months": 9,
    "my 4 year old loved it but my 9 month old hates it": 9, "he has been backwards for 2 months, he's 10 months": 10,
    "aged 7 months": 7, "one year old": 12, "1.5 years": 18, "my friend's baby is 8 months, mine is 10 months": 10,
    "10mo": 10, "he's 10 months 😀": 10, "baby 9 months crawling back": 9, "9 months old": 9, "9m old": 9, "eleven months": 11,
    "thirty-two weeks old": 32 / WEEKS_A_MONTH, "thirty two weeks": 32 / WEEKS_A_MONTH, "my thirty-two-week-old": 32 / WEEKS_A_MONTH,
    "twenty-two and a half months": 22.5, "twenty two and a half months old": 22.5, "she is twenty-one months": 21,
    "twenty months": 20, "twenty and a half months": 20.5, "forty-five days old": 45 / 30.44, "thirtytwo weeks old": 32 / WEEKS_A_MONTH,
    "twentytwo months old": 22,
}  # fmt: skip

NOT_SAID = (
    "for three months", "two months ago", "since 2 weeks", "38 weeks early", "in 2 months", "24 months warranty",
    "3 months of going backwards", "temperature 38.5", "my mum is 68", "15 minutes", "33 weeker", "born at 38 weeks",
    "he crawled at 6 months", "when he was 6 months", "since 8 months", "fell from 1m", "is 38 weeks early for crawling later",
    "been crawling only backwards for three months with no change", "every 3 months", "walks by 18 months",
    "one side only", "almost one of them", "for almost 3 months now", "she stopped 3 days ago", "the last 2 months",
    "crying for 2 hours", "my husband is 34 years old", "another two weeks", "4 month sleep regression",
    "over the past few months", "20 weeks pregnant", "no", "", "5 w lamp", "first 3 months",
    "for twenty-two weeks", "thirty-two months of going backwards", "my husband is thirty-four years old",
)  # fmt: skip

CORRECTED = {
    "ten months, 6 weeks early": (10, 10 - 6 / WEEKS_A_MONTH),
    "10 months old born 8 weeks early": (10, 10 - 8 / WEEKS_A_MONTH),
    "13 months on paper, 10 corrected": (13, 10),
    "33 weeker, 10 months": (10, 10 - 7 / WEEKS_A_MONTH),
    "born at 32 weeks, now 9 months": (9, 9 - 8 / WEEKS_A_MONTH),
    "12 months actual, corrected age 10 months": (12, 10),
    "he is 11 months (9 months adjusted)": (11, 9),
    "2 months early, he's 10 months": (10, 8),
    "10 months corrected": (10, 10),
}


@pytest.mark.parametrize(("text", "months"), SAID.items())
def test_an_age_is_found(text: str, months: float) -> None:
    age = find_age(text)
    assert age is not None
    assert age.effective == pytest.approx(months, abs=0.01)


@pytest.mark.parametrize("text", NOT_SAID)
def test_another_span_of_time_is_no_age(text: str) -> None:
    assert find_age(text) is None


@pytest.mark.parametrize(("text", "ages"), CORRECTED.items())
def test_an_early_birth_corrects_the_age(text: str, ages: tuple[float, float]) -> None:
    age = find_age(text)
    assert age is not None
    assert (age.months, age.corrected) == pytest.approx(ages, abs=0.01)


def test_the_corrected_age_is_the_one_that_counts() -> None:
    assert Age(10, 8).effective == 8
    assert Age(10).effective == 10
