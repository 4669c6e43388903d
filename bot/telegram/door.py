"""The one door out: every message the bot sends or edits leaves here."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

from telegram import Bot, InlineKeyboardMarkup, LinkPreviewOptions, Message, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, TelegramError

from bot.content.markup import plain
from bot.replies import Reply
from bot.telegram.rendering import render

Result = TypeVar("Result")
log = logging.getLogger(__name__)

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
PAUSES = (0.5, 2.0)  # seconds before trying again when the network fails: an answer twice beats none
UNCHANGED = "message is not modified"
UNPARSABLE = "can't parse entities"


@dataclass(frozen=True)
class Address:
    """Where a reply goes: a chat, a topic in it, and in groups the message it answers."""

    chat: int
    topic: int | None = None
    answers: int | None = None


class Gone(Exception):
    """The chat can't be reached: blocked, deleted, left. Nothing more is to be said there."""


class Door:
    """Sends and edits, with Telegram's refusals handled in one place."""

    def __init__(self, bot: Bot, pauses: tuple[float, ...] = PAUSES) -> None:
        self._bot = bot
        self._pauses = pauses

    async def send(self, reply: Reply, address: Address) -> int:
        """Send a reply, in several messages where it is long; the id of the last one. Raises Gone."""
        rendered = render(reply)
        last = 0
        for number, text in enumerate(rendered.texts, 1):
            markup = rendered.keyboard if number == len(rendered.texts) else None
            last = await self._send_text(text, address, markup)
        return last

    async def edit(self, reply: Reply, address: Address, message: int) -> int:
        """Put a reply in place of a message; send it anew where that can't be. The id of the message."""
        rendered = render(reply)
        if len(rendered.texts) > 1:
            return await self.send(reply, address)
        try:
            await self._edit_text(rendered.texts[0], address, message, rendered.keyboard)
        except BadRequest as error:
            if UNCHANGED in error.message.lower():
                return message
            return await self.send(reply, address)
        return message

    async def edit_buttons(self, address: Address, message: int, markup: InlineKeyboardMarkup | None) -> None:
        """Change the buttons under a message; no matter when that can't be done."""
        try:
            await self._bot.edit_message_reply_markup(address.chat, message, reply_markup=markup)
        except TelegramError as error:
            log.info("buttons not changed: %s", type(error).__name__)

    async def answer(self, query: str, text: str | None = None) -> None:
        """Answer a button press, so that its spinner stops; too late is no error."""
        try:
            await self._bot.answer_callback_query(query, text=text)
        except TelegramError as error:
            log.info("press not answered: %s", type(error).__name__)

    async def _send_text(self, text: str, address: Address, markup: InlineKeyboardMarkup | None) -> int:
        async def send(chat: int, content: str, mode: ParseMode | None) -> Message:
            quoted = address.answers if chat == address.chat else None
            return await self._bot.send_message(
                chat,
                content,
                parse_mode=mode,
                reply_markup=markup,
                link_preview_options=NO_PREVIEW,
                message_thread_id=address.topic,
                reply_parameters=ReplyParameters(quoted, allow_sending_without_reply=True)
                if quoted
                else None,
            )

        async def attempt(chat: int) -> Message:
            try:
                return await send(chat, text, ParseMode.HTML)
            except BadRequest as error:
                if UNPARSABLE not in error.message.lower():
                    raise
                log.error("Telegram did not take our HTML; sent as plain text")
                return await send(chat, plain(text), None)

        try:
            try:
                message = await self._patiently(lambda: attempt(address.chat))
            except ChatMigrated as error:
                moved = error.new_chat_id
                message = await self._patiently(lambda: attempt(moved))
        except (Forbidden, BadRequest) as error:
            raise Gone(type(error).__name__) from error
        return message.message_id

    async def _edit_text(
        self, text: str, address: Address, message: int, markup: InlineKeyboardMarkup | None
    ) -> None:
        async def attempt() -> object:
            try:
                return await self._bot.edit_message_text(
                    text,
                    address.chat,
                    message,
                    parse_mode=ParseMode.HTML,
                    reply_markup=markup,
                    link_preview_options=NO_PREVIEW,
                )
            except BadRequest as error:
                if UNPARSABLE not in error.message.lower():
                    raise
                log.error("Telegram did not take our HTML; edited as plain text")
                return await self._bot.edit_message_text(
                    plain(text),
                    address.chat,
                    message,
                    reply_markup=markup,
                    link_preview_options=NO_PREVIEW,
                )

        try:
            await self._patiently(attempt)
        except Forbidden as error:
            raise Gone(type(error).__name__) from error

    async def _patiently(self, attempt: Callable[[], Awaitable[Result]]) -> Result:
        """Try again, a few times, what failed on the way."""
        for pause in self._pauses:
            try:
                return await attempt()
            except BadRequest:  # a NetworkError to the library, but no second try would help
                raise
            except NetworkError as error:
                log.warning("Telegram was not reached (%s), trying again", type(error).__name__)
                await asyncio.sleep(pause)
        return await attempt()
