"""Everything that exists on the pretend Telegram: the bot, people, chats, and what was pressed."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from bot.preview.changes import Changes
from bot.preview.chats import Chat, ChatMessage, User, to_json
from bot.preview.inline import TypedQuery
from bot.preview.pictures import Pictures
from bot.preview.refusals import Json, Refusal
from bot.preview.updates import Updates

Deliver = Callable[[Json], Awaitable[None]]


@dataclass(frozen=True)
class Query:
    """A pressed button. ``text`` and ``alert`` are what the bot's answer shows, once ``answered``."""

    id: str
    person_id: int
    data: str
    message_id: int
    answered: bool = False
    expired: bool = False
    text: str = ""
    alert: bool = False


@dataclass
class World:
    """The state that the bot's calls and the people's acts both change.

    ``calling`` is the method that is just answered, ``files`` what came with it.
    """

    bot: User
    clock: Callable[[], float] = time.time
    chats: dict[int, Chat] = field(default_factory=dict)
    users: dict[int, User] = field(default_factory=dict)
    queries: dict[str, Query] = field(default_factory=dict)
    inline_queries: dict[str, TypedQuery] = field(default_factory=dict)
    inline_messages: dict[str, tuple[int, int]] = field(default_factory=dict)
    has_inline_mode: bool = True
    updates: Updates = field(default_factory=Updates)
    changes: Changes = field(default_factory=Changes)
    violations: list[str] = field(default_factory=list)
    not_modified: int = 0
    calling: str = ""
    files: Mapping[str, bytes] = field(default_factory=dict)
    pictures: Pictures = field(default_factory=Pictures)
    deliver: Deliver | None = None
    _deliveries: set[asyncio.Future[None]] = field(default_factory=set)
    _ids: itertools.count[int] = field(default_factory=lambda: itertools.count(7_000_000_001))

    def now(self) -> int:
        """Seconds since 1970, whole, as the Bot API dates things."""
        return int(self.clock())

    def report(self, what: str) -> None:
        """Record a mistake of the bot that Telegram lets pass."""
        self.violations.append(f"{self.calling}: {what}")

    def new_user(self, name: str, **details: Any) -> User:
        """A user nobody has met; ids do not fit 32 bits, as on Telegram."""
        user = User(next(self._ids), name, **details)
        self.users[user.id] = user
        return user

    def new_chat(self, kind: str, title: str, chat_id: int | None = None, **details: Any) -> Chat:
        """A chat; ids of groups are negative, of supergroups and channels start with -100."""
        if chat_id is None:
            number = next(self._ids)
            chat_id = -number if kind == "group" else -1_000_000_000_000 - number
        chat = self.chats[chat_id] = Chat(chat_id, kind, title, **details)
        return chat

    def chat(self, chat_id: int | str) -> Chat:
        """A chat by id or @name."""
        if isinstance(chat_id, int) and chat_id in self.chats:
            return self.chats[chat_id]
        for chat in self.chats.values():
            if chat_id == f"@{chat.username}":
                return chat
        raise Refusal("chat not found")

    def open_chat(self, chat_id: int | str) -> Chat:
        """A chat that the bot may write to; 403 or a migration hint otherwise."""
        chat = self.chat(chat_id)
        if chat.migrated_to is not None:
            raise Refusal(
                "group chat was upgraded to a supergroup chat",
                parameters={"migrate_to_chat_id": chat.migrated_to},
            )
        if chat.closed:
            raise Refusal(chat.closed, 403)
        if chat.type == "private" and not chat.count:
            raise Refusal("bot can't initiate conversation with a user", 403)
        return chat

    def post(self, chat: Chat, sender: User | None, text: str = "", **details: Any) -> ChatMessage:
        """Put a new message into a transcript."""
        message = ChatMessage(chat.new_id(), chat.id, sender, text, date=self.now(), **details)
        chat.messages[message.id] = message
        if message.inline_id:
            self.inline_messages[message.inline_id] = chat.id, message.id
        self.changes.note()
        return message

    def rewrite(self, message: ChatMessage, **details: Any) -> ChatMessage:
        """Change a message in place."""
        changed = replace(message, **details)
        self.chats[message.chat_id].messages[message.id] = changed
        self.changes.note()
        return changed

    def to_json(self, message: ChatMessage) -> Json:
        """The message as the Bot API sends it."""
        return to_json(message, self.chats[message.chat_id])

    async def emit(self, kind: str, body: Json) -> None:
        """Hand an update to the bot: to ``deliver`` if there is one, else to the queue."""
        update = self.updates.numbered(kind, body)
        if update is None:
            return
        if self.deliver is not None:
            await self.deliver(update)
        else:
            self.updates.add(update)

    def emit_soon(self, kind: str, body: Json) -> None:
        """As ``emit``, for what a call of the bot causes: the call does not wait until the bot has heard of it."""
        update = self.updates.numbered(kind, body)
        if update is None:
            return
        if self.deliver is None:
            self.updates.add(update)
            return
        delivery: asyncio.Future[None] = asyncio.ensure_future(self.deliver(update))
        self._deliveries.add(delivery)
        delivery.add_done_callback(self._deliveries.discard)

    async def settle(self) -> None:
        """Wait until the bot has heard of everything that its own calls caused."""
        while self._deliveries:
            await asyncio.gather(*self._deliveries)
