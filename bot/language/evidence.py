"""The signs by which the bot knows how far to trust its best match, and the trust they add up to."""

from dataclasses import dataclass

import numpy as np

from bot.language.weighting import Floats

TINY = 1e-6
PENALTY = 1.0  # keeps the few weights sane on small packs
ROUNDS = 50
# What the weights come out as on this project's own content, for packs too small to measure them.
DEFAULT = np.array([0.6, 0.3, 0.2, 1.5, 0.5, 0.5, -1.5], dtype=np.float32)


@dataclass(frozen=True)
class Evidence:
    """One match judged: logits of its chance and margins, likeness and shares of known words from 0 to 1."""

    chance: float
    over_outside: float
    over_next: float
    likeness: float
    words_known: float
    words_of_entry: float

    def values(self) -> Floats:
        return np.array(
            [
                self.chance,
                self.over_outside,
                self.over_next,
                self.likeness,
                self.words_known,
                self.words_of_entry,
                1.0,
            ],
            dtype=np.float32,
        )


def trust(weights: Floats, evidence: Evidence) -> float:
    """The chance, from 0 to 1, that the match is right."""
    return float(1 / (1 + np.exp(-float(evidence.values() @ weights))))


def fit_trust(seen: Floats, right: Floats, importance: Floats) -> Floats:
    """Weights by logistic regression (Newton's method). `seen` has shape (cases, 7), the others (cases,)."""
    if len(seen) < 10 or right.min() == right.max():
        return DEFAULT
    data = seen.astype(np.float64)
    weights = np.zeros(data.shape[1])
    penalty = np.full(data.shape[1], PENALTY)
    penalty[-1] = TINY
    for _ in range(ROUNDS):
        chance = 1 / (1 + np.exp(-np.clip(data @ weights, -30, 30)))
        slope = data.T @ (importance * (chance - right)) + penalty * weights
        curve = (data * (importance * chance * (1 - chance))[:, None]).T @ data + np.diag(penalty)
        step = np.linalg.solve(curve, slope)
        weights -= step
        if np.abs(step).max() < 1e-6:
            break
    return weights.astype(np.float32)


def logit(chance: float) -> float:
    chance = min(max(chance, TINY), 1 - TINY)
    return float(np.log(chance / (1 - chance)))
