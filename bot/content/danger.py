"""Danger: its signs, the plain phrases that prove them, and what the bot replies."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from bot.content.fields import Id, Plain, Rich, StrictModel, Title, Wordings

Level = Literal["emergency", "crisis", "urgent"]
LEVELS: tuple[Level, ...] = ("emergency", "crisis", "urgent")  # most serious first
MARKED = re.compile(r"\[([^\[\]]*)\]")

SignId = Annotated[str, Field(pattern=r"^[a-z0-9_]+$")]


def _sample(text: str) -> str:
    if not MARKED.sub(lambda found: found[1], text).strip() or text.count("[") > 1 or text.count("]") > 1:
        raise ValueError("needs one phrase, or a sentence with one phrase in [square brackets]")
    if ("[" in text or "]" in text) and not any(found.strip() for found in MARKED.findall(text)):
        raise ValueError("needs the words that prove the danger between '[' and ']'")
    return text


# `my baby [is not breathing]`: what stands in brackets proves the danger, the whole is its sample. Without brackets
# the whole is the phrase.
Sample = Annotated[Plain, AfterValidator(_sample)]


def phrase_of(sample: str) -> str:
    """The words of a sample that prove the danger."""
    found = MARKED.search(sample)
    return (found[1] if found else sample).strip()


def sentence_of(sample: str) -> str:
    """The sample as somebody would write it."""
    return MARKED.sub(lambda found: found[1], sample)


class Sign(StrictModel):
    """One danger sign. `reply` is a name in `replies`, its level's unless said; `then` a second reply after it.

    `until` and `older`: from that many months of age on it is the other sign, which below them is this one.
    """

    id: SignId
    level: Level
    what: Plain
    first_aid: Rich | None = None
    reply: Id | None = None
    then: Id | None = None
    sources: tuple[str, ...] = ()
    until: float | None = Field(default=None, gt=0)
    older: str | None = None
    phrases: dict[str, tuple[Sample, ...]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _both(self) -> "Sign":
        if (self.until is None) != (self.older is None):
            raise ValueError("needs both 'until' and 'older', or neither")
        return self

    @property
    def reply_name(self) -> str:
        return self.reply or self.level


class DangerReply(StrictModel):
    """{first_aid} in the text is where the first-aid lines of its signs go; otherwise they follow it.

    `after`: what is said in its place below another reply, which has said whom to call.
    """

    text: Rich
    after: Rich | None = None


class Offer(StrictModel):
    """A button and what it says."""

    button: Title
    text: Rich


class Danger(StrictModel):
    """All of `danger.yaml`.

    `entry` is shown when danger is asked about in general and when understanding breaks; `help` are the entries offered
    as buttons under a danger reply. `caution` is the line above an answer where danger is not likely but not unlikely
    either, `general` the line for danger in general, `cry` what is said to a cry for help without content. `not_meant`:
    the way from a false alarm to the answer the message would have got, and what stands above it. `other_country`:
    everybody's numbers, under a reply with those of one region. `parent`: help for the parent's own distress.
    By language: `negators` stop a phrase after them, the words in `baby` stand for one another in phrases, and those in
    `unread` are passed over.
    """

    entry: Id
    help: tuple[Id, ...] = ()
    caution: Rich
    general: Rich
    cry: Rich
    not_meant: Offer | None = None
    other_country: Offer | None = None
    parent: Offer | None = None
    replies: dict[Id, DangerReply]
    negators: dict[str, Wordings] = Field(default_factory=dict)
    baby: dict[str, Wordings] = Field(default_factory=dict)
    unread: dict[str, Wordings] = Field(default_factory=dict)
    signs: tuple[Sign, ...] = Field(min_length=1)


# What people write in danger, by sign; and by the three names below what only sounds like it.
Alarms = dict[str, Wordings]
HARMLESS, GENERAL, CRY = "harmless", "general", "cry"
NOT_SIGNS = (HARMLESS, GENERAL, CRY)
