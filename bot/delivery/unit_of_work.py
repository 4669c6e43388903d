"""What answering one update comes to: filled in on the way, written in one go when the reply is out."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from bot.store import Outcome, PersonRecord


@dataclass
class UnitOfWork:
    """`known`: what is held of the person, as far as it is known."""

    number: int
    person: str | None = None
    known: PersonRecord = field(default=PersonRecord())
    counts: Counter[str] = field(default_factory=Counter, init=False)
    _noted: int | None = field(default=None, init=False)
    _country: str | None = field(default=None, init=False)
    _language: str | None = field(default=None, init=False)
    _vote: tuple[str, bool] | None = field(default=None, init=False)

    def note_seen(self, version: int) -> None:
        """The disclaimer of this version was said."""
        self.known = replace(self.known, seen=version)
        self._noted = version

    def note_country(self, country: str | None) -> None:
        """The person chose a country, or none."""
        self.known = replace(self.known, country=country)
        self._country = country or ""

    def note_language(self, language: str) -> None:
        """The person chose the language that the bot is to speak."""
        self.known = replace(self.known, language=language)
        self._language = language

    def vote(self, entry: str, helpful: bool) -> None:
        self._vote = (entry, helpful)

    def count(self, names: Iterable[str]) -> None:
        self.counts.update(names)

    def outcome(self, deferred: bool) -> Outcome:
        """What the store is to know of it."""
        return Outcome(self.number, self.person, self._noted, self._country, self._vote, deferred, self._language)
