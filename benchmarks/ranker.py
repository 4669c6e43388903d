"""What every method in the benchmark can do, and what the nearest-wording ones share."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from importlib import import_module
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from bot.understanding.examples import is_entry

Scores = npt.NDArray[np.floating[Any]]


class Ranker(Protocol):
    """A method that has learnt: entry ids for a message."""

    def rank(self, text: str) -> tuple[str, ...]:
        """Entry ids, best first."""

    def best(self, text: str) -> str:
        """The first of `rank`, by the method's own quickest way; this is what is timed."""


class Peer(Ranker, Protocol):
    """A method that learns from wordings and the class of each, the same ones for all."""

    def fit(self, texts: Sequence[str], labels: Sequence[str]) -> None:
        """Learn. A label is an entry id, or a class that is none (see `is_entry`)."""


class Nearest(ABC):
    """Ranks entries by the most similar wording of each.

    Wordings of no entry are passed over: they could only push the right entry down.
    """

    def fit(self, texts: Sequence[str], labels: Sequence[str]) -> None:
        kept = [at for at, label in enumerate(labels) if is_entry(label)]
        self._owners = tuple(labels[at] for at in kept)
        self.learn([texts[at] for at in kept])

    def rank(self, text: str) -> tuple[str, ...]:
        order = np.argsort(-self.similarities(text), kind="stable")
        return tuple(dict.fromkeys(self._owners[at] for at in order))

    def best(self, text: str) -> str:
        return self._owners[int(np.argmax(self.similarities(text)))]

    @abstractmethod
    def learn(self, texts: Sequence[str]) -> None:
        """Keep the wordings in the form in which they are searched."""

    @abstractmethod
    def similarities(self, text: str) -> Scores:
        """How like the text each wording is, shape (wordings,); the more the liker."""


class Classifier(ABC):
    """Ranks entries by the chance of each class; outside and small talk are classes too, but not ranked."""

    def rank(self, text: str) -> tuple[str, ...]:
        chances = self.chances(text)
        order = np.argsort(-chances, kind="stable")
        return tuple(label for at in order if is_entry(label := self.labels[at]))

    def best(self, text: str) -> str:
        return self.rank(text)[0]

    @property
    @abstractmethod
    def labels(self) -> tuple[str, ...]:
        """The classes, in the order of `chances`."""

    @abstractmethod
    def chances(self, text: str) -> Scores:
        """The chance of each class, shape (classes,)."""


def library(name: str) -> Any:
    """A module of an optional library; without it nothing but its own peers is missing."""
    return import_module(name)
