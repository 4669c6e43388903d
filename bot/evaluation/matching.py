"""How well each entry's wordings are understood when they are held back from learning, and what stands in their way.

The encoder's regression alone is learnt, three times, each time without a third of the wordings: it is the larger half
of what the bot decides by, and the quick one. The encoder itself knows the wordings that it was made with, so that the
shares of old entries come out a little high.
"""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import numpy as np

from bot.content.danger import HARMLESS
from bot.understanding import regression
from bot.understanding.examples import Example, is_entry
from bot.understanding.features import Floats, Ints
from bot.understanding.learning import DENSE_PENALTY, DENSE_ROUNDS, SMOOTHING

FOLDS = 3
BLOCK = 5  # wordings that stand together are often one person's: they are held back together
TWO = 2  # classes, at least, can be told apart
NEIGHBOURS, IN_THE_WAY, MISREAD = 2, 4, 5  # how many are told of
# Of unseen wordings, with 30, 60, 120 and 200 of an entry learnt, 33, 44, 58 and 68 % are understood: so much for each
# doubling.
GAIN = 0.13
TARGET = 0.8
MOST = 300  # wordings that are asked for at once

OnStep = Callable[[], None]


@dataclass(frozen=True)
class HeldBack:
    """A wording as it is read when it is not learnt: the likeliest class, and its chance."""

    text: str
    taken_for: str
    chance: float


@dataclass(frozen=True)
class EntryMatching:
    """`understood` of so many `wordings`. `neighbours`: what else they were taken for most, with the share of its own
    that is understood; `in_the_way`: wordings of those that are nearest; `more`: about how many would help."""

    entry: str
    wordings: int
    understood: int
    misread: tuple[HeldBack, ...]
    neighbours: tuple[tuple[str, float], ...]
    in_the_way: tuple[str, ...]
    more: int

    @property
    def share(self) -> float:
        return self.understood / self.wordings if self.wordings else 0.0


class MatchingTrial:
    """Holds wordings back. `vectors` of length 1, one an example."""

    def __init__(self, examples: Sequence[Example], vectors: Floats, on_step: OnStep = lambda: None) -> None:
        known = [at for at, example in enumerate(examples) if example.answer is not None]
        self._all, self._all_vectors = tuple(examples), vectors
        self._examples = tuple(examples[at] for at in known)
        self._vectors = vectors[known]
        self._labels = [str(example.answer) for example in self._examples]
        self._on_step = on_step
        self._read: tuple[HeldBack, ...] = ()

    @staticmethod
    def steps() -> int:
        """Steps that a trial has at most, for a progress bar."""
        return DENSE_ROUNDS * (FOLDS + 1)

    def read(self) -> tuple[HeldBack, ...]:
        """Every wording of a known answer as it is read when it is held back."""
        if not self._read:
            seen, whole = Counter[str](), Counter(self._labels)
            folds = []
            for label in self._labels:
                block = min(BLOCK, max(1, whole[label] // FOLDS))  # of a few wordings two thirds are learnt, too
                folds.append(seen[label] // block % FOLDS)
                seen[label] += 1
            self._read = self._held_back(self._labels, self._vectors, np.array(folds, np.int32), self._examples)
        return self._read

    def of(self, entries: Collection[str]) -> tuple[EntryMatching, ...]:
        """How the wordings of some entries fare, in the order of the files."""
        read = self.read()
        whole, right = Counter(self._labels), Counter[str]()
        for label, each in zip(self._labels, read, strict=True):
            right[label] += label == each.taken_for
        shares = {label: right[label] / whole[label] for label in whole}
        return tuple(self._matching(label, shares) for label in whole if label in entries)

    def alarms(self, texts: Collection[str], levels: Collection[str], danger: float) -> tuple[HeldBack, ...]:
        """Those harmless wordings, of some, that would raise an alarm if they were not learnt as harmless.

        `levels`: the classes that are danger signs; `danger`: the chance from which there is an alarm.
        """
        labels = [example.danger for example in self._all]
        asked = [example.danger == HARMLESS and example.text in texts for example in self._all]
        if not any(asked):
            return ()
        folds = np.where(asked, 0, -1).astype(np.int32)
        return self._held_back(labels, self._all_vectors, folds, self._all, tuple(levels), danger)

    def _held_back(
        self, labels: Sequence[str], vectors: Floats, folds: Ints, examples: Sequence[Example],
        watched: tuple[str, ...] = (), least: float = 0.0,
    ) -> tuple[HeldBack, ...]:  # fmt: skip
        """Each example of a fold read without that fold; those of fold -1 are always learnt.

        With `watched` classes: only examples in which their chances come to `least` or more together.
        """
        classes = tuple(dict.fromkeys(labels))
        numbers = np.array([classes.index(label) for label in labels], np.int32)
        found: dict[int, HeldBack] = {}
        for fold in range(folds.max() + 1):
            learnt, held = np.flatnonzero(folds != fold), np.flatnonzero(folds == fold)
            if len(np.unique(numbers[learnt])) < TWO:  # nothing to tell apart
                continue
            weights = regression.fit(
                vectors[learnt], numbers[learnt], len(classes), DENSE_PENALTY, DENSE_ROUNDS, SMOOTHING, self._on_step
            )
            chances = np.exp(regression.log_softmax(vectors[held] @ weights[:-1] + weights[-1]))
            alike = np.isin(classes, watched)
            for at, row in zip(held, chances, strict=True):
                if not watched or row[alike].sum() >= least:
                    best = int(np.argmax(np.where(alike, row, -1) if watched else row))
                    chance = float(row[alike].sum() if watched else row[best])
                    found[int(at)] = HeldBack(examples[int(at)].text, classes[best], chance)
        if not watched:  # what nothing could be told of
            for place in np.flatnonzero(folds >= 0).tolist():
                found.setdefault(place, HeldBack(examples[place].text, labels[place], 0.0))
        return tuple(found[at] for at in sorted(found))

    def _matching(self, entry: str, shares: dict[str, float]) -> EntryMatching:
        own = [at for at, label in enumerate(self._labels) if label == entry]
        wrong = [at for at in own if self._read[at].taken_for != entry]
        taken = Counter(self._read[at].taken_for for at in wrong)
        neighbours = tuple((label, shares[label]) for label, _ in taken.most_common(NEIGHBOURS))
        return EntryMatching(
            entry=entry,
            wordings=len(own),
            understood=len(own) - len(wrong),
            misread=tuple(sorted((self._read[at] for at in wrong), key=lambda each: -each.chance)[:MISREAD]),
            neighbours=neighbours,
            in_the_way=self._in_the_way(wrong),
            more=_more(len(own), shares[entry], shares),
        )

    def _in_the_way(self, wrong: Sequence[int]) -> tuple[str, ...]:
        """The wordings of other answers that are nearest to most of the misread ones."""
        nearest = Counter[int]()
        for at in wrong:
            taken = [other for other, label in enumerate(self._labels) if label == self._read[at].taken_for]
            nearest[taken[int(np.argmax(self._vectors[taken] @ self._vectors[at]))]] += 1
        return tuple(self._examples[at].text for at, _ in nearest.most_common(IN_THE_WAY))


def _more(wordings: int, share: float, shares: dict[str, float]) -> int:
    """About how many wordings more bring an entry to where the others are."""
    others = [each for label, each in shares.items() if is_entry(label)]
    target = min(TARGET, float(np.median(others)))
    if share >= target:
        return 0
    return min(MOST, round(wordings * (2 ** ((target - share) / GAIN) - 1)))
