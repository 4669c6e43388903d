"""Word and letter n-grams as sparse vectors."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.features import Vectoriser, letter_runs, word_runs
from bot.understanding.text import words

WORDS = (("he", "crawls", "back"), ("he", "crawls"), ("she", "rolls"), ("crawl",))


def test_words_and_pairs_of_words() -> None:
    assert list(word_runs(("he", "crawls", "back"))) == [":he", ":crawls", ":back", ":he crawls", ":crawls back"]


def test_letters_within_words_with_their_edges() -> None:
    runs = list(letter_runs(("he",)))
    assert runs == [" h", "he", "e ", " he", "he ", " he ", " he "]


def test_a_rare_feature_counts_more_and_an_unknown_one_not_at_all() -> None:
    vectoriser = Vectoriser.fit(WORDS, fewest=1)
    rarity = dict(zip(vectoriser.names, vectoriser.rarity, strict=True))
    assert rarity[":back"] > rarity[":crawls"] > 0
    assert len(vectoriser.vector(("xyzzy", "quux")).places) == 0


def test_what_stands_in_too_few_texts_is_not_known() -> None:
    assert ":back" not in Vectoriser.fit(WORDS, fewest=2).names
    assert ":crawls" in Vectoriser.fit(WORDS, fewest=2).names


def test_words_and_letters_have_the_same_weight_together() -> None:
    vector = Vectoriser.fit(WORDS, fewest=1).vector(("he", "crawls"))
    assert float(np.linalg.norm(vector.values)) == pytest.approx(2**0.5, abs=1e-5)


@given(st.text(max_size=200))
def test_no_text_is_too_odd_to_be_weighed(text: str) -> None:
    vector = Vectoriser.fit(WORDS, fewest=1).vector(words(text))
    assert len(vector.places) == len(vector.values)
    assert np.isfinite(vector.values).all()
