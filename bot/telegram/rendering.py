"""A Reply as Telegram takes it."""

import json
from dataclasses import dataclass

from telegram import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup

from bot.replies import Button, Reply
from bot.replies.presses import VOTE
from bot.replies.reply import Rows
from bot.telegram.bounded import Bounded
from bot.telegram.splitting import split

PAGES = 500  # rendered lately: more than a pack has entries, sections and other pages; some two megabytes


@dataclass(frozen=True)
class Rendered:
    """HTML texts to send one after the other; the buttons, in JSON, go under the last."""

    texts: tuple[str, ...]
    keyboard: str | None


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


def keyboard(rows: Rows) -> str | None:
    if not rows:
        return None
    return json.dumps({"inline_keyboard": [[_button(button).to_dict() for button in row] for row in rows]})


def _button(button: Button) -> InlineKeyboardButton:
    if button.copied is not None:
        return InlineKeyboardButton(button.label, copy_text=CopyTextButton(button.copied))
    return InlineKeyboardButton(button.label, callback_data=button.data)


def without_votes(markup: InlineKeyboardMarkup | None) -> InlineKeyboardMarkup | None:
    """The same buttons once the vote is cast."""
    if markup is None:
        return None
    rows = [
        [button for button in row if not str(button.callback_data).startswith(VOTE)] for row in markup.inline_keyboard
    ]
    return InlineKeyboardMarkup([row for row in rows if row])
