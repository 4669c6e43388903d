"""A typing mistake is mended towards what is known, and a word that is somebody's own is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.spelling import Speller

KNOWN = {
    "backwards": 9,
    "crawling": 9,
    "choking": 3,
    "choked": 3,
    "breathing": 3,
    "crawls": 2,
    "wake": 2,
    "stairs": 2,
}


@pytest.fixture
def speller() -> Speller:
    return Speller(KNOWN)


@pytest.fixture
def careful() -> Speller:
    return Speller(KNOWN, careful=True)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("bakwards", "backwards"),
        ("backwrads", "backwards"),
        ("crawlling", "crawling"),
        ("brething", "breathing"),
        ("crawlingbackwards", "crawling backwards"),
        ("stairs", "stairs"),
    ],
)
def test_mistakes_are_mended(speller: Speller, typed: str, meant: str) -> None:
    assert speller.repair(typed) == meant


@pytest.mark.parametrize("typed", ["kangaroo", "zzzz", "at", "123", "9mo"])
def test_what_is_like_nothing_known_stays(speller: Speller, typed: str) -> None:
    assert speller.repair(typed) == typed


@pytest.mark.parametrize(("typed", "meant"), [("chokign", "choking"), ("sairs", "stairs"), ("breatjing", "breathing")])
def test_a_careful_speller_mends_slips_of_finger_and_ear(careful: Speller, typed: str, meant: str) -> None:
    assert careful.repair(typed) == meant


@pytest.mark.parametrize("typed", ["cooked", "wade", "joking", "hairs"])
def test_a_careful_speller_leaves_words_that_only_look_alike(careful: Speller, typed: str) -> None:
    assert careful.repair(typed) == typed


def test_a_word_that_is_known_is_never_another() -> None:
    assert Speller({"choked": 5, "checked": 1}).repair("checked") == "checked"


def test_of_two_near_words_the_more_frequent_is_meant() -> None:
    assert Speller({"crawls": 9, "brawls": 1}).repair("trawls") == "crawls"


@given(st.text(max_size=30))
def test_any_word_can_be_looked_at(word: str) -> None:
    assert isinstance(Speller(KNOWN, careful=True).repair(word), str)
