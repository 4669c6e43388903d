"""The smallest value of a function."""

import numpy as np
import pytest
from scipy.optimize import minimize

from bot.language.descent import smallest
from bot.language.weighting import Floats


def test_a_bowl_has_its_bottom_found() -> None:
    bottom = np.array([3, -2, 0.5], np.float32)
    steep = np.array([1, 10, 100], np.float32)

    def bowl(at: Floats) -> tuple[float, Floats]:
        return float((steep * (at - bottom) ** 2).sum()), 2 * steep * (at - bottom)

    assert smallest(bowl, np.zeros(3, np.float32), 100) == pytest.approx(bottom, abs=0.05)


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

    ours = loss(smallest(loss, np.zeros(20, np.float32), 200))[0]
    theirs = minimize(in_doubles, np.zeros(20), jac=True, method="L-BFGS-B").fun
    assert ours <= theirs * 1.01


def test_a_start_at_the_bottom_stays_there() -> None:
    start = np.ones((2, 2), np.float32)
    assert (smallest(lambda at: (0.0, np.zeros_like(at)), start, 10) == start).all()
