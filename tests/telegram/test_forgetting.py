"""Whoever asks to be forgotten is: nothing that failed or was in hand writes them back."""

import asyncio

import pytest

from bot.content import Content
from bot.delivery import store_monitor as monitor_module
from bot.preview.server import PretendTelegram
from bot.replies import Speaker
from bot.store import Store, StoreError, person_code
from bot.telegram.application import Application
from tests.telegram.conftest import KEY, Chat
from tests.telegram.house import house_of
from tests.telegram.test_polling import QUESTION, meet, until


def failing_once(method):  # type: ignore[no-untyped-def]
    """The method, that fails when it is first called."""
    failed = False

    async def work(*given: object) -> object:
        nonlocal failed
        if not failed:
            failed = True
            raise StoreError("database is locked")
        return await method(*given)

    return work


async def test_one_failed_write_greets_nobody_twice(
    chat: Chat, store: Store, application: Application, content: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store.deliveries, "finish", failing_once(store.deliveries.finish))
    await chat.say(QUESTION)
    assert len(chat.seen) == 2
    assert await application.users.write_late() == 1
    await chat.say(QUESTION)
    assert len(chat.seen) == 3
    assert await store.seen_version(person_code(KEY, chat.person.id)) == content.texts.disclaimer.version


async def test_who_is_forgotten_is_not_written_back_by_what_failed_before(
    chat: Chat, store: Store, application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store.deliveries, "finish", failing_once(store.deliveries.finish))
    await chat.say(QUESTION)
    (told,) = await chat.say("/forget")
    assert told.startswith("I hold nothing about you")
    await application.users.write_late()
    assert await store.seen_version(person_code(KEY, chat.person.id)) == 0
    assert (await chat.say(QUESTION))[0].startswith("Hello. I answer common questions")


async def test_a_vote_that_failed_is_forgotten_too(
    chat: Chat, store: Store, application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    await chat.meet()
    await chat.say(QUESTION)
    monkeypatch.setattr(store.deliveries, "finish", failing_once(store.deliveries.finish))
    await chat.press("Helpful")
    await chat.say("/forget")
    await application.users.write_late()
    assert await store.votes() == {}


async def test_what_is_in_hand_in_another_chat_does_not_write_the_person_back(
    server: PretendTelegram, speaker: Speaker, store: Store
) -> None:
    async with house_of(server, speaker, store) as house:
        (maya,) = await meet(server, "Maya")
        group = server.group("Parents", hears_all=True)

        gate = house.request.gates[group.id] = asyncio.Event()
        await maya.say("@preview_bot is it normal to crawl backwards", chat=group)
        await maya.say("/forget")
        await server.until(lambda: maya.replies[-1].text.startswith("Done."))
        gate.set()
        await until(lambda: len(house.bot.dispatcher) == 0)
        assert await store.seen_version(person_code(KEY, maya.id)) == 0


async def test_two_failures_that_are_not_in_a_row_do_not_cut_the_store_off(
    server: PretendTelegram, speaker: Speaker, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(monitor_module, "RENEWAL", 0.01)
    monkeypatch.setattr(monitor_module, "PRUNING", 0.01)
    prune, calls = store.deliveries.prune, 0

    async def every_other_time() -> None:
        nonlocal calls
        calls += 1
        if calls % 2:
            raise StoreError("busy")
        await prune()

    monkeypatch.setattr(store.deliveries, "prune", every_other_time)
    async with house_of(server, speaker, store) as house:
        await until(lambda: calls >= 8)
        assert house.bot.monitor.works


async def test_the_monitor_survives_whatever_breaks_in_it(
    server: PretendTelegram, speaker: Speaker, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(monitor_module, "RENEWAL", 0.01)
    monkeypatch.setattr(monitor_module, "PRUNING", 0.01)
    monkeypatch.setattr(monitor_module, "FIRST_PAUSE", 0.01)
    prune, calls = store.deliveries.prune, 0

    async def odd() -> None:
        nonlocal calls
        calls += 1
        if calls <= 4:
            raise TypeError("cannot use a string pattern on a bytes-like object")
        await prune()

    monkeypatch.setattr(store.deliveries, "prune", odd)
    async with house_of(server, speaker, store) as house:
        await until(lambda: calls >= 6)
        await until(lambda: house.bot.monitor.works)
        await meet(server, "Maya")


async def test_an_update_that_ends_in_a_bug_is_done_with(
    server: PretendTelegram, speaker: Speaker, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with house_of(server, speaker, store) as house:
        (maya,) = await meet(server, "Maya")

        async def breaks(*_: object) -> None:
            raise ZeroDivisionError

        monkeypatch.setattr(house.bot.conversation, "answer", breaks)
        await maya.say(QUESTION)
        await until(lambda: len(server.world.updates) == 0)
        monkeypatch.undo()
        number = max(await store.deliveries.latest(10))
        assert number == 1002
