"""A content folder, loaded and checked: what all other modules are given."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from bot.content.ages import Ages
from bot.content.card import Card, NoteForm
from bot.content.danger import Alarms, Danger
from bot.content.entries import Entry, Outside, Section, SmallTalk, Source
from bot.content.grammar import Grammar
from bot.content.languages import ForeignLanguage, Languages
from bot.content.regions import Regions
from bot.content.texts import Page, Texts
from bot.content.tuning import Thresholds


class Translations:
    """The same pack in other languages, by their codes; each is read when it is first needed.

    `read` raises ContentError where one can't be.
    """

    def __init__(self, folders: Mapping[str, Path], read: Callable[[Path], "Content"]) -> None:
        self.folders = dict(folders)
        self._read = read
        self._found: dict[str, Content] = {}

    def __contains__(self, code: object) -> bool:
        return code in self.folders

    def of(self, code: str) -> "Content":
        """Raises KeyError for a language that there is no translation in."""
        if code not in self._found:
            self._found[code] = self._read(self.folders[code])
        return self._found[code]


@dataclass(frozen=True)
class Content:
    """One pack. `danger` is None in a pack that is not about anyone's health; `card` needs it.

    `pictures`: the files of its drawings and of the chart, by name.

    `learnt`: where only what answers was read, because the pack was learnt as it stands, the digest of its files.
    """

    entries: tuple[Entry, ...]
    sections: tuple[Section, ...]
    sources: dict[str, Source] = field(repr=False)
    texts: Texts = field(repr=False)
    thresholds: Thresholds
    grammar: Grammar = field(repr=False)
    pages: tuple[Page, ...] = ()
    smalltalk: tuple[SmallTalk, ...] = ()
    outside: Outside = field(default=Outside(), repr=False)
    alarms: Alarms = field(default_factory=dict, repr=False)
    danger: Danger | None = field(default=None, repr=False)
    regions: Regions = field(default=Regions(), repr=False)
    card: Card | None = field(default=None, repr=False)
    note: NoteForm | None = field(default=None, repr=False)
    ages: Ages | None = field(default=None, repr=False)
    languages: Languages = field(default=(), repr=False)
    pictures: dict[str, Path] = field(default_factory=dict, repr=False)
    learnt: str = ""
    translations: Translations = field(default=Translations({}, lambda _: NotImplemented), repr=False, compare=False)

    @cached_property
    def by_id(self) -> dict[str, Entry]:
        """Entries by id and by every former id."""
        former = {alias: entry for entry in self.entries for alias in entry.aliases}
        return former | {entry.id: entry for entry in self.entries}

    @cached_property
    def languages_by_id(self) -> dict[str, ForeignLanguage]:
        return {language.id: language for language in self.languages}

    @cached_property
    def sections_by_id(self) -> dict[str, Section]:
        return {section.id: section for section in self.sections}
