"""One reply: what is said, and the buttons under it."""

from dataclasses import dataclass, replace
from typing import Literal

from bot.content.danger import Level

Kind = Literal["answer", "choices", "triage", "smalltalk", "unknown", "menu", "text"]


@dataclass(frozen=True)
class Button:
    """A label (plain text) and the data it carries, at most 64 bytes."""

    label: str
    data: str


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True)
class Reply:
    """Text in the content's HTML, and rows of buttons.

    `entry` is the entry shown, `also` the entries offered as buttons, best first; `level` is set on danger
    replies only; `confidence` is the chance, from 0 to 1, that `entry` (or the first choice) is right;
    `failed`: the danger check broke on the message.
    """

    kind: Kind
    text: str
    rows: Rows = ()
    entry: str | None = None
    also: tuple[str, ...] = ()
    level: Level | None = None
    confidence: float = 1.0
    failed: bool = False

    @property
    def is_danger(self) -> bool:
        return self.level is not None

    def preceded_by(self, text: str) -> "Reply":
        return replace(self, text=f"{text}\n\n{self.text}")

    def followed_by(self, text: str) -> "Reply":
        return replace(self, text=f"{self.text}\n\n{text}")
