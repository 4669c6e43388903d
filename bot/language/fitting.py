"""Learning from the content: the matcher's weights, and how far its answers are to be trusted."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from bot.content import Content
from bot.content.danger import ALARMING
from bot.language import regression
from bot.language.evidence import DEFAULT, fit_trust
from bot.language.examples import (
    HARMLESS,
    OUTSIDE,
    Example,
    alarms_of,
    examples_of,
    has_few_wordings,
    is_entry,
)
from bot.language.features import Reader
from bot.language.hearing import Ear, joined, known_circumstances
from bot.language.lexicon import Concepts
from bot.language.matching import Fitted, Matcher
from bot.language.nearness import Nearness
from bot.language.sparse import Rows
from bot.language.spelling import Speller
from bot.language.triage import Triage
from bot.language.weighting import SEEN_OFTEN, Floats, Vector, Weighting
from bot.language.words import normalise, sentences, words

FOLDS = 3  # parts the wordings are cut into; each is held back once
FOLD_ROUNDS = 20  # enough to judge by; the weights that answer parents get more
SPELT_OFTEN = 3  # times a word must stand in the content to be what a misspelt one is mended to
JUDGED = 1800  # held-back examples that are judged, about; more do not move the few weights of the trust
FEWEST = 40  # examples below which nothing can be held back
# Of the messages that come in, this share is taken to be about something near that no entry answers. A small
# pack seldom says what it does not answer, so it is made to doubt more: with 77 and 150 entries of ten
# wordings each, 0.15 answered one in four or five messages that were out of scope, 0.4 one in seven, and one
# right answer in a hundred was lost.
NEAR_MISSES = 0.15
NEAR_MISSES_FEW = 0.4


@dataclass(frozen=True)
class Lesson:
    """The examples, read and turned into vectors once for every fit."""

    examples: tuple[Example, ...]
    plain: tuple[str, ...]  # normalised, like the words and the vectors
    spelling: Mapping[str, int]
    reader: Reader
    words: tuple[tuple[str, ...], ...]
    weighting: Weighting
    vectors: tuple[Vector, ...]

    @classmethod
    def of(cls, content: Content) -> "Lesson":
        examples = examples_of(content)
        concepts = Concepts(content.lexicon)
        plain = tuple(normalise(example.text) for example in examples)
        spelling = _spelling(concepts, plain)
        reader = Reader(Speller(spelling, careful=has_few_wordings(content)), concepts)
        # Read twice rather than kept: all readings at once would take more memory than all the rest.
        weighting = _weighting(content, reader, plain)
        said: list[tuple[str, ...]] = []
        vectors: list[Vector] = []
        for reading in map(reader.read_plain, plain):
            said.append(reading.words)
            vectors.append(weighting.vector(reading))
        return cls(examples, plain, spelling, reader, tuple(said), weighting, tuple(vectors))


def fit_matcher(content: Content) -> Fitted:
    """Learn all there is to learn from a pack. Deterministic: the same content, the same numbers."""
    lesson = Lesson.of(content)
    every = np.arange(len(lesson.examples))
    # One after the other: side by side they gain little and need the memory of both.
    fitted = _fit(lesson, every, regression.ROUNDS)
    trusted = _fit_trust(content, lesson)
    return replace(fitted, trust=trusted, ear=_fit_ear(content, lesson), spelling=lesson.spelling)


def _spelling(concepts: Concepts, plain: Iterable[str]) -> dict[str, int]:
    """The words of a pack that misspelt ones are mended to, with how often they stand there."""
    counts = Counter(word for text in plain for word in words(text))
    known = {word: count for word, count in counts.items() if count >= SPELT_OFTEN}
    return dict.fromkeys(sorted(concepts.words), SPELT_OFTEN) | known


def _weighting(content: Content, reader: Reader, texts: Iterable[str]) -> Weighting:
    """The features of these texts, as rare as they are there; in a small pack none is too rare to count."""
    return Weighting.fit(map(reader.read_plain, texts), 1 if has_few_wordings(content) else SEEN_OFTEN)


def _fit_ear(content: Content, lesson: Lesson) -> Ear | None:
    """What tells each level of danger from all that is harmless, messages and sentences alike.

    It weighs words in its own way: what only danger is told with would blur what questions are asked with.
    """
    alarms = alarms_of(content)
    if not alarms or content.danger is None:
        return None
    triage = Triage(content.danger, content.abroad)
    stories = (parts for parts in map(sentences, lesson.plain) if len(parts) > 1)
    told = tuple(normalise(alarm.text) for alarm in alarms)
    texts = (*told, *lesson.plain, *(part for parts in stories for part in parts))
    classes = np.full(len(texts), len(ALARMING), dtype=np.int32)
    for at, alarm in enumerate(alarms):
        if alarm.group != HARMLESS:
            classes[at] = ALARMING.index(alarm.group)
    weighting = _weighting(content, lesson.reader, texts[: len(told) + len(lesson.plain)])
    vectors = [weighting.vector(reading) for reading in map(lesson.reader.read_plain, texts)]
    around = [triage.circumstances(text) for text in texts]
    names = known_circumstances(around)
    places = {name: place for place, name in enumerate(names)}
    whole = [joined(vector, places, each, weighting.size) for vector, each in zip(vectors, around, strict=True)]
    weights = regression.fit(Rows.of(whole), classes, weighting.size + len(names), len(ALARMING) + 1)
    is_alarm = classes < len(ALARMING)
    dangers, harmless = ([vectors[at] for at in np.flatnonzero(each)] for each in (is_alarm, ~is_alarm))
    return Ear(weighting, weights, names, Nearness.of(dangers, harmless, weighting.size))


def _fit(lesson: Lesson, chosen: npt.NDArray[np.intp], rounds: int) -> Fitted:
    """Learn from the chosen examples only."""
    owners = [lesson.examples[at].group for at in chosen]
    groups = tuple(dict.fromkeys(owners))
    places = {group: place for place, group in enumerate(groups)}
    classes = np.array([places[group] for group in owners], dtype=np.int32)
    rows = Rows.of([lesson.vectors[at] for at in chosen])
    weights = regression.fit(rows, classes, lesson.weighting.size, len(groups), rounds)
    words_by: dict[str, set[str]] = {group: set() for group in groups}
    for at, group in zip(chosen, owners, strict=True):
        words_by[group].update(lesson.words[at])
    known_by = {group: frozenset(said) for group, said in words_by.items()}
    known = frozenset().union(*known_by.values())
    bounds = _bounds(groups, classes)
    return Fitted(groups, lesson.weighting, weights, None, rows, bounds, DEFAULT, known, known_by, {})


def _bounds(groups: Sequence[str], classes: npt.NDArray[np.int32]) -> dict[str, tuple[int, int]]:
    """Where the rows of each group begin and end; those of one group stand side by side."""
    firsts = np.searchsorted(classes, np.arange(len(groups) + 1))
    return {group: (int(firsts[at]), int(firsts[at + 1])) for at, group in enumerate(groups)}


def _fit_trust(content: Content, lesson: Lesson) -> Floats:
    """Hold back wordings and whole entries in turn, and learn what a right match looks like.

    A held-back entry's wordings are perfect near-misses: on the topic, and nothing answers them. Neighbouring
    wordings are held back together, since they tend to be one person's.
    """
    examples = lesson.examples
    entries = [entry.id for entry in content.entries]
    if len(examples) < FEWEST or len(entries) < FOLDS:
        return DEFAULT
    parts = np.array(_parts(examples))
    # Near-misses are one in so many of what is held back, but rarer in life.
    near_misses = FOLDS * (NEAR_MISSES_FEW if has_few_wordings(content) else NEAR_MISSES)
    judged_every = max(1, len(examples) // JUDGED)
    seen: list[Floats] = []
    right: list[float] = []
    importance: list[float] = []
    for fold in range(FOLDS):
        absent = frozenset(entries[fold::FOLDS])
        present = np.array([example.group not in absent for example in examples])
        kept = np.flatnonzero((parts != fold) & present)
        matcher = Matcher(_fit(lesson, kept, FOLD_ROUNDS), lesson.reader, tuple(examples[at] for at in kept))
        for at in np.flatnonzero(parts == fold)[::judged_every]:
            if not is_entry(examples[at].group) and examples[at].group != OUTSIDE:
                continue
            ranking = matcher.rank_vector(lesson.words[at], lesson.vectors[at], {})
            seen.append(ranking.evidence.values())
            right.append(float(ranking.matches[0].id == examples[at].group))
            importance.append(near_misses if examples[at].group in absent else 1.0)
    return fit_trust(np.array(seen), np.array(right, np.float32), np.array(importance, np.float32))


def _parts(examples: Sequence[Example]) -> list[int]:
    """The part, 0 to FOLDS - 1, that each example belongs to: each owner's examples are cut in equal runs."""
    totals = Counter(example.owner for example in examples)
    seen: Counter[str] = Counter()
    parts: list[int] = []
    for example in examples:
        parts.append(seen[example.owner] * FOLDS // totals[example.owner])
        seen[example.owner] += 1
    return parts
