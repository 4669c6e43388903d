"""The note for the doctor, read as transcripts."""

from itertools import product

import pytest

from bot.content import Content
from bot.content.checks.flows import NOTE_UNITS, longest_note, note_of
from bot.content.markup import units
from bot.replies import Speaker
from bot.replies.presses import DATA_BYTES, OpenFlow, read_press
from bot.replies.rows import NOTE
from bot.store import Store
from bot.telegram.application import Application
from tests.telegram.conftest import Chat


def labels(chat: Chat) -> list[str]:
    return [button.text for row in chat.last.buttons for button in row]


def copied(chat: Chat) -> str:
    (button,) = (each for row in chat.last.buttons for each in row if each.action == "copy_text")
    return button.value


async def opened(chat: Chat) -> Chat:
    await chat.meet()
    await chat.say("/note")
    return chat


async def test_a_few_taps_make_a_note_to_read_out_and_to_copy(chat: Chat) -> None:
    await opened(chat)
    shown = len(chat.seen)
    assert "How old is your baby?" in chat.seen[-1]
    assert "What worries you most?" in await chat.press("6 to 8 months")
    assert "Since when?" in await chat.press("Only goes backwards")
    assert "One side or both?" in await chat.press("One to four weeks")
    assert "What can your baby do?" in await chat.press("Both the same")
    await chat.press("☐ Roll over")
    await chat.press("☐ Sit alone")
    await chat.press("☐ Walk")
    await chat.press("☑ Walk")
    page = await chat.press("Done")
    note = "Baby, 6-8 months. Worry: only goes backwards. Since: 1-4 weeks. Sides: both the same. Can: roll, sit alone."
    assert note in page
    assert copied(chat) == note
    assert len(chat.seen) == shown


async def test_every_step_has_back_and_skip_and_what_was_chosen_stays(chat: Chat) -> None:
    await opened(chat)
    for label in ("9 to 11 months", "Lost a skill", "A few days", "Not sure"):
        assert {"Back", "Skip"} <= set(labels(chat))
        await chat.press(label)
    assert {"Back", "Skip"} <= set(labels(chat))
    await chat.press("Back")
    assert "✓ Not sure" in labels(chat)
    await chat.press("Skip")
    await chat.press("Skip")
    assert copied(chat) == "Baby, 9-11 months. Worry: lost a skill. Since: some days."
    await chat.press("Start again")
    assert "How old is your baby?" in chat.seen[-1]
    assert (await chat.press("Back")).startswith("What would you like to know about?")


async def test_who_skips_everything_is_told_so_and_nothing_is_to_copy(chat: Chat) -> None:
    await opened(chat)
    for _ in range(5):
        await chat.press("Skip")
    assert chat.seen[-1].startswith("You skipped every step")
    assert labels(chat) == ["Back", "Start again", "Menu"]


async def test_the_note_says_that_nothing_is_kept_and_so_it_is(
    chat: Chat, store: Store, application: Application
) -> None:
    await opened(chat)
    await application.users.write_counts()
    before = await store.counts()
    assert "Nothing you tap here is kept." in chat.seen[-1]
    await chat.press("6 to 8 months")
    await application.users.write_counts()
    assert await store.counts() == before


@pytest.mark.parametrize(
    "words",
    [
        "he hit his head on the floor but seems fine, 8 months",
        "since yesterday she will not use her left arm and screams when I move it",
        "/menu",
    ],
)
async def test_the_note_is_reached_from_what_should_be_looked_at_and_from_the_menu(chat: Chat, words: str) -> None:
    await chat.meet()
    (reply,) = await chat.say(words)
    assert "step 1 of 5" in await chat.press("Note for the doctor")
    assert words == "/menu" or chat.seen[-2] == reply


@pytest.mark.parametrize(
    "data",
    [
        "d:00000000/0-0-0-0-0-0",
        "d:{v}/9-0-0-0-0-0",
        "d:{v}/0-99-0-0-0-0",
        "d:{v}/0-0-0-0-0-256",
        "d:{v}/0",
        "d:{v}/x",
    ],
)
async def test_an_old_or_forged_note_starts_again(chat: Chat, data: str) -> None:
    await opened(chat)
    version = str(chat.last.buttons[0][0].data).partition("/")[0].removeprefix("d:")
    await chat.press("6 to 8 months")
    await chat.person.press(chat.last.id, data.replace("{v}", version))
    assert "step 1 of 5" in chat.seen[-1]


def test_no_choice_of_taps_makes_a_note_too_long_to_copy(content: Content) -> None:
    assert content.note is not None
    form = content.note
    singles = [range(-1, len(each.options)) for each in form.questions if not each.many]  # -1: skipped
    masks = range(1 << len(form.questions[-1].options))
    assert [each.many for each in form.questions] == [False, False, False, False, True]
    lengths = {mask: units(note_of(form, (*((),) * len(singles), places_of(mask)))) for mask in masks}
    worst = max(lengths, key=lambda mask: lengths[mask])  # what the last question adds is the same to all
    for chosen in product(*singles):
        one = tuple((place,) if place >= 0 else () for place in chosen)
        assert units(note_of(form, (*one, places_of(worst)))) <= units(longest_note(form)) <= NOTE_UNITS


def places_of(mask: int) -> tuple[int, ...]:
    return tuple(place for place in range(mask.bit_length()) if mask >> place & 1)


def test_every_state_of_the_note_fits_into_button_data(speaker: Speaker) -> None:
    ahead, seen = [OpenFlow(NOTE).data()], set[str]()
    while ahead and len(seen) < 3000:
        data = ahead.pop()
        if data in seen or not data.startswith("d"):
            continue
        seen.add(data)
        reply = speaker.to_press(read_press(data))
        assert reply.kind == "flow"
        for button in (each for row in reply.rows for each in row):
            assert len(button.data.encode()) <= DATA_BYTES
            assert 1 <= units(button.copied or "x") <= NOTE_UNITS
            ahead.append(button.data)
    assert len(seen) == 3000
