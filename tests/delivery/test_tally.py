"""The counting itself: what is lost, what is said twice, and what excuses that."""

import pytest

from bot.preview.ledger import Asked, Called, Ledger
from tests.delivery.tally import Expected, Tally, count, learnt

PERSON = 7
EXPECTED = Expected({"why?": "Because.", "when?": "Soon."}, "Hello.")


def asked(text: str, at: float = 0.0, person: int = PERSON) -> Asked:
    return Asked(at, at, person, 1, text, "message")


def said(text: str, at: float, code: int | None = 200, done: bool = True, person: int = PERSON) -> Called:
    return Called(at, "sendMessage", person, 1, f"{text}\n\nMore.", code, done)


def tally(called: list[Called], *questions: str, kills: tuple[float, ...] = ()) -> Tally:
    ledger = Ledger([asked(each) for each in questions], called)
    return count(ledger, EXPECTED, [PERSON], kills)


def test_everything_answered_once_leaves_nothing_to_complain_of() -> None:
    found = tally([said("Hello.", 1), said("Because.", 1), said("Soon.", 2)], "why?", "when?")
    assert (found.asked, found.answered, found.lost, found.doubled) == (2, 2, [], [])
    assert (found.not_greeted, found.greeted_again, found.strange) == (0, 0, [])
    assert found.waits == [1, 2]


def test_what_was_refused_or_never_came_is_lost() -> None:
    found = tally([said("Hello.", 1), said("Because.", 1, code=429, done=False)], "why?", "when?")
    assert sorted(found.lost) == [(PERSON, "Because."), (PERSON, "Soon.")]
    assert found.answered == 0


def test_one_answer_too_many_does_not_make_up_for_another_that_is_missing() -> None:
    found = tally([said("Hello.", 1), said("Because.", 1), said("Because.", 9)], "why?", "when?")
    assert found.lost == [(PERSON, "Soon.")]
    assert found.doubled == [(PERSON, "Because.")]


@pytest.mark.parametrize(
    ("kill", "excused"),
    [(4.9, True), (5.6, True), (4.0, False), (7.5, False), (9.5, False)],
    ids=["under way", "not noted yet", "long before", "long after it could be noted", "after both"],
)
def test_a_kill_excuses_only_what_was_said_right_before_it(kill: float, excused: bool) -> None:
    found = tally([said("Hello.", 1), said("Because.", 5), said("Because.", 9)], "why?", kills=(kill,))
    assert (found.doubled_by_kill, found.doubled == []) == (int(excused), excused)


def test_an_answer_that_telegram_never_confirmed_may_come_again() -> None:
    found = tally([said("Hello.", 1), said("Because.", 5, code=None), said("Because.", 9)], "why?")
    assert (found.doubled_unheard, found.doubled) == (1, [])


def test_the_same_question_asked_twice_wants_two_answers() -> None:
    found = tally([said("Hello.", 1), said("Because.", 2)], "why?", "why?")
    assert found.lost == [(PERSON, "Because.")]


def test_greetings_and_what_nobody_asked_for_are_counted_apart() -> None:
    found = tally([said("Hello.", 1), said("Hello.", 2), said("Sorry.", 3), said("Because.", 4)], "why?")
    assert (found.greeted_again, found.strange, found.lost) == (1, ["Sorry."], [])
    assert tally([said("Because.", 4)], "why?").not_greeted == 1
    killed = tally([said("Hello.", 1), said("Hello.", 9), said("Because.", 9)], "why?", kills=(5,))
    assert (killed.greeted_again, killed.greeted_again_after_kill) == (0, 1)


def test_what_the_bot_says_is_learnt_from_people_who_ask_once() -> None:
    lines = [said("Hello.", 1, person=1), said("Because.", 2, person=1)]
    lines += [said("Hello.", 1, person=2), said("Soon.", 2, person=2)]
    assert learnt(Ledger((), tuple(lines)), {1: "why?", 2: "when?"}) == EXPECTED
