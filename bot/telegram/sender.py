"""The one door out: every message the bot sends or edits leaves here."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter

from bot.content.markup import plain
from bot.delivery.retrying import GaveUp, RetryingCaller
from bot.replies import Reply
from bot.replies.reply import Picture
from bot.replies.shared import InlineAnswers
from bot.telegram.api import Api, SentMessage
from bot.telegram.incoming import Address
from bot.telegram.pictures import PictureNames
from bot.telegram.rendering import BotIdentity, Keyboard, Rendered, Renderer, inline_results, without_styles
from bot.telegram.splitting import length

log = logging.getLogger(__name__)
Sent = TypeVar("Sent")

CAPTION = 1024  # UTF-16 units of the words under a picture
OFFER_TRIES = 2  # an inline query that is not answered within seconds is asked again by itself
STANDING_TRIES = 2
ADMINS = ("creator", "administrator")
UNKNOWN_FILE = ("file identifier", "file_id", "file reference")  # in a refusal of a name for a picture

SPINNER_TRIES = 2  # a press that is not answered stops spinning by itself
SPINNER_SECONDS = 1.0  # that an update is held for its spinner once its page is out
BUTTON_TRIES = 3  # buttons that stay do no harm
UNCHANGED = "message is not modified"
UNPARSABLE = "can't parse entities"
UNKNOWN_STYLE = ("style", "button", "reply markup", "inline keyboard")  # in a refusal by an older Bot API server


class ChatUnreachable(Exception):
    """The chat can't be reached: blocked, deleted, left. Nothing more is to be said there."""


class Sender:
    """Sends and edits, with Telegram's refusals handled in one place."""

    def __init__(self, bot: Api, line: RetryingCaller, pictures: PictureNames) -> None:
        self._bot = bot
        self._caller = line
        self._pictures = pictures
        self._renderer = Renderer()
        self._me = BotIdentity()
        self._spinners: set[asyncio.Task[None]] = set()  # asyncio itself holds tasks weakly

    def introduce(self, me: BotIdentity) -> None:
        """Who the bot is: links hold its name."""
        self._me = me

    async def send(self, reply: Reply, address: Address) -> int:
        """Send a reply, in several messages where it is long; the id of the last one. Raises ChatUnreachable."""
        rendered = self._renderer.render(reply, self._me)
        if reply.picture:
            return await self._send_picture(reply.picture, rendered, address)
        return await self._send_texts(rendered, address)

    async def edit(self, reply: Reply, address: Address, message: int) -> int:
        """Put a reply in place of a message; send it anew where that can't be. The id of the message."""
        rendered = self._renderer.render(reply, self._me)
        if len(rendered.texts) > 1 or reply.picture:
            return await self.send(reply, address)
        try:
            await self._edit_text(SentMessage(rendered.texts[0], rendered.keyboard), address, message)
        except BadRequest as error:
            if UNCHANGED in error.message.lower():
                return message
            return await self.send(reply, address)
        return message

    async def edit_buttons(self, address: Address, message: int, keyboard: Keyboard) -> None:
        """Change the buttons under a message; no matter when that can't be done."""
        try:
            await self._caller.call(
                lambda: self._bot.change_buttons(address.chat, message, keyboard), address.chat, BUTTON_TRIES
            )
        except (NetworkError, Forbidden, ChatMigrated, RetryAfter, GaveUp) as error:
            log.info("buttons not changed: %s", type(error).__name__)

    async def offer(self, query: str, offered: InlineAnswers) -> None:
        """Answer an inline query. Who typed on has asked anew: too late, or not at all, is no error."""
        results, more = inline_results(offered, self._me), {"text": offered.ask.label}
        button = {**more, "start_parameter": offered.ask.link or ""}
        try:
            await self._caller.call(lambda: self._bot.offer(query, results, button), tries=OFFER_TRIES)
        except (NetworkError, Forbidden, RetryAfter, GaveUp) as error:
            log.info("inline query not answered: %s", type(error).__name__)

    async def is_admin(self, group: int, person: int | None) -> bool:
        """Whether a person may decide in a group. Where Telegram does not tell, they may not; a channel never may."""
        if person is None or person <= 0:
            return False
        try:
            # As a call of no chat: who asks for it again and again must not use up what may be said in the group.
            standing = await self._caller.call(lambda: self._bot.standing(group, person), tries=STANDING_TRIES)
        except (NetworkError, Forbidden, ChatMigrated, RetryAfter, GaveUp) as error:
            log.info("no way to see who may decide in a group: %s", type(error).__name__)
            return False
        return standing in ADMINS

    @asynccontextmanager
    async def answering(self, query: str, text: str | None = None) -> AsyncIterator[None]:
        """Answer a button press, so that its spinner stops, beside whatever is done inside.

        It is asked for first, and no page waits for it; too late, or not at all, is no error.
        """
        spinner = asyncio.create_task(self._answer(query, text))
        self._spinners.add(spinner)
        spinner.add_done_callback(self._spinners.discard)
        await asyncio.sleep(0)  # so that it is under way before the page
        try:
            yield
        finally:
            await asyncio.wait({spinner}, timeout=SPINNER_SECONDS)

    async def close(self) -> None:
        """Leave the spinners that still turn."""
        for spinner in self._spinners:
            spinner.cancel()
        await asyncio.gather(*self._spinners, return_exceptions=True)

    async def _answer(self, query: str, text: str | None) -> None:
        try:
            await self._caller.call(lambda: self._bot.answer_callback_query(query, text=text), tries=SPINNER_TRIES)
        except Exception as error:  # noqa: BLE001 - nobody waits for this task: it must end by itself
            log.info("press not answered: %s", type(error).__name__)

    async def _send_texts(self, rendered: Rendered, address: Address) -> int:
        last = 0
        for number, text in enumerate(rendered.texts, 1):
            keyboard = rendered.keyboard if number == len(rendered.texts) else None
            last = await self._send_text(SentMessage(text, keyboard), address)
        return last

    async def _send_picture(self, picture: Picture, rendered: Rendered, address: Address) -> int:
        """A picture, with the words under it; where they are too long they follow it.

        Where it can't be read, or Telegram does not take it, there are only the words.
        """
        said = SentMessage(rendered.texts[0], rendered.keyboard)
        try:
            content, digest = await self._pictures.read(picture)
        except OSError as error:
            log.error("the picture %s can't be read: %s", picture.name, error.strerror)
            return await self._send_texts(rendered, address)
        is_short = len(rendered.texts) == 1 and length(said.text) <= CAPTION
        name = await self._pictures.find(digest)
        try:
            message, name = await self._show(name or content, content, said if is_short else SentMessage(""), address)
        except ChatUnreachable as error:
            if not isinstance(error.__cause__, BadRequest):
                raise
            log.warning("the picture %s was refused: its words go alone", picture.name)
            return await self._send_texts(rendered, address)
        await self._pictures.note(digest, name)
        return message if is_short else await self._send_texts(rendered, address)

    async def _show(self, known: bytes | str, content: bytes, said: SentMessage, address: Address) -> tuple[int, str]:
        """A picture by Telegram's name for it, and by its bytes where Telegram does not know the name."""

        async def show(chat: int, said: SentMessage) -> tuple[int, str]:
            quoted = address.answers if chat == address.chat else None
            try:
                return await self._bot.show(chat, known, said, address.topic, quoted)
            except BadRequest as error:
                if not any(word in error.message.lower() for word in UNKNOWN_FILE):
                    raise
            return await self._bot.show(chat, content, said, address.topic, quoted)

        return await self._sent(show, said, address)

    async def _send_text(self, said: SentMessage, address: Address) -> int:
        async def send(chat: int, said: SentMessage) -> int:
            quoted = address.answers if chat == address.chat else None
            return await self._bot.say(chat, said, address.topic, quoted)

        return await self._sent(send, said, address)

    async def _sent(
        self, send: Callable[[int, SentMessage], Awaitable[Sent]], said: SentMessage, address: Address
    ) -> Sent:
        """What `send` gives: in the chat, or where it has moved to, as it is, or simpler. Raises ChatUnreachable."""

        async def attempt(chat: int) -> Sent:
            try:
                return await self._caller.call(lambda: send(chat, said), chat)
            except BadRequest as error:
                simpler = _simpler(said, error)
            return await self._caller.call(lambda: send(chat, simpler), chat)

        try:
            try:
                return await attempt(address.chat)
            except ChatMigrated as error:
                return await attempt(error.new_chat_id)
        except (Forbidden, BadRequest, ChatMigrated, GaveUp) as error:
            raise ChatUnreachable(type(error).__name__) from error

    async def _edit_text(self, said: SentMessage, address: Address, message: int) -> None:
        async def edit(said: SentMessage) -> None:
            await self._bot.change(address.chat, message, said)

        try:
            try:
                await self._caller.call(lambda: edit(said), address.chat)
            except BadRequest as error:
                simpler = _simpler(said, error)
                await self._caller.call(lambda: edit(simpler), address.chat)
        except (Forbidden, ChatMigrated, GaveUp) as error:
            raise ChatUnreachable(type(error).__name__) from error


def _simpler(said: SentMessage, error: BadRequest) -> SentMessage:
    """What may be taken where the message was refused; the error itself where nothing would help."""
    reason = error.message.lower()
    if UNPARSABLE in reason:
        log.error("Telegram did not take our HTML; sent as plain text")
        return SentMessage(plain(said.text), said.keyboard, is_html=False)
    plain_keyboard = without_styles(said.keyboard) if said.keyboard else None
    if plain_keyboard != said.keyboard and any(word in reason for word in UNKNOWN_STYLE):
        return SentMessage(said.text, plain_keyboard)
    raise error
