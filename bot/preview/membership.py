"""Who is what in a chat: the methods that ask for it, the bot's way out, and the updates about a change."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.preview.chats import Chat, Standing, User
from bot.preview.refusals import Json, Refusal, Violation
from bot.preview.world import World

# What the Bot API tells of every administrator; here everybody has all rights.
RIGHTS = (
    "can_manage_chat", "can_delete_messages", "can_manage_video_chats", "can_restrict_members", "can_promote_members",
    "can_change_info", "can_invite_users", "can_post_stories", "can_edit_stories", "can_delete_stories",
)  # fmt: skip
MORE_RIGHTS = {"channel": ("can_post_messages", "can_edit_messages"), "supergroup": ("can_pin_messages",)}
RULERS = ("creator", "administrator")
INSIDE = ("member", *RULERS)


def to_member(user: User, standing: Standing, kind: str) -> Json:
    """A ChatMember as the Bot API sends it; rights depend on the kind of the chat."""
    body: Json = {"status": standing.status, "user": user.to_json()}
    if standing.status in RULERS:
        body["is_anonymous"] = standing.is_anonymous
    if standing.status == "administrator":
        rights = (*RIGHTS, *MORE_RIGHTS.get(kind, ("can_pin_messages",)))
        body |= {"can_be_edited": False, **dict.fromkeys(rights, True)}
    if standing.status == "kicked":
        body["until_date"] = 0
    return body


def to_change(chat: Chat, actor: User, user: User, old: Standing, date: int) -> Json:
    """A ChatMemberUpdated: what somebody was, and is now."""
    return {
        "chat": chat.to_json(),
        "from": actor.to_json(),
        "date": date,
        "old_chat_member": to_member(user, old, chat.type),
        "new_chat_member": to_member(user, chat.standing(user), chat.type),
    }


class Membership:
    """The methods about who is in a chat."""

    def __init__(self, world: World) -> None:
        self._world = world

    def methods(self) -> dict[str, Callable[[Json], Any]]:
        """What this part of the Bot API answers."""
        return {
            "getChatMember": self.describe,
            "getChatAdministrators": self.describe_rulers,
            "leaveChat": self.leave,
        }

    def describe(self, parameters: Json) -> Json:
        """What one user is in a chat; somebody who was never in it has left."""
        chat = self._world.open_chat(parameters["chat_id"])
        user = self._world.users.get(parameters["user_id"])
        if parameters["user_id"] <= 0:
            raise Violation("invalid user_id specified")
        if user is None:
            raise Refusal("PARTICIPANT_ID_INVALID")
        return to_member(user, chat.standing(user), chat.type)

    def describe_rulers(self, parameters: Json) -> list[Json]:
        """The creator and the administrators; of bots this one only, unless all are asked for."""
        chat = self._world.open_chat(parameters["chat_id"])
        if chat.type == "private":
            raise Violation("there are no administrators in the private chat")
        found = [self._world.users[number] for number, each in chat.standings.items() if each.status in RULERS]
        shown = [each for each in found if not each.is_bot or each == self._world.bot or parameters.get("return_bots")]
        shown.sort(key=lambda user: chat.standing(user).status != "creator")
        return [to_member(user, chat.standing(user), chat.type) for user in shown]

    def leave(self, parameters: Json) -> bool:
        """Go; from now on every call for this chat is refused."""
        chat, bot = self._world.open_chat(parameters["chat_id"]), self._world.bot
        if chat.type == "private":
            raise Violation("chat member status can't be changed in private chats")
        old = chat.standing(bot)
        chat.standings[bot.id] = Standing("left")
        chat.closed = not_a_member(chat)
        self._world.changes.note()
        self._world.emit_soon("my_chat_member", to_change(chat, bot, bot, old, self._world.now()))
        return True


def not_a_member(chat: Chat) -> str:
    """Why a bot that is not in a chat can't write there."""
    return f"bot is not a member of the {chat.type} chat"
