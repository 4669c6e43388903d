"""The peer to beat: scikit-learn's regression on the tf-idf of words and of pieces of words."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from benchmarks.ranker import Classifier, Scores, library

NEEDS = ("sklearn.feature_extraction.text", "sklearn.linear_model", "sklearn.pipeline")
PIECES: dict[str, Any] = {"analyzer": "char_wb", "ngram_range": (3, 5)}
WORDS: dict[str, Any] = {"analyzer": "word", "ngram_range": (1, 2), "token_pattern": r"(?u)\b\w+\b"}
STRENGTH = 10.0  # scikit-learn's C, the best of 1 to 100 on questions kept for tuning
ROUNDS = 1000


def vectoriser(**options: Any) -> Any:
    return library("sklearn.feature_extraction.text").TfidfVectorizer(sublinear_tf=True, **options)


def regression(strength: float) -> Any:
    return library("sklearn.linear_model").LogisticRegression(C=strength, max_iter=ROUNDS)


class TfIdfRegression(Classifier):
    """Logistic regression on the tf-idf of words and of pieces of words."""

    def fit(self, texts: Sequence[str], labels: Sequence[str]) -> None:
        union = library("sklearn.pipeline").make_union(vectoriser(**WORDS), vectoriser(**PIECES))
        self._pipeline = library("sklearn.pipeline").make_pipeline(union, regression(STRENGTH))
        self._pipeline.fit(list(texts), list(labels))

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(map(str, self._pipeline.classes_))

    def chances(self, text: str) -> Scores:
        return np.asarray(self._pipeline.predict_proba([text])[0])
