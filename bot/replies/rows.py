"""Rows of buttons that many pages share."""

from collections.abc import Iterable

from bot.content import Content
from bot.replies.presses import OpenEntry, OpenFlow, OpenMenu
from bot.replies.reply import Button, Rows

CARD, NOTE = "c", "d"  # the letters of the flows that pages lead to


def menu_row(content: Content) -> tuple[Button, ...]:
    return (Button(content.texts.labels.menu, OpenMenu().data()),)


def entry_rows(content: Content, ids: Iterable[str], section: str | None = None, kept: bool = False) -> Rows:
    """A button a row for each entry: titles are too long for two."""
    return tuple((Button(content.by_id[each].title, OpenEntry(each, section, kept).data()),) for each in ids)


def card_row(content: Content, kept: bool = True) -> Rows:
    """The way to the card of warning signs, where there is one."""
    return ((Button(content.card.button, OpenFlow(CARD, kept).data()),),) if content.card else ()


def note_row(content: Content, kept: bool = True) -> Rows:
    """The way to the note for the doctor, where there is one."""
    return ((Button(content.note.button, OpenFlow(NOTE, kept).data()),),) if content.note else ()
