"""The methods that write and edit texts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.preview.entities import Entity, units
from bot.preview.markup import ReportViolation
from bot.preview.messages import MessageWriting, to_wording
from bot.preview.refusals import Json, Violation

TEXT_UNITS = 4096


def to_text(parameters: Json, report: ReportViolation, key: str = "text") -> tuple[str, tuple[Entity, ...]]:
    """The text that people will see, and its entities; Violation if Telegram would not take it."""
    text, entities = to_wording(parameters, report, key)
    if not text:
        raise Violation("message text is empty")
    if units(text) > TEXT_UNITS:
        raise Violation("message is too long")
    return text, entities


class Writing(MessageWriting):
    """Messages as the bot writes them."""

    def methods(self) -> dict[str, Callable[[Json], Any]]:
        """What this part of the Bot API answers."""
        return {
            "sendMessage": self.send,
            "editMessageText": self.edit_text,
            "editMessageReplyMarkup": self.edit_markup,
        }

    def send(self, parameters: Json) -> Json:
        """A new message."""
        chat = self._world.open_chat(parameters["chat_id"])
        text, entities = to_text(parameters, self._world.report)
        return self._post(parameters, chat, text, entities=entities)

    def edit_text(self, parameters: Json) -> Json | bool:
        """New text, and new buttons."""
        message = self._own(parameters)
        if not message.text:
            raise Violation("there is no text in the message to edit")
        text, entities = to_text(parameters, self._world.report)
        return self._change(message, parameters, text=text, entities=entities)

    def edit_markup(self, parameters: Json) -> Json | bool:
        """New buttons, or none."""
        return self._change(self._own(parameters), parameters)
