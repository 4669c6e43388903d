"""The perceptron learns what no straight line parts, and the same each time."""

import numpy as np
import pytest

from bot.understanding.perceptron import Perceptron

CORNERS = np.array([[-1, -1], [-1, 1], [1, -1], [1, 1]], np.float32)


@pytest.fixture(scope="module")
def either() -> Perceptron:
    """Knows when one of two is there and not the other; of some corners it was told nothing."""
    rows = np.tile(CORNERS, (1500, 1))
    names = ["one" if sum(row) == 0 else "none or both" for row in rows]
    return Perceptron.learnt(rows, [None if number % 10 == 0 else name for number, name in enumerate(names)])


@pytest.mark.parametrize("corner", CORNERS.tolist())
def test_what_no_line_parts_is_learnt(either: Perceptron, corner: list[float]) -> None:
    chances = either.chances(np.array(corner, np.float32))
    assert sum(chances.values()) == pytest.approx(1, abs=1e-4)
    assert chances["one" if sum(corner) == 0 else "none or both"] > 0.7


def test_each_round_is_told() -> None:
    told: list[int] = []
    Perceptron.learnt(CORNERS, ["a", "b", "a", "b"], lambda: told.append(1))
    assert len(told) > 1


def test_it_is_the_same_each_time() -> None:
    first, second = (Perceptron.learnt(CORNERS, ["a", "b", "b", "a"]) for _ in range(2))
    assert np.array_equal(first.hidden, second.hidden)
    assert np.array_equal(first.out, second.out)
