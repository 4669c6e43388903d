"""Danger signs: what must be said for one, what stops it, and what the bot replies."""

import re
from collections.abc import Iterator
from typing import Any, Literal

from pydantic import Field, model_validator

from bot.content.fields import Id, Model, Plain, Rich

Level = Literal["emergency", "crisis", "urgent", "soon"]
LEVELS: tuple[Level, ...] = ("emergency", "crisis", "urgent", "soon")  # most serious first
BUILT_IN = re.compile(r"temperature \d+|number")  # classes the program knows by itself
_CLASS = re.compile(r"\{([^}]*)\}")

Part = Plain  # wordings of one thing, " | " between them
Phrase = Plain  # one wording


class Rule(Model):
    """One way of saying a sign: every part of `all` is there, none of `unless`.

    A bare list in the file is short for {all: [...]}. `within` is the number of words that may stand between
    the parts; `across` lets the parts stand in different sentences. `start` and `end` are months of age: with
    `start` the age must be known, with `end` alone an unknown age counts as young unless `known_age` is set.
    """

    all: tuple[Part, ...] = Field(min_length=1)
    unless: Part | None = None
    within: int | None = Field(default=None, ge=0)
    across: bool = False
    start: float | None = Field(alias="from", default=None, ge=0)
    end: float | None = Field(alias="to", default=None, ge=0)
    known_age: bool = False

    @model_validator(mode="before")
    @classmethod
    def _from_list(cls, data: Any) -> Any:
        return {"all": data} if isinstance(data, list | tuple) else data


class DangerSign(Model):
    """A sign, its level and reply. `extra` is a line added to the reply.

    `any_doer`: it counts whoever does it (a grandfather, a dog). `lasting`: it counts even when it began long
    ago. `brief`: it no longer counts after a week.
    """

    id: str = Field(pattern=r"^[a-z0-9_]+$")
    level: Level
    reply: Id
    extra: Rich | None = None
    sources: tuple[str, ...] = ()
    any_doer: bool = False
    lasting: bool = False
    brief: bool = False
    rules: tuple[Rule, ...] = Field(min_length=1)


class DangerReply(Model):
    text: Rich


class DangerRules(Model):
    """All of `triage.yaml`."""

    classes: dict[str, tuple[Phrase, ...]]
    common: Plain = Field(default="-", description="words that are never taken for a misspelt danger word")
    idioms: tuple[Phrase, ...] = ()
    supposing: tuple[Phrase, ...] = ()
    past: tuple[Phrase, ...] = ()
    week_past: tuple[Phrase, ...] = ()
    present: tuple[Phrase, ...] = ()
    in_general: tuple[Phrase, ...] = ()
    general_note: Rich
    replies: dict[Id, DangerReply]
    signs: tuple[DangerSign, ...]

    @model_validator(mode="after")
    def _check(self) -> "DangerRules":
        faults = [*self._unknown_classes(), *self._unknown_replies()]
        ids = [sign.id for sign in self.signs]
        faults += [f"the sign '{each}' is there twice" for each in sorted(set(ids)) if ids.count(each) > 1]
        if faults:
            raise ValueError("; ".join(faults))
        return self

    def _unknown_replies(self) -> Iterator[str]:
        for sign in self.signs:
            if sign.reply not in self.replies:
                yield f"the sign '{sign.id}' has the reply '{sign.reply}', which is not in 'replies'"

    def _unknown_classes(self) -> Iterator[str]:
        for place, text in self._wordings():
            for name in _CLASS.findall(text):
                if name not in self.classes and not BUILT_IN.fullmatch(name):
                    yield f"{place} names {{{name}}}, which is not in 'classes'"

    def _wordings(self) -> Iterator[tuple[str, str]]:
        for name, phrases in self.classes.items():
            yield from ((f"the class '{name}'", phrase) for phrase in phrases)
        for field in ("idioms", "supposing", "past", "week_past", "present", "in_general"):
            yield from ((f"'{field}'", phrase) for phrase in getattr(self, field))
        for sign in self.signs:
            for rule in sign.rules:
                yield from ((f"the sign '{sign.id}'", part) for part in (*rule.all, rule.unless or ""))
