"""Updates of one person one after the other, of different people at the same time."""

import asyncio

import pytest

from bot.preview.server import PretendTelegram
from bot.telegram.order import OnePerPerson
from tests.telegram.conftest import Chat, Clock


class FakeUpdate:
    """Enough of an update for the processor; the real class can't be made without a bot."""


async def test_one_persons_updates_never_run_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.telegram.order._person", lambda _update: 1)
    processor = OnePerPerson()
    running, most, order = 0, 0, []

    async def work(number: int) -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.001)
        order.append(number)
        running -= 1

    async def later(number: int) -> None:
        await asyncio.sleep(number * 0.0007)
        await processor.do_process_update(FakeUpdate(), work(number))

    await asyncio.gather(*(later(number) for number in range(20)))
    assert most == 1
    assert order == sorted(order)


@pytest.mark.parametrize("command", ["/start", "/help", "/forget", "/HELP", "/nonsense"])
async def test_danger_behind_a_command_is_read(chat: Chat, command: str) -> None:
    await chat.meet()
    (alarm,) = await chat.say(f"{command} my baby is not breathing")
    assert "911" in alarm
    assert alarm.startswith("This could be an emergency")


@pytest.mark.parametrize("word", ["menu", "Menu", " HELP "])
async def test_a_commands_word_without_its_slash_is_understood(chat: Chat, word: str) -> None:
    await chat.meet()
    (page,) = await chat.say(word)
    assert page.startswith(("What would you like", "Type your question"))


async def test_a_flood_of_presses_is_answered_but_not_obeyed(
    chat: Chat, clock: Clock, telegram: PretendTelegram
) -> None:
    await chat.meet()
    await chat.say("/menu")
    for _ in range(25):
        await chat.person.press(chat.last.id, "s:signs")
    assert telegram.unanswered() == ()
    clock.now += 31
    await chat.person.press(chat.last.id, "m")
    assert chat.seen[-1].startswith("What would you like")
