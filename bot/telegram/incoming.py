"""An update as Telegram's JSON has it, read into who, where and what. Whatever is odd in it, nothing raises.

The library's own classes refuse an update with one part that they do not know, and then nobody is answered. What
the bot needs is a dozen fields; each is taken where it is of the kind it should be.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from bot.delivery.dispatcher import RawUpdate

GROUP_ANONYMOUS_BOT = 1087968824  # who Telegram says wrote what a hidden administrator wrote
LONGEST = 4096  # characters that Telegram lets anyone write; nothing longer is read
LONGEST_DATA = 64  # bytes of a button's data
LONGEST_QUERY = 256  # characters of an inline query
COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@([A-Za-z0-9_]{1,64}))?(?![\w@])")
SURROGATES = re.compile("[\ud800-\udfff]")
# What Telegram itself puts into a chat ("service message" in the Bot API's words): nobody waits for an answer.
SERVICE = frozenset((
    "boost_added", "channel_chat_created", "chat_background_set", "chat_owner_changed", "chat_owner_left",
    "chat_shared", "checklist_tasks_added", "checklist_tasks_done", "connected_website", "delete_chat_photo",
    "direct_message_price_changed", "forum_topic_closed", "forum_topic_created", "forum_topic_edited",
    "forum_topic_reopened", "general_forum_topic_hidden", "general_forum_topic_unhidden", "gift", "gift_upgrade_sent",
    "giveaway", "giveaway_completed", "giveaway_created", "giveaway_winners", "group_chat_created",
    "left_chat_member", "managed_bot_created", "message_auto_delete_timer_changed", "migrate_from_chat_id",
    "migrate_to_chat_id", "new_chat_members", "new_chat_photo", "new_chat_title", "paid_message_price_changed",
    "passport_data", "pinned_message", "poll_option_added", "poll_option_deleted", "proximity_alert_triggered",
    "refunded_payment", "successful_payment", "suggested_post_approval_failed", "suggested_post_approved",
    "suggested_post_declined", "suggested_post_paid", "suggested_post_refunded", "supergroup_chat_created",
    "unique_gift", "users_shared", "video_chat_ended", "video_chat_participants_invited", "video_chat_scheduled",
    "video_chat_started", "web_app_data", "write_access_allowed",
))  # fmt: skip

GONE = ("left", "kicked")  # how a bot stands to a chat that it is no longer in

UpdateKind = Literal["message", "edit", "press", "inline", "group", "other"]


@dataclass(frozen=True)
class Me:
    """The bot itself: its id, its name without the @, and the commands it knows."""

    id: int
    name: str
    commands: Collection[str] = ()


@dataclass(frozen=True)
class Address:
    """Where a reply goes: a chat, a topic in it, and in groups the message it answers."""

    chat: int
    topic: int | None = None
    answers: int | None = None


@dataclass(frozen=True)
class Message:
    """One message to the bot. `text` is without the bot's name; None where nothing is written.

    `album` is what the pictures and films of one message have in common.
    """

    id: int
    text: str | None
    command: str | None = None
    argument: str = ""
    captioned: bool = False
    private: bool = True
    album: str | None = None


@dataclass(frozen=True)
class ButtonPress:
    """A button under one of the bot's messages. `message` is None where Telegram no longer shows it to bots.

    `asked` is what was written in the message that the bot's one answers, where it quotes it, and `asked_by` who did.
    `is_picture`: that message is a picture, which no text can take the place of.
    """

    id: str
    data: str
    message: int | None = None
    buttons: tuple[tuple[RawUpdate, ...], ...] = ()
    asked: str | None = None
    asked_by: int | None = None
    is_picture: bool = False


@dataclass(frozen=True)
class InlineQuery:
    """What somebody types after the bot's name, in any chat."""

    id: str
    text: str


@dataclass(frozen=True)
class Incoming:
    """One update: a message or an edit has `message`, a press has `press`, an inline query `query`.

    `language` is the code that the writer's app is set to, such as en-GB. `has_left`: the bot is no longer in the group
    of `address`; `moved_to`: the id that this group has from now on. One with none of these is not for the bot.
    """

    number: int
    kind: UpdateKind = "other"
    person: int | None = None
    address: Address | None = None
    language: str | None = None
    message: Message | None = None
    press: ButtonPress | None = None
    query: InlineQuery | None = None
    has_left: bool = False
    moved_to: int | None = None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it for the bot to answer."""
        return self.message is None and self.press is None and self.query is None

    @property
    def in_group(self) -> bool:
        """Whether others than its writer read what is said to it; ids of people are positive."""
        return self.address is not None and self.address.chat < 0


def read_update(row: RawUpdate, me: Me) -> Incoming:
    """What an update says. Its `update_id` must be a number; all else may be missing or odd.

    Not answered: other bots, channel posts, service messages, edits without words (a live location moves on),
    and in groups all but our commands, mentions of the bot and replies to it.
    """
    number = int(row["update_id"])
    press = _part(row, "callback_query")
    if press:
        return _press(number, press, me)
    if query := _part(row, "inline_query"):
        return _query(number, query)
    if membership := _part(row, "my_chat_member"):
        return _membership(number, membership)
    for name, kind in (("message", "message"), ("edited_message", "edit")):
        message = _part(row, name)
        if message:
            return _message(number, "edit" if kind == "edit" else "message", message, me)
    return Incoming(number)


def _query(number: int, query: RawUpdate) -> Incoming:
    person, key = _number(_part(query, "from"), "id"), _text(query, "id")
    if person is None or not key:
        return Incoming(number)
    text = (_text(query, "query") or "")[:LONGEST_QUERY]
    language = _text(_part(query, "from"), "language_code")
    return Incoming(number, "inline", person, language=language, query=InlineQuery(key, text))


def _membership(number: int, change: RawUpdate) -> Incoming:
    chat = _number(_part(change, "chat"), "id")
    if chat is None or chat >= 0 or _text(_part(change, "new_chat_member"), "status") not in GONE:
        return Incoming(number)
    return Incoming(number, "group", address=Address(chat), has_left=True)


def _press(number: int, query: RawUpdate, me: Me) -> Incoming:
    person, message, key = _number(_part(query, "from"), "id"), _part(query, "message"), _text(query, "id")
    if person is None or not key:
        return Incoming(number)
    chat, question = _number(_part(message, "chat"), "id"), _part(message, "reply_to_message")
    asked = _text(question, "text") or _text(question, "caption")
    is_shown = bool(_number(message, "date"))  # 0: too old for Telegram to show it to bots
    topic = _number(message, "message_thread_id") if message.get("is_topic_message") is True else None
    return Incoming(
        number,
        "press",
        person,
        Address(chat, topic if is_shown else None) if chat is not None else None,
        _text(_part(query, "from"), "language_code"),
        press=ButtonPress(
            key,
            (_text(query, "data") or "")[: LONGEST_DATA + 1],
            _number(message, "message_id") if is_shown else None,
            _buttons(_part(message, "reply_markup")),
            None if asked is None else _without_name(asked, me.name),
            _person(question) if question else None,
            "photo" in message,
        ),
    )


def _message(number: int, kind: UpdateKind, message: RawUpdate, me: Me) -> Incoming:
    person, chat = _person(message), _number(_part(message, "chat"), "id")
    if chat is not None and (moved := _number(message, "migrate_to_chat_id")) is not None:
        return Incoming(number, "group", address=Address(chat), moved_to=moved)
    if person is None or chat is None or message.get("is_automatic_forward") is True:
        return Incoming(number)
    if _number(_part(message, "via_bot"), "id") == me.id:  # an answer of ours that was sent on
        return Incoming(number)
    text, caption = _text(message, "text"), _text(message, "caption")
    said = caption if text is None else text
    if said is None and (kind == "edit" or not SERVICE.isdisjoint(message)):
        return Incoming(number)
    private = _part(message, "chat").get("type") == "private"
    command, target, argument = _command(text or "")
    if not _is_meant(message, said or "", private, command, target, me):
        return Incoming(number)
    own = _number(message, "message_id") or 0
    topic = _number(message, "message_thread_id") if message.get("is_topic_message") is True else None
    return Incoming(
        number,
        kind,
        person,
        Address(chat, topic, None if private else own),
        _text(_part(message, "from"), "language_code"),
        Message(
            id=own,
            text=None if said is None else _without_name(said, me.name),
            command=command,
            argument=argument,
            captioned=text is None and caption is not None,
            private=private,
            album=_text(message, "media_group_id"),
        ),
    )


def _person(message: RawUpdate) -> int | None:
    """The writer's id; a hidden administrator or a channel writing in a group is its own chat's id."""
    if _part(message, "sender_chat"):
        return _number(_part(message, "sender_chat"), "id")
    user, chat = _part(message, "from"), _part(message, "chat")
    found = _number(user, "id")
    if found is None and chat.get("type") == "private":
        return _number(chat, "id")  # which is the person's own
    return None if user.get("is_bot") is True and found != GROUP_ANONYMOUS_BOT else found


def _is_meant(message: RawUpdate, said: str, private: bool, command: str | None, target: str, me: Me) -> bool:
    """Whether a message is for this bot. Another bot's command never is, even in answer to ours."""
    if command and target and target != me.name.lower():
        return False
    if private or (command and target):
        return True
    if command:
        return command in me.commands
    answered = _number(_part(_part(message, "reply_to_message"), "from"), "id")
    return answered == me.id or _name_in(me.name).search(said) is not None or _is_mentioned(message, me)


def _is_mentioned(message: RawUpdate, me: Me) -> bool:
    """Whether somebody chose the bot from a list of names, so that the @name itself is not written."""
    entities = message.get("entities") or message.get("caption_entities")
    return isinstance(entities, list) and any(
        isinstance(each, Mapping) and _number(_part(each, "user"), "id") == me.id for each in entities
    )


def _command(text: str) -> tuple[str | None, str, str]:
    """`/start@name argument` as ("start", "name", "argument"); (None, "", "") where there is no command."""
    found = COMMAND.match(text)
    if found is None:
        return None, "", ""
    return found[1].lower(), (found[2] or "").lower(), text[found.end() :].strip()


def _name_in(name: str) -> re.Pattern[str]:
    """Where `@name` stands by itself: not in an e-mail address, not as the beginning of a longer name."""
    return re.compile(rf"(?<![\w.+-])@{re.escape(name)}(?!\w)", re.IGNORECASE | re.ASCII)


def _without_name(text: str, name: str) -> str:
    return _name_in(name).sub(" ", text).strip() if name else text.strip()


def _buttons(markup: RawUpdate) -> tuple[tuple[RawUpdate, ...], ...]:
    rows = markup.get("inline_keyboard")
    if not isinstance(rows, list):
        return ()
    return tuple(tuple(b for b in row if isinstance(b, Mapping)) for row in rows if isinstance(row, list))


def _part(row: RawUpdate, name: str) -> RawUpdate:
    found = row.get(name)
    return found if isinstance(found, Mapping) else {}


def _number(row: RawUpdate, name: str) -> int | None:
    found = row.get(name)
    return found if isinstance(found, int) and not isinstance(found, bool) else None


def _text(row: RawUpdate, name: str) -> str | None:
    """A text, cut to what a message may hold; half a sign of two halves becomes the sign for "unreadable"."""
    found = row.get(name)
    return SURROGATES.sub("\ufffd", found[:LONGEST]) if isinstance(found, str) else None
