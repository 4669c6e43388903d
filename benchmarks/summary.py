"""The whole benchmark as plain data."""

import platform
from dataclasses import asdict, dataclass
from typing import Any

from benchmarks.comparison import Result, Score, Whole
from benchmarks.contestants import OURS, Missing
from bot.evaluation.figures import Report, Share


@dataclass(frozen=True)
class Summary:
    """Everything one run measured."""

    questions: int
    wordings: int
    typos: int
    results: tuple[Result, ...]
    whole: Whole | None
    missing: tuple[Missing, ...]

    @property
    def ours(self) -> Result | None:
        return next((each for each in self.results if each.name == OURS), None)

    def to_json(self) -> dict[str, Any]:
        return {
            "machine": {"python": platform.python_version(), "processor": platform.machine()},
            "questions": self.questions,
            "in_scope": self.results[0].score.right_first.whole if self.results else 0,
            "wordings": self.wordings,
            "typos": self.typos,
            "methods": [self._method(each) for each in self.results],
            "whole_bot": _whole(self.whole) if self.whole else None,
            "missing": [asdict(each) for each in self.missing],
        }

    def _method(self, result: Result) -> dict[str, Any]:
        points = result.score.ahead_of(self.ours.score) if self.ours else None
        return {
            "name": result.name,
            "right_first": share(result.score.right_first),
            "within_three": share(result.score.within_few),
            "ahead_of_ours": {"points": points[0], "margin": points[1]} if points else None,
            "latency_ms": asdict(result.latency),
            "start_up": asdict(result.start_up),
            "mistyped": _mistyped(result.mistyped, result.score) if result.mistyped else None,
        }


def share(given: Share) -> dict[str, Any]:
    return {"percent": given.percent, "part": given.part, "whole": given.whole}


def drop(mistyped: Score, score: Score) -> float:
    """Points lost to the typing errors."""
    return score.ahead_of(mistyped)[0]


def _mistyped(mistyped: Score, score: Score) -> dict[str, Any]:
    return {
        "right_first": share(mistyped.right_first),
        "within_three": share(mistyped.within_few),
        "drop": drop(mistyped, score),
    }


def _whole(whole: Whole) -> dict[str, Any]:
    return {
        "latency_ms": asdict(whole.latency),
        "shares": _shares(whole.report),
        "mistyped": _shares(whole.mistyped) if whole.mistyped else None,
    }


def _shares(report: Report) -> dict[str, Any]:
    return {name: share(each) for name, each in report.shares.items()}
