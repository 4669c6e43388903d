"""Misspelt words are mended by what stands in the content; what is known, short or far from everything stays."""

import pytest

from bot.understanding import Understanding
from bot.understanding.spelling import MOST, Speller

KNOWN = ("baby", "crawl", "backwards", "normal", "back", "crawls")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("is it nromal to crwal bakcwards", "is it normal to crawl backwards"),
        ("BACKWRADS crawl", "backwards crawl"),
        ("bavkwsrds", "backwards"),  # two errors in a long word
        ("crawls", "crawls"),
        ("bak", "bak"),  # too short to tell
        ("zxqvw hummingbird", "zxqvw hummingbird"),
        ("bébé 9.5 👶", "bébé 9.5 👶"),
    ],
)
def test_a_word_that_is_not_known_becomes_its_nearest_one(typed: str, meant: str) -> None:
    assert Speller(frozenset(KNOWN), KNOWN).mend(typed) == meant


def test_of_two_as_near_the_commoner_one_is_meant() -> None:
    assert Speller(frozenset({"bath", "both"}), ("both", "bath")).mend("beth") == "both"


def test_only_so_many_words_are_looked_up() -> None:
    text = "crwal " * (MOST + 5)
    assert Speller(frozenset(KNOWN), KNOWN).mend(text) == "crawl " * MOST + "crwal " * 5


def test_a_danger_in_plain_words_is_proved_through_a_typing_error(understanding: Understanding) -> None:
    finding = understanding.meaning("my partnet hits me").finding
    assert (finding.level, [proof.sign for proof in finding.proofs]) == ("crisis", ["unsafe_at_home"])


def test_typing_errors_are_no_language_of_their_own(understanding: Understanding) -> None:
    assert not understanding.meaning("thnak yuo so mcuh").strange
