"""An album is one message, a live location too; in groups other bots' commands get silence."""

import pytest

from bot.preview.server import PretendTelegram
from bot.replies import Speaker
from bot.store import Store
from bot.telegram.application import Application
from tests.telegram.conftest import Chat
from tests.telegram.house import house_of
from tests.telegram.test_polling import meet

ONLY_TEXT = "I can only read text."
ALARM = "look at this, her lips are blue"


@pytest.mark.parametrize("captions", [("", "", "", "", ""), ("", "", "")])
async def test_an_album_without_words_gets_one_reply(
    chat: Chat, telegram: PretendTelegram, captions: tuple[str, ...]
) -> None:
    await chat.meet()
    await chat.person.send_album(*captions)
    await telegram.until(lambda: len(chat.seen) == 3)
    assert "Is it normal" in (await chat.say("is it normal to crawl backwards"))[-1]
    assert len(chat.seen) == 4
    assert chat.seen[2].startswith(ONLY_TEXT)


@pytest.mark.parametrize(
    "captions", [(ALARM, "", ""), ("", "", ALARM, "", ""), ("", ALARM), (ALARM, "", "", "", "", "", "", "", "", "")]
)
async def test_of_an_album_with_words_only_these_are_answered(
    server: PretendTelegram, speaker: Speaker, store: Store, captions: tuple[str, ...]
) -> None:
    async with house_of(server, speaker, store):
        (maya,) = await meet(server, "Maya")
        await maya.send_album(*captions)
        await server.until(lambda: len(maya.replies) == 3)
        await maya.say("/help")
        await server.until(lambda: len(maya.replies) == 4)
    assert "911" in maya.replies[2].text
    assert not any(each.text.startswith(ONLY_TEXT) for each in maya.replies)


async def test_two_albums_of_ten_are_no_flood(chat: Chat) -> None:
    await chat.meet()
    for _ in range(2):
        await chat.person.send_album(*[""] * 10)
    assert "Is it normal" in (await chat.say("is it normal to crawl backwards"))[-1]


async def test_words_with_every_picture_are_messages_and_count_as_such(chat: Chat) -> None:
    await chat.meet()
    for _ in range(4):
        await chat.person.send_album(*["is it normal to crawl backwards"] * 8)
    assert sum("Is it normal" in text for text in chat.seen) < 25
    assert any("a lot of messages" in text for text in chat.seen)


async def test_a_live_location_is_one_message(chat: Chat, telegram: PretendTelegram) -> None:
    await chat.meet()
    place = await chat.person.send("location")
    calls = len(telegram.calls)
    for _ in range(11):
        await chat.person.move(place)
    assert len(chat.seen) == 3
    assert len(telegram.calls) == calls


async def test_other_bots_commands_get_silence_in_a_group_and_ours_an_answer(telegram: PretendTelegram) -> None:
    group, sam = telegram.group("Parents", hears_all=True), telegram.person()
    for command in ("/roll", "/ban 1234", "/warn spam", "/roll@other_bot", "/help@other_bot", "/menu@preview_botx"):
        await sam.say(command, chat=group)
    assert group.replies == ()
    await sam.say("/roll", chat=group, reply_to=None)
    for command in ("/menu", "/HELP", "/menu@preview_bot", "/nonsense@preview_bot"):
        before = len(group.replies)
        await sam.say(command, chat=group)
        assert len(group.replies) > before


async def test_in_answer_to_the_bot_another_bots_command_is_still_not_ours(telegram: PretendTelegram) -> None:
    group, sam = telegram.group("Parents", hears_all=True), telegram.person()
    await sam.say("/menu", chat=group)
    before = len(group.replies)
    await sam.say("/ban 1234", chat=group, reply_to=group.replies[-1])
    assert len(group.replies) == before


async def test_a_longer_name_or_an_address_is_no_mention(telegram: PretendTelegram) -> None:
    group, sam = telegram.group("Parents", hears_all=True), telegram.person()
    for text in ("@preview_botx is it normal", "mail me@preview_bot.example", "x@preview_bot"):
        await sam.say(text, chat=group)
    assert group.replies == ()
    await sam.say("😀👶 @Preview_BOT, is it normal to crawl backwards", chat=group)
    assert "Is it normal" in group.replies[-1].text


async def test_a_hidden_administrator_and_a_channel_are_answered(
    telegram: PretendTelegram, application: Application
) -> None:
    group = telegram.group("Parents", hears_all=True)
    chat = {"id": group.id, "type": "supergroup", "title": "Parents"}
    anonymous = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
    channel = {"id": -1001, "type": "channel", "title": "C"}
    base = {
        "message_id": 900,
        "date": 1,
        "chat": chat,
        "text": "@preview_bot is it normal to crawl backwards",
        "from": anonymous,
    }
    for number, sender in enumerate(({"sender_chat": chat}, {"sender_chat": channel}), 7_000_000):
        before = len(group.replies)
        await application.process_update({"update_id": number, "message": {**base, **sender}})
        assert len(group.replies) > before
    forwarded = {**base, "sender_chat": channel, "is_automatic_forward": True}
    before = len(group.replies)
    await application.process_update({"update_id": 7_000_009, "message": forwarded})
    assert len(group.replies) == before
