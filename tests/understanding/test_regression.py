"""Regression, and the search for the smallest value of a function."""

import numpy as np
import pytest
from scipy.optimize import minimize

from bot.understanding.features import Floats, SparseVector
from bot.understanding.regression import fit, lbfgs, log_softmax, matrix_of


def test_a_bowl_has_its_bottom_found() -> None:
    bottom = np.array([3, -2, 0.5], np.float32)
    steep = np.array([1, 10, 100], np.float32)

    def bowl(at: Floats) -> tuple[float, Floats]:
        return float((steep * (at - bottom) ** 2).sum()), 2 * steep * (at - bottom)

    assert lbfgs(bowl, np.zeros(3, np.float32), 100) == pytest.approx(bottom, abs=0.05)


def test_it_gets_as_low_as_scipys_on_a_regression() -> None:
    random = np.random.default_rng(7)
    data = random.normal(size=(200, 20)).astype(np.float32)
    truth = (data @ random.normal(size=20) > 0).astype(np.float32)

    def loss(weights: Floats) -> tuple[float, Floats]:
        chance = 1 / (1 + np.exp(-np.clip(data @ weights, -30, 30)))
        value = -np.log(np.where(truth == 1, chance, 1 - chance) + 1e-9).sum() + 0.5 * (weights**2).sum()
        return float(value), (data.T @ (chance - truth) + weights).astype(np.float32)

    def in_doubles(weights: Floats) -> tuple[float, Floats]:
        value, slope = loss(weights.astype(np.float32))
        return value, slope.astype(np.float64)

    ours = loss(lbfgs(loss, np.zeros(20, np.float32), 200))[0]
    theirs = minimize(in_doubles, np.zeros(20), jac=True, method="L-BFGS-B").fun
    assert ours <= theirs * 1.01


def test_a_start_at_the_bottom_stays_there() -> None:
    start = np.ones((2, 2), np.float32)
    assert (lbfgs(lambda at: (0.0, np.zeros_like(at)), start, 10) == start).all()


ONES = [SparseVector(np.array([0], np.int32), np.array([1], np.float32))] * 20
TWOS = [SparseVector(np.array([1], np.int32), np.array([1], np.float32))] * 20
CLASSES = np.array([0] * 20 + [1] * 20, np.int32)


def chances(weights: Floats, row: Floats) -> Floats:
    return np.asarray(np.exp(log_softmax(row @ weights[:-1] + weights[-1])))


def test_two_classes_are_told_apart_and_their_chances_add_up() -> None:
    weights = fit(matrix_of([*ONES, *TWOS], 2), CLASSES, 2, penalty=0.1, rounds=60)
    found = chances(weights, np.array([1, 0], np.float32))
    assert found[0] > 0.9
    assert found.sum() == pytest.approx(1, abs=1e-5)


def test_sparse_and_dense_rows_give_the_same_weights() -> None:
    sparse = matrix_of([*ONES, *TWOS], 2)
    first, second = (fit(rows, CLASSES, 2, penalty=0.1, rounds=60) for rows in (sparse, sparse.toarray()))
    assert first == pytest.approx(second, abs=1e-3)


def test_smoothing_leaves_room_for_doubt() -> None:
    rows = matrix_of([*ONES, *TWOS], 2)
    sure, doubting = (fit(rows, CLASSES, 2, 1e-4, 200, smoothing) for smoothing in (0.0, 0.1))
    row = np.array([1, 0], np.float32)
    assert chances(sure, row)[0] > 0.99
    assert chances(doubting, row)[0] == pytest.approx(0.95, abs=0.01)
