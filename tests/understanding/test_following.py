"""A message is read in the light of the answer before it where it is unclear; what is clear, and danger, is not."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content import Content
from bot.understanding import Understanding
from bot.understanding.examples import OUTSIDE, SMALLTALK
from bot.understanding.following import CERTAIN_TALK, DOUBTED, ELSEWHERE, RIVAL, TALK, FollowUps
from bot.understanding.meaning import Match, Meaning

AFTER = "rocking"
# What names no subject of its own, and is then about the answer before it.
LEANS = ("is that bad?", "why?", "what about girls?", "and how long does that last?", "since when?")
CLEAR = {
    "is it a sign of autism?": "autism",
    "is it normal to crawl backwards": "normal",
    "are baby walkers dangerous": "walkers",
    "my baby sits in a w, is that harmful": "w-sitting",
    "why does my baby crawl backwards instead of forwards": "why",
}
DANGER = (
    "he is not breathing",
    "she fell and is unconscious",
    "is it bad that he is turning blue",
    "I want to hurt my baby",
    "he has a seizure",
)
OTHER = (
    "what's the weather",
    "what is the capital of peru",
    "tell me a joke about cats",
    "which car seat should I buy",
)


@pytest.fixture(scope="module")
def follow_ups(content: Content) -> FollowUps:
    return FollowUps.of(content)


def swayed(
    follow_ups: FollowUps, best: float, words: tuple[str, ...], first: str = "walkers", **others: float
) -> Meaning | None:
    """What becomes of a message whose likeliest answer has this chance; None where it stays as it is."""
    ranked = (Match(first, best), Match(AFTER, 0.01), Match("hips", 0.001))
    meaning = Meaning(decision="unknown", ranked=ranked, confidence=best)
    chances = {each.id: each.chance for each in ranked} | {
        OUTSIDE if name == "outside" else SMALLTALK + name: chance for name, chance in others.items()
    }
    found = follow_ups.swayed(meaning, chances, words, AFTER)
    return None if found is meaning else found


# --- With the project's own content
@pytest.mark.parametrize("text", LEANS)
def test_what_names_no_subject_is_about_the_answer_before_it(text: str, understanding: Understanding) -> None:
    meaning = understanding.meaning(text, AFTER)
    assert (meaning.decision, meaning.ranked[0].id, meaning.follows) == ("answer", AFTER, True)
    assert not understanding.meaning(text).follows


@pytest.mark.parametrize("text", ["is that bad?", "what about girls?"])
@pytest.mark.parametrize("after", ["normal", "why", "how-long", "tiptoes", "w-sitting", "bottom-shuffling"])
def test_it_is_about_whichever_answer_came_before(text: str, after: str, understanding: Understanding) -> None:
    assert understanding.meaning(text, after).ranked[0].id == after


@pytest.mark.parametrize(("after", "text", "found"), [
    ("normal", "and how long does that last?", "how-long"), ("normal", "why?", "why"), ("how-long", "why?", "why"),
])  # fmt: skip
def test_what_naturally_comes_after_an_answer_is_answered_itself(
    after: str, text: str, found: str, understanding: Understanding
) -> None:
    meaning = understanding.meaning(text, after)
    assert (meaning.decision, meaning.ranked[0].id, meaning.follows) == ("answer", found, False)


@pytest.mark.parametrize(("text", "found"), CLEAR.items())
@pytest.mark.parametrize("after", ["normal", AFTER, "tiptoes", "falls"])
def test_a_clear_new_question_is_not_swayed(text: str, found: str, after: str, understanding: Understanding) -> None:
    meaning = understanding.meaning(text, after)
    assert meaning == understanding.meaning(text)
    assert (meaning.decision, meaning.ranked[0].id) == ("answer", found)


@pytest.mark.parametrize("text", OTHER)
def test_another_subject_is_not_swayed(text: str, understanding: Understanding) -> None:
    assert understanding.meaning(text, AFTER).decision == "unknown"
    assert not understanding.meaning(text, AFTER).follows


@pytest.mark.parametrize("text", ["thanks", "hi", "thank you so much", "bye"])
def test_small_talk_stays_small_talk(text: str, understanding: Understanding) -> None:
    assert understanding.meaning(text, AFTER) == understanding.meaning(text)
    assert understanding.meaning(text, AFTER).decision == "smalltalk"


@pytest.mark.parametrize("text", DANGER)
@pytest.mark.parametrize("after", ["normal", AFTER])
def test_danger_is_not_swayed(text: str, after: str, understanding: Understanding) -> None:
    meaning = understanding.meaning(text, after)
    assert meaning == understanding.meaning(text)
    assert meaning.finding.is_any
    assert not meaning.follows


@pytest.mark.parametrize("text", [*LEANS, *CLEAR, *OTHER])
def test_what_danger_is_found_does_not_hang_on_what_came_before(text: str, understanding: Understanding) -> None:
    assert understanding.meaning(text, AFTER).finding == understanding.meaning(text).finding


@pytest.mark.parametrize("after", ["", "gone", "NORMAL", "\ud800"])
def test_an_answer_that_is_gone_sways_nothing(after: str, understanding: Understanding) -> None:
    for text in LEANS:
        assert understanding.meaning(text, after) == understanding.meaning(text)


@pytest.mark.parametrize("text", ["", "  ", "?", "8", "38.5", "👶", "\x00", "qwxz vbnm plok", "x" * 3000])
def test_whatever_is_no_question_is_none_after_an_answer_either(text: str, understanding: Understanding) -> None:
    meaning = understanding.meaning(text, AFTER)
    assert not meaning.failed
    assert (meaning.blank, meaning.number, meaning.strange) == (
        (plain := understanding.meaning(text)).blank, plain.number, plain.strange,
    )  # fmt: skip


def test_the_answer_is_first_once_and_others_are_offered(understanding: Understanding) -> None:
    meaning = understanding.meaning("is that bad?", AFTER)
    ids = [match.id for match in meaning.ranked]
    assert ids[0] == AFTER
    assert len(ids) == len(set(ids))
    assert AFTER not in meaning.near
    assert meaning.smalltalk is None


# --- The rules by themselves
def test_each_answer_is_related_to_those_that_are_related_to_it(follow_ups: FollowUps, content: Content) -> None:
    for entry in content.entries:
        for other in entry.related:
            assert other in follow_ups.related[entry.id]
            assert entry.id in follow_ups.related[other]


def test_a_former_name_of_an_answer_is_related_as_the_answer_is(content: Content) -> None:
    first, second = content.entries[:2]
    renamed = replace(
        content,
        entries=(first.model_copy(update={"aliases": ("old",)}), second.model_copy(update={"related": ("old",)})),
    )
    assert second.id in FollowUps.of(renamed).related[first.id]


def test_what_leans_goes_to_the_answer_before_it_however_likely_another_is(follow_ups: FollowUps) -> None:
    for best in (0.0, 0.3, 0.99):
        found = swayed(follow_ups, best, ("is", "that", "bad"))
        assert found is not None
        assert (found.decision, found.ranked[0].id, found.follows) == ("answer", AFTER, True)


def test_what_leans_stays_where_its_answer_is_clear_and_related(follow_ups: FollowUps) -> None:
    related = next(iter(follow_ups.related[AFTER]))
    assert swayed(follow_ups, 0.99, ("why",), first=related) is None
    assert swayed(follow_ups, 0.2, ("why",), first=related) is not None


def test_what_names_a_subject_is_swayed_only_where_no_answer_is_likely(follow_ups: FollowUps) -> None:
    words = ("is", "the", "zebra", "bad")
    assert swayed(follow_ups, follow_ups.thresholds.answer, words) is None
    assert swayed(follow_ups, 0.99, words) is None
    faint = swayed(follow_ups, RIVAL - 0.01, words)
    assert faint is not None
    assert (faint.decision, faint.follows) == ("answer", True)
    if follow_ups.thresholds.answer > RIVAL:
        rival = swayed(follow_ups, RIVAL, words)
        assert rival is not None
        assert (rival.decision, rival.ranked[0].id, rival.follows) == ("choices", AFTER, False)
        assert "walkers" in rival.near


@pytest.mark.parametrize(
    ("outside", "decision"),
    [
        (0.0, "answer"),
        (DOUBTED - 0.01, "answer"),
        (DOUBTED, "choices"),
        (ELSEWHERE - 0.01, "choices"),
        (ELSEWHERE, None),
        (1.0, None),
    ],
)
def test_the_likelier_another_subject_is_the_less_is_said_of_the_answer_before(
    outside: float, decision: str | None, follow_ups: FollowUps
) -> None:
    found = swayed(follow_ups, 0.1, ("a", "zebra"), outside=outside)
    assert (found and found.decision) == decision


def test_certain_small_talk_stays(follow_ups: FollowUps) -> None:
    leaning, subject = ("who", "are", "you"), ("who", "made", "zebras")
    assert swayed(follow_ups, 0.1, leaning, who=CERTAIN_TALK) is None
    assert swayed(follow_ups, 0.1, leaning, who=CERTAIN_TALK - 0.01, hello=0.2) is not None
    assert swayed(follow_ups, 0.1, subject, who=TALK / 2, hello=TALK / 2) is None


def test_numbers_and_signs_name_no_subject(follow_ups: FollowUps) -> None:
    found = swayed(follow_ups, 0.9, ("and", "at", "11", "months", "?"))
    assert found is not None
    assert found.ranked[0].id == AFTER


@given(
    best=st.floats(0, 1),
    outside=st.floats(0, 1),
    talk=st.floats(0, 1),
    words=st.lists(st.sampled_from(["is", "that", "zebra", "11", "?"]), max_size=4).map(tuple),
    after=st.sampled_from([AFTER, "gone", "walkers", "hips"]),
)
def test_whatever_the_chances_are_it_ends_in_a_sound_meaning(
    best: float, outside: float, talk: float, words: tuple[str, ...], after: str, follow_ups: FollowUps
) -> None:
    ranked = (Match("walkers", best), Match(AFTER, 0.01))
    meaning = Meaning(ranked=ranked)
    found = follow_ups.swayed(meaning, {"walkers": best, OUTSIDE: outside, f"{SMALLTALK}hello": talk}, words, after)
    if found is meaning:
        return
    assert found.decision in ("answer", "choices")
    assert found.ranked[0].id == after
    assert found.follows == (found.decision == "answer")
    assert len({match.id for match in found.ranked}) == len(found.ranked)
    assert after not in found.near


def test_with_nothing_to_answer_nothing_is_swayed(follow_ups: FollowUps) -> None:
    meaning = Meaning()
    assert follow_ups.swayed(meaning, {}, ("why",), AFTER) is meaning
