"""What answering one update comes to: filled in on the way, written in one go when the reply is out."""

from collections import Counter
from dataclasses import dataclass, field

from bot.store import Outcome


@dataclass
class UnitOfWork:
    """`seen` is the disclaimer version this person has seen; 0 where that is not known."""

    number: int
    person: str | None = None
    seen: int = 0
    counts: Counter[str] = field(default_factory=Counter, init=False)
    _noted: int | None = field(default=None, init=False)
    _vote: tuple[str, bool] | None = field(default=None, init=False)

    def note_seen(self, version: int) -> None:
        """The disclaimer of this version was said."""
        self.seen = self._noted = version

    def vote(self, entry: str, helpful: bool) -> None:
        self._vote = (entry, helpful)

    def count(self, name: str) -> None:
        self.counts[name] += 1

    def outcome(self, deferred: bool) -> Outcome:
        """What the store is to know of it."""
        return Outcome(self.number, self.person, self._noted, self._vote, deferred)
