"""Who is what in a group, and what the bot hears when that changes."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from telegram import Bot, ChatMemberAdministrator, ChatMemberLeft, ChatMemberMember, ChatMemberOwner, Update

from bot.preview.groups import Group
from bot.preview.people import Person
from bot.preview.server import TOKEN, PretendTelegram
from bot.preview.transport import PreviewRequest
from bot.preview.updates import Updates


@pytest.fixture
def telegram() -> PretendTelegram:
    return PretendTelegram()


@pytest.fixture
def group(telegram: PretendTelegram) -> Group:
    return telegram.group("Parents")


@pytest.fixture
def person(telegram: PretendTelegram) -> Person:
    return telegram.person()


async def call(telegram: PretendTelegram, method: str, **parameters: Any) -> Any:
    answer = await telegram.call(TOKEN, method, parameters)
    return answer["result"] if answer["ok"] else answer["description"]


async def status(telegram: PretendTelegram, group: Group, user: int) -> str:
    return str((await call(telegram, "getChatMember", chat_id=group.id, user_id=user))["status"])


async def changes(telegram: PretendTelegram, kind: str = "my_chat_member") -> list[tuple[str, str]]:
    updates = [update[kind] for update in await call(telegram, "getUpdates") if kind in update]
    return [(each["old_chat_member"]["status"], each["new_chat_member"]["status"]) for each in updates]


async def test_everybody_is_what_they_were_made(telegram: PretendTelegram, group: Group, person: Person) -> None:
    assert await status(telegram, group, person.id) == "left"
    await group.add(person)
    assert await status(telegram, group, person.id) == "member"
    await group.promote(person)
    assert await status(telegram, group, person.id) == "administrator"
    await group.promote(person, "creator")
    assert await status(telegram, group, person.id) == "creator"
    await group.demote(person)
    assert await status(telegram, group, person.id) == "member"
    await group.remove(person)
    assert await status(telegram, group, person.id) == "left"
    assert await status(telegram, group, telegram.bot.id) == "member"
    writer = telegram.person()
    await writer.say("hello", chat=group)
    assert await status(telegram, group, writer.id) == "member"


async def test_administrators_are_the_creator_first_and_of_bots_ours_only(
    telegram: PretendTelegram, group: Group, person: Person
) -> None:
    owner, bot = telegram.person(), telegram.other_bot("Other", "other_bot")
    await group.promote(person, is_anonymous=True)
    await group.promote(bot)
    await group.promote(owner, "creator")
    await group.promote_bot()

    shown = await call(telegram, "getChatAdministrators", chat_id=group.id)
    every = await call(telegram, "getChatAdministrators", chat_id=group.id, return_bots=True)

    assert shown[0]["user"]["id"] == owner.id
    hidden = {each["user"]["id"]: each["is_anonymous"] for each in shown}
    assert hidden == {owner.id: False, person.id: True, telegram.bot.id: False}
    assert {each["user"]["id"] for each in every} == {owner.id, person.id, telegram.bot.id, bot.id}


@pytest.mark.parametrize(
    ("method", "parameters", "description"),
    [
        ("getChatMember", {"user_id": 7}, "PARTICIPANT_ID_INVALID"),
        ("getChatMember", {"user_id": 0}, "invalid user_id specified"),
        ("getChatMember", {}, 'parameter "user_id" is required'),
        ("getChatAdministrators", {"chat_id": 7}, "chat not found"),
    ],
)
async def test_nobody_and_nowhere_are_refused(
    telegram: PretendTelegram, group: Group, method: str, parameters: dict[str, Any], description: str
) -> None:
    assert await call(telegram, method, **{"chat_id": group.id, **parameters}) == f"Bad Request: {description}"


async def test_a_private_chat_has_members_no_administrators_and_no_way_out(
    telegram: PretendTelegram, person: Person
) -> None:
    await person.start()
    assert (await call(telegram, "getChatMember", chat_id=person.id, user_id=person.id))["status"] == "member"
    refused = await call(telegram, "getChatAdministrators", chat_id=person.id)
    assert refused == "Bad Request: there are no administrators in the private chat"
    refused = await call(telegram, "leaveChat", chat_id=person.id)
    assert refused == "Bad Request: chat member status can't be changed in private chats"


async def test_the_bot_hears_that_it_is_added_promoted_and_kicked(telegram: PretendTelegram, person: Person) -> None:
    group = telegram.group("Parents", has_bot=False)
    refused = await call(telegram, "sendMessage", chat_id=group.id, text="x")
    assert refused == "Forbidden: bot is not a member of the supergroup chat"
    await person.say("/start", chat=group)
    await group.add_bot(by=person)
    with pytest.raises(ValueError, match="already"):
        await group.add_bot()
    await group.promote_bot(by=person)
    await group.demote_bot(by=person)
    await group.ban_bot(by=person)

    updates = await call(telegram, "getUpdates")

    kinds = [(set(update) - {"update_id"}).pop() for update in updates]
    assert kinds == ["my_chat_member", "message", "my_chat_member", "my_chat_member", "my_chat_member"]
    assert updates[1]["message"]["new_chat_members"][0]["id"] == telegram.bot.id
    assert {update["my_chat_member"]["from"]["id"] for update in updates if "my_chat_member" in update} == {person.id}
    states = await changes(telegram)
    assert states == [
        ("left", "member"), ("member", "administrator"), ("administrator", "member"), ("member", "kicked"),
    ]  # fmt: skip
    refused = await call(telegram, "sendMessage", chat_id=group.id, text="x")
    assert refused == "Forbidden: bot was kicked from the supergroup chat"
    await group.add_bot()
    assert (await changes(telegram))[-1] == ("kicked", "member")


async def test_a_bot_that_leaves_hears_of_it_and_can_no_longer_write(telegram: PretendTelegram, group: Group) -> None:
    assert await call(telegram, "leaveChat", chat_id=group.id) is True
    assert await changes(telegram) == [("member", "left")]
    for method, more in (("leaveChat", {}), ("sendMessage", {"text": "x"}), ("getChatAdministrators", {})):
        refused = await call(telegram, method, chat_id=group.id, **more)
        assert refused == "Forbidden: bot is not a member of the supergroup chat"
    assert telegram.violations == []


async def test_a_bot_that_leaves_while_it_answers_does_not_wait_for_itself(
    telegram: PretendTelegram, group: Group, person: Person
) -> None:
    one_at_a_time, heard = asyncio.Lock(), []

    async def deliver(update: dict[str, Any]) -> None:
        async with one_at_a_time:
            heard.append(set(update) - {"update_id"})
            if "message" in update:
                await call(telegram, "leaveChat", chat_id=group.id)

    telegram.deliver_to(deliver)
    await asyncio.wait_for(person.say("/leave", chat=group), 5)
    await telegram.settle()
    assert heard == [{"message"}, {"my_chat_member"}]


@pytest.mark.parametrize(
    ("kinds", "own", "others"),
    [(None, 1, 0), ([], 1, 0), (["message"], 0, 0), (["my_chat_member"], 1, 0), (["chat_member"], 0, 2)],
)
async def test_changes_come_as_they_are_asked_for(
    telegram: PretendTelegram, group: Group, person: Person, kinds: list[str] | None, own: int, others: int
) -> None:
    await call(telegram, "getUpdates", **({} if kinds is None else {"allowed_updates": kinds}))
    await group.promote_bot()
    await group.add(person)
    await group.promote(person)
    assert len(await changes(telegram)) == own
    assert len(await changes(telegram, "chat_member")) == others


async def test_a_bot_that_is_no_administrator_hears_of_itself_alone(
    telegram: PretendTelegram, group: Group, person: Person
) -> None:
    await call(telegram, "getUpdates", allowed_updates=["chat_member", "my_chat_member"])
    await group.add(person)
    await group.promote(person)
    assert await call(telegram, "getUpdates") == []


async def test_an_administrator_hears_everything(telegram: PretendTelegram, group: Group, person: Person) -> None:
    await person.say("one", chat=group)
    await group.promote_bot()
    await person.say("two", chat=group)
    texts = [update["message"]["text"] for update in await call(telegram, "getUpdates") if "message" in update]
    assert texts == ["two"]


async def test_a_hidden_administrator_writes_in_the_groups_name(telegram: PretendTelegram, group: Group) -> None:
    await group.post_anonymously("chatter")
    said = await group.post_anonymously("/menu@preview_bot")

    (update,) = await call(telegram, "getUpdates")

    message = update["message"]
    assert message["from"] == {
        "id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot",
    }  # fmt: skip
    assert message["sender_chat"] == message["chat"]
    assert (message["message_id"], message["text"]) == (said.id, "/menu@preview_bot")


async def test_the_library_reads_members_and_changes(telegram: PretendTelegram, group: Group, person: Person) -> None:
    await group.promote(person, "creator")
    await group.promote_bot(by=person)
    await group.ban_bot(by=person)
    requests = PreviewRequest(telegram), PreviewRequest(telegram)
    async with Bot(TOKEN, request=requests[0], get_updates_request=requests[1]) as bot:
        updates = await bot.get_updates(allowed_updates=Update.ALL_TYPES)
        await group.add_bot(by=person)
        await group.promote_bot(by=person)
        owner, own = await bot.get_chat_administrators(group.id)
        stranger = await bot.get_chat_member(group.id, telegram.person().id)
        channel = await bot.get_chat_member(telegram.channel("News").id, bot.id)
        other = telegram.person()
        await group.add(other)
        member = await bot.get_chat_member(group.id, other.id)
    kinds = [type(each) for each in (owner, own, stranger, member, channel)]
    assert kinds == [
        ChatMemberOwner,
        ChatMemberAdministrator,
        ChatMemberLeft,
        ChatMemberMember,
        ChatMemberAdministrator,
    ]
    assert all(update.my_chat_member and update.my_chat_member.api_kwargs == {} for update in updates)
    assert telegram.violations == []


async def test_a_group_that_moves_keeps_its_people(telegram: PretendTelegram, person: Person) -> None:
    group = telegram.group("Parents", kind="group")
    await group.promote(person)
    new = await group.migrate()
    assert await status(telegram, new, person.id) == "administrator"
    assert await status(telegram, new, telegram.bot.id) == "member"


def test_only_three_kinds_of_updates_must_be_asked_for() -> None:
    updates = Updates()
    unasked = [kind for kind in ("message", "inline_query", "my_chat_member", "chat_member", "message_reaction")
               if updates.numbered(kind, {}) is None]  # fmt: skip
    assert unasked == ["chat_member", "message_reaction"]
