"""People: they write, press buttons, send pictures, block the bot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.preview.chats import Chat, ChatMessage, Standing, User
from bot.preview.entities import Entity, clean, detected, part, trimmed, units
from bot.preview.inline import TypedQuery
from bot.preview.keyboards import QUERY_UNITS, KeyboardButton
from bot.preview.media import MEDIA
from bot.preview.membership import to_change
from bot.preview.refusals import Json
from bot.preview.world import Query, World

if TYPE_CHECKING:
    from bot.preview.groups import Group

TEXT_UNITS = 4096
BLOCKED = "bot was blocked by the user"
DEACTIVATED = "user is deactivated"


class Person:
    """Somebody with a phone. Every act reaches the bot as the update that Telegram would send."""

    def __init__(self, world: World, user: User) -> None:
        self._world = world
        self.user = user

    @property
    def id(self) -> int:
        """The user's id, which is also the id of the private chat."""
        return self.user.id

    @property
    def messages(self) -> tuple[ChatMessage, ...]:
        """The private chat, oldest first."""
        return tuple(self._world.chat(self.id).messages.values())

    @property
    def replies(self) -> tuple[ChatMessage, ...]:
        """What the bot wrote in the private chat, oldest first."""
        return tuple(message for message in self.messages if message.author == "bot")

    @property
    def queries(self) -> tuple[Query, ...]:
        """The buttons this person pressed, with the answers."""
        return tuple(query for query in self._world.queries.values() if query.person_id == self.id)

    async def start(self, payload: str = "") -> ChatMessage:
        """Press Start, or follow a link with ``?start=payload``."""
        return await self.say(f"/start {payload}")

    async def say(self, text: str, chat: Group | None = None, reply_to: ChatMessage | int | None = None) -> ChatMessage:
        """Write; ValueError for a text that a Telegram client would not send."""
        text, entities = typed(text)
        return await self._send(chat, reply_to, text=text, entities=entities)

    async def edit(self, message_id: int, text: str, chat: Group | None = None) -> ChatMessage:
        """Change what one wrote before."""
        room = self._room(chat)
        message = room.messages[message_id]
        if message.sender != self.user or message.via:
            raise ValueError("only one's own messages can be edited")
        text, entities = typed(text)
        changed = self._world.rewrite(message, text=text, entities=entities, edit_date=self._world.now())
        if reaches_bot(self._world, room, changed):
            await self._world.emit("edited_message", self._world.to_json(changed))
        return changed

    async def press(self, message_id: int, data: str, chat: Group | None = None) -> str:
        """Press a button, or forge a press: neither data nor message need exist. Returns the query's id."""
        room = self._room(chat)
        message = room.messages.get(message_id)
        query = Query(str(4_000_000_000_000 + len(self._world.queries)), self.id, data, message_id)
        self._world.queries[query.id] = query
        self._world.changes.note()
        if message is None:
            origin: Json = {"message": {"chat": room.to_json(), "message_id": message_id, "date": 0}}
        elif message.inline_id:
            origin = {"inline_message_id": message.inline_id}
        else:
            origin = {"message": self._world.to_json(message)}
        body: Json = {"id": query.id, "from": self.user.to_json(), **origin, "chat_instance": str(-room.id * 31)}
        await self._world.emit("callback_query", {**body, "data": data})
        return query.id

    async def press_label(self, label: str, chat: Group | None = None) -> str:
        """Press the newest button with this label; LookupError names those there are."""
        messages = list(self._room(chat).messages.values())
        for message in reversed(messages):
            for button in (button for row in message.buttons for button in row):
                if button.text == label and button.data is not None:
                    return await self.press(message.id, button.data, chat)
        known = [text for message in messages for text in message.labels]
        raise LookupError(f"no button {label!r} to press, only {known}")

    def button(self, label: str) -> KeyboardButton | None:
        """The newest button with this label in the private chat."""
        buttons = [button for message in self.messages for row in message.buttons for button in row]
        return next((button for button in reversed(buttons) if button.text == label), None)

    async def query_inline(self, text: str, offset: str = "", chat_type: str = "private") -> str:
        """Type @bot and a text in a chat, which is ``sender`` for the bot's own. Returns the query's id."""
        if not self._world.has_inline_mode or units(text) > QUERY_UNITS:
            raise ValueError(f"clients ask bots in inline mode, and with at most {QUERY_UNITS} characters")
        query = TypedQuery(str(5_000_000_000_000 + len(self._world.inline_queries)), self.id, text, offset)
        self._world.inline_queries[query.id] = query
        body: Json = {"id": query.id, "from": self.user.to_json(), "query": text, "offset": offset}
        await self._world.emit("inline_query", {**body, "chat_type": chat_type})
        return query.id

    async def choose_inline(self, query_id: str, result_id: str, chat: Group | None = None) -> ChatMessage:
        """Post one of the results into a group or the private chat; LookupError if it was not offered."""
        query = self._world.inline_queries[query_id]
        offered = query.answer.articles if query.answer and query.person_id == self.id else ()
        article = next((each for each in offered if each.id == result_id), None)
        if article is None:
            raise LookupError(f"no result {result_id!r} to choose, only {[each.id for each in offered]}")
        inline_id = f"AAAA{len(self._world.inline_messages):06}{self.id}"
        return await self._send(
            chat, None, text=article.text, entities=article.entities, buttons=article.buttons,
            via=self._world.bot, inline_id=inline_id,
        )  # fmt: skip

    async def send(self, kind: str, caption: str = "", chat: Group | None = None) -> ChatMessage:
        """Send something that is not text: see ``MEDIA`` for the kinds."""
        content = {**MEDIA[kind], **({"caption": caption} if caption else {})}
        return await self._send(chat, None, content=content)

    async def send_content(self, chat: Group | None = None, **content: Any) -> ChatMessage:
        """Send whatever a newer Telegram may have: the fields of the message, as they are."""
        return await self._send(chat, None, content=content)

    async def send_album(self, *captions: str, chat: Group | None = None) -> tuple[ChatMessage, ...]:
        """Send a picture for each caption ("" for none) as one message: an update for each, as on Telegram."""
        album = str(13_000_000_000_000_000 + self._world.now())
        room = self._room(chat)
        sent = tuple(
            self._world.post(
                room,
                self.user,
                content={**MEDIA["photo"], "media_group_id": album, **({"caption": each} if each else {})},
            )
            for each in captions
        )
        for message in sent:
            if reaches_bot(self._world, room, message):
                await self._world.emit("message", self._world.to_json(message))
        return sent

    async def move(self, message: ChatMessage, chat: Group | None = None) -> None:
        """Let a live location that one sent go on: Telegram makes an edit of it every few seconds."""
        place = {"latitude": 51.4779, "longitude": 0.001 * self._world.now() % 180, "live_period": 900}
        changed = self._world.rewrite(message, content={"location": place}, edit_date=self._world.now())
        if reaches_bot(self._world, self._room(chat), changed):
            await self._world.emit("edited_message", self._world.to_json(changed))

    async def block(self) -> None:
        """Block the bot: it hears of it, and can no longer write."""
        self._world.chat(self.id).closed = BLOCKED
        await self._change_membership("member", "kicked")

    async def unblock(self) -> None:
        """Let the bot write again."""
        self._world.chat(self.id).closed = None
        await self._change_membership("kicked", "member")

    def deactivate(self) -> None:
        """Delete one's account."""
        self._world.chat(self.id).closed = DEACTIVATED

    async def _change_membership(self, old: str, new: str) -> None:
        chat, bot = self._world.chat(self.id), self._world.bot
        chat.standings[bot.id] = Standing(new)
        await self._world.emit("my_chat_member", to_change(chat, self.user, bot, Standing(old), self._world.now()))

    async def _send(self, chat: Group | None, reply_to: ChatMessage | int | None, **details: Any) -> ChatMessage:
        room = self._room(chat)
        original = reply_to.id if isinstance(reply_to, ChatMessage) else reply_to
        room.members.setdefault(self.id, self.user)
        message = self._world.post(room, self.user, reply_to=original, **details)
        if reaches_bot(self._world, room, message):
            await self._world.emit("message", self._world.to_json(message))
        return message

    def _room(self, chat: Group | None) -> Chat:
        return self._world.chat(self.id if chat is None else chat.id)


def typed(text: str) -> tuple[str, tuple[Entity, ...]]:
    """A text as a client sends it; ValueError if it is empty or too long to be one message."""
    text, _ = trimmed(clean(text), ())
    if not 1 <= units(text) <= TEXT_UNITS:
        raise ValueError(f"clients send 1 to {TEXT_UNITS} characters, not {units(text)}")
    return text, detected(text)


def reaches_bot(world: World, room: Chat, message: ChatMessage) -> bool:
    """Whether the bot gets what was written in a chat; an administrator gets everything."""
    if room.type == "private" or room.hears_all or room.standing(world.bot).status == "administrator":
        return not room.closed
    return not room.closed and meant_for(world.bot, room, message)


def meant_for(bot: User, room: Chat, message: ChatMessage) -> bool:
    """Whether a group message reaches a bot in privacy mode: commands, mentions, replies, what was posted via it."""
    original = room.messages.get(message.reply_to or 0)
    if message.via == bot or (original is not None and original.sender == bot):
        return True
    # Telegram matches user names without regard to case.
    address = f"@{bot.username}".lower()
    for entity in message.entities:
        word = part(message.text, entity).lower()
        if entity.type == "mention" and word == address:
            return True
        if entity.type == "bot_command" and ("@" not in word or word.endswith(address)):
            return True
    return False
