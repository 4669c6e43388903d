"""Inline mode: what somebody typed behind @bot, and what the bot offers to post."""

from __future__ import annotations

from dataclasses import dataclass

from bot.preview.entities import Entity, to_html
from bot.preview.keyboards import KeyboardMarkup
from bot.preview.refusals import Json

CACHED = 300  # seconds for which Telegram keeps an answer that says nothing else


@dataclass(frozen=True)
class OfferedArticle:
    """One result: what the list shows of it, and the message that it becomes."""

    id: str
    title: str
    description: str
    text: str
    entities: tuple[Entity, ...] = ()
    buttons: KeyboardMarkup = ()

    @property
    def html(self) -> str:
        """The message's text in Telegram's HTML."""
        return to_html(self.text, self.entities)

    @property
    def labels(self) -> tuple[str, ...]:
        """What stands on the message's buttons, row by row in one line."""
        return tuple(button.text for row in self.buttons for button in row)


@dataclass(frozen=True)
class InlineOffer:
    """The bot's answer. ``button`` is what stands above the results, and the payload that it starts the bot with."""

    articles: tuple[OfferedArticle, ...] = ()
    cache_time: int = CACHED
    is_personal: bool = False
    next_offset: str = ""
    button: tuple[str, str] | None = None

    @property
    def titles(self) -> tuple[str, ...]:
        """What the list shows in bold."""
        return tuple(article.title for article in self.articles)

    def to_json(self) -> Json:
        """What the chat page shows of it."""
        shown = [{"id": each.id, "title": each.title, "description": each.description} for each in self.articles]
        button = {"text": self.button[0], "start": self.button[1]} if self.button else None
        return {"results": shown, "button": button}


@dataclass(frozen=True)
class TypedQuery:
    """What somebody typed behind @bot, and the answer once it has come."""

    id: str
    person_id: int
    text: str
    offset: str = ""
    answer: InlineOffer | None = None
    expired: bool = False
