"""What the methods share that write and edit messages: which one, whose, under which buttons."""

from __future__ import annotations

from typing import Any

from bot.preview.chats import Chat, ChatMessage
from bot.preview.entities import Entity, clean, detected, trimmed
from bot.preview.keyboards import KeyboardMarkup, check_actions, to_keyboard
from bot.preview.markup import ReportViolation, parse_html
from bot.preview.refusals import Json, Refusal, Violation
from bot.preview.world import World

ENTITIES = 100
SAME = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


def to_wording(
    parameters: Json, report: ReportViolation, key: str, entities_key: str = "entities"
) -> tuple[str, tuple[Entity, ...]]:
    """A text or caption that people will see, and its entities, of any length; it may be empty."""
    text, mode = clean(parameters.get(key, "")), parameters.get("parse_mode", "").lower()
    entities = tuple(_entity(entity) for entity in parameters.get(entities_key, []))
    if mode == "html":
        text, entities = parse_html(text, report)
    elif mode in ("markdown", "markdownv2"):
        raise Violation("parse mode not supported by the preview: use HTML")
    elif mode:
        raise Violation("unsupported parse_mode")
    text, entities = trimmed(text, entities)
    if len(entities) > ENTITIES:
        report(f"{len(entities)} entities: Telegram keeps {ENTITIES}")
    return text, detected(text, entities)


def _entity(given: Json) -> Entity:
    known = {name: given[name] for name in Entity.__dataclass_fields__ if name in given}
    return Entity(**known)


class MessageWriting:
    """Where a message goes, or which one is changed."""

    def __init__(self, world: World) -> None:
        self._world = world

    def _post(self, parameters: Json, chat: Chat, text: str = "", **details: Any) -> Json:
        details |= {"buttons": self._buttons(chat, parameters), "reply_to": self._original(chat, parameters)}
        if "inline_keyboard" not in parameters.get("reply_markup", {"inline_keyboard": []}):
            details["markup"] = parameters["reply_markup"]
        return self._world.to_json(self._world.post(chat, self._author(chat), text, **details))

    def _author(self, chat: Chat) -> Any:
        return None if chat.type == "channel" else self._world.bot

    def _own(self, parameters: Json) -> ChatMessage:
        if "inline_message_id" in parameters:
            return self._inline(parameters["inline_message_id"])
        if "chat_id" not in parameters or "message_id" not in parameters:
            raise Violation("message identifier is not specified")
        chat = self._world.open_chat(parameters["chat_id"])
        message = chat.messages.get(parameters["message_id"])
        if message is None:
            raise Refusal("message to edit not found")
        if message.sender != self._author(chat):
            raise Violation("message can't be edited")
        return message

    def _inline(self, inline_id: str) -> ChatMessage:
        """A message that somebody posted via the bot: no chat is needed to change it."""
        place = self._world.inline_messages.get(inline_id)
        message = self._world.chats[place[0]].messages.get(place[1]) if place else None
        if message is None:
            raise Refusal("MESSAGE_ID_INVALID")
        return message

    def _buttons(self, chat: Chat, parameters: Json) -> KeyboardMarkup:
        buttons = to_keyboard(parameters.get("reply_markup"), self._world.report)
        check_actions(buttons, chat.type, self._world.has_inline_mode)
        return buttons

    def _change(self, message: ChatMessage, parameters: Json, **details: Any) -> Json | bool:
        """The message with what is new; an edit without a keyboard takes the old one away."""
        details["buttons"] = self._buttons(self._world.chats[message.chat_id], parameters)
        if all(getattr(message, name) == value for name, value in details.items()):
            self._world.not_modified += 1
            raise Refusal(SAME)
        # Telegram labels a message edited for a new text, not for new buttons.
        if "entities" in details:
            details["edit_date"] = self._world.now()
        changed = self._world.rewrite(message, **details)
        return True if "inline_message_id" in parameters else self._world.to_json(changed)

    def _original(self, chat: Chat, parameters: Json) -> int | None:
        reply = parameters.get("reply_parameters")
        if reply is None:
            return None
        if reply["message_id"] in chat.messages:
            return int(reply["message_id"])
        if reply.get("allow_sending_without_reply"):
            return None
        raise Refusal("message to be replied not found")
