"""Every method on the same questions: who is right, how often, at what cost."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from math import sqrt

from benchmarks.contestants import Contestant, Missing
from benchmarks.cost import Latency, StartUp, latency, start
from benchmarks.engine import Engine
from benchmarks.ranker import Ranker
from benchmarks.typos import with_typos
from bot.content import Content
from bot.evaluation.figures import Question, Report, Share, evaluate

FEW = 3  # a choice of three is what a phone shows without scrolling
CERTAIN = 1.96  # standard deviations that hold 95 % of a normal distribution
SEED = 2024

Say = Callable[[str], None]


@dataclass(frozen=True)
class Score:
    """How a method did on a set of questions: one fact each, in their order."""

    first: tuple[bool, ...]
    few: tuple[bool, ...]

    @property
    def right_first(self) -> Share:
        return Share(sum(self.first), len(self.first))

    @property
    def within_few(self) -> Share:
        return Share(sum(self.few), len(self.few))

    def ahead_of(self, other: "Score") -> tuple[float, float]:
        """Points by which this is more often right first, and half the 95 % interval (paired)."""
        count = len(self.first) or 1
        apart = [mine - theirs for mine, theirs in zip(self.first, other.first, strict=True)]
        mean = sum(apart) / count
        spread = sum((each - mean) ** 2 for each in apart) / count
        return round(100 * mean, 1), round(100 * CERTAIN * sqrt(spread / count), 1)


@dataclass(frozen=True)
class Result:
    """All figures of one method; `mistyped` is None when no typing errors were asked for."""

    name: str
    start_up: StartUp
    latency: Latency
    score: Score
    mistyped: Score | None


@dataclass(frozen=True)
class Whole:
    """What the whole bot makes of the questions, danger check, thresholds and choices included."""

    report: Report
    latency: Latency
    mistyped: Report | None


def mistype(questions: Sequence[Question], number: int) -> tuple[Question, ...]:
    return tuple(replace(each, text=with_typos(each.text, number, SEED + at)) for at, each in enumerate(questions))


def compare(
    content: Content, entered: Sequence[Contestant], questions: Sequence[Question], typos: int, say: Say
) -> tuple[tuple[Result, ...], Whole | None, tuple[Missing, ...]]:
    """Each method in turn on the questions that an entry answers. The whole bot is asked all of them."""
    mistyped = mistype(questions, typos) if typos else ()
    results: list[Result] = []
    failed: list[Missing] = []
    whole: Whole | None = None
    for contestant in entered:
        say(f"{contestant.name}...")
        try:
            ranker, start_up = start(partial(contestant.learn, content))
        except OSError as error:  # the library is here, the weights it needs are not
            failed.append(Missing(contestant.name, str(error)))
            continue
        results.append(_result(contestant.name, ranker, start_up, questions, mistyped))
        if isinstance(ranker, Engine):
            whole = _whole(ranker, questions, mistyped)
    return tuple(results), whole, tuple(failed)


def _result(
    name: str, ranker: Ranker, start_up: StartUp, questions: Sequence[Question], mistyped: Sequence[Question]
) -> Result:
    asked = [each.text for each in questions if each.in_scope]
    spent = latency(ranker.best, asked)
    return Result(name, start_up, spent, _score(ranker, questions), _score(ranker, mistyped) if mistyped else None)


def _score(ranker: Ranker, questions: Sequence[Question]) -> Score:
    scope = [each for each in questions if each.in_scope]
    ranked = [(ranker.rank(each.text), each.labels) for each in scope]
    return Score(
        tuple(order[0] in labels for order, labels in ranked),
        tuple(bool(set(order[:FEW]) & set(labels)) for order, labels in ranked),
    )


def _whole(engine: Engine, questions: Sequence[Question], mistyped: Sequence[Question]) -> Whole:
    return Whole(
        evaluate(questions, lambda question: engine.reply(question.text)),
        latency(engine.reply, [each.text for each in questions]),
        evaluate(mistyped, lambda question: engine.reply(question.text)) if mistyped else None,
    )
