"""Multinomial logistic regression over sparse rows, fitted by L-BFGS."""

from typing import Any

import numpy as np

from bot.language.descent import smallest
from bot.language.sparse import Rows
from bot.language.weighting import Floats, Ints, Vector

STRENGTH = 20.0  # inverse of the L2 penalty; 5 to 40 make no difference that could be measured
START = 20.0  # how far the class centroids are stretched to start from: it halves the rounds
ROUNDS = 60


def fit(rows: Rows, classes: Ints, size: int, count: int, rounds: int = ROUNDS) -> Floats:
    """Weights of shape (size + 1, count), the last row the bias; `classes` run from 0 to count - 1."""
    # Only fitting needs scipy: a start with a fitted model at hand does without it.
    from scipy.sparse import csr_matrix

    number = len(rows)
    matrix = csr_matrix((rows.values, rows.places, rows.starts), shape=(number, size))
    turned = matrix.T.tocsr()
    is_class = np.zeros((number, count), np.float32)
    is_class[np.arange(number), classes] = 1

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = np.asarray(matrix @ weights[:-1]) + weights[-1]
        likely, logs = _softmax(scores)
        value = -float(logs[np.arange(number), classes].sum(dtype=np.float64))
        likely -= is_class
        slope = np.empty_like(weights)
        slope[:-1] = turned @ likely
        slope[:-1] += weights[:-1] / np.float32(STRENGTH)
        slope[-1] = likely.sum(0)
        return value + 0.5 / STRENGTH * float(np.vdot(weights[:-1], weights[:-1])), slope

    return smallest(loss, _centroids(turned, is_class), rounds)


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


def _centroids(turned: Any, is_class: Floats) -> Floats:
    members = np.maximum(is_class.sum(0), 1)
    centres = np.asarray(turned @ (is_class / members), dtype=np.float32)
    centres -= centres.mean(1, keepdims=True)
    start = np.vstack([centres * np.float32(START), np.log(members / members.sum())])
    return np.asarray(start, dtype=np.float32)
