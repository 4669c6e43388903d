"""What a button means: its data, written and read back."""

import re
from dataclasses import dataclass
from typing import ClassVar

DATA_BYTES = 64  # Telegram's limit for callback_data
ID = r"[a-z0-9][a-z0-9_-]*"
NEW = "new"


@dataclass(frozen=True)
class OpenMenu:
    def data(self) -> str:
        return "m"


@dataclass(frozen=True)
class OpenSection:
    section: str

    def data(self) -> str:
        return f"s:{self.section}"


@dataclass(frozen=True)
class OpenEntry:
    """Show an entry: reached from a section (for Back), or as a new message (`kept`): the old one stays."""

    entry: str
    section: str | None = None
    kept: bool = False

    def data(self) -> str:
        return f"{'k' if self.kept else 'e'}:{self.entry}" + (f"/{self.section}" if self.section else "")


@dataclass(frozen=True)
class CastVote:
    entry: str
    helpful: bool

    def data(self) -> str:
        return f"v:{self.entry}/{'y' if self.helpful else 'n'}"


@dataclass(frozen=True)
class NoneOfThese:
    def data(self) -> str:
        return "n"


@dataclass(frozen=True)
class NotMeant:
    """A danger reply was not what was asked for: show the entry that would be the answer, or the menu."""

    entry: str | None = None

    def data(self) -> str:
        return f"w:{self.entry}" if self.entry else "w"


@dataclass(frozen=True)
class OtherCountry:
    def data(self) -> str:
        return "o"


@dataclass(frozen=True)
class HelpParent:
    def data(self) -> str:
        return "h"


@dataclass(frozen=True)
class _Opening:
    """The beginning of something tapped through; `kept`: as a new message."""

    verb: ClassVar[str]
    kept: bool = False

    def data(self) -> str:
        return f"{self.verb}:{NEW}" if self.kept else self.verb


@dataclass(frozen=True)
class _Step:
    """How it stands after a tap; `version` is that of its list in the content."""

    verb: ClassVar[str]
    version: str
    state: str

    def data(self) -> str:
        return f"{self.verb}:{self.version}/{self.state}"


class OpenCard(_Opening):
    """An empty card of warning signs."""

    verb = "c"


class TickCard(_Step):
    """The card with what is ticked."""

    verb = OpenCard.verb


class OpenNote(_Opening):
    """The first step of the note for the doctor."""

    verb = "d"


class StepNote(_Step):
    """The note with what is known so far."""

    verb = OpenNote.verb


Press = (
    OpenMenu
    | OpenSection
    | OpenEntry
    | CastVote
    | NoneOfThese
    | NotMeant
    | OtherCountry
    | HelpParent
    | OpenCard
    | TickCard
    | OpenNote
    | StepNote
)
VOTE = CastVote("", True).data()[:2]


def keeps_message(press: Press | None) -> bool:
    """Whether the message with the button must stay as it is, and the page comes as a new one."""
    match press:
        case OpenEntry(kept=True) | OpenCard(kept=True) | OpenNote(kept=True):
            return True
        case NotMeant() | OtherCountry() | HelpParent():
            return True
        case _:
            return False


def read_press(data: str) -> Press | None:
    """The press behind button data, or None when it is forged, damaged or too old to understand."""
    match = re.fullmatch(rf"(?P<verb>[a-z])(?::(?P<id>{ID})(?:/(?P<rest>{ID}))?)?", data)
    if match is None or len(data) > DATA_BYTES:  # what matches is ASCII: a letter is a byte
        return None
    match match["verb"], match["id"], match["rest"]:
        case "m" | "n" | "o" | "h" | "c" | "d" | "w" as verb, None, None:
            return BARE[verb]
        case "s", str(section), None:
            return OpenSection(section)
        case "e" | "k" as verb, str(entry), section:
            return OpenEntry(entry, section, kept=verb == "k")
        case "v", str(entry), "y" | "n" as vote:
            return CastVote(entry, vote == "y")
        case "w", str(entry), None:
            return NotMeant(entry)
        case "c" | "d" as verb, "new", None:
            return OpenCard(kept=True) if verb == "c" else OpenNote(kept=True)
        case "c" | "d" as verb, str(version), str(state):
            return TickCard(version, state) if verb == "c" else StepNote(version, state)
        case _:
            return None


BARE: dict[str, Press] = {
    press.data(): press
    for press in (OpenMenu(), NoneOfThese(), OtherCountry(), HelpParent(), OpenCard(), OpenNote(), NotMeant())
}
