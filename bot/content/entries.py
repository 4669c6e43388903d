"""The curated answers, what parents type for them, and where they come from."""

import datetime
from typing import Any, Literal

from pydantic import ConfigDict, Field, model_validator

from bot.content.ages import AgeLine
from bot.content.fields import TITLE_LENGTH, Id, Plain, Rich, StrictModel, Title, Verdict, Wordings


class Months(StrictModel):
    """The ages, in months, that an entry is mostly about; outside them it is a less likely match."""

    start: float = Field(alias="from", default=0, ge=0)
    end: float = Field(alias="to", default=1200, ge=0)

    @model_validator(mode="after")
    def _in_order(self) -> "Months":
        if self.start > self.end:
            raise ValueError("end before they begin: 'from' is more than 'to'")
        return self


def _without_title(schema: dict[str, Any]) -> None:
    """An author may leave out the title: it is made from the question."""
    schema["required"].remove("title")


class Drawing(StrictModel):
    """A drawing in the pack's `pictures/`, by its name without an ending, and the words under it."""

    name: Id
    caption: Rich


class Entry(StrictModel):
    """One question and its answer. In a pack with danger signs it must say when to call a clinician.

    `for_parent`: it is about what a parent goes through, so that help for them is a button under it. `at_age`: what it
    opens with where an age is told, by the band of `ages.yaml`; `asks_age`: it asks where none is. `chart`: the chart
    of ages is a button under it, and so is its `picture`.
    """

    model_config = ConfigDict(json_schema_extra=_without_title)

    id: Id
    title: Title
    question: Plain
    verdict: Verdict | None = None
    now: tuple[Rich, ...] = ()
    call: tuple[Rich, ...] = ()
    more: Rich | None = None
    sources: tuple[str, ...] = ()
    reviewed: datetime.date | None = None
    related: tuple[str, ...] = ()
    gravity: int = Field(default=1, ge=0, le=3)
    for_parent: bool = False
    ages: Months = Months()
    at_age: dict[str, AgeLine] = Field(default_factory=dict)
    asks_age: bool = False
    chart: bool = False
    picture: Drawing | None = None
    aliases: tuple[Id, ...] = ()
    phrasings: Wordings = ()

    @model_validator(mode="before")
    @classmethod
    def _title_from_question(cls, data: Any) -> Any:
        if not isinstance(data, dict) or data.get("title") is not None:
            return data
        question = str(data.get("question", "")).strip() or "?"  # a missing question is one mistake, not two
        short = question if len(question) <= TITLE_LENGTH else question[: TITLE_LENGTH - 1].rstrip() + "…"
        return {**data, "title": short}

    @property
    def answers(self) -> bool:
        """Whether it says anything a parent could act on."""
        return bool(self.verdict or self.now or self.more)


class Source(StrictModel):
    """Where a fact comes from; `read` tells how it was read, `shown` whether parents see its name."""

    name: Plain
    organisation: Plain
    title: Plain
    url: str | None = None
    year: int | None = None
    read: Literal["own page", "copy", "reprint"]
    shown: bool = True


class Section(StrictModel):
    """One button of the menu and the entries behind it."""

    id: Id
    title: Title
    text: Rich
    entries: tuple[str, ...] = Field(min_length=1)


class SmallTalk(StrictModel):
    """A kind of message that is not a question about babies, and its short reply."""

    id: Id
    reply: Rich
    phrasings: Wordings = ()


class Outside(StrictModel):
    """Messages that no entry answers: near ones about babies, far ones about anything."""

    near: Wordings = ()
    far: Wordings = ()
