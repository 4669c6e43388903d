"""What a change of the content has changed in what questions are answered with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from bot.content.danger import LEVELS
from bot.evaluation.figures import QuestionResult
from bot.evaluation.questions import NONE, OUTSIDE, SMALLTALK, Question
from bot.replies import Reply

Turn = Literal["worse", "better", "other"]
Replies = Mapping[Question, Reply]


@dataclass(frozen=True)
class Difference:
    """A question that is answered otherwise: with what before, with what now, and whether that is better."""

    question: Question
    before: str
    after: str
    verdict: Turn


def differences(questions: Iterable[Question], before: Replies, after: Replies) -> tuple[Difference, ...]:
    """Every question answered otherwise, what is worse now first."""
    found = tuple(_differing(dict.fromkeys(questions), before, after))
    order = ("worse", "better", "other")
    return tuple(sorted(found, key=lambda each: order.index(each.verdict)))


def _differing(questions: Iterable[Question], before: Replies, after: Replies) -> Iterator[Difference]:
    for question in questions:
        old, new = (QuestionResult(question, replies[question]) for replies in (before, after))
        if named(old) != named(new):
            grades = grade(old), grade(new)
            verdict: Turn = "other" if grades[0] == grades[1] else "better" if grades[1] > grades[0] else "worse"
            yield Difference(question, named(old), named(new), verdict)


def named(result: QuestionResult) -> str:
    """What came of a question, in a few words."""
    reply = result.reply
    if reply.level:
        said = f"danger: {reply.level}" + (f", {reply.sign}" if reply.sign else "")
    elif reply.kind == "answer":
        said = str(reply.entry)
    elif reply.kind == "choices":
        said = f"a choice of {', '.join(reply.also)}"
    else:
        said = {"unknown": "I don't know", "smalltalk": "small talk"}.get(reply.kind, reply.kind)
    return f"{said}, with caution" if reply.caution and not reply.level else said


def grade(result: QuestionResult) -> int:
    """How good it is, the more the better; only to compare two results of one question."""
    question, reply = result.question, result.reply
    if question.is_danger:
        is_level = reply.level in set(LEVELS) & set(question.labels)
        return 3 * is_level or 2 * result.is_alarm or 1 * result.is_warned_of
    if result.is_alarm:
        return 0
    calm = 1 - reply.caution  # a needless line of caution is the smallest harm
    if NONE in question.labels:
        return 1 + calm
    if OUTSIDE in question.labels or SMALLTALK in question.labels:
        wanted = ("unknown", "smalltalk") if OUTSIDE in question.labels else ("smalltalk",)
        return 2 * (3 * (reply.kind in wanted) or 1 * (reply.kind != "answer")) + calm
    answered = 4 * (reply.kind == "answer" and result.is_right_first)
    return (
        2 * (answered or 3 * result.is_right_first or 2 * result.is_within_a_tap or 1 * (reply.kind != "answer")) + calm
    )
