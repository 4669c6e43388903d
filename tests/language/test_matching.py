"""The parts that matching is made of."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.tuning import Lexicon
from bot.language import regression
from bot.language.evidence import fit_trust
from bot.language.features import weighted_sentences, word_pieces
from bot.language.lexicon import Concepts
from bot.language.sparse import Rows
from bot.language.stems import stem
from bot.language.weighting import Vector


@pytest.mark.parametrize(
    ("word", "stemmed"),
    [
        ("crawls", "crawl"),
        ("crawling", "crawl"),
        ("babies", "bab"),
        ("slipped", "slip"),
        ("falls", "fall"),
        ("is", "is"),
    ],
)
def test_stems(word: str, stemmed: str) -> None:
    assert stem(word) == stemmed


def test_the_question_counts_more_than_the_story() -> None:
    weights = dict(weighted_sentences("we had a lovely day. he slid under the sofa. is that normal?"))
    assert max(weights, key=lambda part: weights[part]).strip() == "is that normal?"
    assert min(weights.values()) < 1


def test_pieces_of_a_word_have_its_edges() -> None:
    assert list(word_pieces("bum"))[:3] == [" bu", "bum", "um "]


def test_concepts_are_found_with_words_between_and_in_any_form() -> None:
    lexicon = Lexicon(concepts={"AWAY": ("away from * toy",), "BACK": ("moonwalk",)}, ignored=("my nan says",))
    concepts = Concepts(lexicon)
    said = [stem(word) for word in ["my", "nan", "says", "he", "moonwalks", "away", "from", "the", "red", "toy"]]
    assert concepts.find(said) == {"AWAY", "BACK"}
    assert concepts.without_ignored(said)[:2] == ("he", "moonwalk")
    assert concepts.without_ignored(["my", "nan", "say"]) == ("my", "nan", "say")


def test_regression_tells_two_classes_apart_and_gives_probabilities() -> None:
    ones = [Vector(np.array([0], np.int32), np.array([1], np.float32)) for _ in range(20)]
    twos = [Vector(np.array([1], np.int32), np.array([1], np.float32)) for _ in range(20)]
    weights = regression.fit(Rows.of([*ones, *twos]), np.array([0] * 20 + [1] * 20, np.int32), 2, 2)
    chances = regression.chances(weights, ones[0])
    assert chances[0] > 0.9
    assert chances.sum() == pytest.approx(1, abs=1e-5)


def test_likeness_of_a_row_with_itself_is_one_and_of_an_empty_row_zero() -> None:
    vector = Vector(np.array([0, 3], np.int32), np.array([1, 2], np.float32))
    empty = Vector(np.zeros(0, np.int32), np.zeros(0, np.float32))
    rows = Rows.of([vector, empty, vector])
    assert rows.similarities(vector, 4, 0, 3).tolist() == pytest.approx([1, 0, 1], abs=1e-5)


def test_trust_learns_that_likely_matches_are_right() -> None:
    random = np.random.default_rng(1)
    seen = random.normal(size=(400, 7)).astype(np.float32)
    seen[:, -1] = 1
    right = (seen[:, 0] + 0.3 * random.normal(size=400) > 0).astype(np.float32)
    weights = fit_trust(seen, right, np.ones(400, np.float32))
    assert weights[0] > 1
    assert abs(weights[1]) < weights[0]


@given(st.text(max_size=200))
def test_no_text_is_too_odd_to_be_weighed(text: str) -> None:
    weights = [weight for _, weight in weighted_sentences(text)]
    assert all(0 < weight <= 1 for weight in weights)
