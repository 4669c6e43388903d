"""What a button means: its data, written and read back."""

import re
from dataclasses import dataclass

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
class OpenCard:
    """An empty card of warning signs; `kept`: as a new message."""

    kept: bool = False

    def data(self) -> str:
        return f"c:{NEW}" if self.kept else "c"


@dataclass(frozen=True)
class TickCard:
    """The card as it stands after a tap; `version` is that of the list of boxes."""

    version: str
    state: str

    def data(self) -> str:
        return f"c:{self.version}/{self.state}"


@dataclass(frozen=True)
class OpenNote:
    """The first step of the note for the doctor; `kept`: as a new message."""

    kept: bool = False

    def data(self) -> str:
        return f"d:{NEW}" if self.kept else "d"


@dataclass(frozen=True)
class StepNote:
    """The note as it stands after a tap; `version` is that of its questions."""

    version: str
    state: str

    def data(self) -> str:
        return f"d:{self.version}/{self.state}"


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
