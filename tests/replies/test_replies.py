"""Replies are pure: every button leads somewhere, every text is one that Telegram takes, nothing forged does harm."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content import Content
from bot.content.checks.entries import AROUND
from bot.content.fields import ID_LENGTH, MESSAGE_UNITS
from bot.content.markup import markup_fault, plain, units
from bot.replies import Reply, Speaker
from bot.replies.answers import answer_text, to_entry
from bot.replies.menus import to_section
from bot.replies.presses import (
    DATA_BYTES,
    CastVote,
    ChooseCountry,
    HelpParent,
    NoneOfThese,
    NotMeant,
    OpenEntry,
    OpenFlow,
    OpenMenu,
    OpenSection,
    OtherCountry,
    Press,
    StepFlow,
    read_press,
)
from bot.replies.rows import CARD, NOTE

COMMANDS = ("start", "menu", "help", "privacy", "about", "check", "note", "country")
BUTTONS_A_ROW, BUTTONS = 8, 100  # Telegram's limits for an inline keyboard

ids = st.from_regex(rf"[a-z0-9][a-z0-9_-]{{0,{ID_LENGTH - 1}}}", fullmatch=True)
presses: st.SearchStrategy[Press] = st.one_of(
    st.just(OpenMenu()),
    st.just(NoneOfThese()),
    st.builds(OpenSection, ids),
    st.builds(OpenEntry, ids, st.none() | ids, st.booleans()),
    st.builds(CastVote, ids, st.booleans()),
    st.builds(NotMeant, st.none() | ids, st.none() | ids),
    st.just(OtherCountry()),
    st.builds(ChooseCountry, st.none() | ids),
    st.just(HelpParent()),
    st.builds(OpenFlow, st.sampled_from([CARD, NOTE]), st.booleans()),
    st.builds(StepFlow, st.sampled_from([CARD, NOTE]), ids, ids),
)


def pressed_through(speaker: Speaker, start: Reply) -> Iterator[tuple[str, Reply]]:
    """Every page that pressing leads to from a reply, once each, with the data that led there.

    Not the states of the card and the note, of which there are thousands: they have tests of their own.
    """
    ahead, seen = _pressed(start), set[str]()
    while ahead:
        data = ahead.pop()
        if data in seen or isinstance(read_press(data), StepFlow):
            continue
        seen.add(data)
        reply = speaker.to_press(read_press(data))
        yield data, reply
        ahead += _pressed(reply)


def _pressed(reply: Reply) -> list[str]:
    return [button.data for row in reply.rows for button in row if button.data]


def replies_of(speaker: Speaker, content: Content) -> Iterator[Reply]:
    """Every page there is, however it is reached."""
    for command in COMMANDS:
        reply = speaker.to_command(command)
        assert reply is not None
        yield reply
    yield from (to_section(content, section) for section in content.sections)
    yield from (
        to_entry(content, entry, section=section.id) for entry in content.entries for section in content.sections
    )
    yield speaker.to_text("")
    yield speaker.to_press(None)
    yield speaker.to_press(NoneOfThese())
    yield speaker.to_press(OtherCountry())
    yield speaker.to_press(HelpParent())
    yield from (speaker.to_press(ChooseCountry(region)) for region in (None, *(r.id for r in content.regions.regions)))
    yield from (Reply("smalltalk", talk.reply) for talk in content.smalltalk)
    yield from (Reply("triage", reply.text) for reply in (content.danger.replies.values() if content.danger else ()))


def markup_fault_of(text: str) -> str | None:
    """Why Telegram would refuse a text; the fold around the detail is the program's own."""
    return markup_fault(re.sub(r"</?blockquote(?: expandable)?>", "", text))


# --- Button data


@given(presses)
def test_a_press_survives_being_written_and_read(press: Press) -> None:
    assert read_press(press.data()) == press


@given(presses)
def test_the_longest_ids_fit_into_button_data(press: Press) -> None:
    assert 1 <= len(press.data().encode()) <= DATA_BYTES


@given(st.text(max_size=80) | st.from_regex(r"[a-z]:?[a-z0-9/_-]*", fullmatch=True) | st.characters(categories=["Cs"]))
def test_whatever_data_comes_back_is_read_or_refused(data: str) -> None:
    press = read_press(data)
    assert press is None or press.data() == data


FORGED = (
    "", " ", "m:", "m:normal", "n/", "e:", "e:/", "e:normal/", "e:normal/basics/more", "e:Normal", "e:../etc/passwd",
    "s:basics/normal", "v:normal", "v:normal/", "v:normal/x", "v:/y", "k", "e:normal\n", "\ne:normal", "e:nórmal", "E:normal",
    "e:" + "x" * 63, "\ud800", "e:normal\x00", "r:", "r:UK", "r:uk/x", "<b>", '{"a":1}',
)  # fmt: skip


@pytest.mark.parametrize("data", FORGED)
def test_forged_data_is_refused_and_leads_to_the_menu(data: str, speaker: Speaker, content: Content) -> None:
    assert read_press(data) is None
    reply = speaker.to_press(read_press(data))
    assert (reply.kind, reply.text) == ("menu", content.texts.stale)
    assert reply.rows == speaker.to_press(OpenMenu()).rows


GONE = (
    OpenEntry("gone"),
    OpenSection("gone"),
    CastVote("gone", True),
    ChooseCountry("gone"),
    OpenFlow("x"),
    StepFlow("x", "0", "1"),
)


@pytest.mark.parametrize("press", GONE)
def test_a_button_of_something_that_is_gone_leads_to_the_menu(press: Press, speaker: Speaker, content: Content) -> None:
    assert speaker.to_press(press).text == content.texts.stale


def test_a_button_from_a_section_that_is_gone_still_opens_its_entry(speaker: Speaker) -> None:
    reply = speaker.to_press(OpenEntry("normal", "gone"))
    assert reply.entry == "normal"
    assert reply.rows == speaker.to_press(OpenEntry("normal")).rows


def test_a_former_id_opens_the_entry_of_today(content: Content) -> None:
    entry = content.by_id["normal"].model_copy(update={"aliases": ("ok",)})
    renamed = replace(content, entries=(entry, *content.entries[1:]))
    assert renamed.by_id["ok"].id == "normal"
    reply = to_entry(renamed, renamed.by_id["ok"])
    assert CastVote("normal", True).data() in {button.data for row in reply.rows for button in row}


# --- Ways through the content


def test_every_entry_and_section_is_reached_from_the_menu_by_pressing(speaker: Speaker, content: Content) -> None:
    reached = dict(pressed_through(speaker, speaker.to_press(OpenMenu())))
    assert {reply.entry for reply in reached.values() if reply.entry} == {entry.id for entry in content.entries}
    assert {f"s:{section.id}" for section in content.sections} <= set(reached)


def test_no_button_of_the_bot_is_stale(speaker: Speaker, content: Content) -> None:
    for command in COMMANDS:
        reply = speaker.to_command(command)
        assert reply is not None
        stale = [data for data, page in pressed_through(speaker, reply) if page.text == content.texts.stale]
        assert stale == []


def test_back_leads_to_the_section_one_came_from_and_menu_to_the_menu(speaker: Speaker, content: Content) -> None:
    section = content.sections[0]
    labels = content.texts.labels
    assert content.card is not None
    signs = (OpenFlow(CARD, kept=True).data(), content.card.button)
    back, menu = (OpenSection(section.id).data(), labels.back), (OpenMenu().data(), labels.menu)

    def home_of(press: Press) -> list[tuple[str, str]]:
        return [(button.data, button.label) for button in speaker.to_press(press).rows[-1]]

    assert home_of(OpenEntry(section.entries[0], section.id)) == [signs, back]
    assert home_of(OpenSection(section.id)) == [menu]
    assert home_of(OpenEntry(section.entries[0])) == [signs, menu]


def test_an_unknown_command_has_no_page(speaker: Speaker) -> None:
    assert speaker.to_command("nonsense") is None


def test_a_pack_without_sections_has_its_entries_in_the_menu(content: Content, speaker: Speaker) -> None:
    bare = Speaker(replace(content, sections=(), card=None, note=None), speaker._understanding)
    data = [button.data for row in bare.to_press(OpenMenu()).rows for button in row]
    assert data == [OpenEntry(entry.id).data() for entry in content.entries]


# --- What Telegram takes


def test_every_text_is_markup_that_telegram_takes_in_one_message(speaker: Speaker, content: Content) -> None:
    for reply in replies_of(speaker, content):
        assert markup_fault_of(reply.text) is None, reply.text
        assert 0 < units(plain(reply.text)) <= MESSAGE_UNITS, reply.text


def test_every_keyboard_is_within_the_limits(speaker: Speaker, content: Content) -> None:
    for reply in replies_of(speaker, content):
        buttons = [button for row in reply.rows for button in row]
        assert all(1 <= len(row) <= BUTTONS_A_ROW for row in reply.rows)
        assert len(buttons) <= BUTTONS
        assert all(button.label for button in buttons)
        pressed = [button.data for button in buttons if button.sent is None and button.copied is None]
        assert all(1 <= len(data.encode()) <= DATA_BYTES for data in pressed)
        assert len(set(pressed)) == len(pressed)


def test_plain_fields_are_escaped_wherever_they_are_shown(content: Content) -> None:
    strange = "Mum & <Dad> {names}"
    source = next(iter(content.sources.values())).model_copy(update={"name": strange, "shown": True})
    entry = content.entries[0].model_copy(update={"question": strange, "title": strange, "sources": ("A",)})
    section = content.sections[0].model_copy(update={"title": strange})
    odd = replace(content, entries=(entry, *content.entries[1:]), sources={"A": source}, sections=(section,))
    for text in (answer_text(odd, entry, entry.verdict), to_section(odd, section).text):
        assert markup_fault_of(text) is None
        assert strange in plain(text)


def test_the_loader_never_takes_an_answer_for_shorter_than_it_is(content: Content) -> None:
    """The loader measures without knowing how an answer is put together: it must never measure less."""
    frame = content.texts.frame
    around = frame.model_dump().values()
    for entry in content.entries:
        names = [content.sources[each].name for each in entry.sources]
        own = [entry.question, entry.verdict or "", *entry.now, *entry.call, entry.more or ""]
        measured = sum(units(plain(text)) + AROUND for text in (*own, *around, *names, *names) if text)
        assert units(plain(answer_text(content, entry, entry.verdict))) <= measured


def test_an_entry_of_only_a_question_is_still_a_reply(content: Content) -> None:
    bare = content.entries[0].model_copy(
        update={
            "verdict": None,
            "now": (),
            "call": (),
            "more": None,
            "sources": (),
            "reviewed": None,
            "related": (),
        }
    )
    text = answer_text(replace(content, entries=(bare,)), bare, bare.verdict)
    assert markup_fault_of(text) is None
    assert bare.question in plain(text)


@pytest.mark.parametrize(
    "text", ["", "   ", "\n\n", "...", "👶", "\x00", "\ud800", "x" * 20000, "<b>hi", "/nothing", "123"]
)
def test_whatever_is_written_gets_a_reply_that_telegram_takes(text: str, speaker: Speaker) -> None:
    reply = speaker.to_text(text)
    assert markup_fault_of(reply.text) is None
    assert reply.rows
