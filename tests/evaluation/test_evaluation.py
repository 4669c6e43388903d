"""The figures of an evaluation, worked out by hand, and question files that can't be used."""

from pathlib import Path

import pytest

from bot.evaluation.figures import Question, QuestionsError, Report, Share, evaluate, read_questions
from bot.replies import Reply


def answer(entry: str, *also: str, confidence: float = 0.9) -> Reply:
    return Reply("answer", "", entry=entry, also=also, confidence=confidence)


def choices(*also: str, confidence: float = 0.3) -> Reply:
    return Reply("choices", "", also=also, confidence=confidence)


UNKNOWN = Reply("unknown", "", confidence=0.0)
SMALLTALK = Reply("smalltalk", "")
EMERGENCY = Reply("triage", "", level="emergency")
URGENT = Reply("triage", "", level="urgent")
CRISIS = Reply("triage", "", level="crisis")
CAREFUL = Reply("answer", "", entry="why", caution=True, confidence=0.9)
DOUBTING = Reply("unknown", "", caution=True, confidence=0.0)

# A message, its labels, and what a bot made of it.
ASKED: tuple[tuple[str, tuple[str, ...], Reply], ...] = (
    ("right", ("normal",), answer("normal", "why")),
    ("right by the second label", ("normal", "why"), answer("why", confidence=0.7)),
    ("wrong, but a tap away", ("normal",), answer("why", "normal", confidence=0.5)),
    ("wrong", ("normal",), answer("why", confidence=1.0)),
    ("chosen first", ("why",), choices("why", "normal")),
    ("chosen second", ("why",), choices("normal", "why", confidence=0.2)),
    ("not known", ("why",), UNKNOWN),
    ("an alarm for nothing", ("why",), URGENT),
    ("with a word of care", ("why",), CAREFUL),
    ("outside, told so", ("oos",), UNKNOWN),
    ("outside, answered", ("oos",), answer("normal", confidence=0.65)),
    ("outside, given choices", ("oos",), choices("normal", "why", confidence=0.1)),
    ("outside, taken for a greeting", ("oos",), SMALLTALK),
    ("a greeting", ("smalltalk",), SMALLTALK),
    ("a greeting, not known", ("smalltalk",), UNKNOWN),
    ("an emergency", ("emergency",), EMERGENCY),
    ("an emergency, taken for urgent", ("emergency",), URGENT),
    ("a crisis", ("crisis",), CRISIS),
    ("urgent", ("urgent",), URGENT),
    ("urgent, taken for an emergency", ("urgent",), EMERGENCY),
    ("urgent, answered soothingly", ("urgent",), answer("normal")),
    ("urgent, with a word of care", ("urgent",), DOUBTING),
)

FIGURES = {
    "right first": Share(4, 9),
    "within one tap": Share(6, 9),
    "answered": Share(5, 9),
    "confidently wrong": Share(2, 9),
    "out of scope answered": Share(1, 4),
    "out of scope given choices": Share(1, 4),
    "small talk known": Share(1, 2),
    "emergency, danger reply": Share(2, 2),
    "emergency, or caution": Share(2, 2),
    "crisis, danger reply": Share(1, 1),
    "crisis, or caution": Share(1, 1),
    "urgent, danger reply": Share(2, 4),
    "urgent, or caution": Share(3, 4),
    "danger, right level": Share(3, 5),
    "false alarms": Share(1, 15),
    "false alarms or caution": Share(2, 15),
}


@pytest.fixture(scope="module")
def report() -> Report:
    replies = {text: reply for text, _, reply in ASKED}
    return evaluate((Question(text, labels) for text, labels, _ in ASKED), lambda question: replies[question.text])


@pytest.mark.parametrize(("name", "share"), FIGURES.items())
def test_a_figure_is_as_counted_by_hand(name: str, share: Share, report: Report) -> None:
    assert report.shares[name] == share


def test_there_are_no_other_figures(report: Report) -> None:
    assert set(report.shares) == set(FIGURES)


def test_answers_and_choices_are_sorted_by_their_confidence(report: Report) -> None:
    assert [(each.low, each.high, each.answers, each.right) for each in report.calibration] == [
        (0.0, 0.2, 1, 0),  # outside, given choices
        (0.2, 0.4, 2, 1),  # the two choices
        (0.4, 0.6, 1, 0),  # a tap away
        (0.6, 0.8, 2, 1),  # by the second label; outside, answered
        (0.8, 1.0, 4, 2),  # right, wrong (sure of it), with a word of care, answered soothingly
    ]
    assert [each.mean for each in report.calibration] == [0.1, 0.25, 0.5, 0.675, 0.925]


def test_the_worst_confusions_are_named_with_their_messages(report: Report) -> None:
    assert report.confusions[0] == ("normal", "why", 2, ("wrong, but a tap away", "wrong"))
    named = {message for *_, messages in report.confusions for message in messages}
    assert {"urgent, answered soothingly", "urgent, with a word of care", "an alarm for nothing"} <= named
    assert not named & {
        "right",
        "urgent, taken for an emergency",
        "an emergency, taken for urgent",
        "outside, taken for a greeting",
        "chosen first",
    }


def test_the_report_is_plain_data(report: Report) -> None:
    plain = report.to_json()
    assert plain["shares"]["right first"] == {"percent": 44.4, "part": 4, "whole": 9, "margin": (18.9, 73.3)}
    assert plain["confusions"][0]["messages"] == ["wrong, but a tap away", "wrong"]


def test_a_share_of_nothing_has_no_percentage() -> None:
    report = evaluate([Question("hi", ("smalltalk",))], lambda _: SMALLTALK)
    assert report.shares["right first"].percent is None
    assert report.shares["small talk known"].percent == 100.0


@pytest.mark.parametrize(
    ("share", "margin"),
    [(Share(0, 0), None), (Share(0, 100), (0.0, 3.7)), (Share(50, 100), (40.4, 59.6)), (Share(97, 100), (91.5, 99.0))],
)
def test_a_share_says_how_far_it_can_be_trusted(share: Share, margin: tuple[float, float] | None) -> None:
    """Wilson's interval, as tables of it give it."""
    assert share.margin == margin


def test_questions_are_read_from_lines_of_json(tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    lines = [
        '\ufeff{"q": "is it normal", "labels": ["normal"], "kind": "plain"}',
        "",
        '{"q": "a\u2028b\u0085c", "labels": ["why", "normal"]}\r',
        '{"q": "", "labels": ["oos"]}',
    ]
    path.write_text("\n".join(lines), encoding="utf-8", newline="")
    assert read_questions(path) == (
        Question("is it normal", ("normal",), "plain"),
        Question("a\u2028b\u0085c", ("why", "normal")),
        Question("", ("oos",)),
    )


WANTED = (
    '{"q": "the message", "labels": ["an entry id, or oos, smalltalk, emergency, crisis, urgent"]} or, for danger, '
    '{"q": "the message", "label": "emergency, crisis, urgent or none", "kind": "danger, trap, ordinary ..."}'
)
BAD_LINES = (
    "is it normal",
    '{"q": "is it normal"}',
    '{"labels": ["normal"]}',
    '{"q": "is it normal", "labels": []}',
    '{"q": "is it normal", "labels": "normal"}',
    '{"q": "is it normal", "labels": [1]}',
    '{"q": 1, "labels": ["normal"]}',
    '["is it normal", "normal"]',
    "42",
    "null",
    '{"q": "he is blue", "label": "emergancy", "kind": "danger"}',
    '{"q": "he is blue", "label": ["emergency"], "kind": "danger"}',
    '{"q": "he is blue", "label": "emergency"}',
    '{"q": "he is blue", "label": "emergency", "kind": 1}',
)

DANGER: tuple[tuple[str, str, str, Reply], ...] = (
    ("not breathing", "emergency", "danger", EMERGENCY),
    ("blue", "emergency", "danger", URGENT),
    ("limping", "urgent", "danger", answer("normal")),
    ("green sick", "urgent", "danger", EMERGENCY),
    ("a fit of laughter", "none", "trap", EMERGENCY),
    ("blue eyes", "none", "trap", UNKNOWN),
    ("which mat", "none", "ordinary", answer("floor")),
    ("hello", "none", "ordinary", SMALLTALK),
    ("socks", "none", "ordinary", URGENT),
)


@pytest.fixture(scope="module")
def danger() -> Report:
    replies = {text: reply for text, *_, reply in DANGER}
    return evaluate(
        (Question(text, (label,), kind) for text, label, kind, _ in DANGER), lambda question: replies[question.text]
    )


def test_danger_files_tell_traps_from_ordinary_messages(danger: Report) -> None:
    assert danger.shares["emergency, danger reply"] == Share(2, 2)
    assert danger.shares["urgent, danger reply"] == Share(1, 2)
    assert danger.shares["danger, right level"] == Share(1, 3)
    assert danger.shares["false alarms"] == Share(2, 5)
    assert danger.shares["false alarms, trap"] == Share(1, 2)
    assert danger.shares["false alarms, ordinary"] == Share(1, 3)
    assert danger.shares["right first"] == Share(0, 0)  # "none" says nothing of what answers it
    assert sum(each.answers for each in danger.calibration) == 1  # what was answered instead of alarmed


def test_missed_danger_and_false_alarms_are_listed_word_for_word(danger: Report) -> None:
    assert danger.wrong_to_json() == {
        "misses": [
            {"label": "urgent", "got": "normal", "text": "limping"},
        ],
        "false_alarms": [
            {"label": "trap", "got": "emergency", "text": "a fit of laughter"},
            {"label": "ordinary", "got": "urgent", "text": "socks"},
        ],
    }


def test_questions_about_danger_are_read_with_their_kind(tmp_path: Path) -> None:
    path = tmp_path / "danger.jsonl"
    lines = [
        '{"q": "he is blue", "label": "emergency", "sign": "blue", "kind": "danger"}',
        '{"q": "blue socks", "label": "none", "sign": "blue", "kind": "trap", "lang": "en"}',
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    first, second = read_questions(path)
    assert (first, first.is_danger) == (Question("he is blue", ("emergency",), "danger"), True)
    assert (second, second.is_danger, second.in_scope) == (
        Question("blue socks", ("none",), "trap"),
        False,
        False,
    )


@pytest.mark.parametrize("line", BAD_LINES)
def test_a_line_that_is_no_question_is_told_with_its_number(line: str, tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text(f'{{"q": "hi", "labels": ["smalltalk"]}}\n\n{line}\n', encoding="utf-8")
    with pytest.raises(QuestionsError) as told:
        read_questions(path)
    assert str(told.value) == f"{path}:3: each line should read {WANTED}"


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(QuestionsError, match="none: can't be read: No such file"):
        read_questions(tmp_path / "none")
    (tmp_path / "latin").write_bytes("Größe".encode("latin-1"))
    with pytest.raises(QuestionsError, match="latin: this is not UTF-8"):
        read_questions(tmp_path / "latin")
    (tmp_path / "empty").write_text("\n\n")
    with pytest.raises(QuestionsError, match="empty: holds no questions"):
        read_questions(tmp_path / "empty")
