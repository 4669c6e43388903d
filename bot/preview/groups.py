"""Groups and channels: rooms with more than one person."""

from __future__ import annotations

from bot.preview.chats import Chat, ChatMessage, Standing, User
from bot.preview.membership import INSIDE, to_change
from bot.preview.people import Person, reaches_bot, typed
from bot.preview.world import World

# Who writes for administrators that hide.
ANONYMOUS = User(1087968824, "Group", is_bot=True, username="GroupAnonymousBot")


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
        """Throw the bot out, without an update about it."""
        self._chat.closed = f"bot was kicked from the {self._chat.type} chat"
        self._chat.standings[self._world.bot.id] = Standing("kicked")

    async def ban_bot(self, by: Person | None = None) -> None:
        """Throw the bot out; it hears of it."""
        old = self._chat.standing(self._world.bot)
        self.kick_bot()
        await self._tell(self._world.bot, old, by)

    async def promote_bot(self, by: Person | None = None) -> None:
        """Make the bot an administrator; it hears of it."""
        await self._stand(self._world.bot, Standing("administrator"), by)

    async def demote_bot(self, by: Person | None = None) -> None:
        """Make the bot a member like others; it hears of it."""
        await self._stand(self._world.bot, Standing(), by)

    async def promote(
        self, person: Person, status: str = "administrator", is_anonymous: bool = False, by: Person | None = None
    ) -> None:
        """Make somebody an administrator, or the ``creator``."""
        self._chat.members[person.id] = person.user
        await self._stand(person.user, Standing(status, is_anonymous), by)

    async def demote(self, person: Person, by: Person | None = None) -> None:
        """Make somebody a member like others."""
        await self._stand(person.user, Standing(), by)

    async def _stand(self, user: User, standing: Standing, by: Person | None) -> None:
        old = self._chat.standing(user)
        self._chat.standings[user.id] = standing
        await self._tell(user, old, by)

    async def _tell(self, user: User, old: Standing, by: Person | None) -> None:
        """An update about a change, where the bot gets one: of itself, or as an administrator."""
        is_own = user == self._world.bot
        if old == self._chat.standing(user) or not (is_own or self._is_ruled_by_bot()):
            return
        actor = by.user if by else self._owner() if is_own else user
        body = to_change(self._chat, actor, user, old, self._world.now())
        await self._world.emit("my_chat_member" if is_own else "chat_member", body)

    def _is_ruled_by_bot(self) -> bool:
        return not self._chat.closed and self._chat.standing(self._world.bot).status == "administrator"

    def _owner(self) -> User:
        owners = (number for number, each in self._chat.standings.items() if each.status == "creator")
        known = next(owners, None)
        if known is not None:
            return self._world.users[known]
        owner = self._world.new_user("Owner", language_code="en")
        self._chat.standings[owner.id] = Standing("creator")
        return owner


class Group(Room):
    """A group: people write in it with ``person.say(text, chat=group)``."""

    async def add(self, person: Person) -> ChatMessage:
        """Let somebody join: a service message that every bot gets."""
        old = self._chat.standing(person.user)
        self._chat.members[person.id] = person.user
        self._chat.standings.pop(person.id, None)
        await self._tell(person.user, old, None)
        return await self._serve(person.user, "new_chat_members", [person.user.to_json()])

    async def remove(self, person: Person) -> ChatMessage:
        """Let somebody go: a service message, too."""
        old = self._chat.standing(person.user)
        self._chat.members.pop(person.id, None)
        self._chat.standings.pop(person.id, None)
        await self._tell(person.user, old, None)
        return await self._serve(person.user, "left_chat_member", person.user.to_json())

    async def add_bot(self, by: Person | None = None) -> ChatMessage:
        """Let the bot in, which was not there or no longer; ValueError if it is."""
        bot, old = self._world.bot, self._chat.standing(self._world.bot)
        if old.status in INSIDE:
            raise ValueError("the bot is in this group already")
        self._chat.closed = None
        actor = by.user if by else self._owner()
        await self._stand(bot, Standing(), by)
        return await self._serve(actor, "new_chat_members", [bot.to_json()])

    async def post_anonymously(self, text: str, reply_to: ChatMessage | int | None = None) -> ChatMessage:
        """Write as an administrator who hides: in the group's own name."""
        text, entities = typed(text)
        self._world.users[ANONYMOUS.id] = ANONYMOUS
        message = self._world.post(
            self._chat,
            ANONYMOUS,
            text,
            entities=entities,
            content={"sender_chat": self._chat.to_json()},
            reply_to=reply_to.id if isinstance(reply_to, ChatMessage) else reply_to,
        )
        if reaches_bot(self._world, self._chat, message):
            await self._world.emit("message", self._world.to_json(message))
        return message

    async def _serve(self, sender: User, key: str, value: object) -> ChatMessage:
        """A service message, which bots get whatever their privacy."""
        message = self._world.post(self._chat, sender, content={key: value})
        if not self._chat.closed:
            await self._world.emit("message", self._world.to_json(message))
        return message

    async def migrate(self) -> Group:
        """Become a supergroup under a new id; the old id answers with a hint from now on."""
        new = self._world.new_chat("supergroup", self._chat.title, hears_all=self._chat.hears_all)
        new.members, new.standings = dict(self._chat.members), dict(self._chat.standings)
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
