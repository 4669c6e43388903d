"""Updates are answered once: marks, leases between copies of the bot, and all that is written in one go."""

import asyncio

import pytest

from bot.store import Claim, ClaimResult, Outcome, PersonRecord, Store, open_store, person_code
from bot.store import deliveries as module

PERSON = person_code(b"0123456789abcdef", 7012345678)
FREE, HELD, ANSWERED = ClaimResult("free"), ClaimResult("held"), ClaimResult("answered")
on_disk = pytest.mark.parametrize("url", ["file", pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)


async def test_what_was_answered_is_known_and_the_rest_is_free(store: Store) -> None:
    await store.deliveries.finish([Outcome(5), Outcome(7)])
    asked = [Claim(number) for number in (4, 5, 6, 7)]
    expected = {4: FREE, 5: ANSWERED, 6: FREE, 7: ANSWERED}
    assert await store.deliveries.begin(asked, holder=None) == expected
    assert await store.deliveries.begin(asked, holder="one") == expected


async def test_what_is_asked_before_an_answer_comes_in_one_go(store: Store) -> None:
    await store.deliveries.finish([Outcome(1, PERSON, seen=3)])
    found = await store.deliveries.begin([Claim(2, PERSON), Claim(3, "stranger")], holder="one")
    assert found == {2: ClaimResult("free", PersonRecord(seen=3)), 3: FREE}


async def test_all_that_an_answer_came_to_is_written_in_one_go(store: Store) -> None:
    await store.deliveries.finish(
        [
            Outcome(1, PERSON, seen=2),
            Outcome(2, PERSON, vote=("normal", True)),
            Outcome(3, PERSON, vote=("normal", False)),
        ]
    )
    assert await store.seen_version(PERSON) == 2
    assert await store.votes() == {"normal": (0, 1)}


async def test_an_update_in_the_hands_of_one_copy_is_not_taken_by_another(store: Store) -> None:
    ask = [Claim(1)]
    assert await store.deliveries.begin(ask, "one") == {1: FREE}
    assert await store.deliveries.begin(ask, "two") == {1: HELD}
    assert await store.deliveries.begin(ask, "one") == {1: FREE}
    await store.deliveries.finish([Outcome(1)])
    assert await store.deliveries.begin(ask, "two") == {1: ANSWERED}


async def test_a_copy_that_stops_lets_go_of_what_it_has_not_answered_and_of_no_more(store: Store) -> None:
    await store.deliveries.begin([Claim(1), Claim(2)], "one")
    await store.deliveries.begin([Claim(3)], "three")
    await store.deliveries.finish([Outcome(2)])
    await store.deliveries.release("one")
    found = await store.deliveries.begin([Claim(1), Claim(2), Claim(3)], "two")
    assert found == {1: FREE, 2: ANSWERED, 3: HELD}


async def test_the_updates_of_a_copy_that_died_are_free_after_the_lease_unless_it_was_renewed(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LEASE", -1.0)  # as if its time had passed
    store = await open_store(url)
    await store.deliveries.begin([Claim(1), Claim(2)], "dead")
    assert await store.deliveries.begin([Claim(1)], "two") == {1: FREE}
    monkeypatch.setattr(module, "LEASE", 12.0)
    await store.deliveries.renew("dead")
    assert await store.deliveries.begin([Claim(2)], "two") == {2: HELD}
    await store.close()


async def test_the_only_poller_takes_over_what_others_held(store: Store) -> None:
    await store.deliveries.begin([Claim(1)], "a webhook that was")
    assert await store.deliveries.begin([Claim(1)], holder=None) == {1: FREE}


@on_disk
async def test_copies_that_ask_for_the_same_updates_at_once_share_them_out(url: str) -> None:
    stores = [await open_store(url) for _ in range(3)]
    asked = [Claim(number) for number in range(40)]
    found = await asyncio.gather(
        *(store.deliveries.begin(asked, f"copy {number}") for number, store in enumerate(stores))
    )
    for number in range(40):
        assert sorted(each[number].state for each in found) == ["free", "held", "held"]
    await asyncio.gather(
        *(store.deliveries.finish([Outcome(number, PERSON, 1)]) for store in stores for number in range(9)),
        *(store.days.add({"a": 9, "b": 18}) for store in stores),
    )
    assert await stores[0].counts() == {"a": 27, "b": 54}
    for store in stores:
        await store.close()


@on_disk
async def test_marks_are_kept_over_a_restart_for_as_long_as_telegram_may_ask_again(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = await open_store(url, bot=1)
    await store.deliveries.finish([Outcome(1)])
    await store.deliveries.prune()
    await store.close()
    store = await open_store(url, bot=1)
    assert await store.deliveries.begin([Claim(1)], None) == {1: ANSWERED}
    monkeypatch.setattr(module, "KEPT", -1.0)
    await store.deliveries.prune()
    assert await store.deliveries.begin([Claim(1)], None) == {1: FREE}
    await store.close()


@on_disk
async def test_another_bot_on_the_same_database_has_numbers_of_its_own(url: str) -> None:
    one, two = await open_store(url, bot=1), await open_store(url, bot=2)
    await one.deliveries.finish([Outcome(1)])
    assert await two.deliveries.begin([Claim(1)], "two") == {1: FREE}
    await one.close()
    await two.close()
