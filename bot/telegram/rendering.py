"""A Reply as Telegram takes it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.delivery.bounded import Bounded
from bot.replies import Button, Reply
from bot.replies.presses import SHARE, VOTE
from bot.replies.reply import Rows
from bot.telegram.splitting import split

MarkupJson = Mapping[str, Any]
Keyboard = dict[str, list[list[MarkupJson]]]  # an InlineKeyboardMarkup of the Bot API
PAGES = 500  # rendered lately: more than a pack has entries, sections and other pages; some two megabytes


@dataclass(frozen=True)
class Rendered:
    """HTML texts to send one after the other; the buttons go under the last."""

    texts: tuple[str, ...]
    keyboard: Keyboard | None


class Renderer:
    """Renders replies; most are the same page again and again, and remembered."""

    def __init__(self) -> None:
        self._pages: Bounded[tuple[str, Rows], Rendered] = Bounded(PAGES)

    def render(self, reply: Reply) -> Rendered:
        page = (reply.text, reply.rows)
        found = self._pages.get(page)
        if found is None:
            found = render(reply)
            self._pages.put(page, found)
        return found


def render(reply: Reply) -> Rendered:
    return Rendered(split(reply.text), keyboard(reply.rows))


def keyboard(rows: Rows) -> Keyboard | None:
    """The buttons as the Bot API has them, or None for none."""
    return {"inline_keyboard": [[_button(button) for button in row] for row in rows]} if rows else None


def _button(button: Button) -> MarkupJson:
    if button.copied is not None:
        return {"text": button.label, "copy_text": {"text": button.copied}}
    shown = {"text": button.label, "callback_data": button.data}
    return shown | {"style": button.style} if button.style else shown


def without_styles(keyboard: Keyboard) -> Keyboard:
    """The same buttons in the colours of the app: an older server knows no other."""
    rows = keyboard["inline_keyboard"]
    return {"inline_keyboard": [[{k: v for k, v in button.items() if k != "style"} for button in row] for row in rows]}


def without_votes(buttons: tuple[tuple[MarkupJson, ...], ...]) -> Keyboard:
    """The same buttons once the vote is cast."""
    return _without(VOTE, buttons)


def without_sharing(buttons: tuple[tuple[MarkupJson, ...], ...]) -> Keyboard:
    """The same buttons once the words are shared."""
    return _without(SHARE, buttons)


def _without(prefix: str, buttons: tuple[tuple[MarkupJson, ...], ...]) -> Keyboard:
    rows = [[b for b in row if not str(b.get("callback_data")).startswith(prefix)] for row in buttons]
    return {"inline_keyboard": [row for row in rows if row]}
