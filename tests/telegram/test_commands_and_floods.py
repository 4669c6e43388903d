"""What stands behind commands is read, and whoever presses too much is answered but not obeyed."""

import pytest

from bot.delivery.flood import SECONDS, Flood
from bot.preview.server import PretendTelegram
from tests.telegram.conftest import Chat, Clock


@pytest.mark.parametrize("command", ["/start", "/help", "/forget", "/HELP", "/nonsense"])
async def test_danger_behind_a_command_is_read(chat: Chat, command: str) -> None:
    await chat.meet()
    (alarm,) = await chat.say(f"{command} my baby is not breathing")
    assert alarm.startswith("Call now: 911")
    assert "This could be an emergency" in alarm


@pytest.mark.parametrize("word", ["menu", "Menu", " PRIVACY "])
async def test_a_commands_word_without_its_slash_is_understood(chat: Chat, word: str) -> None:
    await chat.meet()
    (page,) = await chat.say(word)
    assert page.startswith(("What would you like", "What is not kept"))


async def test_help_alone_may_be_a_cry(chat: Chat) -> None:
    await chat.meet()
    (page,) = await chat.say("help")
    assert page.startswith("Is anyone in danger? Call now:")


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


def test_of_whoever_fell_silent_nothing_is_remembered(clock: Clock) -> None:
    flood = Flood(clock)
    for person in range(500):
        flood.verdict(person)
    clock.now += SECONDS + 1
    flood.verdict(500)
    assert len(flood) == 1
