"""What a message is taken to mean, by the real content."""

import pytest

from bot.content import Content
from bot.language import Understanding
from bot.language.triage import Triage


@pytest.mark.parametrize(
    ("said", "entry"),
    [
        ("she moonwalks away from the ball, is that alright?", "normal"),
        ("what on earth makes them reverse first", "why"),
        ("lovely day at the park. nan came too. anyway when will he switch to going forwards", "how-long"),
        ("stair gate top or bottom", "safety"),
        ("wlaking bakwards at 20 mnths, concernd", "walking-backward-worry"),
        ("born at 30 weeks, do i use corrected age", "premature"),
    ],
)
def test_parents_words_find_their_entry(understanding: Understanding, said: str, entry: str) -> None:
    meaning = understanding.meaning(said)
    assert meaning.decision == "answer"
    assert meaning.ranked[0].id == entry


@pytest.mark.parametrize(
    "said", ["what is the capital of france", "my baby keeps waking at 3am", "reverse a list in python"]
)
def test_what_no_entry_answers_is_not_answered(understanding: Understanding, said: str) -> None:
    assert understanding.meaning(said).decision in ("unknown", "smalltalk")


def test_of_two_worries_the_more_serious_is_answered_and_the_other_is_the_first_button(
    understanding: Understanding,
) -> None:
    meaning = understanding.meaning(
        "Which socks should he wear on a wooden floor? And is going backwards a sign of autism?"
    )
    assert meaning.ranked[0].id == "autism"
    assert meaning.near[0] == "floor-and-clothes"


def test_the_age_said_breaks_ties(understanding: Understanding) -> None:
    said = "going backwards all the time, should i worry"
    young = understanding.meaning(f"7 months, {said}")
    older = understanding.meaning(f"20 months, walking, {said}")
    assert young.ranked[0].id == "normal"
    assert older.ranked[0].id == "walking-backward-worry"
    assert older.age is not None
    assert older.age.months == 20


def test_the_same_message_always_means_the_same(understanding: Understanding) -> None:
    said = "he only goes in reverse, eight months"
    assert understanding.meaning(said) == understanding.meaning(said)


@pytest.mark.parametrize("said", ["", "   ", "!!!", "🙂🙂", "​"])
def test_a_message_without_a_word_is_blank(understanding: Understanding, said: str) -> None:
    assert understanding.meaning(said).blank


def test_a_danger_check_that_breaks_is_taken_for_danger(
    understanding: Understanding, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(Triage, "find", broken)
    assert understanding.meaning("is it normal to go backwards").failed


@pytest.mark.parametrize(
    ("said", "level"),
    [
        (
            "I feel nothing when I look at her and I keep wondering if everyone is better off with me gone",
            "crisis",
        ),
        ("little man went all grey and limp in my arms and i cant get him to look at me", "emergency"),
        ("i want to go to sleep and never wake up", "crisis"),
        ("i want to know why he will not wake up", "emergency"),
        ("since tuesday she holds that arm against her tummy and wont reach with it any more", "urgent"),
    ],
)
def test_danger_in_words_of_its_own_is_seen(understanding: Understanding, said: str, level: str) -> None:
    assert understanding.meaning(said).finding.level == level


def test_every_wording_of_the_content_that_is_harmless_raises_no_alarm_but_for_a_few(
    understanding: Understanding, content: Content
) -> None:
    """One wording in ten of what parents ask; a false alarm is not harmless, so few are let pass."""
    said = [text for entry in content.entries for text in entry.phrasings[::10]]
    alarms = [text for text in said if understanding.meaning(text).finding.level in ("emergency", "crisis", "urgent")]
    assert len(alarms) <= len(said) // 100, alarms
