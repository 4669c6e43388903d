"""Floors under what the bot gets right, and a ceiling over what it gets wrong, on questions held back from it.

The authors of these questions saw none of the wordings that the bot learns from. The figures are a little below
what was measured when they were set, so that a change of wording may cost a question or two, and not ten.
"""

from pathlib import Path

import pytest

from bot.evaluation.figures import Report, evaluate, read_questions
from bot.replies import Speaker

QUESTIONS = Path(__file__).parent / "questions"
FLOORS = {
    "right first": 93,
    "within one tap": 97,
    "small talk known": 75,
    "emergency, danger reply": 94,
    "crisis, danger reply": 91,
    "urgent, danger reply": 85,
}
CEILINGS = {"confidently wrong": 4, "out of scope answered": 5, "false alarms": 2}


@pytest.fixture(scope="module", params=["held-back-a", "held-back-b"])
def report(request: pytest.FixtureRequest, speaker: Speaker) -> Report:
    return evaluate(
        read_questions(QUESTIONS / f"{request.param}.jsonl"), lambda question: speaker.to_text(question.text)
    )


@pytest.mark.parametrize("measure", FLOORS)
def test_enough_is_right(report: Report, measure: str) -> None:
    assert (report.shares[measure].percent or 0) >= FLOORS[measure]


@pytest.mark.parametrize("measure", CEILINGS)
def test_little_is_wrong(report: Report, measure: str) -> None:
    assert (report.shares[measure].percent or 0) <= CEILINGS[measure]


def test_confidence_means_something(report: Report) -> None:
    """Of what is given at 0.8 and above, at least 85 in a hundred is right; overall it claims too little, not much."""
    top = report.calibration[-1]
    assert top.right / top.answers >= 0.85
    given = sum(each.answers for each in report.calibration)
    claimed = sum(each.mean * each.answers for each in report.calibration)
    right = sum(each.right for each in report.calibration)
    assert -0.05 <= (right - claimed) / given <= 0.1
