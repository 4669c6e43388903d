"""Something tapped through, such as a card to tick: its state is in its buttons, and nothing is kept."""

import zlib
from abc import ABC, abstractmethod
from typing import ClassVar, Generic, Self, TypeVar

from bot.content import Content
from bot.replies.places import Place
from bot.replies.presses import OpenFlow, StepFlow
from bot.replies.reply import Reply

BOXES = ("☐", "☑")
State = TypeVar("State")


class Flow(ABC, Generic[State]):
    """One kind of it over one pack. `verb`: the letter of its buttons' data; `command`: the one that opens it."""

    verb: ClassVar[str]
    command: ClassVar[str]

    @classmethod
    @abstractmethod
    def of(cls, content: Content) -> Self | None:
        """The flow of a pack; None where the pack has none."""

    def to_reply(self, press: OpenFlow | StepFlow, place: Place) -> Reply:
        """The page after a press; the first one where the press is of another version of the list, or forged."""
        if isinstance(press, OpenFlow):
            return self.page(self.first(), place)
        state = self.read(press.state) if press.version == self._version else None
        return self.restarted(self.page(self.first(), place)) if state is None else self.page(state, place)

    def data(self, state: State) -> str:
        """The button data that leads to the page of a state."""
        return StepFlow(self.verb, self._version, self.written(state)).data()

    @property
    def _version(self) -> str:
        return f"{zlib.crc32(self.meaning().encode()):x}"

    def restarted(self, page: Reply) -> Reply:
        """The first page for somebody whose buttons no longer mean what they did."""
        return page

    @abstractmethod
    def meaning(self) -> str:
        """Another text whenever a tap on an open page would come to mean something else."""

    @abstractmethod
    def first(self) -> State: ...

    @abstractmethod
    def written(self, state: State) -> str:
        """A state as letters, digits and hyphens; with verb and version at most 64 bytes."""

    @abstractmethod
    def read(self, written: str) -> State | None:
        """The state again; None for what was never written."""

    @abstractmethod
    def page(self, state: State, place: Place) -> Reply: ...
