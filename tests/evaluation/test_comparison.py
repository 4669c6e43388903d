"""What a change has done to the question sets, and which sets are about a pack."""

from pathlib import Path

import pytest

from bot.evaluation.comparison import differences
from bot.evaluation.question_sets import question_files, question_folder
from bot.evaluation.questions import Question
from bot.packaged import packaged
from bot.replies import Reply


def test_a_set_that_can_not_be_read_says_where_and_why(tmp_path: Path) -> None:
    (tmp_path / "bad.jsonl").write_text('{"q": "what"}\n', encoding="utf-8")
    (found,) = question_files(tmp_path)
    assert found.questions == ()
    assert "bad.jsonl:1: each line should read" in found.mistake


def test_a_packs_own_question_sets_come_before_the_programs_which_are_about_its_own_subject(tmp_path: Path) -> None:
    assert question_folder(tmp_path, {"shoes"}) is None
    assert question_files(None) == ()
    known = {
        label for file in question_files(packaged("questions")) for each in file.questions for label in each.labels
    }
    assert question_folder(tmp_path, known) == packaged("questions")
    (tmp_path / "questions").mkdir()
    assert question_folder(tmp_path, {"shoes"}) == tmp_path / "questions"


KNOWN = Reply("answer", "", entry="normal")
WRONG = Reply("answer", "", entry="why")
CHOICES = Reply("choices", "", also=("why", "normal"))
UNKNOWN = Reply("unknown", "")
ALARM = Reply("triage", "", level="emergency", sign="seizure")
LOWER = Reply("triage", "", level="urgent", sign="fever")
CAUTIOUS = Reply("answer", "", entry="normal", caution=True)


@pytest.mark.parametrize(
    ("label", "before", "after", "verdict"),
    [
        ("normal", WRONG, KNOWN, "better"),
        ("normal", KNOWN, CHOICES, "worse"),
        ("normal", WRONG, UNKNOWN, "better"),
        ("normal", KNOWN, CAUTIOUS, "worse"),
        ("normal", KNOWN, ALARM, "worse"),
        ("emergency", LOWER, ALARM, "better"),
        ("emergency", ALARM, CAUTIOUS, "worse"),
        ("emergency", KNOWN, CAUTIOUS, "better"),
        ("none", ALARM, UNKNOWN, "better"),
        ("none", KNOWN, WRONG, "other"),
        ("oos", UNKNOWN, WRONG, "worse"),
        ("smalltalk", KNOWN, Reply("smalltalk", ""), "better"),
    ],
)
def test_a_difference_is_better_or_worse_by_what_it_does_to_a_parent(
    label: str, before: Reply, after: Reply, verdict: str
) -> None:
    question = Question("?", (label,))
    (found,) = differences((question,), {question: before}, {question: after})
    assert found.verdict == verdict
    assert differences((question,), {question: after}, {question: after}) == ()
