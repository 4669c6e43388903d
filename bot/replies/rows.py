"""Rows of buttons that many pages share."""

from collections.abc import Iterable, Sequence

from bot.content import Content
from bot.content.danger import Offer
from bot.replies.presses import OpenEntry, OpenFlow, OpenMenu, Press, ShareWording
from bot.replies.reply import Button, Rows

HALF = 20  # characters of a label that half the width of a phone shows
CARD, NOTE = "c", "d"  # the letters of the flows that pages lead to


def menu_row(content: Content) -> tuple[Button, ...]:
    return (Button(content.texts.labels.menu, OpenMenu().data()),)


def in_rows(buttons: Sequence[Button], a_row: int) -> Rows:
    """So many in each row, whatever their length."""
    return tuple(tuple(buttons[start : start + a_row]) for start in range(0, len(buttons), a_row))


def in_pairs(buttons: Sequence[Button]) -> Rows:
    """Two in a row, but for a label that half a phone would cut: that has a row to itself."""
    rows: list[tuple[Button, ...]] = []
    for button in buttons:
        is_short = len(button.label) <= HALF
        if rows and is_short and len(rows[-1]) == 1 and len(rows[-1][0].label) <= HALF:
            rows[-1] = (*rows[-1], button)
        else:
            rows.append((button,))
    return tuple(rows)


def entry_buttons(content: Content, ids: Iterable[str], section: str | None = None, kept: bool = False) -> list[Button]:
    return [Button(content.by_id[each].title, OpenEntry(each, section, kept).data()) for each in ids]


def entry_rows(content: Content, ids: Iterable[str], section: str | None = None, kept: bool = False) -> Rows:
    """The entries, two in a row."""
    return in_pairs(entry_buttons(content, ids, section, kept))


def card_row(content: Content, kept: bool = True) -> Rows:
    """The way to the card of warning signs, where there is one."""
    return ((Button(content.card.button, OpenFlow(CARD, kept).data(), style="danger"),),) if content.card else ()


def note_row(content: Content, kept: bool = True) -> Rows:
    """The way to the note for the doctor, where there is one."""
    return ((Button(content.note.button, OpenFlow(NOTE, kept).data()),),) if content.note else ()


def share_row(content: Content, reason: str) -> tuple[Button, ...]:
    """The way to let the authors see what could not be answered."""
    return (Button(content.texts.labels.share, ShareWording(reason).data()),)


def offer_rows(offer: Offer | None, press: Press) -> Rows:
    return ((Button(offer.button, press.data()),),) if offer else ()
