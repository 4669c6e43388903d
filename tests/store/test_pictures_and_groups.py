"""Telegram's names for pictures, by bot, and the groups in which the bot is to be quiet, by code."""

import pytest

from bot.store import Store, open_store
from bot.store.pictures import PictureStore
from bot.store.tables import CODE_LENGTH, FILE_ID_LENGTH

DIGEST, OTHER = "a" * CODE_LENGTH, "b" * CODE_LENGTH
GROUP, ELSEWHERE = "c" * CODE_LENGTH, "d" * CODE_LENGTH


@pytest.fixture
def another(store: Store) -> PictureStore:
    """The same tables, for another bot."""
    return PictureStore(store._database, 987654321)


# --- Pictures
async def test_a_picture_that_was_never_sent_has_no_name(store: Store) -> None:
    assert await store.pictures.find(DIGEST) is None


async def test_a_picture_has_the_name_that_was_put_last(store: Store) -> None:
    await store.pictures.put(DIGEST, "one")
    await store.pictures.put(OTHER, "another")
    assert await store.pictures.find(DIGEST) == "one"
    await store.pictures.put(DIGEST, "two")
    await store.pictures.put(DIGEST, "two")
    assert [await store.pictures.find(each) for each in (DIGEST, OTHER)] == ["two", "another"]


async def test_names_are_one_bots_own(store: Store, another: PictureStore) -> None:
    await store.pictures.put(DIGEST, "one")
    assert await another.find(DIGEST) is None
    await another.put(DIGEST, "theirs")
    await another.put(OTHER, "theirs")
    assert [await store.pictures.find(each) for each in (DIGEST, OTHER)] == ["one", None]
    assert [await another.find(each) for each in (DIGEST, OTHER)] == ["theirs", "theirs"]


@pytest.mark.parametrize("length", [1, 90, FILE_ID_LENGTH])
async def test_a_name_of_any_length_that_fits_is_held_whole(length: int, store: Store) -> None:
    await store.pictures.put(DIGEST, "x" * length)
    assert await store.pictures.find(DIGEST) == "x" * length


async def test_a_name_too_long_is_not_held_and_the_one_before_stays(store: Store) -> None:
    await store.pictures.put(DIGEST, "x" * (FILE_ID_LENGTH + 1))
    assert await store.pictures.find(DIGEST) is None
    await store.pictures.put(DIGEST, "one")
    await store.pictures.put(DIGEST, "x" * (FILE_ID_LENGTH + 1))
    assert await store.pictures.find(DIGEST) == "one"


# --- Groups
async def test_no_group_is_quiet_by_itself(store: Store) -> None:
    assert not await store.groups.has(GROUP)
    assert not await store.groups.drop(GROUP)


async def test_a_group_is_quiet_until_it_is_dropped_and_no_other_is(store: Store) -> None:
    await store.groups.add(GROUP)
    await store.groups.add(GROUP)  # by two admins at once
    assert await store.groups.has(GROUP)
    assert not await store.groups.has(ELSEWHERE)
    await store.groups.add(ELSEWHERE)
    assert await store.groups.drop(GROUP)
    assert not await store.groups.drop(GROUP)
    assert [await store.groups.has(each) for each in (GROUP, ELSEWHERE)] == [False, True]


# --- Both
async def test_both_outlive_a_restart(url: str) -> None:
    if url == "sqlite://":
        pytest.skip("memory is gone with its process")
    first = await open_store(url)
    await first.pictures.put(DIGEST, "one")
    await first.groups.add(GROUP)
    await first.close()
    second = await open_store(url)
    assert await second.pictures.find(DIGEST) == "one"
    assert await second.groups.has(GROUP)
    await second.close()


async def test_with_another_peoples_key_groups_go_and_pictures_stay(store: Store) -> None:
    """The codes of groups are of the former key; a picture's name is nobody's."""
    await store.pictures.put(DIGEST, "one")
    await store.groups.add(GROUP)
    await store.disown("0123456789abcdef")
    assert not await store.groups.has(GROUP)
    assert await store.pictures.find(DIGEST) == "one"


async def test_who_is_forgotten_takes_neither_along(store: Store) -> None:
    await store.pictures.put(DIGEST, "one")
    await store.groups.add(GROUP)
    await store.forget("e" * CODE_LENGTH)
    assert await store.pictures.find(DIGEST) == "one"
    assert await store.groups.has(GROUP)
