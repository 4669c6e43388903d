"""What a button means: its data, written and read back. A kind of press is one class, which alone knows its letters."""

import re
from abc import ABC, abstractmethod
from dataclasses import astuple, dataclass
from typing import ClassVar, Self

DATA_BYTES = 64  # Telegram's limit for callback_data
ID = r"[a-z0-9][a-z0-9_-]*"
NEW = "new"
MOST_DIGITS = 3  # of half months: a hundred years have 2,400, and nobody is shown them


class Press(ABC):
    """A button's meaning. `verbs`: the letters that its data may begin with, no one else's."""

    verbs: ClassVar[str] = ""

    def __init_subclass__(cls) -> None:
        for verb in cls.verbs:
            KINDS[verb] = cls

    @property
    def keeps_message(self) -> bool:
        """Whether the message with the button stays as it is, and the page comes as a new one."""
        return False

    @abstractmethod
    def data(self) -> str:
        """Its data: a letter, perhaps an id after a colon, perhaps another after a slash."""

    @classmethod
    @abstractmethod
    def read(cls, verb: str, first: str | None, second: str | None) -> Self | None:
        """The press that the data's parts mean; None where they mean nothing."""


KINDS: dict[str, type[Press]] = {}


@dataclass(frozen=True)
class _Bare(Press):
    """A press that says all there is by its letter."""

    def data(self) -> str:
        return self.verbs

    @classmethod
    def read(cls, verb: str, first: str | None, second: str | None) -> Self | None:  # noqa: ARG003 - Press.read
        return cls() if first is None else None


@dataclass(frozen=True)
class _OfOne(Press):
    """A press that is told by its letter and one id. Where the id is `optional`, the letter alone means something."""

    optional: ClassVar[bool] = False

    def data(self) -> str:
        (told,) = astuple(self)
        return f"{self.verbs}:{told}" if told else self.verbs

    @classmethod
    def read(cls, verb: str, first: str | None, second: str | None) -> Self | None:  # noqa: ARG003 - Press.read
        return cls(first) if second is None and (first or cls.optional) else None  # type: ignore[call-arg]  # its one field


class _Aside(_Bare):
    @property
    def keeps_message(self) -> bool:
        return True


class OpenMenu(_Bare):
    verbs = "m"


class NoneOfThese(_Bare):
    verbs = "n"


class OtherCountry(_Aside):
    verbs = "o"


class HelpParent(_Aside):
    verbs = "h"


@dataclass(frozen=True)
class OpenSection(_OfOne):
    section: str

    verbs = "s"


@dataclass(frozen=True)
class OpenEntry(Press):
    """Show an entry: reached from a section (for Back), or as a new message (`kept`): the old one stays."""

    entry: str
    section: str | None = None
    kept: bool = False

    verbs = "ek"

    @property
    def keeps_message(self) -> bool:
        return self.kept

    def data(self) -> str:
        return f"{'k' if self.kept else 'e'}:{self.entry}" + (f"/{self.section}" if self.section else "")

    @classmethod
    def read(cls, verb: str, first: str | None, second: str | None) -> Self | None:
        return cls(first, second, kept=verb == "k") if first else None


@dataclass(frozen=True)
class MeetAge(Press):
    """Show an entry as it speaks to a band of ages."""

    entry: str
    band: str

    verbs = "u"

    def data(self) -> str:
        return f"u:{self.entry}/{self.band}"

    @classmethod
    def read(cls, verb: str, first: str | None, second: str | None) -> Self | None:  # noqa: ARG003 - Press.read
        return cls(first, second) if first and second else None


@dataclass(frozen=True)
class ShowDrawing(_OfOne):
    """Show the drawing of an entry, as a new message."""

    entry: str

    verbs = "j"

    @property
    def keeps_message(self) -> bool:
        return True


@dataclass(frozen=True)
class OpenChart(Press):
    """Show the chart of ages as a new message: with a mark at so many half months, or to choose an age."""

    halves: int | None = None

    verbs = "p"

    @property
    def keeps_message(self) -> bool:
        return True

    def data(self) -> str:
        return "p" if self.halves is None else f"p:{self.halves}"

    @classmethod
    def read(cls, verb: str, first: str | None, second: str | None) -> Self | None:  # noqa: ARG003 - Press.read
        if first is None:
            return cls()
        if second is not None or not first.isdecimal() or len(first) > MOST_DIGITS:
            return None
        return cls(int(first)) if first == str(int(first)) else None


@dataclass(frozen=True)
class CastVote(Press):
    entry: str
    helpful: bool

    verbs = "v"

    def data(self) -> str:
        return f"v:{self.entry}/{'y' if self.helpful else 'n'}"

    @classmethod
    def read(cls, verb: str, first: str | None, second: str | None) -> Self | None:  # noqa: ARG003 - Press.read
        return cls(first, second == "y") if first and second in ("y", "n") else None


@dataclass(frozen=True)
class NotMeant(Press):
    """A danger reply was not what was asked for: show the entry that would be the answer, or the menu.

    `sign`: the danger that was seen, to be counted; buttons of older versions do not tell it.
    """

    entry: str | None = None
    sign: str | None = None

    verbs = "wx"  # x: with a sign, but no entry

    @property
    def keeps_message(self) -> bool:
        return True

    def data(self) -> str:
        plain = f"w:{self.entry}" if self.entry else "w"
        told = f"{plain}/{self.sign}" if self.entry else f"x:{self.sign}"
        # A content may have signs whose names do not fit: then the button works, and the sign is not counted.
        fits = self.sign is not None and re.fullmatch(ID, self.sign) is not None and len(told) <= DATA_BYTES
        return told if fits else plain

    @classmethod
    def read(cls, verb: str, first: str | None, second: str | None) -> Self | None:
        if verb == "x":
            return cls(None, first) if first and second is None else None
        return cls(first, second)


@dataclass(frozen=True)
class ChooseCountry(_OfOne):
    """Whose numbers one wants to be shown, by a region's id; None: all, as for whoever never chose."""

    region: str | None = None

    verbs = "r"
    optional = True


@dataclass(frozen=True)
class ChooseLanguage(_OfOne):
    """Which language the bot is to speak, by its code."""

    language: str

    verbs = "l"


@dataclass(frozen=True)
class ShareWording(Press):
    """Whoever wrote what could not be answered lets the authors see it. `reason`: one of REASONS."""

    reason: str

    verbs = "y"

    def data(self) -> str:
        return f"y:{self.reason}"

    @classmethod
    def read(cls, verb: str, first: str | None, second: str | None) -> Self | None:  # noqa: ARG003 - Press.read
        return cls(first) if first in REASONS and second is None else None


@dataclass(frozen=True)
class InboxPress(_OfOne):
    """A press of an admin's in the inbox, about the cluster that a wording is in."""

    wording: str | None = None

    optional = True


class OpenInbox(InboxPress):
    verbs = "i"


class SetAsideWording(InboxPress):
    """Keep it for an answer that is yet to be written."""

    verbs = "b"


class DropWording(InboxPress):
    verbs = "g"


@dataclass(frozen=True)
class TryWording(InboxPress):
    """Show what it would change to take it for an answer: an entry's id or OUTSIDE_ID."""

    answer: str = ""

    verbs = "t"

    def data(self) -> str:
        return f"{self.verbs}:{self.wording}/{self.answer}"

    @classmethod
    def read(cls, verb: str, first: str | None, second: str | None) -> Self | None:  # noqa: ARG003 - Press.read
        return cls(first, second) if first and second else None


class AcceptWording(TryWording):
    verbs = "a"


OUTSIDE_ID = "outside_"  # in a button's data, what no entry answers: no entry's id has an underscore


@dataclass(frozen=True)
class TakeBackWording(_OfOne):
    """Delete words that one shared, by their id."""

    wording: str

    verbs = "q"


REASONS = ("unknown", "none", "no")  # nothing was found; none of the choices; an answer did not help


@dataclass(frozen=True)
class OpenFlow(Press):
    """The beginning of something tapped through, named by its letter; also as a new message."""

    flow: str
    kept: bool = False

    @property
    def keeps_message(self) -> bool:
        return self.kept

    def data(self) -> str:
        return f"{self.flow}:{NEW}" if self.kept else self.flow

    @classmethod
    def read(cls, verb: str, first: str | None, second: str | None) -> Self | None:
        return cls(verb, first == NEW) if second is None and first in (None, NEW) else None


@dataclass(frozen=True)
class StepFlow(Press):
    """How it stands after a tap; `version` is that of its list in the content."""

    flow: str
    version: str
    state: str

    def data(self) -> str:
        return f"{self.flow}:{self.version}/{self.state}"

    @classmethod
    def read(cls, verb: str, first: str | None, second: str | None) -> Self | None:
        return cls(verb, first, second) if first and second else None


VOTE, SHARE = CastVote("", True).data()[:2], ShareWording("").data()


def read_press(data: str) -> Press | None:
    """The press behind button data, or None when it is forged, damaged or too old to understand.

    A letter that no other kind of press has is that of a flow, which may be there or not.
    """
    match = re.fullmatch(rf"(?P<verb>[a-z])(?::(?P<first>{ID})(?:/(?P<second>{ID}))?)?", data)
    if match is None or len(data) > DATA_BYTES:  # what matches is ASCII: a letter is a byte
        return None
    verb, first, second = match.groups()
    if verb in KINDS:
        return KINDS[verb].read(verb, first, second)
    return StepFlow.read(verb, first, second) or OpenFlow.read(verb, first, second)
