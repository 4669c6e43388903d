"""The card of warning signs, read as transcripts."""

import pytest

from bot.content import Content
from bot.preview.server import PretendTelegram
from bot.replies import Speaker
from bot.replies.presses import OpenFlow
from bot.replies.rows import CARD
from bot.store import Store
from bot.telegram.application import Application
from bot.understanding.danger import DangerCheck, Finding
from tests.telegram.conftest import Chat, Clock

QUESTION = "my lo only goes in reverse, 8 months, normal??"
EMERGENCY = "Call now: "
URGENT = "Ring a doctor or nurse today. Worse: "
SOON = "This is worth a proper look:"


def labels(chat: Chat) -> list[str]:
    return [button.text for row in chat.last.buttons for button in row]


async def opened(chat: Chat) -> Chat:
    await chat.meet()
    await chat.say("/check")
    return chat


async def test_a_tap_ticks_a_box_in_place_and_says_what_to_do(chat: Chat) -> None:
    await opened(chat)
    shown = len(chat.seen)
    assert chat.seen[-1].startswith("What do you see right now?")
    assert (await chat.press("☐ Always one side")).startswith(SOON)
    assert (await chat.press("☐ Lost a skill")).startswith(URGENT)
    assert (await chat.press("☐ Breathing trouble")).startswith(EMERGENCY)
    assert [label for label in labels(chat) if label.startswith("☑")] == [
        "☑ Breathing trouble",
        "☑ Lost a skill",
        "☑ Always one side",
    ]
    assert (await chat.press("☑ Breathing trouble")).startswith(URGENT)
    assert len(chat.seen) == shown


async def test_a_tick_brings_the_first_aid_of_its_sign(chat: Chat) -> None:
    await opened(chat)
    assert "put nothing in the mouth" in await chat.press("☐ Fit or jerking")
    assert "back blows" not in chat.seen[-1]


async def test_a_head_knock_that_changes_anything_is_said_to_be_an_emergency(chat: Chat) -> None:
    await opened(chat)
    text = await chat.press("☐ Head knock")
    assert text.startswith(URGENT)
    assert "clear fluid from nose or ear since? Call now." in text


async def test_a_newborns_fever_sends_to_a_doctor_at_once_in_words_of_its_own_unless_worse_is_ticked(
    chat: Chat,
) -> None:
    await opened(chat)
    text = await chat.press("☐ Fever under 3 mo")
    assert text.startswith("A doctor must see your baby now.")
    assert "Ambulance: 911, 999, 112" in text.partition("\n")[0]
    assert "38 °C (100.4 °F)" in text
    assert "They will tell you what to do" not in text
    assert "Menu" not in labels(chat)
    both = await chat.press("☐ Breathing trouble")
    assert both.startswith(EMERGENCY)
    assert "38 °C (100.4 °F)" in both


async def test_none_of_these_says_what_to_watch_for_and_when_to_call(chat: Chat) -> None:
    await opened(chat)
    text = await chat.press("☐ None of these")
    assert text.startswith("None of those now.")
    assert "Call 911" in text
    assert "Ring a doctor today" in text
    assert "☑ None of these" in labels(chat)
    assert (await chat.press("☐ Head knock")).startswith(URGENT)
    assert "☐ None of these" in labels(chat)


async def test_the_card_names_the_numbers_of_the_region(telegram: PretendTelegram) -> None:
    chat = await opened(Chat(telegram.person(language_code="en-GB")))
    text = await chat.press("☐ Blue or grey")
    assert text.startswith(f"{EMERGENCY}999 (elsewhere: your local emergency number).")
    assert "999" in text.splitlines()
    await chat.press("Other country")
    assert "911" in chat.seen[-1]
    assert chat.seen[-2].startswith(EMERGENCY)


async def test_with_danger_ticked_no_button_sweeps_the_card_away(chat: Chat) -> None:
    await opened(chat)
    assert "Menu" in labels(chat)
    await chat.press("☐ Hard to wake")
    assert "Menu" not in labels(chat)
    await chat.press("☑ Hard to wake")
    await chat.press("☐ Limb not used")
    card = chat.seen[-1]
    await chat.press("Note for the doctor")
    assert chat.seen[-2] == card


async def test_a_small_line_points_the_parent_to_help(chat: Chat) -> None:
    await opened(chat)
    assert '"Help for me".' in chat.seen[-1]
    assert (await chat.press("Help for me")).startswith("You matter too.")
    assert chat.seen[-2].startswith("What do you see right now?")


@pytest.mark.parametrize("start", ["/menu", QUESTION, "when should I call an ambulance for a baby?"])
async def test_the_card_is_reached_from_the_menu_from_answers_and_from_danger_in_general(
    chat: Chat, start: str
) -> None:
    await chat.meet()
    await chat.say(start)
    before = len(chat.seen)
    assert (await chat.press("Check warning signs")).startswith("What do you see right now?")
    assert len(chat.seen) == before + (start != "/menu")  # an answer stays, the menu makes room


async def test_an_answer_in_doubt_offers_the_card_before_all_else(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    await chat.meet()
    monkeypatch.setattr(DangerCheck, "find", lambda *_: Finding(caution=True))
    await chat.say(QUESTION)
    assert labels(chat)[0] == "Check warning signs"
    assert labels(chat).count("Check warning signs") == 1


async def test_the_card_says_that_nothing_is_kept_and_so_it_is(
    chat: Chat, store: Store, application: Application
) -> None:
    await opened(chat)
    await application.users.write_counts()
    before = await store.counts()
    assert "Nothing you tap here is kept." in chat.seen[-1]
    await chat.press("☐ Head knock")
    await application.users.write_counts()
    assert await store.counts() == before


@pytest.mark.parametrize("state", ["00000000/1", "{version}/{beyond}", "{version}/9999999999", "{version}/x"])
async def test_an_old_or_forged_card_starts_again(chat: Chat, speaker: Speaker, content: Content, state: str) -> None:
    assert content.card is not None
    beyond = str(1 << len(content.card.items))
    await opened(chat)
    version = str(chat.last.buttons[0][0].data).partition("/")[0].removeprefix("c:")
    state = state.replace("{version}", version).replace("{beyond}", beyond)
    await chat.person.press(chat.last.id, f"c:{state}")
    fresh = speaker.to_press(OpenFlow(CARD))
    assert [button.data for row in chat.last.buttons for button in row] == [
        button.data for row in fresh.rows for button in row
    ]


async def test_a_tick_that_means_danger_passes_however_fast_one_taps(chat: Chat, clock: Clock) -> None:
    await opened(chat)
    for _ in range(30):
        await chat.person.press(chat.last.id, "c")
    assert (await chat.press("☐ Breathing trouble")).startswith(EMERGENCY)


async def test_an_emergency_ticked_as_first_contact_is_answered_before_the_disclaimer(chat: Chat) -> None:
    await opened(chat)
    await chat.say("/forget")
    card = next(message for message in chat.person.replies if message.text.startswith("What do you see"))
    await chat.person.press(card.id, str(card.buttons[0][0].data))
    edited = next(message for message in chat.person.replies if message.id == card.id)
    assert edited.text.startswith(EMERGENCY)
    assert chat.seen[-1].startswith("Hello. I answer common questions")
