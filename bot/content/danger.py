"""Danger signs: what must be said for one, what stops it, and what the bot replies."""

import re
from typing import Any, Literal

from pydantic import ConfigDict, Field, model_validator

from bot.content.fields import Id, Model, Plain, Rich, Title, Wordings

Level = Literal["emergency", "crisis", "urgent", "soon"]
LEVELS: tuple[Level, ...] = ("emergency", "crisis", "urgent", "soon")  # most serious first
ALARMING: tuple[Level, ...] = LEVELS[:3]  # these take the whole reply; "soon" adds a line to an answer
# Classes the program knows by itself.
BUILT_IN = re.compile(r"temperature \d+(?:\.\d+)?|number|year|at (?:least|most) \d+")
# Fields that list phrases.
LISTS = ("idioms", "supposing", "past", "week_past", "present", "over", "passed", "told", "in_general")

Part = Plain  # wordings of one thing, " | " between them
Phrase = Plain  # one wording


def _or_list(schema: dict[str, Any]) -> None:
    mapping = dict(schema)
    schema.clear()
    schema["anyOf"] = [mapping["properties"]["all"], mapping]


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

    # An editor should take the bare list too.
    model_config = ConfigDict(json_schema_extra=_or_list)

    @model_validator(mode="before")
    @classmethod
    def _from_list(cls, data: Any) -> Any:
        return {"all": data} if isinstance(data, list | tuple) else data


class DangerSign(Model):
    """A sign, its level and reply. `extra` is a line added to the reply, `then` a second reply after it.

    `any_doer`: it counts whoever does it (a grandfather, a dog). `lasting`: it counts even when it began long
    ago. `brief`: it no longer counts after a week. `passes`: it no longer counts once it is said to be over
    ("he coughed it up"), as a knock or a swallowed battery never is.
    """

    id: str = Field(pattern=r"^[a-z0-9_]+$")
    level: Level
    reply: Id
    extra: Rich | None = None
    then: Id | None = None
    sources: tuple[str, ...] = ()
    any_doer: bool = False
    lasting: bool = False
    brief: bool = False
    passes: bool = False
    rules: tuple[Rule, ...] = Field(min_length=1)


# `abroad.yaml`: by language, by sign, phrases that prove the danger by themselves.
Abroad = dict[str, dict[str, Wordings]]


class DangerReply(Model):
    """{first_aid} in the text is where the `extra` lines of its signs go; otherwise they follow it.

    `after`: what is said in its place below another reply, which has said whom to call.
    """

    text: Rich
    after: Rich | None = None


class Offer(Model):
    """A button and what it says."""

    button: Title
    text: Rich


class DangerRules(Model):
    """All of `triage.yaml`.

    `entry` is shown when danger is asked about in general and when the check itself breaks; `help` are the
    entries offered as buttons under a danger reply. `not_meant`: the way from a false alarm to the answer the
    message would have got, and what stands above it. `other_country`: everybody's numbers, under a reply with
    those of one region. `parent`: help for the parent's own distress.
    """

    entry: Id
    help: tuple[Id, ...] = ()
    not_meant: Offer | None = None
    other_country: Offer | None = None
    parent: Offer | None = None
    classes: dict[str, tuple[Phrase, ...]]
    common: Plain = Field(default="-", description="words that are never taken for a misspelt danger word")
    idioms: tuple[Phrase, ...] = ()
    supposing: tuple[Phrase, ...] = ()
    past: tuple[Phrase, ...] = ()
    week_past: tuple[Phrase, ...] = ()
    present: tuple[Phrase, ...] = ()
    over: tuple[Phrase, ...] = ()
    passed: tuple[Phrase, ...] = ()
    told: tuple[Phrase, ...] = ()
    in_general: tuple[Phrase, ...] = ()
    general_note: Rich
    replies: dict[Id, DangerReply]
    signs: tuple[DangerSign, ...] = Field(min_length=1)
