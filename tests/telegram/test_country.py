"""The country that a person chooses, read as transcripts: whose telephone numbers they are shown from then on."""

import asyncio
from pathlib import Path

import pytest

from bot.content import Content
from bot.preview.server import PretendTelegram
from bot.replies import Speaker
from bot.store import Claim, Outcome, PersonRecord, Store, StoreError, person_code
from bot.telegram.application import Application
from tests.store.test_store import all_bytes, all_rows
from tests.telegram.conftest import KEY, Chat
from tests.telegram.house import house_of
from tests.telegram.test_forgetting import failing_once
from tests.telegram.test_polling import meet

DANGER = "my baby is choking"
PLAIN = "my baby is not breathing"  # danger that is heard even in a flood
UNKNOWN = "when do babies start teething"
ALL = "911, 999, 112 or your local emergency number"
SOMEWHERE = "Somewhere else"


def labels(chat: Chat) -> list[str]:
    return [button.text for row in chat.last.buttons for button in row]


async def choose(chat: Chat, country: str) -> str:
    """What is said once a country is chosen."""
    await chat.say("/country")
    return await chat.press(country)


async def known(store: Store, chat: Chat) -> PersonRecord:
    """What the store holds of a person."""
    claim = Claim(1, person_code(KEY, chat.person.id))
    return (await store.deliveries.begin([claim], None))[1].known


def only(number: str) -> str:
    """How the numbers of one country begin a danger reply."""
    return f"Call now: {number} (elsewhere: your local emergency number)."


# --- Choosing


async def choose_unwritten(chat: Chat, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Australia, which the store could not take."""
    await chat.meet()
    await chat.say("/country")
    monkeypatch.setattr(store.deliveries, "finish", failing_once(store.deliveries.finish))
    await chat.press("Australia")


async def test_the_command_shows_all_countries_and_somewhere_else(chat: Chat, content: Content) -> None:
    await chat.meet()
    (asked,) = await chat.say("/country")
    assert asked.startswith("Which country are you in?")
    assert "/forget deletes it" in asked
    names = [region.name for region in content.regions.regions]
    assert {"United States", "Canada", "United Kingdom", "Ireland", "Australia", "New Zealand", "India"} <= set(names)
    assert labels(chat) == [*sorted(names), SOMEWHERE, "Menu"]


async def test_a_choice_is_two_taps_and_shows_the_numbers_in_place(chat: Chat) -> None:
    await chat.meet()
    await chat.say("/country")
    shown = len(chat.seen)
    text = await chat.press("Australia")
    assert len(chat.seen) == shown
    assert text.startswith("Australia: I will show you these numbers.")
    assert "000" in text.splitlines()
    assert "+61-1800-022-222" in text
    assert labels(chat) == ["Other country", "Menu"]


async def test_from_a_danger_reply_it_is_two_taps_too_and_the_reply_stays(telegram: PretendTelegram) -> None:
    chat = await Chat(telegram.person(language_code="en-GB")).meet()
    (alarm,) = await chat.say(DANGER)
    everybody = await chat.press("Other country")
    assert {"+1-800-222-1222", "+353-1-809-2166"} <= set(everybody.split())
    assert SOMEWHERE in labels(chat)
    text = await chat.press("Australia")
    assert text.startswith("Australia: I will show you these numbers.")
    assert chat.seen[-2] == alarm


async def test_another_can_be_chosen_at_once(chat: Chat, store: Store) -> None:
    await chat.meet()
    await choose(chat, "Australia")
    await chat.press("Other country")
    assert (await chat.press("New Zealand")).startswith("New Zealand: I will show you these numbers.")
    assert (await known(store, chat)).country == "nz"
    (alarm,) = await chat.say(DANGER)
    assert alarm.startswith(only("111"))


async def test_as_first_contact_the_disclaimer_comes_first_and_both_are_kept(
    chat: Chat, store: Store, content: Content
) -> None:
    await chat.meet()
    await chat.say("/country")
    await chat.say("/forget")
    await chat.press("Ireland")
    assert chat.seen[-2].startswith("Hello. I answer common questions")
    assert chat.seen[-1].startswith("Ireland: I will show you these numbers.")
    assert await known(store, chat) == PersonRecord(content.texts.disclaimer.version, "ie")


# --- What is kept


async def test_only_the_country_is_kept_beside_a_code(
    chat: Chat, store: Store, content: Content, tmp_path: Path
) -> None:
    await chat.meet()
    await choose(chat, "United Kingdom")
    await store.close()
    rows = all_rows(f"sqlite:///{tmp_path / 'bot.db'}")
    assert rows["seen"] == [(person_code(KEY, chat.person.id), content.texts.disclaimer.version, "uk", None)]
    assert rows["votes"] == []
    assert str(chat.person.id).encode() not in all_bytes(tmp_path)


async def test_a_choice_outlives_a_restart(server: PretendTelegram, speaker: Speaker, store: Store) -> None:
    async with house_of(server, speaker, store):
        (maya,) = await meet(server, "Maya")
        await maya.press(maya.replies[-1].id, "r:za")
        await server.until(lambda: maya.replies[-1].text.startswith("South Africa:"))
    async with house_of(server, speaker, store):
        await maya.say(DANGER)
        await server.until(lambda: maya.replies[-1].text.startswith("Call now"))
        assert maya.replies[-1].text.startswith(only("112"))
        assert "10177 ambulance" in maya.replies[-1].text


# --- What it changes


@pytest.mark.parametrize(
    ("country", "number", "line"),
    [
        ("United States", "911", "911"), ("Canada", "911", "911"), ("United Kingdom", "999", "999"),
        ("Ireland", "112 or 999", "112 or 999"), ("Australia", "000", "000"), ("New Zealand", "111", "111"),
        ("India", "112", "108 ambulance"), ("South Africa", "112", "10177 ambulance"), ("Philippines", "911", "911"),
        ("Nigeria", "112", "112 free. No answer? Go straight to the nearest hospital."), ("European Union", "112", "112"),
    ],
)  # fmt: skip
async def test_the_next_danger_reply_names_its_numbers(chat: Chat, country: str, number: str, line: str) -> None:
    await chat.meet()
    (before,) = await chat.say(DANGER)
    assert before.startswith(f"Call now: {ALL}.")
    assert "Other country" not in labels(chat)
    await choose(chat, country)
    (alarm,) = await chat.say(DANGER)
    assert alarm.startswith(only(number))
    assert line in alarm.splitlines()
    assert "Other country" in labels(chat)


async def test_it_goes_before_what_the_language_tells(telegram: PretendTelegram) -> None:
    chat = await Chat(telegram.person(language_code="pl")).meet()
    (before,) = await chat.say(DANGER)
    assert before.startswith(only("112"))
    await choose(chat, "Australia")
    (alarm,) = await chat.say(DANGER)
    assert alarm.startswith(only("000"))


async def test_a_card_an_edit_and_a_flood_know_it_too(chat: Chat) -> None:
    await chat.meet()
    await choose(chat, "Australia")
    await chat.say("/check")
    assert (await chat.press("☐ Blue or grey")).startswith(only("000"))
    question = await chat.person.say(UNKNOWN)
    await chat.person.edit(question.id, DANGER)
    assert chat.seen[-1].startswith(only("000"))
    for _ in range(30):
        await chat.person.say("thanks")
    assert any("In an emergency call 000 (elsewhere" in text for text in chat.seen)  # too much at once
    assert await chat.say("thanks") == []
    (alarm,) = await chat.say(PLAIN)
    assert alarm.startswith(only("000"))


@pytest.mark.parametrize("said", [UNKNOWN, "/help", "230", "🆘", "what does choking first aid look like"])
async def test_ordinary_answers_name_its_numbers(chat: Chat, said: str) -> None:
    await chat.meet()
    (before,) = await chat.say(said)
    assert ALL in before
    await choose(chat, "Australia")
    (after,) = await chat.say(said)
    assert "000 (elsewhere: your local emergency number)" in after
    assert ALL not in after


async def test_pages_behind_buttons_and_pictures_name_its_numbers(chat: Chat) -> None:
    await chat.meet()
    await choose(chat, "Australia")
    await chat.say("/menu")
    assert "call 000 (elsewhere" in await chat.press("Warning signs")
    await chat.person.send("photo")
    assert "call 000 (elsewhere" in chat.seen[-1]


async def test_something_that_breaks_names_its_numbers(
    chat: Chat, speaker: Speaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    await chat.meet()
    await choose(chat, "Australia")

    def broken(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(speaker, "to_request", broken)
    (sorry,) = await chat.say(UNKNOWN)
    assert "In an emergency call 000" in sorry


async def test_a_disclaimer_that_changed_names_its_numbers(chat: Chat, store: Store, content: Content) -> None:
    code = person_code(KEY, chat.person.id)
    await store.deliveries.finish([Outcome(person=code, seen=content.texts.disclaimer.version - 1, country="au")])
    disclaimer, _answer = await chat.say(UNKNOWN)
    assert "call 000 (elsewhere: your local emergency number) now" in disclaimer


# --- Undoing it


async def test_somewhere_else_undoes_it(chat: Chat, store: Store, content: Content) -> None:
    await chat.meet()
    await choose(chat, "Australia")
    assert ALL in await choose(chat, SOMEWHERE)
    assert chat.seen[-1].startswith("I will show you the numbers of many countries.")
    assert labels(chat) == ["Menu"]
    assert await known(store, chat) == PersonRecord(content.texts.disclaimer.version, "all")
    (alarm,) = await chat.say(DANGER)
    assert alarm.startswith(f"Call now: {ALL}.")


async def test_somewhere_else_shows_all_numbers_also_where_the_language_tells_of_a_country(
    telegram: PretendTelegram,
) -> None:
    chat = await Chat(telegram.person(language_code="en-GB")).meet()
    assert ALL in await choose(chat, SOMEWHERE)
    (alarm,) = await chat.say(DANGER)
    assert alarm.startswith(f"Call now: {ALL}.")


async def test_forget_deletes_it_and_says_so(chat: Chat, store: Store) -> None:
    await chat.meet()
    await choose(chat, "Australia")
    (done,) = await chat.say("/forget")
    assert done.startswith("Done.")
    assert "1 country" in done
    assert await known(store, chat) == PersonRecord()
    alarm, _disclaimer = await chat.say(DANGER)
    assert alarm.startswith(f"Call now: {ALL}.")


async def test_where_none_was_chosen_forget_says_so(chat: Chat) -> None:
    await chat.meet()
    (done,) = await chat.say("/forget")
    assert "0 country" in done


# --- Forged


@pytest.mark.parametrize("data", ["r:atlantis", "r:UK", "r:uk/x", "r:", "r:everywhere"])
async def test_a_forged_country_leads_to_the_menu_and_changes_nothing(chat: Chat, store: Store, data: str) -> None:
    await chat.meet()
    await choose(chat, "Australia")
    await chat.person.press(chat.last.id, data)
    assert chat.seen[-1].startswith("That button is from an older chat.")
    assert "Warning signs" in labels(chat)
    assert (await known(store, chat)).country == "au"


async def test_a_country_that_the_content_no_longer_has_counts_as_none(chat: Chat, store: Store) -> None:
    await chat.meet()
    await store.deliveries.finish([Outcome(person=person_code(KEY, chat.person.id), country="atlantis")])
    (alarm,) = await chat.say(DANGER)
    assert alarm.startswith(f"Call now: {ALL}.")


# --- A store that fails


async def test_a_choice_that_could_not_be_written_counts_at_once_and_is_written_late(
    chat: Chat, store: Store, application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    await choose_unwritten(chat, store, monkeypatch)
    assert (await known(store, chat)).country is None
    (alarm,) = await chat.say(DANGER)
    assert alarm.startswith(only("000"))
    assert await application.users.write_late() == 1
    assert (await known(store, chat)).country == "au"
    (again,) = await chat.say(DANGER)
    assert again.startswith(only("000"))


async def test_a_choice_that_could_not_be_written_counts_however_much_is_said_meanwhile(
    chat: Chat, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    await choose_unwritten(chat, store, monkeypatch)
    for _ in range(3):
        (alarm,) = await chat.say(DANGER)
        assert alarm.startswith(only("000"))


async def test_what_is_written_late_does_not_undo_a_later_choice(
    chat: Chat, store: Store, application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    await choose_unwritten(chat, store, monkeypatch)
    await choose(chat, "New Zealand")
    await application.users.write_late()
    assert (await known(store, chat)).country == "nz"
    (alarm,) = await chat.say(DANGER)
    assert alarm.startswith(only("111"))


async def test_with_a_store_that_is_down_a_choice_counts_and_is_written_once_it_is_back(
    chat: Chat, store: Store, application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def down(*_: object) -> None:
        raise StoreError("down")

    await chat.meet()
    with monkeypatch.context() as patched:
        patched.setattr(store.deliveries, "begin", down)
        patched.setattr(store.deliveries, "finish", down)
        await choose(chat, "Australia")
        for _ in range(2):
            (alarm,) = await chat.say(DANGER)
            assert alarm.startswith(only("000"))
    application.breaker.close()
    await application.users.write_late()
    assert (await known(store, chat)).country == "au"


async def test_a_country_is_known_again_after_a_time_in_which_the_store_could_not_be_asked(
    chat: Chat, store: Store, application: Application, content: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = person_code(KEY, chat.person.id)
    await store.deliveries.finish([Outcome(person=code, seen=content.texts.disclaimer.version, country="au")])
    await application.users.recall()  # as a bot that was started anew
    monkeypatch.setattr(store.deliveries, "begin", failing_once(store.deliveries.begin))
    await chat.say(UNKNOWN)
    (alarm,) = await chat.say(DANGER)
    assert alarm.startswith(only("000"))


async def test_a_choice_that_could_not_be_written_is_forgotten_too(
    chat: Chat, store: Store, application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    await choose_unwritten(chat, store, monkeypatch)
    await chat.say("/forget")
    await application.users.write_late()
    assert await known(store, chat) == PersonRecord()
    alarm, _disclaimer = await chat.say(DANGER)
    assert alarm.startswith(f"Call now: {ALL}.")


async def test_two_people_at_once_have_each_their_own(telegram: PretendTelegram) -> None:
    one, two = [await Chat(telegram.person(name)).meet() for name in ("Maya", "Ola")]
    await asyncio.gather(choose(one, "Australia"), choose(two, "United Kingdom"))
    for chat, number in ((one, "000"), (two, "999")):
        (alarm,) = await chat.say(DANGER)
        assert alarm.startswith(only(number))
