"""Inline keyboards: the buttons under a message."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.preview.entities import units
from bot.preview.refusals import Json, Violation

DATA_BYTES = 64
COPIED = 256  # UTF-16 units that a copy button holds at most; Telegram says "characters"
PER_ROW = 8
IN_ALL = 100
MARKUP_BYTES = 10_240
STYLES = ("danger", "success", "primary")
ORNAMENTS = {"text", "icon_custom_emoji_id", "style"}


@dataclass(frozen=True)
class KeyboardButton:
    """One inline button. ``action`` is the field that says what it does; ``value`` what stands in it."""

    text: str
    action: str
    value: str
    style: str | None = None

    @property
    def data(self) -> str | None:
        """What a press sends to the bot; None for links and the like."""
        return self.value if self.action == "callback_data" else None

    @property
    def url(self) -> str | None:
        """Where a press leads; None for buttons that are not links."""
        return self.value if self.action == "url" else None


KeyboardMarkup = tuple[tuple[KeyboardButton, ...], ...]


def to_keyboard(markup: Json | None, report: Callable[[str], None]) -> KeyboardMarkup:
    """The buttons of a ``reply_markup``; () if there are none. Raises Violation beyond Telegram's limits."""
    rows = [row for row in (markup or {}).get("inline_keyboard", []) if row]
    for row in rows:
        if len(row) > PER_ROW:
            report(f"{len(row)} buttons in a row: Telegram shows {PER_ROW}")
    if sum(map(len, rows)) > IN_ALL or len(str(rows).encode()) > MARKUP_BYTES:
        raise Violation("reply markup is too long")
    return tuple(tuple(_button(button) for button in row) for row in rows)


def _button(button: Json) -> KeyboardButton:
    if not button["text"].strip():
        raise Violation("BUTTON_TEXT_INVALID" if button["text"] else "inline keyboard button text is empty")
    actions = sorted(set(button) - ORNAMENTS)
    if not actions:
        raise Violation("Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise Violation(f"inline keyboard button has more than one action: {', '.join(actions)}")
    value, style = button[actions[0]], button.get("style")
    if style not in (None, *STYLES):
        raise Violation("BUTTON_STYLE_INVALID")
    if actions[0] == "callback_data" and not 1 <= len(value.encode()) <= DATA_BYTES:
        raise Violation("BUTTON_DATA_INVALID")
    if actions[0] == "copy_text":
        value = value["text"]
        if not 1 <= units(value) <= COPIED:
            raise Violation("BUTTON_COPY_TEXT_INVALID")
    if actions[0] == "url" and "://" not in value and "." not in value:
        raise Violation(f"inline keyboard button URL '{value}' is invalid: Wrong HTTP URL")
    return KeyboardButton(button["text"], actions[0], value if isinstance(value, str) else "", style)


def to_markup(keyboard: KeyboardMarkup) -> Json:
    """The keyboard as the Bot API sends it back."""
    return {"inline_keyboard": [[_to_json(button) for button in row] for row in keyboard]}


def _to_json(button: KeyboardButton) -> Json:
    value = {"text": button.value} if button.action == "copy_text" else button.value
    shown = {"text": button.text, button.action: value}
    return shown | {"style": button.style} if button.style else shown
