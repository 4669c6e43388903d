"""What an update says, who says it and where: read once, so that handlers need not know its shapes."""

from dataclasses import dataclass

from telegram import Message, MessageEntity, Update, User
from telegram.constants import ChatType, MessageLimit

from bot.telegram.door import Address

GROUP_ANONYMOUS_BOT = 1087968824  # who Telegram says wrote what a hidden administrator wrote
MEDIA = (
    "animation", "audio", "checklist", "contact", "dice", "document", "game", "location", "paid_media",
    "photo", "poll", "sticker", "story", "venue", "video", "video_note", "voice",
)  # fmt: skip


@dataclass(frozen=True)
class Incoming:
    """One message to the bot. `text` is without the bot's name; None where nothing is written."""

    person: int
    address: Address
    message: int
    text: str | None
    command: str | None = None
    argument: str = ""
    edited: bool = False
    captioned: bool = False
    language: str | None = None  # the code that the writer's app is set to, such as en-GB
    private: bool = True


def read_message(update: Update, bot: User) -> Incoming | None:
    """The message in an update, or None when it is not for the bot to answer.

    Not answered: other bots, channel posts, service messages, and in groups all but commands, mentions of
    the bot and replies to it.
    """
    message = update.message or update.edited_message
    if message is None or message.is_automatic_forward:
        return None
    person = _person(message)
    media = any(getattr(message, kind, None) for kind in MEDIA)
    said = message.text if message.text is not None else message.caption
    if person is None or (said is None and not media):
        return None
    name = (bot.username or "").lower()
    entities = tuple(message.entities or message.caption_entities)
    command, target, argument = _command(message, entities)
    private = message.chat.type == ChatType.PRIVATE
    if command and target not in ("", name):
        return None
    if not private and not command and not _addressed(message, entities, bot):
        return None
    return Incoming(
        person=person,
        address=_address(message, private),
        message=message.message_id,
        text=_without_name(said, name) if said is not None else None,
        command=command,
        argument=argument,
        edited=update.edited_message is not None,
        captioned=message.text is None and said is not None,
        language=message.from_user.language_code if message.from_user else None,
        private=private,
    )


def _person(message: Message) -> int | None:
    """The writer's id; a hidden administrator or a channel writing in a group is its own chat's id."""
    if message.sender_chat:
        return message.sender_chat.id
    user = message.from_user
    if user is None or (user.is_bot and user.id != GROUP_ANONYMOUS_BOT):
        return None
    return user.id


def _address(message: Message, private: bool) -> Address:
    topic = message.message_thread_id if message.is_topic_message else None
    return Address(message.chat_id, topic, None if private else message.message_id)


def _command(message: Message, entities: tuple[MessageEntity, ...]) -> tuple[str | None, str, str]:
    """`/start@name argument` as ("start", "name", "argument"); (None, "", "") where there is no command."""
    first = next((each for each in entities if each.type == MessageEntity.BOT_COMMAND and each.offset == 0), None)
    if first is None or message.text is None:
        return None, "", ""
    name, _, target = message.parse_entity(first)[1:].partition("@")
    return name.lower(), target.lower(), message.text[first.length :].strip()


def _addressed(message: Message, entities: tuple[MessageEntity, ...], bot: User) -> bool:
    answered = message.reply_to_message
    if answered is not None and answered.from_user is not None and answered.from_user.id == bot.id:
        return True
    parse = message.parse_entity if message.text is not None else message.parse_caption_entity
    return any(
        (each.type == MessageEntity.MENTION and parse(each)[1:].lower() == (bot.username or "").lower())
        or (each.type == MessageEntity.TEXT_MENTION and each.user is not None and each.user.id == bot.id)
        for each in entities
    )


def _without_name(text: str, name: str) -> str:
    """The text without `@name`, and never longer than Telegram lets anyone write."""
    text = text[: MessageLimit.MAX_TEXT_LENGTH]
    lower = text.lower()
    mark = f"@{name}"
    while name and (at := lower.find(mark)) >= 0:
        text = f"{text[:at]} {text[at + len(mark) :]}"
        lower = text.lower()
    return text.strip()
