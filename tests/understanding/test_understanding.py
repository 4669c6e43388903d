"""What a message is taken to mean, by the real content."""

import pytest

from bot.content import Content
from bot.understanding import Understanding


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


def test_two_questions_in_one_message_are_both_within_a_tap(understanding: Understanding) -> None:
    meaning = understanding.meaning(
        "Which socks should he wear on a wooden floor? And is going backwards a sign of autism?"
    )
    assert {"autism", "floor-and-clothes"} <= {meaning.ranked[0].id, *meaning.near}


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


@pytest.mark.parametrize("each", [40, pytest.param(5, marks=pytest.mark.long)])
def test_every_wording_of_the_content_that_is_harmless_raises_no_alarm_but_for_a_few(
    understanding: Understanding, content: Content, each: int
) -> None:
    """One in so many of what parents ask; a false alarm is not harmless, so few are let pass."""
    said = [text for entry in content.entries for text in entry.phrasings[::each]]
    assert len(said) > 300
    alarms = [text for text in said if understanding.meaning(text).finding.level in ("emergency", "crisis", "urgent")]
    assert len(alarms) <= 0.015 * len(said), alarms


@pytest.mark.parametrize(
    "said",
    [
        "no fever",
        "he is breathing fine",
        "no seizure",
        "idk",
        "quit",
        "exit",
        "stop",
        "ok",
        "she woke up fine and laughs",
    ],
)
def test_denials_and_everyday_words_raise_no_alarm(understanding: Understanding, said: str) -> None:
    assert understanding.meaning(said).finding.level is None


@pytest.mark.parametrize("cry", ["help!", "HELP", "urgent!!", "SOS", "hurry", "please hurry", "emergency"])
def test_a_cry_for_help_is_heard_as_one_and_never_as_small_talk(understanding: Understanding, cry: str) -> None:
    meaning = understanding.meaning(cry)
    assert meaning.finding.cry or meaning.finding.level is not None
    assert meaning.finding.level in (None, "emergency")


@pytest.mark.parametrize(
    "said",
    ["how does choking first aid work", "when should i call an ambulance for a baby", "what does a seizure look like"],
)
def test_danger_asked_about_in_general_is_no_alarm(understanding: Understanding, said: str) -> None:
    finding = understanding.meaning(said).finding
    assert finding.general
    assert finding.level is None


@pytest.mark.parametrize("said", ["38.5", "230", "38,5 °C", " 7 ", "8.5 kg", "10/12"])
def test_a_number_alone_is_asked_about(understanding: Understanding, said: str) -> None:
    meaning = understanding.meaning(said)
    assert meaning.number
    assert meaning.finding.level is None


@pytest.mark.parametrize(
    "said",
    [
        "Hur länge kryper barn vanligtvis baklänges",
        "Vauva konttaa vain taaksepäin, onko se normaalia",
        "A babám csak hátrafelé kúszik, ez rendben van",
    ],
)
def test_a_language_that_is_not_known_is_neither_answered_nor_small_talk(
    understanding: Understanding, said: str
) -> None:
    meaning = understanding.meaning(said)
    assert meaning.strange
    assert meaning.decision == "unknown"


@pytest.mark.parametrize("said", ["no respira!!", "мой ребёнок не дышит, no respira", "bebe respire plus"])
def test_plain_danger_in_another_language_is_danger_all_the_same(understanding: Understanding, said: str) -> None:
    assert understanding.meaning(said).finding.level == "emergency"


@pytest.mark.parametrize(
    ("said", "level"),
    [("my 8 week old has a temperature of 38.4", "emergency"), ("14 months, 39.4 since noon, very drowsy", "urgent")],
)
def test_age_tells_a_newborns_fever_from_an_older_childs(understanding: Understanding, said: str, level: str) -> None:
    assert understanding.meaning(said).finding.level == level


def test_a_long_story_is_read_to_its_end(understanding: Understanding) -> None:
    story = "We had a lovely day at the park with nan and the dog and he ate a whole banana and laughed. " * 30
    assert understanding.meaning(story).finding.level is None
    assert understanding.meaning(story + "Now he has gone blue and he is not breathing.").finding.level == "emergency"
