"""The peer that compares letters: rapidfuzz's own default."""

from collections.abc import Sequence

import numpy as np
from rapidfuzz import fuzz, process, utils

from benchmarks.ranker import Nearest, Scores


class Fuzzy(Nearest):
    """The wording that `process.extractOne` finds, with the default scorer and processor of rapidfuzz."""

    def learn(self, texts: Sequence[str]) -> None:
        self._texts = [utils.default_process(text) for text in texts]

    def best(self, text: str) -> str:
        found = process.extractOne(utils.default_process(text), self._texts, scorer=fuzz.WRatio)
        return self._owners[found[2]]

    def similarities(self, text: str) -> Scores:
        scores = process.cdist([utils.default_process(text)], self._texts, scorer=fuzz.WRatio)
        return np.asarray(scores[0])
