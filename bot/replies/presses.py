"""What a button means: its data, written and read back."""

import re
from dataclasses import dataclass

DATA_BYTES = 64  # Telegram's limit for callback_data
ID = r"[a-z0-9][a-z0-9_-]*"


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


Press = OpenMenu | OpenSection | OpenEntry | CastVote | NoneOfThese
VOTE = CastVote("", True).data()[:2]


def read_press(data: str) -> Press | None:
    """The press behind button data, or None when it is forged, damaged or too old to understand."""
    match = re.fullmatch(rf"(?P<verb>[a-z])(?::(?P<id>{ID})(?:/(?P<rest>{ID}))?)?", data)
    if match is None or len(data) > DATA_BYTES:  # what matches is ASCII: a letter is a byte
        return None
    match match["verb"], match["id"], match["rest"]:
        case "m", None, None:
            return OpenMenu()
        case "n", None, None:
            return NoneOfThese()
        case "s", str(section), None:
            return OpenSection(section)
        case "e" | "k" as verb, str(entry), section:
            return OpenEntry(entry, section, kept=verb == "k")
        case "v", str(entry), "y" | "n" as vote:
            return CastVote(entry, vote == "y")
        case _:
            return None
