"""The Bot API as this bot calls it: python-telegram-bot's Bot, without its classes for what comes back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from telegram import Bot, InputFile
from telegram.constants import ParseMode
from telegram.request import BaseRequest

from bot.telegram.rendering import Keyboard

ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "inline_query", "my_chat_member")
MOST_UPDATES = 100  # at once, by Telegram's rule
NO_PREVIEW = {"is_disabled": True}
# Seconds that Telegram offers inline answers again without asking. It can't be told that content has changed: as long
# may somebody be offered what it was.
CACHED = 300
UPLOADING = 20.0  # seconds
ON_THE_WAY = 10.0  # seconds more than Telegram's own wait, for the answer to arrive


@dataclass(frozen=True)
class SentMessage:
    """One message's text, and the buttons under it."""

    text: str
    keyboard: Keyboard | None = None
    is_html: bool = True


class Api(Bot):
    """One bot at one Bot API server."""

    def __init__(self, token: str, url: str, request: BaseRequest, updates_request: BaseRequest) -> None:
        super().__init__(token, f"{url}/bot", request=request, get_updates_request=updates_request)

    async def fetch(self, offset: int, seconds: int) -> list[dict[str, Any]]:
        """The updates from `offset` on; those before it are confirmed. Waits so long for a first one.

        As they came: most of a fetch may be in hand already, and need not be read again.
        """
        asked = {
            "offset": offset,
            "limit": MOST_UPDATES,
            "timeout": seconds,
            "allowed_updates": ALLOWED_UPDATES,
        }
        found: Any = await self._post("getUpdates", asked, read_timeout=seconds + ON_THE_WAY)
        return list(found)

    # The library's own methods ask for each of Telegram's thirty parameters, and read the whole message that
    # comes back, which nobody looks at: a third of what a reply cost beside its understanding. `_post` is
    # private to the library; its other way in, `do_api_request`, reads the message all the same.

    async def say(self, chat: int, said: SentMessage, topic: int | None = None, answers: int | None = None) -> int:
        """sendMessage, quoting the message `answers` if it is still there. The new message's id."""
        quoted = {"message_id": answers, "allow_sending_without_reply": True} if answers else None
        where = {"chat_id": chat, "message_thread_id": topic, "reply_parameters": quoted}
        message = await self._post("sendMessage", {**where, **_parameters(said)})
        return int(message["message_id"])

    async def show(
        self, chat: int, picture: bytes | str, said: SentMessage, topic: int | None = None, answers: int | None = None
    ) -> tuple[int, str]:
        """sendPhoto, by its bytes or by Telegram's name for it. The new message's id, and Telegram's name for it."""
        quoted = {"message_id": answers, "allow_sending_without_reply": True} if answers else None
        where = {"chat_id": chat, "message_thread_id": topic, "reply_parameters": quoted}
        photo = InputFile(picture, filename="picture.png") if isinstance(picture, bytes) else picture
        mode = ParseMode.HTML if said.is_html and said.text else None
        words = {"caption": said.text or None, "parse_mode": mode, "reply_markup": said.keyboard}
        message = await self._post("sendPhoto", {**where, "photo": photo, **words}, write_timeout=UPLOADING)
        return int(message["message_id"]), str(message["photo"][-1]["file_id"])

    async def offer(self, query: str, results: Sequence[Mapping[str, Any]], more: Mapping[str, str]) -> None:
        """answerInlineQuery, the same for everybody who types it. `more`: the button above the results."""
        asked = {"inline_query_id": query, "results": results, "cache_time": CACHED, "is_personal": False}
        await self._post("answerInlineQuery", {**asked, "button": more})

    async def standing(self, chat: int, person: int) -> str:
        """getChatMember: what a person is in a group."""
        member = await self._post("getChatMember", {"chat_id": chat, "user_id": person})
        return str(member.get("status", ""))

    async def change(self, chat: int, message: int, said: SentMessage) -> None:
        """editMessageText."""
        await self._post("editMessageText", {"chat_id": chat, "message_id": message, **_parameters(said)})

    async def change_buttons(self, chat: int, message: int, keyboard: Keyboard) -> None:
        """editMessageReplyMarkup."""
        where = {"chat_id": chat, "message_id": message}
        await self._post("editMessageReplyMarkup", {**where, "reply_markup": keyboard})


def _parameters(said: SentMessage) -> dict[str, Any]:
    mode = ParseMode.HTML if said.is_html else None
    return {
        "text": said.text,
        "parse_mode": mode,
        "reply_markup": said.keyboard,
        "link_preview_options": NO_PREVIEW,
    }
