"""What is taken out of a message before anybody reads it, and what stays."""

import pytest

from bot.understanding import Understanding
from bot.understanding.scrubbing import LONGEST


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("my son Adam is 8 months and only rolls", "my son [name] is 8 months and only rolls"),
        ("my son zebedee is 8 months", "my son [name] is 8 months"),
        ("Zebedee crawls backwards", "[name] crawls backwards"),
        ("our Elsie May keeps falling", "our [name] keeps falling"),
        ("my daughter is called aanya and she scoots", "my daughter is called [name] and she scoots"),
        ("my baby boy Will loves bananas", "my baby boy [name] loves bananas"),
        ("MY DAUGHTER SOPHIE WONT CRAWL", "my daughter [name] wont crawl"),
        ("Dr Patel said wait", "Dr [name] said wait"),
        ("Adam's knees are red", "[name] knees are red"),
        ("call me on 07700 900123 please", "call me on [number] please"),
        ("+44 (0)20 7946 0958 is mine", "[number] is mine"),
        ("he was born 12/03/2026", "he was born [date]"),
        ("born on 3rd March 2026. will he walk", "born on [date]. will he walk"),
        ("mail me jane.doe@example.com or @janedoe", "mail me [name] or [name]"),
        ("LEO won't crawl", "[name] won't crawl"),
        ("JACK SMITHERS IS NOT CRAWLING", "[name] is not crawling"),
        ("our postcode is EH8 9YL", "our postcode is [place]"),
        ("my instagram is laura_b_88 or laurab88", "my instagram is [name] or [name]"),
        ("hi \x7f\x00 there", "hi there"),
        ("see https://example.com/a?b=1 what is this", "see [link] what is this"),
    ],
)
def test_what_could_tell_who_wrote_it_goes(understanding: Understanding, said: str, left: str) -> None:
    assert understanding.scrub(said) == left


@pytest.mark.parametrize(
    "said",
    [
        "is 38.5 a fever at 10 months",
        "He's 9 months old. Is it normal to drool?",
        "I'm worried. NICU said corrected age",
        "my baby hates tummy time",
        "when should baby eat eggs",
        "she won't crawl, only since Monday",
    ],
)
def test_an_ordinary_question_stays_as_it_is(understanding: Understanding, said: str) -> None:
    assert understanding.scrub(said) == said


def test_it_is_one_line_of_a_size_that_fits_the_store(understanding: Understanding) -> None:
    scrubbed = understanding.scrub("my baby\ncrawls " * 500)
    assert "\n" not in scrubbed
    assert len(scrubbed) <= LONGEST


def test_what_is_scrubbed_stays_so(understanding: Understanding) -> None:
    once = understanding.scrub("our Zebedee, born 12/03/2026, call 07700 900123")
    assert understanding.scrub(once) == once


@pytest.mark.parametrize("sign", ["@", "a@", "1-", "(", "A ", "www.", "a-", "[", "1/1/", "a.co"])
def test_a_text_made_to_be_costly_is_not(understanding: Understanding, sign: str) -> None:
    """Nothing is measured here: what backtracks for ever would never come back."""
    assert len(understanding.scrub(sign * 4000)) <= LONGEST
