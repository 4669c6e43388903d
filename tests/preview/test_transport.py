"""A real python-telegram-bot application runs against the pretend Telegram, in process."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter, TimedOut
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from bot.preview.server import TOKEN, Fault, PretendTelegram
from bot.preview.transport import PreviewRequest, connect


async def echo(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    message = update.effective_message
    assert message is not None
    button = InlineKeyboardButton("Shout", callback_data="shout")
    await message.reply_html(f"<b>{message.text_html}</b>", reply_markup=InlineKeyboardMarkup([[button]]))


async def shout(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    query = update.callback_query
    assert query is not None
    await query.answer("Louder")
    await query.edit_message_text(query.message.text.upper())  # type: ignore[union-attr]


def build(server: PretendTelegram, token: str = TOKEN) -> Application[Any, Any, Any, Any, Any, Any]:
    builder = ApplicationBuilder().token(token).request(PreviewRequest(server))
    application = builder.get_updates_request(PreviewRequest(server)).build()
    application.add_handler(MessageHandler(filters.TEXT, echo))
    application.add_handler(CallbackQueryHandler(shout))
    return application


@pytest.fixture
def server() -> PretendTelegram:
    return PretendTelegram()


@pytest.fixture
async def application(server: PretendTelegram) -> AsyncIterator[Application[Any, Any, Any, Any, Any, Any]]:
    async with build(server) as application:
        yield application


async def test_a_polling_bot_answers_and_stops_cleanly(server: PretendTelegram) -> None:
    person = server.person()
    async with build(server) as application:
        assert application.updater is not None
        await application.updater.start_polling()
        await application.start()
        await person.say("back & forth \N{BABY}")
        await server.until(lambda: len(person.replies) == 1)
        await person.press_label("Shout")
        await server.until(lambda: person.replies[0].edited)
        polls = len([call for call in server.calls if call.method == "getUpdates"])
        await application.updater.stop()
        await application.stop()

    assert person.replies[0].text == "BACK & FORTH \N{BABY}"
    assert person.replies[0].buttons == ()
    assert (server.violations, server.unanswered()) == ([], ())
    assert polls <= 4, "it waits for updates instead of asking again and again"


async def test_a_connected_application_has_answered_when_say_returns(
    server: PretendTelegram, application: Application[Any, Any, Any, Any, Any, Any]
) -> None:
    class Taking:
        async def process_update(self, row: dict[str, Any]) -> None:
            await application.process_update(Update.de_json(row, application.bot))

    connect(Taking(), server)
    person = server.person()

    await person.say("hello")

    assert [message.html for message in person.replies] == ["<b>hello</b>"]
    assert person.replies[0].labels == ("Shout",)


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault(429, retry_after=2), RetryAfter),
        (Fault(500), NetworkError),
        (Fault(403), Forbidden),
        (Fault(None), TimedOut),
        (Fault(409, "terminated by other getUpdates request"), Conflict),
        (Fault(400, "chat not found"), BadRequest),
    ],
)
async def test_faults_reach_the_bot_as_the_library_knows_them(
    server: PretendTelegram,
    application: Application[Any, Any, Any, Any, Any, Any],
    fault: Fault,
    error: type[Exception],
) -> None:
    server.fail("sendMessage", fault)

    with pytest.raises(error):
        await application.bot.send_message(server.person().id, "x")


async def test_a_wrong_token_is_an_invalid_token(server: PretendTelegram) -> None:
    application = build(server, TOKEN[:-1] + "X")

    with pytest.raises(InvalidToken):
        await application.initialize()


async def test_a_second_poller_is_a_conflict(
    server: PretendTelegram, application: Application[Any, Any, Any, Any, Any, Any]
) -> None:
    first = asyncio.ensure_future(application.bot.get_updates(timeout=30))
    await asyncio.sleep(0.01)
    async with build(server) as second:
        await second.bot.get_updates(timeout=0)

    with pytest.raises(Conflict):
        await first


async def test_everything_people_send_is_understood_by_the_library(
    server: PretendTelegram, application: Application[Any, Any, Any, Any, Any, Any]
) -> None:
    person, group, channel = server.person(), server.group("Parents"), server.channel("News")
    await group.add(person)
    for kind in ("photo", "voice", "video", "sticker", "document", "location", "contact", "poll"):
        await person.send(kind)
    await person.edit((await person.say("one")).id, "two")
    await person.press(99, "gone")
    await person.query_inline("x")
    await person.block()
    await channel.post("news")

    updates = await application.bot.get_updates()

    assert len(updates) == 15
    assert all(update.api_kwargs == {} for update in updates)
    messages = [update.message for update in updates if update.message]
    assert all(message.api_kwargs == {} and message.effective_attachment for message in messages[1:9])
    assert (await application.bot.get_webhook_info()).pending_update_count == 15
    assert server.violations == []
