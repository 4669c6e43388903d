"""In a group: short answers with links, silence where it is wished for or too much is written, danger always."""

import logging
from pathlib import Path
from typing import Any

import pytest

from bot.content import Content
from bot.preview.faults import Fault
from bot.preview.groups import Group
from bot.preview.people import Person
from bot.preview.server import PretendTelegram
from bot.replies import Speaker
from bot.store import Store, StoreError, person_code
from bot.telegram.application import Application
from bot.telegram.conversation import IN_GROUP, IN_GROUP_SECONDS
from bot.understanding import Understanding
from tests.store.test_store import all_bytes, all_rows
from tests.telegram.conftest import KEY, Chat, Clock
from tests.telegram.house import house_of

NAME = "@preview_bot"
QUESTION = f"{NAME} is it normal to crawl backwards"
ALARM = f"{NAME} my baby is not breathing"
OWN_WORDS = f"{NAME} my baby choking"  # understood, but no phrase of the floor
CARE = f"{NAME} my baby is hot"
QUIET, HEARD, FAILED = (
    "I am quiet in this group now.",
    "I answer in this group again",
    "I could not switch that just now",
)
ADMINS_ONLY = "Only an admin of this group can switch that."
COMMAND = f"/quiet{NAME}"


@pytest.fixture
def group(telegram: PretendTelegram) -> Group:
    return telegram.group("Parents")


@pytest.fixture
def parent(telegram: PretendTelegram) -> Person:
    return telegram.person("Maya")


@pytest.fixture
async def admin(telegram: PretendTelegram, group: Group) -> Person:
    admin = telegram.person("Ada")
    await group.promote(admin)
    return admin


async def say(group: Group, person: Person, text: str, **more: Any) -> list[str]:
    """Write in a group; the new messages of the bot there."""
    before = len(group.replies)
    await person.say(text, chat=group, **more)
    return [each.text for each in group.replies[before:]]


async def fill(group: Group, telegram: PretendTelegram) -> None:
    """Ask as often as is answered in a minute, each time somebody else."""
    for _ in range(IN_GROUP):
        assert await say(group, telegram.person(), QUESTION)


async def broken(*_: object) -> None:
    raise StoreError("down")


# --- What is said


async def test_an_answer_is_short_and_leads_to_the_private_chat(
    group: Group, parent: Person, chat: Chat, content: Content
) -> None:
    entry = content.by_id["normal"]
    (answer,) = await say(group, parent, QUESTION)
    assert answer.split("\n")[0] == entry.question
    assert "When to call" in answer
    assert answer.endswith("From an automated guide, not a doctor.")
    for part in ("Now\n", "More about this", "Sources", "From: "):
        assert part not in answer
    ((button,),) = group.replies[-1].buttons
    assert (button.text, button.url) == ("More in private", "https://t.me/preview_bot?start=normal")
    await chat.person.start("normal")
    assert "More about this" in chat.seen[-1]


async def test_it_stands_under_its_question(group: Group, parent: Person) -> None:
    question = await parent.say(QUESTION, chat=group)
    assert group.replies[-1].reply_to == question.id


@pytest.mark.parametrize(
    "text",
    [
        QUESTION,
        ALARM,
        CARE,
        f"{NAME} I want to die",
        f"{NAME} he has a fever",
        f"{NAME} backwards why normal",
        f"{NAME} when do babies start teething",
        f"{NAME} hello",
        f"{NAME} 230",
        f"{NAME} help",
        f"{NAME} what does choking first aid look like",
        NAME,
        *(f"/{command}{NAME}" for command in (
            "start", "menu", "help", "check", "note", "ages", "country", "about", "privacy", "forget", "quiet", "status",
        )),
        f"/ages{NAME} 8 months",
    ],
)  # fmt: skip
@pytest.mark.parametrize("code", ["en", "en-GB"])
async def test_no_button_in_a_group_is_for_the_bot_and_nobody_is_told_the_disclaimer(
    group: Group, telegram: PretendTelegram, text: str, code: str
) -> None:
    parent = telegram.person(language_code=code)
    await parent.say(text, chat=group)
    (reply,) = group.replies
    assert reply.labels or text.startswith("/quiet")
    assert len(set(reply.labels)) == len(reply.labels)
    for button in (button for row in reply.buttons for button in row):
        assert button.data is None
        assert (button.url or "").startswith("https://t.me/preview_bot?start=")
    assert not (reply.text or reply.caption).startswith("Hello. I answer common questions")
    assert parent.replies == ()


@pytest.mark.parametrize("command", ["check", "note", "ages", "country"])
async def test_a_page_that_is_tapped_through_leads_to_itself_in_private(
    group: Group, parent: Person, command: str
) -> None:
    await parent.say(f"/{command}{NAME}", chat=group)
    links = [button.url for row in group.replies[-1].buttons for button in row]
    assert links[0] == f"https://t.me/preview_bot?start={command}"


async def test_where_topics_are_named_there_is_a_way_to_them(group: Group, parent: Person) -> None:
    for text in (f"/menu{NAME}", f"{NAME} when do babies start teething"):
        await parent.say(text, chat=group)
        assert "https://t.me/preview_bot?start=menu" in [b.url for row in group.replies[-1].buttons for b in row]


async def test_whose_country_is_known_finds_the_other_countries_under_danger(
    group: Group, telegram: PretendTelegram
) -> None:
    await telegram.person(language_code="en-GB").say(ALARM, chat=group)
    links = {button.text: button.url for row in group.replies[-1].buttons for button in row}
    assert links["Other country"] == "https://t.me/preview_bot?start=country"


async def test_who_wrote_in_a_group_alone_is_told_the_disclaimer_in_private(group: Group, chat: Chat) -> None:
    await say(group, chat.person, QUESTION)
    disclaimer, _answer = await chat.say("is it normal to crawl backwards")
    assert disclaimer.startswith("Hello. I answer common questions")


async def test_something_that_breaks_says_sorry_without_buttons_for_the_bot(
    group: Group, parent: Person, speaker: Speaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(speaker, "to_request", fails)
    (sorry,) = await say(group, parent, QUESTION)
    assert sorry.startswith("Something went wrong on my side, sorry.")
    buttons = [button for row in group.replies[-1].buttons for button in row]
    assert [button.data for button in buttons] == [None] * len(buttons)
    assert "https://t.me/preview_bot?start=check" in [button.url for button in buttons]


async def test_a_button_of_an_earlier_version_is_answered_as_a_group_reads_it(group: Group, parent: Person) -> None:
    await say(group, parent, QUESTION)
    await parent.press(group.replies[-1].id, "e:why", chat=group)
    (answer,) = group.replies
    assert answer.text.startswith("Why does my baby crawl backwards?")
    assert answer.labels == ("More in private",)


async def test_an_edited_question_is_answered_in_place(group: Group, parent: Person) -> None:
    question = await parent.say(f"{NAME} how long does it last", chat=group)
    await parent.edit(question.id, QUESTION, chat=group)
    (answer,) = group.replies
    assert answer.text.startswith("Is it normal")


# --- Danger


async def test_danger_is_told_of_whole(group: Group, chat: Chat) -> None:
    await chat.meet()
    (private,) = await chat.say("my baby is not breathing")
    assert await say(group, chat.person, ALARM) == [private]


@pytest.mark.parametrize("text", [ALARM, OWN_WORDS])
async def test_danger_is_told_of_also_in_a_quiet_group(group: Group, admin: Person, parent: Person, text: str) -> None:
    await say(group, admin, COMMAND)
    (alarm,) = await say(group, parent, text)
    assert alarm.startswith("Call now")


@pytest.mark.parametrize("text", [ALARM, OWN_WORDS])
async def test_danger_is_told_of_also_where_others_wrote_too_much(
    group: Group, telegram: PretendTelegram, parent: Person, text: str
) -> None:
    await fill(group, telegram)
    assert await say(group, telegram.person(), QUESTION) == []
    for _ in range(3):
        (alarm,) = await say(group, parent, text)
        assert alarm.startswith("Call now")


async def test_danger_is_told_of_also_to_who_wrote_too_much(group: Group, parent: Person) -> None:
    for _ in range(30):
        await parent.say(QUESTION, chat=group)
    assert len(group.replies) == IN_GROUP
    (alarm,) = await say(group, parent, ALARM)
    assert alarm.startswith("Call now")


async def test_under_caution_and_where_the_check_breaks_a_quiet_group_is_told_whom_to_call(
    group: Group, admin: Person, parent: Person, understanding: Understanding, monkeypatch: pytest.MonkeyPatch
) -> None:
    await say(group, admin, COMMAND)
    (caution,) = await say(group, parent, CARE)
    assert "911" in caution

    def fails(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(understanding, "meaning", fails)
    (sorry,) = await say(group, parent, QUESTION)
    assert "911" in sorry


# --- Too much


async def test_beyond_so_many_messages_there_is_silence_and_after_a_minute_there_are_answers(
    group: Group, telegram: PretendTelegram, clock: Clock
) -> None:
    await fill(group, telegram)
    for text in (QUESTION, f"/menu{NAME}", f"{NAME} hello", CARE):
        assert await say(group, telegram.person(), text) == []
    clock.now += IN_GROUP_SECONDS + 1
    assert len(await say(group, telegram.person(), QUESTION)) == 1


async def test_nobody_in_a_group_is_told_that_it_was_too_much(group: Group, parent: Person, clock: Clock) -> None:
    for _ in range(40):
        clock.now += 1
        await parent.say(QUESTION, chat=group)
    assert not any("a lot of messages" in each.text for each in group.replies)


async def test_one_group_does_not_silence_another_nor_anybodys_private_chat(
    group: Group, telegram: PretendTelegram, chat: Chat
) -> None:
    await fill(group, telegram)
    other = telegram.group("Other parents")
    assert len(await say(other, telegram.person(), QUESTION)) == 1
    assert len(await chat.say("/menu")) == 2


async def test_what_people_tell_each_other_does_not_count(group: Group, telegram: PretendTelegram) -> None:
    await group.promote_bot()  # an administrator hears everything
    for _ in range(IN_GROUP * 2):
        assert await say(group, telegram.person(), "is it normal to crawl backwards") == []
    assert len(await say(group, telegram.person(), QUESTION)) == 1


# --- Quiet


@pytest.mark.parametrize("status", ["administrator", "creator"])
async def test_who_rules_the_group_switches_it_off_and_on(
    group: Group, telegram: PretendTelegram, parent: Person, clock: Clock, status: str
) -> None:
    ruler = telegram.person()
    await group.promote(ruler, status)
    (done,) = await say(group, ruler, COMMAND)
    assert done.startswith(QUIET)
    for text in (QUESTION, f"/menu{NAME}", f"{NAME} hello", f"{NAME} when do babies start teething"):
        assert await say(group, parent, text) == []
        assert await say(group, ruler, text) == []
    clock.now += IN_GROUP_SECONDS + 1
    (done,) = await say(group, ruler, COMMAND)
    assert done.startswith(HEARD)
    assert len(await say(group, parent, QUESTION)) == 1


async def test_an_admin_can_also_where_too_much_was_written_and_others_get_silence(
    group: Group, admin: Person, parent: Person, telegram: PretendTelegram
) -> None:
    await fill(group, telegram)
    assert await say(group, parent, COMMAND) == []
    assert (await say(group, admin, COMMAND))[0].startswith(QUIET)


async def test_an_admin_who_hides_can(group: Group, telegram: PretendTelegram, parent: Person) -> None:
    await group.post_anonymously(COMMAND)
    assert group.replies[-1].text.startswith(QUIET)
    assert not any(call.method == "getChatMember" for call in telegram.calls)
    assert await say(group, parent, QUESTION) == []
    await group.post_anonymously(COMMAND)
    assert group.replies[-1].text.startswith(HEARD)


async def test_a_member_can_not(group: Group, parent: Person) -> None:
    assert await say(group, parent, COMMAND) == [ADMINS_ONLY]
    assert len(await say(group, parent, QUESTION)) == 1


async def test_who_is_no_longer_an_admin_can_not(group: Group, admin: Person) -> None:
    await say(group, admin, COMMAND)
    await group.demote(admin)
    assert await say(group, admin, COMMAND) == [ADMINS_ONLY]
    assert await say(group, admin, QUESTION) == []


async def test_an_admin_of_another_group_can_not(group: Group, admin: Person, telegram: PretendTelegram) -> None:
    other = telegram.group("Other parents")
    assert await say(other, admin, COMMAND) == [ADMINS_ONLY]
    await say(group, admin, COMMAND)
    assert len(await say(other, admin, QUESTION)) == 1


async def test_a_channel_that_writes_in_a_group_can_not(
    group: Group, application: Application, telegram: PretendTelegram
) -> None:
    """Nor is Telegram asked: it knows no such person."""
    sender = {"id": 136817688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"}
    message = {
        "message_id": 900, "date": 1, "chat": {"id": group.id, "type": "supergroup", "title": "Parents"},
        "text": COMMAND, "from": sender, "sender_chat": {"id": telegram.channel("News").id, "type": "channel", "title": "News"},
    }  # fmt: skip
    await application.process_update({"update_id": 7_000_001, "message": message})
    assert [each.text for each in group.replies] == [ADMINS_ONLY]
    assert not any(call.method == "getChatMember" for call in telegram.calls)


@pytest.mark.parametrize("fault", [Fault(400, "Bad Request: CHAT_ADMIN_REQUIRED"), Fault(500), Fault(None), Fault(403)])
async def test_where_telegram_does_not_tell_nobody_is_an_admin(
    group: Group, admin: Person, telegram: PretendTelegram, fault: Fault
) -> None:
    telegram.fail("getChatMember", fault, times=2)
    assert await say(group, admin, COMMAND) == [ADMINS_ONLY]
    telegram.recover()
    assert len(await say(group, admin, QUESTION)) == 1
    assert (await say(group, admin, COMMAND))[0].startswith(QUIET)


async def test_in_private_it_says_that_it_is_for_groups(chat: Chat, store: Store, tmp_path: Path) -> None:
    await chat.meet()
    (said,) = await chat.say("/quiet")
    assert said.startswith("/quiet is for groups")
    assert len(await chat.say("is it normal to crawl backwards")) == 1
    await store.close()
    assert all_rows(f"sqlite:///{tmp_path / 'bot.db'}")["quiet_groups"] == []


async def test_an_edit_of_the_command_switches_nothing(group: Group, admin: Person) -> None:
    """Telegram tells of edits that nobody made, too."""
    command = await admin.say(COMMAND, chat=group)
    await admin.edit(command.id, f"{COMMAND} please", chat=group)
    assert [each.text.startswith(QUIET) for each in group.replies] == [True]
    assert await say(group, admin, QUESTION) == []


async def test_danger_behind_the_command_is_danger(group: Group, parent: Person) -> None:
    (alarm,) = await say(group, parent, f"{COMMAND} my baby is not breathing")
    assert alarm.startswith("Call now")


async def test_another_bots_command_of_that_name_is_not_ours(group: Group, admin: Person, parent: Person) -> None:
    assert await say(group, admin, "/quiet@other_bot") == []
    assert len(await say(group, parent, QUESTION)) == 1


async def test_only_a_code_is_kept_and_nothing_of_who_switched_it(
    group: Group, admin: Person, store: Store, tmp_path: Path
) -> None:
    await say(group, admin, COMMAND)
    await store.close()
    rows = all_rows(f"sqlite:///{tmp_path / 'bot.db'}")
    assert rows["quiet_groups"] == [(person_code(KEY, group.id),)]
    assert rows["seen"] == []
    held = all_bytes(tmp_path)
    for number in (group.id, -group.id, admin.id):
        assert str(number).encode() not in held


async def test_it_outlives_a_restart(server: PretendTelegram, speaker: Speaker, store: Store) -> None:
    group, admin = server.group("Parents"), server.person()
    await group.promote(admin)
    async with house_of(server, speaker, store):
        await admin.say(COMMAND, chat=group)
        await server.until(lambda: len(group.replies) == 1)
    async with house_of(server, speaker, store):
        await admin.say(QUESTION, chat=group)
        await admin.say(ALARM, chat=group)
        await server.until(lambda: len(group.replies) == 2)
    assert group.replies[0].text.startswith(QUIET)
    assert group.replies[1].text.startswith("Call now")
    assert server.violations == []


@pytest.mark.parametrize("leave", ["ban", "leave"])
async def test_once_the_bot_has_gone_it_is_forgotten(
    group: Group, admin: Person, parent: Person, telegram: PretendTelegram, application: Application, leave: str
) -> None:
    await say(group, admin, COMMAND)
    if leave == "ban":
        await group.ban_bot()
    else:
        await application.bot.leave_chat(group.id)
        await telegram.settle()
    assert not await application.users.is_quiet(group.id)
    await group.add_bot()
    assert len(await say(group, parent, QUESTION)) == 1


async def test_a_change_of_its_rank_changes_nothing(group: Group, admin: Person, parent: Person) -> None:
    await say(group, admin, COMMAND)
    await group.promote_bot()
    await group.demote_bot()
    assert await say(group, parent, QUESTION) == []


async def test_a_group_that_becomes_a_supergroup_keeps_it(
    telegram: PretendTelegram, parent: Person, store: Store, tmp_path: Path
) -> None:
    group, admin = telegram.group("Parents", kind="group"), telegram.person()
    await group.promote(admin)
    await say(group, admin, COMMAND)
    moved = await group.migrate()
    assert await say(moved, parent, QUESTION) == []
    await store.close()
    assert all_rows(f"sqlite:///{tmp_path / 'bot.db'}")["quiet_groups"] == [(person_code(KEY, moved.id),)]


async def test_a_group_that_was_not_quiet_is_not_after_it_moved(telegram: PretendTelegram, parent: Person) -> None:
    moved = await telegram.group("Parents", kind="group").migrate()
    assert len(await say(moved, parent, QUESTION)) == 1


@pytest.mark.parametrize("method", ["drop", "add"])
async def test_where_the_store_fails_it_is_said(
    group: Group, admin: Person, parent: Person, store: Store, monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(store.groups, method, broken)
        (said,) = await say(group, admin, COMMAND)
        assert said.startswith(FAILED)
    assert len(await say(group, parent, QUESTION)) == 1
    assert (await say(group, admin, COMMAND))[0].startswith(QUIET)


async def test_where_the_store_fails_a_quiet_group_is_answered_rather_than_not(
    group: Group, admin: Person, parent: Person, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    await say(group, admin, COMMAND)
    monkeypatch.setattr(store.groups, "has", broken)
    assert len(await say(group, parent, QUESTION)) == 1


async def test_nothing_of_a_group_is_logged(
    group: Group, admin: Person, parent: Person, telegram: PretendTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    telegram.fail("getChatMember", Fault(500), times=2)
    for person, text in ((admin, COMMAND), (admin, COMMAND), (parent, f"{NAME} zebulon crawls"), (parent, ALARM)):
        await say(group, person, text)
    for word in ("zebulon", "breathing", "Parents", str(group.id), str(admin.id), str(parent.id)):
        assert word not in caplog.text
