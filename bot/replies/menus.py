"""The menu, its sections, and the plain pages: welcome, help, privacy, about."""

import html
from collections.abc import Iterable

from bot.content import Content
from bot.content.entries import Section
from bot.replies.presses import NoneOfThese, OpenSection, TakeBackWording
from bot.replies.reply import Button, Reply, Rows
from bot.replies.rows import card_row, entry_rows, in_rows, menu_row, note_row, share_row

SECTIONS_A_ROW = 2
ENTRIES_LISTED = 80  # Telegram takes a hundred buttons, and about 10 kB of them in all
SECTIONS_OFFERED = 3  # when the bot does not know, the nearest few; the rest is behind Menu


def to_menu(content: Content) -> Reply:
    return Reply("menu", content.texts.menu, home_rows(content))


def home_rows(content: Content) -> Rows:
    """The topics, or all entries of a pack without any, and above them what one may need in a hurry."""
    topics = _section_rows(content.sections) or _all_entries(content)
    return (*card_row(content, kept=False), *topics, *note_row(content, kept=False))


def to_section(content: Content, section: Section) -> Reply:
    return Reply(
        "menu",
        f"<b>{html.escape(section.title, quote=False)}</b>\n\n{section.text}",
        (*entry_rows(content, section.entries, section.id), menu_row(content)),
        also=section.entries,
    )


def to_welcome(content: Content) -> Reply:
    welcome = content.texts.welcome
    rows = (*entry_rows(content, welcome.examples), menu_row(content))
    return Reply("text", welcome.text, rows, also=welcome.examples)


def to_page(content: Content, text: str) -> Reply:
    """A plain page with the way to the menu."""
    return Reply("text", text, (menu_row(content),))


def to_unknown(content: Content, near: Iterable[str]) -> Reply:
    """ "I don't know", with the sections of the nearest entries."""
    ranks = {entry: rank for rank, entry in enumerate(near)}
    far = len(ranks)
    nearest = sorted(content.sections, key=lambda section: min(ranks.get(each, far) for each in section.entries))
    rows = (*_section_rows(nearest[:SECTIONS_OFFERED], 1), share_row(content, "unknown"), menu_row(content))
    return Reply("unknown", content.texts.unknown, rows, confidence=0.0, quotes=True)


def to_choices(content: Content, ids: tuple[str, ...], confidence: float) -> Reply:
    """Two to four entries to choose from, and a way to say that it is none of them."""
    none = (Button(content.texts.labels.none_of_these, NoneOfThese().data()),)
    rows = (*entry_rows(content, ids), none)
    return Reply("choices", content.texts.choices, rows, also=ids, confidence=confidence, quotes=True)


def to_none_of_these(content: Content) -> Reply:
    """What follows where no choice was right: the topics, and the way to let the authors know."""
    rows = home_rows(content)
    return Reply("menu", content.texts.none_of_these, (*rows, share_row(content, "none")))


def to_offer_of_sharing(content: Content) -> Reply:
    """What follows an answer that did not help."""
    return Reply("text", content.texts.sharing.offer, (share_row(content, "no"), menu_row(content)))


def to_shared(content: Content, text: str, wording: str) -> Reply:
    """What was shared, and the way to delete it again."""
    button = Button(content.texts.labels.take_back, TakeBackWording(wording).data())
    return Reply("text", text, ((button,), menu_row(content)))


def _section_rows(sections: Iterable[Section], a_row: int = SECTIONS_A_ROW) -> Rows:
    buttons = [Button(section.title, OpenSection(section.id).data()) for section in sections]
    return in_rows(buttons, a_row)


def _all_entries(content: Content) -> Rows:
    """A pack without sections: its entries, as many as fit."""
    return entry_rows(content, [entry.id for entry in content.entries][:ENTRIES_LISTED])
