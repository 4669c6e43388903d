"""How well the bot answers labelled questions."""

import math
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from bot.content.danger import LEVELS
from bot.evaluation.questions import (
    NONE,
    OUTSIDE,
    SMALLTALK,
    Question,
    QuestionsError,
    read_questions,
)
from bot.replies import Reply

__all__ = ["Question", "QuestionsError", "Report", "Share", "Wrong", "evaluate", "read_questions"]

FALSE_ALARMS, CAUTION = "false alarms", "false alarms or caution"
BINS = 5
WORST = 10
NORMAL = 1.96  # standard deviations that hold 95 % of a normal distribution


@dataclass(frozen=True)
class Wrong:
    """A danger missed, or a false alarm, word for word: its label or kind, and what the bot made of it."""

    label: str
    got: str
    text: str


@dataclass(frozen=True)
class QuestionResult:
    """One question and what the bot made of it."""

    question: Question
    reply: Reply

    @property
    def first(self) -> str | None:
        """The entry answered with, or the first choice offered."""
        if self.reply.kind == "answer":
            return self.reply.entry
        return self.reply.also[0] if self.reply.kind == "choices" else None

    @property
    def is_right_first(self) -> bool:
        return self.first in self.question.labels

    @property
    def is_within_a_tap(self) -> bool:
        offered = {self.reply.entry, *self.reply.also} if self.reply.kind in ("answer", "choices") else set()
        return bool(offered & set(self.question.labels))

    @property
    def is_confidently_wrong(self) -> bool:
        return self.reply.kind == "answer" and self.reply.entry not in self.question.labels

    @property
    def is_alarm(self) -> bool:
        return self.reply.level is not None

    @property
    def is_warned_of(self) -> bool:
        """Whether the numbers to call are in the reply: a danger reply, or a line of caution."""
        return self.is_alarm or self.reply.caution

    @property
    def got(self) -> str:
        return self.reply.level or ("caution" if self.reply.caution else self.first or self.reply.kind)

    @property
    def wrong(self) -> Wrong:
        question = self.question
        label = question.labels[0] if question.is_danger else question.kind or question.labels[0]
        return Wrong(label, self.got, question.text)


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    part: int
    whole: int

    @property
    def percent(self) -> float | None:
        return round(100 * self.part / self.whole, 1) if self.whole else None

    @property
    def margin(self) -> tuple[float, float] | None:
        """What the percentage may be of all such questions, 19 times in 20 (Wilson's score interval, 1927)."""
        if not self.whole:
            return None
        share, square = self.part / self.whole, NORMAL**2 / self.whole
        middle = (share + square / 2) / (1 + square)
        spread = NORMAL * math.sqrt(share * (1 - share) / self.whole + square / self.whole / 4) / (1 + square)
        return round(100 * max(0.0, middle - spread), 1), round(100 * min(1.0, middle + spread), 1)


@dataclass(frozen=True)
class Bin:
    """Answers with a confidence from `low` to `high`: how many, their mean confidence, how many right."""

    low: float
    high: float
    answers: int
    mean: float
    right: int


@dataclass(frozen=True)
class Report:
    """Every line that `evaluate` prints."""

    shares: dict[str, Share]
    calibration: tuple[Bin, ...]
    confusions: tuple[tuple[str, str, int, tuple[str, ...]], ...]
    misses: tuple[Wrong, ...] = ()
    alarms: tuple[Wrong, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Plain data: shares in percent with their counts, bins, confusions with their messages."""
        return {
            "shares": {
                name: {"percent": share.percent, "part": share.part, "whole": share.whole, "margin": share.margin}
                for name, share in self.shares.items()
            },
            "calibration": [vars(each) for each in self.calibration],
            "confusions": [
                {"label": label, "got": got, "count": count, "messages": list(messages)}
                for label, got, count, messages in self.confusions
            ],
        }

    def wrong_to_json(self) -> dict[str, Any]:
        """Dangers that were missed and false alarms, word for word."""
        return {
            "misses": [vars(each) for each in self.misses],
            "false_alarms": [vars(each) for each in self.alarms],
        }


def evaluate(questions: Iterable[Question], answer: Callable[[Question], Reply]) -> Report:
    """Ask every question and sum up."""
    outcomes = tuple(QuestionResult(question, answer(question)) for question in questions)
    misses = tuple(each.wrong for each in outcomes if each.question.is_danger and not _is_good(each))
    alarms = tuple(each.wrong for each in outcomes if not each.question.is_danger and each.is_alarm)
    return Report(_shares(outcomes), _calibration(outcomes), _confusions(outcomes), misses, alarms)


def _shares(outcomes: tuple[QuestionResult, ...]) -> dict[str, Share]:
    scope = [each for each in outcomes if each.question.in_scope]
    outside = [each for each in outcomes if OUTSIDE in each.question.labels]
    talk = [each for each in outcomes if SMALLTALK in each.question.labels]
    harmless = [each for each in outcomes if not each.question.is_danger]
    shares = {
        "right first": _share(each.is_right_first for each in scope),
        "within one tap": _share(each.is_within_a_tap for each in scope),
        "answered": _share(each.reply.kind == "answer" for each in scope),
        "confidently wrong": _share(each.is_confidently_wrong for each in scope),
        "out of scope answered": _share(each.reply.kind == "answer" for each in outside),
        "out of scope given choices": _share(each.reply.kind == "choices" for each in outside),
        "small talk known": _share(each.reply.kind == "smalltalk" for each in talk),
    }
    for level in LEVELS:
        said = [each for each in outcomes if level in each.question.labels]
        shares[f"{level}, danger reply"] = _share(each.is_alarm for each in said)
        shares[f"{level}, or caution"] = _share(each.is_warned_of for each in said)
    alarms = [each for each in outcomes if each.question.is_danger and each.is_alarm]
    shares["danger, right level"] = _share(each.reply.level in each.question.labels for each in alarms)
    shares[FALSE_ALARMS] = _share(each.is_alarm for each in harmless)
    shares[CAUTION] = _share(each.is_warned_of for each in harmless)
    for kind in dict.fromkeys(each.question.kind for each in harmless if each.question.kind):
        known = [each for each in harmless if each.question.kind == kind]
        shares[f"{FALSE_ALARMS}, {kind}"] = _share(each.is_alarm for each in known)
        shares[f"{CAUTION}, {kind}"] = _share(each.is_warned_of for each in known)
    return shares


def _share(facts: Iterable[bool]) -> Share:
    known = list(facts)
    return Share(sum(known), len(known))


def _calibration(outcomes: tuple[QuestionResult, ...]) -> tuple[Bin, ...]:
    """Answers and choices by confidence, where it is known what the answer should be."""
    told = [each for each in outcomes if NONE not in each.question.labels]
    given = [each for each in told if each.reply.kind in ("answer", "choices")]
    bins: list[Bin] = []
    for number in range(BINS):
        low, high = number / BINS, (number + 1) / BINS
        inside = [each for each in given if low <= each.reply.confidence < high or each.reply.confidence == high == 1]
        mean = sum(each.reply.confidence for each in inside) / len(inside) if inside else 0.0
        bins.append(Bin(low, high, len(inside), round(mean, 3), sum(each.is_right_first for each in inside)))
    return tuple(bins)


def _confusions(outcomes: tuple[QuestionResult, ...]) -> tuple[tuple[str, str, int, tuple[str, ...]], ...]:
    wrong = [each for each in outcomes if not _is_good(each)]
    pairs = Counter((each.question.labels[0], each.got) for each in wrong)
    return tuple(
        (
            label,
            got,
            count,
            tuple(e.question.text for e in wrong if (e.question.labels[0], e.got) == (label, got)),
        )
        for (label, got), count in pairs.most_common(WORST)
    )


def _is_good(outcome: QuestionResult) -> bool:
    labels = outcome.question.labels
    if outcome.question.is_danger:
        return outcome.is_alarm
    if NONE in labels:
        return not outcome.is_alarm
    if OUTSIDE in labels:
        return outcome.reply.kind in ("unknown", "smalltalk")
    if SMALLTALK in labels:
        return outcome.reply.kind == "smalltalk"
    return outcome.is_right_first and not outcome.is_alarm
