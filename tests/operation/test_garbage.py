"""What lives as long as the bot is left out of garbage collection."""

import gc
import weakref
from collections.abc import Iterator

import pytest

from bot.operation.garbage import YOUNG, set_aside


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)


class Ring:
    """An object that only a collection can clear away."""

    def __init__(self) -> None:
        self.itself = self


def test_what_is_there_is_not_looked_through_again() -> None:
    set_aside()
    assert gc.get_freeze_count() > YOUNG
    assert gc.get_count()[0] < YOUNG
    assert gc.get_threshold()[0] == YOUNG


def test_what_was_set_aside_before_and_had_its_day_is_cleared_away() -> None:
    ring = Ring()
    gone = weakref.ref(ring)
    set_aside()
    del ring
    set_aside()
    assert gone() is None
