"""The red button: coloured where the server knows colours, plain where it does not, and there in any case."""

from collections.abc import Iterator
from typing import Any

import pytest

from bot.preview.faults import Fault
from bot.preview.keyboards import KeyboardButton
from bot.preview.server import PretendTelegram
from tests.telegram.conftest import Chat

QUESTION = "my lo only goes in reverse, 8 months, normal??"
SIGNS = "Check warning signs"
REFUSALS = [
    "Bad Request: BUTTON_STYLE_INVALID",
    'Bad Request: can\'t parse inline keyboard button: unknown field "style"',
    "Bad Request: can't parse reply markup JSON object",
    "Bad Request: object expected as reply markup",
]


def refused(reason: str) -> Fault:
    return Fault(400, reason)


def buttons(chat: Chat) -> list[KeyboardButton]:
    return [button for row in chat.last.buttons for button in row]


def sent(telegram: PretendTelegram, method: str) -> Iterator[list[dict[str, Any]]]:
    """The buttons of each call of a method, as the bot gave them."""
    for call in telegram.calls:
        if call.method == method:
            markup = call.parameters.get("reply_markup") or {"inline_keyboard": []}
            yield [button for row in markup["inline_keyboard"] for button in row]


async def test_the_way_to_the_warning_signs_is_red_and_nothing_else_is(chat: Chat, telegram: PretendTelegram) -> None:
    await chat.meet()
    for said in (QUESTION, "/menu"):
        await chat.say(said)
        styles = {button.text: button.style for button in buttons(chat)}
        assert styles.pop(SIGNS) == "danger"
        assert set(styles.values()) == {None}
        *_, last = sent(telegram, "sendMessage")
        assert [button.get("style") for button in last if button["text"] == SIGNS] == ["danger"]
        assert all("style" not in button for button in last if button["text"] != SIGNS)


async def test_it_stays_red_when_the_votes_go(chat: Chat) -> None:
    await chat.meet()
    await chat.say(QUESTION)
    await chat.press("Helpful")
    assert [button.style for button in buttons(chat) if button.text == SIGNS] == ["danger"]


@pytest.mark.parametrize("reason", REFUSALS)
async def test_a_server_that_refuses_the_colour_gets_the_same_message_without_it_once_more(
    chat: Chat, telegram: PretendTelegram, reason: str
) -> None:
    await chat.meet()
    await chat.say(QUESTION)
    expected = [(button.text, button.data) for button in buttons(chat)]
    telegram.calls.clear()
    telegram.fail("sendMessage", refused(reason))
    (answer,) = await chat.say(QUESTION)
    assert answer == chat.seen[-2]
    assert "<b>" in chat.last.html
    assert [(button.text, button.data) for button in buttons(chat)] == expected
    first, second = sent(telegram, "sendMessage")
    assert any("style" in button for button in first)
    assert not any("style" in button for button in second)


async def test_so_it_is_where_a_page_is_put_in_place_of_another(chat: Chat, telegram: PretendTelegram) -> None:
    await chat.meet()
    shown = len(chat.seen)
    telegram.fail("editMessageText", refused(REFUSALS[0]))
    assert (await chat.press("Menu")).startswith("What would you like to know about?")
    assert len(chat.seen) == shown
    first, second = sent(telegram, "editMessageText")
    assert any("style" in button for button in first)
    assert not any("style" in button for button in second)


async def test_in_danger_too(chat: Chat, telegram: PretendTelegram) -> None:
    await chat.meet()
    telegram.fail("sendMessage", refused(REFUSALS[0]))
    (told,) = await chat.say("help!")
    assert told.startswith("Is anyone in danger? Call now:")
    assert SIGNS in [button.text for button in buttons(chat)]


@pytest.mark.parametrize("reason", ["Bad Request: chat not found", "Bad Request: message text is empty"])
async def test_what_was_refused_for_another_reason_is_not_sent_again(
    chat: Chat, telegram: PretendTelegram, reason: str
) -> None:
    await chat.meet()
    telegram.calls.clear()
    telegram.fail("sendMessage", refused(reason))
    assert await chat.say(QUESTION) == []
    assert len(list(sent(telegram, "sendMessage"))) == 1


async def test_what_has_no_colour_is_not_sent_again(chat: Chat, telegram: PretendTelegram) -> None:
    await chat.meet()
    telegram.calls.clear()
    telegram.fail("sendMessage", refused(REFUSALS[0]))
    assert await chat.say("thanks") == []
    assert len(list(sent(telegram, "sendMessage"))) == 1


async def test_a_server_that_refuses_it_without_colour_as_well_is_not_asked_for_ever(
    chat: Chat, telegram: PretendTelegram
) -> None:
    await chat.meet()
    telegram.calls.clear()
    telegram.fail("sendMessage", refused(REFUSALS[0]), times=2)
    assert await chat.say(QUESTION) == []
    assert len(list(sent(telegram, "sendMessage"))) == 2
