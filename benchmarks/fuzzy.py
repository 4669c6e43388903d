"""Peers that compare letters: rapidfuzz's scorers."""

from collections.abc import Callable, Sequence

import numpy as np
from rapidfuzz import fuzz, process, utils

from benchmarks.ranker import Nearest, Scores

Scorer = Callable[..., float]


class Fuzzy(Nearest):
    """The wording that `process.extractOne` finds, with a scorer and the default processor of rapidfuzz."""

    def __init__(self, scorer: Scorer = fuzz.WRatio) -> None:
        self._scorer = scorer

    def learn(self, texts: Sequence[str]) -> None:
        self._texts = [utils.default_process(text) for text in texts]

    def best(self, text: str) -> str:
        found = process.extractOne(utils.default_process(text), self._texts, scorer=self._scorer)
        return self._owners[found[2]]

    def similarities(self, text: str) -> Scores:
        scores = process.cdist([utils.default_process(text)], self._texts, scorer=self._scorer)
        return np.asarray(scores[0])
