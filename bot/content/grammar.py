"""How a language says things: its short forms, numbers and ages, as patterns over normalised text."""

import re
from collections.abc import Iterable, Mapping

from pydantic import Field, field_validator, model_validator

from bot.content.fields import Plain, StrictModel

MONTHS, BASE = 12, 10
FRAGMENT = re.compile(r"\{([a-z]+)\}")
# The patterns that reading an age needs, and the named groups that each must have.
AGE_PATTERNS: Mapping[str, tuple[str, ...]] = {
    "mention": (
        "value", "upper", "month", "week", "year", "day", "rest", "rest_month", "rest_week", "rest_day", "half",
    ),
    "born_early": ("value", "week", "month", "value2", "week2", "month2"),
    "weeks_at_birth": ("weeks", "weeker", "born"),
    "said_corrected": ("value", "value2"),
    "years_only": ("near", "years"),
    "birthday": ("not", "ahead"),
    "bare": ("months",),
    "newborn": (),
    "ordinal": ("nth",),
    "nearly_before": (),
    "corrected_before": (),
    "corrected_after": (),
    "span_before": (),
    "span_after": (),
    "other_time_before": (),
    "at_before": (),
    "old_after": (),
    "stated_before": (),
    "now_before": (),
    "now_after": (),
    "passing_after": (),
    "other_child_before": (),
    "height_before": (),
    "days_old_after": (),
    "old_unit": (),
}  # fmt: skip

Pattern = str | tuple[str, ...]


class Opening(StrictModel):
    """What a pattern is replaced by; \\1 in `opened` is what stood in its first brackets."""

    pattern: str
    opened: str = ""

    @model_validator(mode="after")
    def _can_be_used(self) -> "Opening":
        try:
            re.compile(self.pattern).sub(self.opened, "")
        except (re.error, IndexError) as error:
            raise ValueError(f"can't be used: {error}") from error
        return self


class Doubled(StrictModel):
    """Letters that are often written twice, within words and at their end: "sleeep" is "sleep", "sooo" is "so"."""

    inside: str = ""
    at_end: str = ""


class NameWords(StrictModel):
    """Words by which names are told, in small letters: those a name may follow, and those with a capital that are
    none."""

    before: tuple[Plain, ...] = ()
    capitals: tuple[Plain, ...] = ()


class AgeWords(StrictModel):
    """`fragments` are what {braces} in `patterns`, and in fragments after them, stand for."""

    fragments: dict[str, str]
    patterns: dict[str, Pattern]


class Grammar(StrictModel):
    """All of `grammar.yaml`. `numbers`: the words for 0, 1, 2 ...; `tens` and `fractions` with their values.

    `leaning`: words that name no subject; `common`: the commonest ones, by which the language is told from others.
    """

    short_forms: dict[Plain, Plain] = Field(default_factory=dict)
    apostrophes: tuple[Opening, ...] = ()
    numbers: tuple[Plain, ...] = Field(min_length=2)
    tens: dict[Plain, int] = Field(default_factory=dict)
    fractions: dict[Plain, float] = Field(default_factory=dict)
    mixed: Pattern
    months: tuple[Plain, ...] = Field(min_length=MONTHS, max_length=MONTHS)
    irregular: str
    doubled: Doubled = Doubled()
    names: NameWords = NameWords()
    leaning: tuple[Plain, ...] = ()
    common: tuple[Plain, ...] = ()
    ages: AgeWords

    @field_validator("mixed")
    @classmethod
    def _is_mixed(cls, pattern: Pattern) -> Pattern:
        _check("mixed", filled(pattern, {"small": "x"}), ("whole", "part"))
        return pattern

    @field_validator("irregular")
    @classmethod
    def _is_pattern(cls, pattern: str) -> str:
        _check("irregular", pattern, ())
        return pattern

    @model_validator(mode="after")
    def _ages_can_be_read(self) -> "Grammar":
        if lacking := [name for name in AGE_PATTERNS if name not in self.ages.patterns]:
            raise ValueError(f"'patterns' of 'ages' lacks {', '.join(lacking)}")
        if strange := [name for name in self.ages.patterns if name not in AGE_PATTERNS]:
            raise ValueError(f"'patterns' of 'ages' has {', '.join(strange)}, which nothing reads")
        for name, pattern in self.age_patterns().items():
            _check(f"'{name}' of 'ages'", pattern, AGE_PATTERNS[name])
        return self

    @property
    def values(self) -> dict[str, int]:
        """What each number in words is worth, written without a gap: `numbers`, `tens`, and "thirtytwo" of both."""
        values = {word: value for value, word in enumerate(self.numbers)} | self.tens
        ones = self.numbers[1:BASE]
        return values | {ten + one: values[ten] + values[one] for ten in self.tens for one in ones}

    @property
    def spoken(self) -> str:
        """Any number in words, as a pattern: "thirty two", "thirty-two" and "thirtytwo" before "thirty"."""
        ones = any_of(self.numbers[1:BASE])
        compound = rf"(?:{any_of(self.tens)})(?:[ -]?(?:{ones}))?|" if self.tens else ""
        return compound + any_of(self.numbers)

    def age_patterns(self) -> dict[str, str]:
        """The patterns with their fragments in place. Raises ValueError where one is not there."""
        one = self.ages.fragments.get("one", "(?!)")
        known = {"number": rf"(?:\d{{1,3}}(?:\.\d+)?|{self.spoken}|{one})"}
        for name, fragment in self.ages.fragments.items():
            known[name] = filled(fragment, known)
        return {name: filled(pattern, known) for name, pattern in self.ages.patterns.items()}


def any_of(words: Iterable[str]) -> str:
    """Any of the words, the longest first: of two that begin alike the longer one is meant."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def value_of(word: str, values: Mapping[str, int]) -> float:
    """What a number in digits or in words is worth; 0 for none."""
    return float(values.get(re.sub("[ -]", "", word)) or (word if word[:1].isdigit() else 0))


def filled(pattern: Pattern, fragments: Mapping[str, str]) -> str:
    """The pieces as one pattern, with the fragments in place of their names. Raises ValueError for an unknown one."""

    def fragment(found: re.Match[str]) -> str:
        if found[1] not in fragments:
            raise ValueError(f"there is no fragment {found[0]} before it")
        return fragments[found[1]]

    return FRAGMENT.sub(fragment, pattern if isinstance(pattern, str) else "".join(pattern))


def _check(name: str, pattern: str, groups: tuple[str, ...]) -> None:
    try:
        has = re.compile(pattern).groupindex
    except re.error as error:
        raise ValueError(f"{name} is no pattern: {error}") from error
    if lacking := [group for group in groups if group not in has]:
        raise ValueError(f"{name} lacks the group {', '.join(lacking)}")
