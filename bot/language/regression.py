"""Multinomial logistic regression over sparse rows, fitted by L-BFGS."""

from typing import Any

import numpy as np
import numpy.typing as npt

from bot.language.sparse import Rows
from bot.language.weighting import Floats, Ints, Vector

STRENGTH = 20.0  # inverse of the L2 penalty; 5 to 40 make no difference that could be measured
START = (
    20.0  # how far the class centroids are stretched to start from: half the rounds of a start from nothing
)
ROUNDS = 40
MEMORY = 6  # past steps that L-BFGS keeps; each costs a copy of the weights


def fit(rows: Rows, classes: Ints, size: int, count: int, rounds: int = ROUNDS) -> Floats:
    """Weights of shape (size + 1, count), the last row the bias; `classes` run from 0 to count - 1."""
    # Only fitting needs scipy: a start with a fitted model at hand does without it.
    from scipy.optimize import fmin_l_bfgs_b
    from scipy.sparse import csr_matrix

    number = len(rows)
    matrix = csr_matrix((rows.values, rows.places, rows.starts), shape=(number, size))
    turned = matrix.T.tocsr()
    is_class = np.zeros((number, count), np.float32)
    is_class[np.arange(number), classes] = 1

    def loss(flat: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
        weights = flat.reshape(size + 1, count).astype(np.float32)
        scores = np.asarray(matrix @ weights[:-1]) + weights[-1]
        chances, logs = _softmax(scores)
        error = chances - is_class
        slope = np.vstack([np.asarray(turned @ error) + weights[:-1] / STRENGTH, error.sum(0)])
        penalty = 0.5 / STRENGTH * float((weights[:-1] ** 2).sum())
        return penalty - float(logs[np.arange(number), classes].sum()), slope.ravel().astype(np.float64)

    start = _centroids(turned, is_class)
    found: tuple[Any, ...] = fmin_l_bfgs_b(loss, start.ravel(), maxiter=rounds, m=MEMORY)
    return np.asarray(found[0].reshape(size + 1, count), dtype=np.float32)


def chances(weights: Floats, vector: Vector) -> Floats:
    """The probability of each class, shape (count,)."""
    scores = vector.values @ weights[vector.places] + weights[-1]
    scores -= scores.max()
    raised = np.exp(scores)
    return np.asarray(raised / raised.sum(), dtype=np.float32)


def _softmax(scores: Floats) -> tuple[Floats, Floats]:
    scores = scores - scores.max(1, keepdims=True)
    raised = np.exp(scores)
    total = raised.sum(1, keepdims=True)
    return raised / total, scores - np.log(total)


def _centroids(turned: Any, is_class: Floats) -> npt.NDArray[np.float64]:
    members = np.maximum(is_class.sum(0), 1)
    centres = np.asarray(turned @ (is_class / members), dtype=np.float64)
    centres -= centres.mean(1, keepdims=True)
    return np.vstack([centres * START, np.log(members / members.sum())])
