"""The one door out: every message the bot sends or edits leaves here."""

import logging
from dataclasses import dataclass

from telegram import Bot, InlineKeyboardMarkup, LinkPreviewOptions, Message, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter

from bot.content.markup import plain
from bot.replies import Reply
from bot.telegram.line import Hopeless, Line
from bot.telegram.rendering import render

log = logging.getLogger(__name__)

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
SPINNER_TRIES = 2  # a press that is not answered stops spinning by itself
BUTTON_TRIES = 3  # buttons that stay do no harm
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

    def __init__(self, bot: Bot, line: Line) -> None:
        self._bot = bot
        self._line = line

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

        async def work() -> object:
            return await self._bot.edit_message_reply_markup(address.chat, message, reply_markup=markup)

        try:
            await self._line.call(work, address.chat, BUTTON_TRIES)
        except (NetworkError, Forbidden, ChatMigrated, Hopeless) as error:
            log.info("buttons not changed: %s", type(error).__name__)

    async def answer(self, query: str, text: str | None = None) -> None:
        """Answer a button press, so that its spinner stops; too late is no error."""
        try:
            await self._line.call(
                lambda: self._bot.answer_callback_query(query, text=text), tries=SPINNER_TRIES
            )
        except (NetworkError, Forbidden, RetryAfter, Hopeless) as error:
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
                return await self._line.call(lambda: send(chat, text, ParseMode.HTML), chat)
            except BadRequest as error:
                if UNPARSABLE not in error.message.lower():
                    raise
                log.error("Telegram did not take our HTML; sent as plain text")
                return await self._line.call(lambda: send(chat, plain(text), None), chat)

        try:
            try:
                message = await attempt(address.chat)
            except ChatMigrated as error:
                message = await attempt(error.new_chat_id)
        except (Forbidden, BadRequest, ChatMigrated, Hopeless) as error:
            raise Gone(type(error).__name__) from error
        return message.message_id

    async def _edit_text(
        self, text: str, address: Address, message: int, markup: InlineKeyboardMarkup | None
    ) -> None:
        async def edit(content: str, mode: ParseMode | None) -> object:
            return await self._bot.edit_message_text(
                content,
                address.chat,
                message,
                parse_mode=mode,
                reply_markup=markup,
                link_preview_options=NO_PREVIEW,
            )

        try:
            try:
                await self._line.call(lambda: edit(text, ParseMode.HTML), address.chat)
            except BadRequest as error:
                if UNPARSABLE not in error.message.lower():
                    raise
                log.error("Telegram did not take our HTML; edited as plain text")
                await self._line.call(lambda: edit(plain(text), None), address.chat)
        except (Forbidden, ChatMigrated, Hopeless) as error:
            raise Gone(type(error).__name__) from error
