"""A Reply as Telegram takes it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from bot.delivery.bounded import Bounded
from bot.replies import Button, Reply
from bot.replies.presses import SHARE, VOTE
from bot.replies.reply import Rows
from bot.replies.shared import InlineAnswer, InlineAnswers
from bot.telegram.splitting import split

MarkupJson = Mapping[str, Any]
Keyboard = dict[str, list[list[MarkupJson]]]  # an InlineKeyboardMarkup of the Bot API
PAGES = 500  # rendered lately: more than a pack has entries, sections and other pages; some two megabytes


@dataclass(frozen=True)
class Rendered:
    """HTML texts to send one after the other; the buttons go under the last."""

    texts: tuple[str, ...]
    keyboard: Keyboard | None


@dataclass(frozen=True)
class BotIdentity:
    """The bot's name without the @, as links hold it, and whether inline mode is on: without it a link is sent on."""

    name: str = ""
    has_inline: bool = False

    def link(self, payload: str) -> str:
        """The lasting address of an entry, or of a page by its command."""
        return f"https://t.me/{self.name}?start={payload}"


class Renderer:
    """Renders replies; most are the same page again and again, and remembered."""

    def __init__(self) -> None:
        self._pages: Bounded[tuple[str, Rows, BotIdentity], Rendered] = Bounded(PAGES)

    def render(self, reply: Reply, me: BotIdentity) -> Rendered:
        page = (reply.text, reply.rows, me)
        found = self._pages.get(page)
        if found is None:
            found = render(reply, me)
            self._pages.put(page, found)
        return found


def render(reply: Reply, me: BotIdentity) -> Rendered:
    return Rendered(split(reply.text), keyboard(reply.rows, me))


def keyboard(rows: Rows, me: BotIdentity) -> Keyboard | None:
    """The buttons as the Bot API has them, or None for none."""
    return {"inline_keyboard": [[_button(button, me) for button in row] for row in rows]} if rows else None


def inline_results(offered: InlineAnswers, me: BotIdentity) -> list[MarkupJson]:
    """What inline mode offers, as the Bot API has it."""
    return [_result(answer, me) for answer in offered.answers]


def _result(answer: InlineAnswer, me: BotIdentity) -> MarkupJson:
    text = {"message_text": split(answer.text)[0], "parse_mode": "HTML", "link_preview_options": {"is_disabled": True}}
    shown = {"type": "article", "id": answer.id, "title": answer.title, "description": answer.hint}
    return {**shown, "input_message_content": text, "reply_markup": keyboard(answer.rows, me)}


def _button(button: Button, me: BotIdentity) -> MarkupJson:
    if button.copied is not None:
        return {"text": button.label, "copy_text": {"text": button.copied}}
    if button.sent is not None and me.has_inline:
        return {"text": button.label, "switch_inline_query": button.sent}
    if button.sent is not None and button.link is not None:
        return {"text": button.label, "url": f"https://t.me/share/url?url={quote(me.link(button.link), safe='')}"}
    if button.link is not None:
        return {"text": button.label, "url": me.link(button.link)}
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
