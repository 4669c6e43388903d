"""Wordings that parents let the authors see: kept without a person, answered to, dropped, and gone after their days."""

import datetime

import pytest

from bot.store import ASIDE, Store
from bot.store import wordings as module

TODAY = datetime.datetime.now(datetime.UTC).date


async def keep(store: Store, text: str) -> None:
    assert await store.wordings.keep(text, "unknown", "normal", 0.25)


async def ids(store: Store) -> list[str]:
    return [each.id for each in await store.wordings.waiting()]


async def test_what_is_kept_is_the_text_the_day_and_what_it_was_near_to(store: Store) -> None:
    await keep(store, "does he crawl like a crab")
    (found,) = await store.wordings.waiting()
    assert (found.text, found.reason, found.nearest, found.chance) == (
        "does he crawl like a crab",
        "unknown",
        "normal",
        0.25,
    )
    assert abs(found.day - TODAY()) <= datetime.timedelta(days=1)
    assert found.answer is None


async def test_accepted_ones_wait_no_longer_until_they_are_taken_back(store: Store) -> None:
    await keep(store, "one")
    await keep(store, "two")
    first, second = await ids(store)
    assert await store.wordings.accept([first], "why") == 1
    assert await store.wordings.accept([first], "normal") == 0  # somebody was quicker
    assert await ids(store) == [second]
    assert [(each.id, each.answer) for each in await store.wordings.accepted()] == [(first, "why")]
    assert await store.wordings.take_back([first]) == 1
    assert sorted(await ids(store)) == sorted([first, second])


async def test_one_that_is_set_aside_can_still_be_answered_dropped_and_grows_old(store: Store) -> None:
    await keep(store, "one")
    (only,) = await ids(store)
    await store.wordings.accept([only], ASIDE)
    assert (await ids(store), await store.wordings.accepted()) == ([], [])
    assert [each.id for each in await store.wordings.aside()] == [only]
    assert await store.wordings.accept([only], "why") == 1
    await store.wordings.accept([only], "why")
    await keep(store, "two")
    await store.wordings.accept(await ids(store), ASIDE)
    assert await store.wordings.prune(-1) == 1


async def test_dropped_ones_are_gone(store: Store) -> None:
    await keep(store, "one")
    assert await store.wordings.drop(await ids(store)) == 1
    assert await ids(store) == []


async def test_those_that_wait_for_too_long_are_deleted_accepted_ones_stay(store: Store) -> None:
    await keep(store, "one")
    await keep(store, "two")
    await store.wordings.accept((await ids(store))[:1], "why")
    assert await store.wordings.prune(0) == 0  # of today
    assert await store.wordings.prune(-1) == 1  # as if a day had passed
    assert await ids(store) == []
    assert len(await store.wordings.accepted()) == 1


async def test_where_too_many_wait_no_more_are_kept(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST", 2)
    await keep(store, "one")
    await keep(store, "two")
    assert not await store.wordings.keep("three", "no", None, 0.0)
    assert len(await ids(store)) == 2
