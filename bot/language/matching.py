"""Which entry a text means: every entry ranked, with how far the best is to be trusted."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from bot.language import regression
from bot.language.evidence import Evidence, logit, trust
from bot.language.examples import OUTSIDE, SMALLTALK, Example, is_entry
from bot.language.features import Reader
from bot.language.hearing import Ear
from bot.language.sparse import Rows
from bot.language.weighting import Floats, Vector, Weighting
from bot.language.words import normalise


@dataclass(frozen=True)
class Match:
    """An entry and the chance, from 0 to 1, that it is the one meant, as the regression alone sees it."""

    id: str
    chance: float


@dataclass(frozen=True)
class Ranking:
    """All entries, best first, and what speaks for the best: `confidence` is the chance that it is right.

    `outside` and `smalltalk` are the chances that it is about something else.
    """

    matches: tuple[Match, ...]
    confidence: float
    outside: float
    smalltalk: float
    evidence: Evidence


@dataclass(frozen=True)
class Likeness:
    """A wording of the content and how like the message it is, from 0 to 1."""

    text: str
    owner: str
    similarity: float


@dataclass(frozen=True)
class Fitted:
    """What was learnt: plain arrays and names, so that it can be kept on disk."""

    groups: tuple[str, ...]
    weighting: Weighting
    weights: Floats
    ear: Ear | None
    rows: Rows
    bounds: Mapping[str, tuple[int, int]]
    trust: Floats
    known: frozenset[str]
    known_by: Mapping[str, frozenset[str]]
    spelling: Mapping[str, int]


class Matcher:
    """Ranks entries for a text. Holds no state; build it from what `fitting.fit_matcher` learnt."""

    def __init__(self, fitted: Fitted, reader: Reader, examples: tuple[Example, ...]) -> None:
        self._fitted = fitted
        self._reader = reader
        self._examples = examples
        self._places = {group: place for place, group in enumerate(fitted.groups)}
        self._entries = np.array([place for group, place in self._places.items() if is_entry(group)])

    def rank(self, text: str, factors: Mapping[str, float] | None = None) -> Ranking:
        """Rank the entries for a text. `factors` make an entry less likely, as a wrong age does."""
        return self.rank_plain(normalise(text), factors)

    def rank_plain(self, text: str, factors: Mapping[str, float] | None = None) -> Ranking:
        """Rank the entries for a text that is normalised already."""
        reading = self._reader.read_plain(text)
        return self.rank_vector(reading.words, self._fitted.weighting.vector(reading), factors or {})

    def rank_vector(self, said: tuple[str, ...], vector: Vector, factors: Mapping[str, float]) -> Ranking:
        """Rank the entries for a message that is words and their vector already."""
        chances = regression.chances(self._fitted.weights, vector)
        for entry, factor in factors.items():
            chances[self._places[entry]] *= factor
        chances = chances / chances.sum()
        order = self._entries[np.argsort(-chances[self._entries], kind="stable")]
        matches = tuple(Match(self._fitted.groups[place], float(chances[place])) for place in order)
        outside = self._chance(chances, OUTSIDE)
        evidence = self._evidence(said, vector, matches, outside)
        return Ranking(
            matches,
            trust(self._fitted.trust, evidence),
            outside,
            self._chance(chances, SMALLTALK),
            evidence,
        )

    def nearest(self, text: str, group: str | None = None, count: int = 3) -> tuple[Likeness, ...]:
        """The wordings most like a text, among those of a group or all."""
        vector = self._fitted.weighting.vector(self._reader.read(text))
        first, last = self._fitted.bounds[group] if group else (0, len(self._examples))
        similar = self._fitted.rows.similarities(vector, self._fitted.weighting.size, first, last)
        best = np.argsort(-similar, kind="stable")[:count]
        return tuple(
            Likeness(self._examples[first + at].text, self._examples[first + at].owner, float(similar[at]))
            for at in best
        )

    def _chance(self, chances: Floats, group: str) -> float:
        """The chance of a group; none in a pack that has no such wordings."""
        return float(chances[self._places[group]]) if group in self._places else 0.0

    def _evidence(self, said: tuple[str, ...], vector: Vector, matches: tuple[Match, ...], outside: float) -> Evidence:
        best = matches[0]
        first, last = self._fitted.bounds[best.id]
        similar = self._fitted.rows.similarities(vector, self._fitted.weighting.size, first, last)
        known = self._fitted.known_by[best.id]
        number = len(said) or 1
        floor = max(best.chance, 1e-6)
        return Evidence(
            chance=logit(best.chance),
            over_outside=float(np.log(floor / max(outside, 1e-6))),
            over_next=float(np.log(floor / max(matches[1].chance, 1e-6))) if len(matches) > 1 else 0.0,
            likeness=float(similar.max()) if len(similar) else 0.0,
            words_known=sum(word in self._fitted.known for word in said) / number,
            words_of_entry=sum(word in known for word in said) / number,
        )
