"""No text grows past what Telegram lets anyone write, and none costs much more than a long ordinary one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.worst import worst
from bot.understanding import Understanding
from bot.understanding.encoder import MOST_WINDOWS
from bot.understanding.text import LONGEST
from tests.english import find_age, normalise
from tests.work import work

GROWING = ("\ufdfa", "\ufdfb", "ﬃ", "½", "ß", "İ", "u ", "isn't ", "he'll ", "æ", "e\u0301", "㌔", "1½")
STORY = "My son is nine months old and he goes backwards when he wants to come to me. Is it all right? " * 43
MOST = 5.0  # times the work of a long ordinary story


@pytest.mark.parametrize("sign", GROWING)
def test_what_grows_is_cut_again(sign: str) -> None:
    assert len(normalise((sign * LONGEST)[:LONGEST])) <= LONGEST


@given(st.text(st.characters(), max_size=LONGEST))
def test_no_text_is_longer_than_a_message_once_it_is_normalised(text: str) -> None:
    assert len(normalise(text)) <= LONGEST


@pytest.mark.long
def test_the_worst_texts_found_are_bounded_work(understanding: Understanding) -> None:
    """The budget in processor time is measured by the benchmark; here the calls are counted, without its help."""
    understanding.load()
    understanding.meaning("طفلي يزحف إلى الخلف فقط")  # and what was learnt of the language
    understanding.meaning(STORY[:LONGEST])
    usual = work(lambda: understanding.meaning(STORY[:LONGEST]))
    costs = {name: work(lambda text=text: understanding.meaning(text)) / usual for name, text in worst()}
    assert {name: round(cost, 1) for name, cost in costs.items() if cost > MOST} == {}


def test_looking_for_plain_danger_is_a_fraction_of_the_work(understanding: Understanding) -> None:
    text = STORY[:LONGEST]
    understanding.meaning(text)
    understanding.plain_danger("another")  # what was read last is remembered
    assert work(lambda: understanding.plain_danger(text)) < 0.5 * work(lambda: understanding.meaning(text + "."))


def test_of_the_longest_text_only_so_much_is_given_to_the_encoder(understanding: Understanding) -> None:
    """Every sign of it may be a piece of its own; the time an encoder takes is that of its windows."""
    assert len(understanding._encoder.windows("💥" * LONGEST)) <= MOST_WINDOWS
    assert len(understanding._encoder.windows(STORY[:LONGEST])) <= MOST_WINDOWS


def test_twice_as_many_ages_are_at_most_twice_the_work() -> None:
    text = "last last last 3m 3m 3m he was 4 months for 5 weeks "
    once, twice = work(lambda: find_age(text * 30)), work(lambda: find_age(text * 60))
    assert twice <= 2.2 * once


def test_an_age_is_found_at_the_end_of_a_long_story() -> None:
    age = find_age("He likes his bath and the cat and the blue mat very much indeed. " * 40 + "He is 9 months old.")
    assert age is not None
    assert age.months == 9
