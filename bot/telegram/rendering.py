"""A Reply as Telegram takes it."""

from dataclasses import dataclass

from telegram import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup

from bot.replies import Button, Reply
from bot.replies.presses import VOTE
from bot.replies.reply import Rows
from bot.telegram.splitting import split


@dataclass(frozen=True)
class Rendered:
    """HTML texts to send one after the other; the buttons go under the last."""

    texts: tuple[str, ...]
    keyboard: InlineKeyboardMarkup | None


def render(reply: Reply) -> Rendered:
    return Rendered(split(reply.text), keyboard(reply.rows))


def keyboard(rows: Rows) -> InlineKeyboardMarkup | None:
    if not rows:
        return None
    return InlineKeyboardMarkup([[_button(button) for button in row] for row in rows])


def _button(button: Button) -> InlineKeyboardButton:
    if button.copied is not None:
        return InlineKeyboardButton(button.label, copy_text=CopyTextButton(button.copied))
    return InlineKeyboardButton(button.label, callback_data=button.data)


def without_votes(markup: InlineKeyboardMarkup | None) -> InlineKeyboardMarkup | None:
    """The same buttons once the vote is cast."""
    if markup is None:
        return None
    rows = [
        [button for button in row if not str(button.callback_data).startswith(VOTE)]
        for row in markup.inline_keyboard
    ]
    return InlineKeyboardMarkup([row for row in rows if row])
