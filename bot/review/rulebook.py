"""The danger rules with their places in the file, numbered as the danger check numbers them."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.content.danger import DangerRules, DangerSign, Rule
from bot.content.documents import Document, Place
from bot.content.mistakes import Mistake
from bot.language.ages import Age

ANY_AGE = 9.0  # months, where a rule sets no limit
JUST_OLD_ENOUGH = 0.1  # months past the age from which a rule counts
BETWEEN = " | "


@dataclass(frozen=True)
class Filed:
    """A rule, its number, and where it stands."""

    number: int
    sign: DangerSign
    rule: Rule
    place: Place

    @property
    def age(self) -> Age:
        """An age at which it counts."""
        start, end = self.rule.start, self.rule.end
        if start is not None:
            return Age(start + JUST_OLD_ENOUGH)
        return Age(ANY_AGE if end is None else end / 2)

    @property
    def parts(self) -> tuple[tuple[str, ...], ...]:
        """The wordings of each part."""
        return tuple(tuple(part.split(BETWEEN)) for part in self.rule.all)

    @property
    def unless(self) -> tuple[str, ...]:
        return tuple(self.rule.unless.split(BETWEEN)) if self.rule.unless else ()


@dataclass(frozen=True)
class Rulebook:
    rules: DangerRules
    document: Document

    def filed(self) -> Iterator[Filed]:
        number = 0
        for index, sign in enumerate(self.rules.signs):
            for each, rule in enumerate(sign.rules):
                yield Filed(number, sign, rule, ("signs", index, "rules", each))
                number += 1

    def part_place(self, filed: Filed, part: int) -> Place:
        """A rule may be a bare list of its parts."""
        bare = isinstance(self.document.at(filed.place), list)
        return (*filed.place, part) if bare else (*filed.place, "all", part)

    def line(self, filed: Filed) -> int:
        return self.document.line(filed.place)

    def about(self, filed: Filed, what: str, place: Place | None = None) -> Mistake:
        return self.document.mistake(place or filed.place, f"sign '{filed.sign.id}': {what}")
