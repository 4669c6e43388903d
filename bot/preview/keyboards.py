"""Inline keyboards: the buttons under a message."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.preview.entities import units
from bot.preview.refusals import Json, Violation

DATA_BYTES = 64
COPIED = 256  # UTF-16 units that a copy button holds at most; Telegram says "characters"
PER_ROW = 8
IN_ALL = 100
MARKUP_BYTES = 10_240
STYLES = ("danger", "success", "primary")
ORNAMENTS = {"text", "icon_custom_emoji_id", "style"}
# Actions whose value is an object, and its field that matters most.
WRAPPED = {"copy_text": "text", "web_app": "url", "login_url": "url", "switch_inline_query_chosen_chat": "query"}
SWITCHES = {"switch_inline_query", "switch_inline_query_current_chat", "switch_inline_query_chosen_chat"}
QUERY_UNITS = 256  # as long as an inline query can be


@dataclass(frozen=True)
class KeyboardButton:
    """One inline button. ``action`` is the field that says what it does; ``value`` what stands in it.

    ``more`` holds what an object says besides: which kinds of chats somebody may choose.
    """

    text: str
    action: str
    value: str
    style: str | None = None
    more: tuple[tuple[str, Any], ...] = ()

    @property
    def data(self) -> str | None:
        """What a press sends to the bot; None for links and the like."""
        return self.value if self.action == "callback_data" else None

    @property
    def url(self) -> str | None:
        """Where a press leads; None for buttons that are not links."""
        return self.value if self.action == "url" else None

    @property
    def query(self) -> str | None:
        """What a press types behind @bot; None for buttons that do not."""
        return self.value if self.action in SWITCHES else None


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
    (action, *_), style, more = actions, button.get("style"), {}
    value = button[action]
    if action in WRAPPED:
        more = {name: item for name, item in value.items() if name != WRAPPED[action]}
        value = value.get(WRAPPED[action], "")
    if style not in (None, *STYLES):
        raise Violation("BUTTON_STYLE_INVALID")
    if action == "callback_data" and not 1 <= len(value.encode()) <= DATA_BYTES:
        raise Violation("BUTTON_DATA_INVALID")
    if action == "copy_text" and not 1 <= units(value) <= COPIED:
        raise Violation("BUTTON_COPY_TEXT_INVALID")
    if action in SWITCHES and units(value) > QUERY_UNITS:
        raise Violation("BUTTON_DATA_INVALID")
    if action == "switch_inline_query_chosen_chat" and not any(more.values()):
        raise Violation("at least one chat type must be allowed")
    if action == "url" and "://" not in value and "." not in value:
        raise Violation(f"inline keyboard button URL '{value}' is invalid: Wrong HTTP URL")
    shown = value if isinstance(value, str) else ""
    return KeyboardButton(button["text"], action, shown, style, tuple(more.items()))


def check_actions(keyboard: KeyboardMarkup, kind: str, has_inline_mode: bool) -> None:
    """Violation where a chat of this kind, or a bot like this one, can't have one of the buttons."""
    actions = {button.action for row in keyboard for button in row}
    barred: set[str] = set() if has_inline_mode else set(SWITCHES)
    if kind != "private":
        barred.add("web_app")
    if kind == "channel":
        barred.add("switch_inline_query_current_chat")
    if actions & barred:
        raise Violation("BUTTON_TYPE_INVALID")


def to_markup(keyboard: KeyboardMarkup) -> Json:
    """The keyboard as the Bot API sends it back."""
    return {"inline_keyboard": [[_to_json(button) for button in row] for row in keyboard]}


def _to_json(button: KeyboardButton) -> Json:
    key = WRAPPED.get(button.action)
    value = {key: button.value, **dict(button.more)} if key else button.value
    shown = {"text": button.text, button.action: value}
    return shown | {"style": button.style} if button.style else shown
