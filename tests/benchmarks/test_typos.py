"""Typing errors made on purpose."""

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from benchmarks import typos
from benchmarks.typos import with_typos

QUESTION = "Is it normal that my baby only crawls backwards?"


def test_the_example_in_its_docstring_holds() -> None:
    assert doctest.testmod(typos).failed == 0


@pytest.mark.parametrize("number", [1, 2, 3, 6])
def test_so_many_errors_are_made_and_no_more(number: int) -> None:
    for seed in range(200):
        typed = with_typos(QUESTION, number, seed)
        assert 1 <= OSA.distance(QUESTION, typed) <= number


def test_one_error_changes_one_word() -> None:
    for seed in range(200):
        changed = [a for a, b in zip(QUESTION.split(), with_typos(QUESTION, 1, seed).split(), strict=True) if a != b]
        assert len(changed) == 1


def test_another_seed_makes_other_errors() -> None:
    assert len({with_typos(QUESTION, 1, seed) for seed in range(100)}) > 40


@pytest.mark.parametrize("text", ["", "ok?", "9 mo", "👶 12", "a b c"])
def test_what_has_no_word_of_three_letters_stays(text: str) -> None:
    assert with_typos(text, 3, 1) == text


@given(st.text(max_size=60), st.integers(0, 5), st.integers(0, 10**6))
def test_the_same_seed_makes_the_same_errors_in_any_text(text: str, number: int, seed: int) -> None:
    assert with_typos(text, number, seed) == with_typos(text, number, seed)
