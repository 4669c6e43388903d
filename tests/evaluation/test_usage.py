"""Rows of counts to the figures that whoever runs the bot reads."""

import datetime

import pytest

from bot.evaluation.usage import COLUMNS, EntryUsage, PairUsage, Usage, last_days, usage_of
from bot.store import Counted, DailyCount, DailyVotes

SATURDAY = datetime.date(2026, 11, 28)


def counted(*counts: tuple[str, str, int], votes: tuple[DailyVotes, ...] = ()) -> Counted:
    return Counted(SATURDAY, tuple(DailyCount(*each) for each in counts), votes)


def test_questions_are_told_by_what_they_got_day_by_day_without_gaps() -> None:
    usage = last_days(
        counted(
            ("2026-11-26", "question:answer", 7),
            ("2026-11-26", "question:smalltalk", 1),
            ("2026-11-26", "people", 5),
            ("2026-11-28", "question:danger", 1),
            ("2026-11-28", "question:choices", 2),
            ("2026-11-28", "question:unknown", 1),
            votes=(DailyVotes("2026-11-28", "normal", True, 3), DailyVotes("2026-11-28", "why", False, 1)),
        ),
        28,
    )
    assert usage.to_json()["days"] == [
        {"day": "2026-11-26", "questions": 8, "answered": 7, "choices": 0, "unknown": 0, "danger": 0, "helpful": 0, "unhelpful": 0},
        {"day": "2026-11-27", "questions": 0, "answered": 0, "choices": 0, "unknown": 0, "danger": 0, "helpful": 0, "unhelpful": 0},
        {"day": "2026-11-28", "questions": 4, "answered": 0, "choices": 2, "unknown": 1, "danger": 1, "helpful": 3, "unhelpful": 1},
    ]  # fmt: skip
    assert [each.people for each in usage.days] == [5, 0, 0]
    assert usage.days[0].share("answer").percent == 87.5
    assert (usage.total.questions, usage.total.number("answer"), usage.total.helpful) == (12, 7, 3)


def test_a_day_outside_counts_for_its_week_alone() -> None:
    found = counted(
        ("2026-11-16", "people_week", 9),
        ("2026-11-16", "question:answer", 1),
        ("2026-11-22", "question:answer", 2),
        ("2026-11-23", "people_week", 4),
        ("2026-11-23", "question:unknown", 3),
    )
    usage = usage_of(found, datetime.date(2026, 11, 22), SATURDAY)
    assert [(each.day.isoformat(), each.people, each.questions) for each in usage.weeks] == [
        ("2026-11-16", 9, 3), ("2026-11-23", 4, 3),
    ]  # fmt: skip
    assert usage.total.questions == 5
    last_week = usage_of(found, datetime.date(2026, 11, 16), datetime.date(2026, 11, 22))
    assert [each.questions for each in last_week.weeks] == [3]


def test_two_votes_crown_nobody() -> None:
    two, many = EntryUsage("two", 2, helpful=2), EntryUsage("many", 200, helpful=180, unhelpful=20)
    assert two.margin == (0.342, 1.0)
    assert many.margin == (0.851, 0.934)
    assert EntryUsage("none", 50).margin == (0.0, 1.0)
    assert two.to_json() == {"entry": "two", "shown": 2, "helpful": 2, "unhelpful": 0, "low": 0.342, "high": 1.0}


def test_entries_come_most_shown_first_and_votes_alone_are_told_too() -> None:
    votes = (
        DailyVotes("2026-11-27", "why", True, 2),
        DailyVotes("2026-11-28", "why", False, 1),
        DailyVotes("2026-11-28", "old", True, 1),
    )
    usage = last_days(counted(("2026-11-28", "shown:normal", 3), ("2026-11-28", "shown:why", 9), votes=votes), 7)
    assert usage.entries == (EntryUsage("why", 9, 2, 1), EntryUsage("normal", 3), EntryUsage("old", 0, 1))


def test_danger_and_false_alarms_are_told_by_sign() -> None:
    usage = last_days(
        counted(
            ("2026-11-28", "danger:emergency/choking", 2),
            ("2026-11-27", "danger:urgent/choking", 1),
            ("2026-11-28", "danger:urgent/fever", 1),
            ("2026-11-28", "not_meant:choking", 1),
            ("2026-11-28", "not_meant:-", 4),
        ),
        7,
    )
    assert [(each.sign, dict(each.levels), each.not_meant) for each in usage.signs] == [
        ("choking", {"emergency": 2, "crisis": 0, "urgent": 1}, 1),
        ("fever", {"emergency": 0, "crisis": 0, "urgent": 1}, 0),
        ("-", {"emergency": 0, "crisis": 0, "urgent": 0}, 4),
    ]
    assert usage.total.not_meant == 5


def test_pairs_are_told_with_what_was_tapped() -> None:
    usage = last_days(
        counted(
            ("2026-11-28", "offered:normal/why", 9),
            ("2026-11-28", "tapped:normal/why/normal", 1),
            ("2026-11-28", "tapped:normal/why/why", 4),
            ("2026-11-28", "tapped:normal/why/+", 2),
            ("2026-11-28", "tapped:normal/why/-", 1),
            ("2026-11-28", "offered:hips/why", 10),
        ),
        7,
    )
    assert usage.pairs == (
        PairUsage(("hips", "why"), 10),
        PairUsage(("normal", "why"), 9, first=1, second=4, other=2, none=1),
    )


def test_hours_are_twenty_four_and_nothing_at_all_is_no_days() -> None:
    usage = last_days(
        counted(("2026-11-28", "hour:00", 1), ("2026-11-27", "hour:23", 2), ("2026-11-28", "hour:23", 3)), 7
    )
    assert usage.hours == (1, *[0] * 22, 5)
    assert last_days(counted(), 7) == Usage()
    assert Usage().total.questions == 0


@pytest.mark.parametrize("name", ["menu:menu", "answer:normal", "shown", "tapped", "text:text"])
def test_names_of_older_versions_are_passed_over(name: str) -> None:
    assert last_days(counted(("2026-11-28", name, 1)), 7).entries == ()


def test_a_line_of_the_table_has_every_column() -> None:
    (day,) = last_days(counted(("2026-11-28", "page", 1)), 7).days
    assert set(day.more_to_json()) == set(COLUMNS)
