"""Every method that is installed ranks sensibly; one that is not sits out and says why."""

import pytest

from benchmarks.contestants import OURS, Contestant, contestants, present
from benchmarks.engine import Engine
from bot.content import Content

HERE, ABSENT = present(contestants())
CASES = (
    ("sourdough bread", "bread"),
    ("flat bicycle tyre", "bicycle"),
    ("planting tomatoes", "garden"),
)


@pytest.mark.parametrize("contestant", HERE, ids=lambda each: each.name)
def test_a_method_ranks_every_entry_and_no_other_class(contestant: Contestant, pack: Content) -> None:
    try:
        ranker = contestant.learn(pack)
    except OSError as error:
        pytest.skip(f"its weights are not here: {error}")
    for text, entry in CASES:
        order = ranker.rank(text)
        assert order[0] == entry == ranker.best(text)
        assert sorted(order) == ["bicycle", "bread", "garden"]


def test_those_that_need_nothing_extra_always_take_part() -> None:
    assert [each.name for each in HERE][:2] == [OURS, "rapidfuzz WRatio"]


def test_every_method_is_here_or_said_to_be_missing() -> None:
    assert {each.name for each in HERE} | {each.name for each in ABSENT} == {each.name for each in contestants()}


def test_a_missing_library_is_reported_and_the_others_go_on() -> None:
    entered = (Contestant("wise", Engine, ("no_such_library",)), Contestant(OURS, Engine))
    here, absent = present(entered)
    assert [each.name for each in here] == [OURS]
    assert absent[0].name == "wise"
    assert "no_such_library" in absent[0].why
