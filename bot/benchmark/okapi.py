"""A peer that counts words as search engines do: Okapi BM25."""

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np

from bot.benchmark.ranker import Nearest, Scores

_WORD = re.compile(r"\w+")


class BM25(Nearest):
    """Robertson and Zaragoza, The Probabilistic Relevance Framework (2009), with the usual k1 and b."""

    def __init__(self, k1: float = 1.5, b: float = 0.75) -> None:
        self._k1 = k1
        self._b = b

    def learn(self, texts: Sequence[str]) -> None:
        bags = [Counter(_words(text)) for text in texts]
        lengths = np.array([bag.total() for bag in bags], dtype=np.float64)
        norms = self._k1 * (1 - self._b + self._b * lengths / lengths.mean())
        where: dict[str, list[int]] = {}
        for at, bag in enumerate(bags):
            for word in bag:
                where.setdefault(word, []).append(at)
        self._count = len(bags)
        self._found: dict[str, tuple[Scores, Scores]] = {}
        for word, places in where.items():
            times = np.array([bags[at][word] for at in places], dtype=np.float64)
            rarity = np.log(1 + (len(bags) - len(places) + 0.5) / (len(places) + 0.5))
            worth = rarity * times * (self._k1 + 1) / (times + norms[places])
            self._found[word] = (np.array(places), worth)

    def similarities(self, text: str) -> Scores:
        scores = np.zeros(self._count)
        for word in _words(text):
            if word in self._found:
                places, worth = self._found[word]
                scores[places] += worth
        return scores


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())
