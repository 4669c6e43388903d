"""One reply: what is said, and the buttons under it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from bot.content.danger import Level

ReplyKind = Literal["answer", "choices", "triage", "smalltalk", "unknown", "menu", "text", "flow", "picture"]
Action = Literal["forget", "quiet", "language", "status", "country", "report", "digest", "inbox"]
Style = Literal["danger", "success", "primary"]  # red, green, blue, where the app knows them


@dataclass(frozen=True)
class Button:
    """A label (plain text) and the data it carries, at most 64 bytes; or, without data, one of three other things.

    `copied`: a text that it copies. `link`: what the bot is started with in a private chat. `sent`: what the bot is
    asked for in a chat that one chooses; where it can't be, its `link` is sent there.
    """

    label: str
    data: str = ""
    copied: str | None = None
    style: Style | None = None
    sent: str | None = None
    link: str | None = None


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True)
class Picture:
    """A picture by its name, and where its PNG file lies. The words with it say what is to be seen."""

    name: str
    file: str


@dataclass(frozen=True)
class Reply:
    """Text in the content's HTML, and rows of buttons.

    `entry` is the entry shown, `also` the entries offered as buttons, best first; `level` and `sign` are set on danger
    replies only; `caution`: it names the numbers to call, should there be danger; `confidence` is the chance, from 0
    to 1, that `entry` (or the first choice, or the danger) is right; `failed`: understanding broke on the message.
    `quotes`: it is shown under the message that it answers, whose words a button may ask for.
    `action`: what the bot is to do before it says the text, which tells how it went and has {names} to be filled in;
    `country`: the region that was chosen, where that is the action; so is `language`, by its code.
    `picture`: shown above the text.
    """

    kind: ReplyKind
    text: str
    rows: Rows = ()
    entry: str | None = None
    also: tuple[str, ...] = ()
    level: Level | None = None
    sign: str | None = None
    caution: bool = False
    confidence: float = 1.0
    failed: bool = False
    quotes: bool = False
    action: Action | None = None
    country: str | None = None
    language: str | None = None
    picture: Picture | None = None
    verdict: str | None = None
    is_linked: bool = False

    @property
    def is_danger(self) -> bool:
        return self.level is not None

    def offering(self, *rows: tuple[Button, ...]) -> "Reply":
        """With these rows of buttons first; what they offer is not offered twice. Empty rows are left out."""
        data = {button.data for row in rows for button in row if button.data}
        others = (tuple(button for button in row if button.data not in data) for row in self.rows)
        return replace(self, rows=tuple(row for row in (*rows, *others) if row))

    def preceded_by(self, text: str) -> "Reply":
        return replace(self, text=f"{text}\n\n{self.text}")

    def followed_by(self, text: str) -> "Reply":
        return replace(self, text=f"{self.text}\n\n{text}")


def filled_in(text: str, values: Mapping[str, str]) -> str:
    """A text of the content with the names in braces filled in."""
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", value)
    return text
