"""Learning from the content: two heads, each of two models. Numbers only; no PyTorch, no training of the encoder."""

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from bot.content import Content
from bot.understanding import regression
from bot.understanding.encoder import Encoder
from bot.understanding.examples import SMALLTALK, Example, examples_of, levels_of
from bot.understanding.features import FEWEST_TEXTS, FEWEST_TEXTS_SMALL, SMALL, Floats, Ints, SparseVector, Vectoriser
from bot.understanding.heads import CompactWeights, Head
from bot.understanding.text import Normaliser

# Inverse of scikit-learn's C; measured on questions of other authors, where a factor of three either way moved nothing.
DENSE_PENALTY, SPARSE_PENALTY = 0.1, 0.1
DENSE_ROUNDS, SPARSE_ROUNDS = 100, 40
SMOOTHING = 0.02  # as the encoder was trained: without it the chances of rare things come out too small
TALK = SMALLTALK.rstrip(":")  # all kinds of small talk, for the n-grams

Progress = Callable[[int, int], None]
Vectors = npt.NDArray[np.float16]


@dataclass(frozen=True)
class Model:
    """All that is learnt from one content: plain arrays and names.

    `known`: the words of its language, as far as it uses them. `danger` is None in a pack that is not about anyone's
    health.
    """

    vectoriser: Vectoriser
    known: frozenset[str]
    answers: Head
    danger: Head | None


class SentenceEncoder(Protocol):
    """Whatever gives texts vectors of length 1."""

    @property
    def width(self) -> int: ...

    def vectors(self, texts: Sequence[str], on_done: Callable[[int], None]) -> Floats:
        """Shape (texts, width)."""


class VectorCache:
    """The encoder's vectors of texts that were read before, so that only what changed is read again."""

    def __init__(self, vectors: Mapping[int, Vectors] | None = None) -> None:
        """`vectors` by `key_of` their texts."""
        self.vectors = dict(vectors or {})

    def of(self, texts: Sequence[str], encoder: SentenceEncoder, on_done: Callable[[int], None]) -> Floats:
        """The vector of each text, shape (texts, width). Vectors of other texts are forgotten."""
        keys = [key_of(text) for text in texts]
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in self.vectors}
        on_done(len(texts) - len(missing))
        found = encoder.vectors(tuple(missing.values()), on_done).astype(np.float16)
        known = self.vectors | dict(zip(missing, found, strict=True))
        self.vectors = {key: known[key] for key in keys}
        return np.array([self.vectors[key] for key in keys], dtype=np.float32).reshape(len(texts), encoder.width)


def key_of(text: str) -> int:
    """A number that two texts are as good as never to share."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest())


def learn(content: Content, encoder: Encoder, cache: VectorCache, progress: Progress = lambda _, __: None) -> Model:
    """Learn all there is to learn from a pack. `progress` is told the steps done and those there are, about.

    Deterministic: the same content, the same numbers; on a machine with other arithmetic nearly the same.
    """
    examples = examples_of(content)
    texts = [example.text for example in examples]
    steps = _Steps(progress, len(examples) + DENSE_ROUNDS + SPARSE_ROUNDS)
    dense = cache.of(texts, encoder, steps.take)
    normaliser = Normaliser(content.grammar)
    said = [normaliser.words(text) for text in texts]
    vectoriser = Vectoriser.fit(said, FEWEST_TEXTS_SMALL if _is_small(content) else FEWEST_TEXTS)
    sparse = [vectoriser.vector(each) for each in said]
    trained = _Training(examples, dense, sparse, vectoriser, steps)
    answers = [example.answer for example in examples]
    talks = {answer: TALK for answer in answers if answer and answer.startswith(SMALLTALK)}
    levels = levels_of(content)
    return Model(
        vectoriser,
        _known(examples, said),
        trained.head(answers, talks),
        trained.head([example.danger for example in examples], levels) if content.danger else None,
    )


@dataclass
class _Steps:
    """How far learning has come."""

    progress: Progress
    total: int
    done: int = 0

    def take(self, number: int = 1) -> None:
        self.done = min(self.done + number, self.total)
        self.progress(self.done, self.total)


@dataclass(frozen=True)
class _Training:
    examples: Sequence[Example]
    dense: Floats
    sparse: Sequence[SparseVector]
    vectoriser: Vectoriser
    steps: _Steps

    def head(self, labels: Sequence[str | None], wider: Mapping[str, str]) -> Head:
        """A head over the examples that have a label; `wider` names the n-grams' class where it is another one."""
        chosen, classes, numbers = regression.numbered(labels)
        groups = tuple(dict.fromkeys(wider.get(label, label) for label in classes))
        group_of = np.array([groups.index(wider.get(label, label)) for label in classes], np.int32)
        dense = self._fit(self.dense[chosen], numbers, len(classes), DENSE_PENALTY, DENSE_ROUNDS)
        rows = regression.matrix_of([self.sparse[at] for at in chosen], len(self.vectoriser))
        sparse = self._fit(rows, group_of[numbers], len(groups), SPARSE_PENALTY, SPARSE_ROUNDS)
        return Head(classes, groups, group_of, dense, CompactWeights.of(sparse))

    def _fit(self, rows: object, numbers: Ints, count: int, penalty: float, rounds: int) -> Floats:
        return regression.fit(rows, numbers, count, penalty, rounds, SMOOTHING, self.steps.take)


def _known(examples: Sequence[Example], said: Sequence[tuple[str, ...]]) -> frozenset[str]:
    """Words that stand in two texts with a known answer; one alone may be somebody's typing error."""
    texts = [set(each) for example, each in zip(examples, said, strict=True) if example.answer]
    counted = Counter(word for each in texts for word in each)
    return frozenset(word for word, number in counted.items() if number > 1)


def _is_small(content: Content) -> bool:
    """Whether there are too few wordings for rare words to be chance: every one of them is needed then."""
    return sum(len(entry.phrasings) for entry in content.entries) < SMALL * len(content.entries)
