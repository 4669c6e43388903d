"""People, chats and the messages in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.preview.entities import Entity, to_html
from bot.preview.keyboards import KeyboardMarkup, to_markup
from bot.preview.pictures import UploadedPicture
from bot.preview.refusals import Json


@dataclass(frozen=True)
class User:
    """A person or a bot."""

    id: int
    first_name: str
    is_bot: bool = False
    username: str | None = None
    language_code: str | None = None

    def to_json(self) -> Json:
        """The user as the Bot API sends it."""
        return {name: value for name, value in vars(self).items() if value is not None}


@dataclass(frozen=True)
class ChatMessage:
    """A message as people see it. ``content`` holds the fields of a photo, a poll, a service message.

    ``via`` is the bot whose inline result it was, ``inline_id`` what that bot knows it by.
    ``photo`` is a picture of the bot's; ``entities`` are those of the text or, where there is none, of the caption.
    """

    id: int
    chat_id: int
    sender: User | None
    text: str
    entities: tuple[Entity, ...] = ()
    buttons: KeyboardMarkup = ()
    date: int = 0
    edit_date: int | None = None
    reply_to: int | None = None
    content: Mapping[str, Any] = field(default_factory=dict)
    markup: Mapping[str, Any] = field(default_factory=dict)
    photo: UploadedPicture | None = None
    via: User | None = None
    inline_id: str | None = None

    @property
    def author(self) -> str:
        """``bot``, ``person`` or, for a channel's own posts, ``channel``."""
        if self.sender is None:
            return "channel"
        return "bot" if self.sender.is_bot else "person"

    @property
    def html(self) -> str:
        """The text or caption in Telegram's HTML."""
        return to_html(self.text or self.caption, self.entities)

    @property
    def caption(self) -> str:
        """What is said below a picture or the like."""
        return str(self.content.get("caption", ""))

    @property
    def edited(self) -> bool:
        """Whether it carries the label."""
        return self.edit_date is not None

    @property
    def labels(self) -> tuple[str, ...]:
        """What stands on its buttons, row by row in one line."""
        return tuple(button.text for row in self.buttons for button in row)


@dataclass(frozen=True)
class Standing:
    """What somebody is in a chat, in the Bot API's words."""

    status: str = "member"
    is_anonymous: bool = False


@dataclass
class Chat:
    """A private chat, group, supergroup or channel, with its transcript."""

    id: int
    type: str
    title: str
    username: str | None = None
    members: dict[int, User] = field(default_factory=dict)
    standings: dict[int, Standing] = field(default_factory=dict)
    messages: dict[int, ChatMessage] = field(default_factory=dict)
    closed: str | None = None
    migrated_to: int | None = None
    hears_all: bool = True
    count: int = 0

    def to_json(self) -> Json:
        """The chat as the Bot API sends it inside messages."""
        name = "first_name" if self.type == "private" else "title"
        body: Json = {"id": self.id, "type": self.type, name: self.title}
        return {**body, "username": self.username} if self.username else body

    def standing(self, user: User) -> Standing:
        """What a user is in it; both sides of a private chat are members."""
        inside = self.type == "private" or user.id in self.members
        return self.standings.get(user.id, Standing("member" if inside else "left"))

    def new_id(self) -> int:
        """Ids count within one chat, as in supergroups: two chats share them, which a bot must bear."""
        self.count += 1
        return self.count


def to_json(message: ChatMessage, chat: Chat, nested: bool = True) -> Json:
    """A message as the Bot API sends it, with the message it replies to one level deep."""
    body: Json = {"message_id": message.id, "date": message.date, "chat": chat.to_json(), **message.content}
    if message.sender is None:
        body["sender_chat"] = chat.to_json()
    else:
        body["from"] = message.sender.to_json()
    if message.text:
        body["text"] = message.text
    if message.entities:
        body["entities" if message.text else "caption_entities"] = [entity.to_json() for entity in message.entities]
    if message.via is not None:
        body["via_bot"] = message.via.to_json()
    if message.buttons:
        body["reply_markup"] = to_markup(message.buttons)
    if message.edit_date is not None:
        body["edit_date"] = message.edit_date
    original = chat.messages.get(message.reply_to or 0)
    if nested and original is not None:
        body["reply_to_message"] = to_json(original, chat, nested=False)
    return body
