"""The card of warning signs: one tap shows what to do."""

from dataclasses import dataclass
from typing import Self

from bot.content import Content
from bot.content.card import Card, Tick
from bot.content.danger import LEVELS, Danger
from bot.replies.dangers import Said, text_of
from bot.replies.flow import BOXES, Flow
from bot.replies.places import Place
from bot.replies.presses import HelpParent, OtherCountry
from bot.replies.reply import Button, Reply, Rows
from bot.replies.rows import CARD, in_rows, menu_row, note_row, offer_rows

ORDER = (*LEVELS, "soon")  # most serious first
A_ROW = 2
NONE = "none"  # the state in which it was said that no sign is there


@dataclass(frozen=True)
class Ticks:
    """A bit for each box, the first the lowest; `none`: said to be none."""

    mask: int = 0
    none: bool = False


class CardFlow(Flow[Ticks]):
    verb = CARD
    command = "check"

    def __init__(self, content: Content, card: Card, danger: Danger) -> None:
        self._content = content
        self._card = card
        self._danger = danger
        self._signs = {sign.id: sign for sign in danger.signs}

    @classmethod
    def of(cls, content: Content) -> Self | None:
        return cls(content, content.card, content.danger) if content.card and content.danger else None

    def meaning(self) -> str:
        return "\n".join(f"{item.id} {item.sign or item.level}" for item in self._card.items)

    def first(self) -> Ticks:
        return Ticks()

    def written(self, state: Ticks) -> str:
        return NONE if state.none else str(state.mask)

    def read(self, written: str) -> Ticks | None:
        if written == NONE:
            return Ticks(none=True)
        if not written.isdecimal() or not 0 <= int(written) < 1 << len(self._card.items):
            return None
        return Ticks(int(written))

    def restarted(self, page: Reply) -> Reply:
        return page.preceded_by(self._card.outdated)

    def page(self, state: Ticks, place: Place) -> Reply:
        card, danger = self._card, self._danger
        ticked = [item for number, item in enumerate(card.items) if state.mask >> number & 1]
        level = min(map(self._level, ticked), key=ORDER.index, default=None)
        parts = [text_of(danger, [self._said(item) for item in ticked if self._level(item) == level])]
        if state.none:
            parts = [card.nothing.text]
        elif level is None:
            parts = [card.text, "\n".join(item.means for item in card.items)]
        ends = [card.parent] if level is None and danger.parent else []
        if level not in LEVELS:  # on a small screen danger needs the room
            ends.append(card.kept)
        parts += ["\n".join(ends)] if ends else []
        return Reply(
            "flow",
            "\n\n".join(parts),
            in_rows([*self._boxes(state), self._none(state), *self._ways_on(place, level)], A_ROW),
            level=next((each for each in LEVELS if each == level), None),
        )

    def _level(self, item: Tick) -> str:
        return item.level or self._signs[item.sign or ""].level

    def _said(self, item: Tick) -> Said:
        sign = self._signs.get(item.sign or "")
        extras = tuple(each for each in (sign.first_aid if sign else None, item.extra) if each)
        return Said(sign.reply_name, extras, sign.then) if sign else Said(self._level(item), extras)

    def _boxes(self, state: Ticks) -> list[Button]:
        return [
            Button(f"{BOXES[state.mask >> number & 1]} {item.label}", self.data(Ticks(state.mask ^ 1 << number)))
            for number, item in enumerate(self._card.items)
        ]

    def _none(self, state: Ticks) -> Button:
        return Button(f"{BOXES[state.none]} {self._card.nothing.button}", self.data(Ticks(none=not state.none)))

    def _ways_on(self, place: Place, level: str | None) -> list[Button]:
        """What fits what was ticked. With danger on it the card is not to be swept away by the menu."""
        rows: Rows = ()
        if level in ("urgent", "soon"):
            rows += note_row(self._content)
        if level in LEVELS and place.known:
            rows += offer_rows(self._danger.other_country, OtherCountry())
        if level is None:
            rows += offer_rows(self._danger.parent, HelpParent())
        if level not in LEVELS:
            rows += (menu_row(self._content),)
        return [button for row in rows for button in row]
