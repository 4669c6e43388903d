"""The card of warning signs: its state is in its buttons, and one tap shows what to do."""

import zlib
from dataclasses import dataclass

from bot.content import Content
from bot.content.card import Card, Tick
from bot.content.danger import LEVELS, Danger
from bot.replies.dangers import Said, offer_rows, text_of
from bot.replies.places import Place
from bot.replies.presses import HelpParent, OtherCountry, TickCard
from bot.replies.reply import Button, Reply, Rows
from bot.replies.rows import menu_row, note_row

ORDER = (*LEVELS, "soon")  # most serious first
BOXES = ("☐", "☑")
A_ROW = 2
NONE = "none"  # the state in which it was said that no sign is there


@dataclass(frozen=True)
class Ticks:
    """A bit for each box, the first the lowest; `none`: said to be none."""

    mask: int = 0
    none: bool = False

    def data(self, card: Card) -> str:
        return TickCard(version_of(card), NONE if self.none else str(self.mask)).data()


def version_of(card: Card) -> str:
    """Another one whenever a tick on an open card would come to mean something else."""
    said = "\n".join(f"{item.id} {item.sign or item.level}" for item in card.items)
    return f"{zlib.crc32(said.encode()):x}"


def to_card(content: Content, card: Card, danger: Danger, place: Place, press: object) -> Reply:
    """The card after a press; a fresh one where the press is of another list of boxes, or forged."""
    if not isinstance(press, TickCard):
        return _page(content, card, danger, place, Ticks())
    ticks = _read(card, press)
    if ticks is None:
        return _page(content, card, danger, place, Ticks()).preceded_by(card.outdated)
    return _page(content, card, danger, place, ticks)


def _read(card: Card, press: TickCard) -> Ticks | None:
    if press.version != version_of(card):
        return None
    if press.state == NONE:
        return Ticks(none=True)
    if not press.state.isdecimal() or not 0 <= int(press.state) < 1 << len(card.items):
        return None
    return Ticks(int(press.state))


def _page(content: Content, card: Card, danger: Danger, place: Place, ticks: Ticks) -> Reply:
    ticked = [item for number, item in enumerate(card.items) if ticks.mask >> number & 1]
    level = min((_level(danger, item) for item in ticked), key=ORDER.index, default=None)
    parts = [text_of(danger, [_said(danger, item) for item in ticked if _level(danger, item) == level])]
    if ticks.none:
        parts = [card.nothing.text]
    elif level is None:
        parts = [card.text, "\n".join(item.means for item in card.items)]
    if level is None and danger.parent:
        parts.append(card.parent)
    if level not in LEVELS:  # on a small screen danger needs the room
        parts.append(card.kept)
    return Reply(
        "card",
        place.fill("\n\n".join(parts)),
        _in_rows([*_boxes(card, ticks), _none(card, ticks), *_ways_on(content, danger, place, level)]),
        level=next((each for each in LEVELS if each == level), None),
    )


def _level(danger: Danger, item: Tick) -> str:
    if item.level is not None:
        return item.level
    return next(sign.level for sign in danger.signs if sign.id == item.sign)


def _said(danger: Danger, item: Tick) -> Said:
    sign = next((sign for sign in danger.signs if sign.id == item.sign), None)
    extras = tuple(each for each in (sign.first_aid if sign else None, item.extra) if each)
    if sign is None:
        return Said(_level(danger, item), extras)
    return Said(sign.reply_name, extras, sign.then)


def _boxes(card: Card, ticks: Ticks) -> list[Button]:
    return [
        Button(f"{BOXES[ticks.mask >> number & 1]} {item.label}", Ticks(ticks.mask ^ 1 << number).data(card))
        for number, item in enumerate(card.items)
    ]


def _none(card: Card, ticks: Ticks) -> Button:
    return Button(f"{BOXES[ticks.none]} {card.nothing.button}", Ticks(none=not ticks.none).data(card))


def _ways_on(content: Content, danger: Danger, place: Place, level: str | None) -> list[Button]:
    """What fits what was ticked. With danger on it the card is not to be swept away by the menu."""
    rows: Rows = ()
    if level in ("urgent", "soon"):
        rows += note_row(content)
    if level in LEVELS and place.known:
        rows += offer_rows(danger.other_country, OtherCountry())
    if level is None:
        rows += offer_rows(danger.parent, HelpParent())
    if level not in LEVELS:
        rows += (menu_row(content),)
    return [button for row in rows for button in row]


def _in_rows(buttons: list[Button]) -> Rows:
    return tuple(tuple(buttons[start : start + A_ROW]) for start in range(0, len(buttons), A_ROW))
