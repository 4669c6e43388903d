"""Groups and channels: rooms with more than one person."""

from __future__ import annotations

from bot.preview.chats import Chat, ChatMessage
from bot.preview.people import Person, typed
from bot.preview.refusals import Json
from bot.preview.world import World


class Room:
    """A group or a channel."""

    def __init__(self, world: World, chat: Chat) -> None:
        self._world = world
        self._chat = chat

    @property
    def id(self) -> int:
        """The chat's id."""
        return self._chat.id

    @property
    def messages(self) -> tuple[ChatMessage, ...]:
        """What stands in it, oldest first."""
        return tuple(self._chat.messages.values())

    @property
    def replies(self) -> tuple[ChatMessage, ...]:
        """What the bot wrote, oldest first."""
        return tuple(message for message in self.messages if message.sender == self._world.bot)

    def delete(self) -> None:
        """Delete the whole chat."""
        self._chat.closed = "the group chat was deleted" if self._chat.type == "group" else "bot was kicked"

    def kick_bot(self) -> None:
        """Throw the bot out."""
        suffix = " chat" if self._chat.type in ("supergroup", "channel") else ""
        self._chat.closed = f"bot was kicked from the {self._chat.type}{suffix or ' chat'}"


class Group(Room):
    """A group: people write in it with ``person.say(text, chat=group)``."""

    async def add(self, person: Person) -> ChatMessage:
        """Let somebody join: a service message that every bot gets."""
        self._chat.members[person.id] = person.user
        content: Json = {"new_chat_members": [person.user.to_json()]}
        message = self._world.post(self._chat, person.user, content=content)
        await self._world.emit("message", self._world.to_json(message))
        return message

    async def migrate(self) -> Group:
        """Become a supergroup under a new id; the old id answers with a hint from now on."""
        new = self._world.new_chat("supergroup", self._chat.title, hears_all=self._chat.hears_all)
        self._chat.migrated_to = new.id
        moves = ((self._chat, "migrate_to_chat_id", new.id), (new, "migrate_from_chat_id", self._chat.id))
        for chat, key, other in moves:
            message = self._world.post(chat, self._world.bot, content={key: other})
            await self._world.emit("message", self._world.to_json(message))
        return Group(self._world, new)


class Channel(Room):
    """A channel: posts have no author but the channel."""

    async def post(self, text: str) -> ChatMessage:
        """Publish."""
        text, entities = typed(text)
        message = self._world.post(self._chat, None, text, entities=entities)
        await self._world.emit("channel_post", self._world.to_json(message))
        return message

    async def edit(self, message_id: int, text: str) -> ChatMessage:
        """Change what was published."""
        text, entities = typed(text)
        message = self._world.rewrite(
            self._chat.messages[message_id], text=text, entities=entities, edit_date=self._world.now()
        )
        await self._world.emit("edited_channel_post", self._world.to_json(message))
        return message
