"""The card of warning signs to tick, and the note for the doctor that a few taps put together."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from bot.content.danger import Level, Offer
from bot.content.fields import Id, Plain, Rich, StrictModel, Title

TICKS = 20  # boxes at most: the state is one bit each, and more would be no card
QUESTIONS, OPTIONS = 8, 10  # at most: the answers to all must fit into 64 bytes of button data
# Two stand in a row of a phone, each with its box before it.
Short = Annotated[str, StringConstraints(min_length=1, max_length=17, strip_whitespace=True)]


class Tick(StrictModel):
    """A box: what ticking it means is a sign of `danger.yaml`, or a reply of it by name: a level, or "soon"."""

    id: Id
    label: Short
    means: Rich
    sign: str | None = None
    level: Level | Literal["soon"] | None = None
    extra: Rich | None = None

    @model_validator(mode="after")
    def _one_meaning(self) -> "Tick":
        if (self.sign is None) == (self.level is None):
            raise ValueError("needs either 'sign' or 'level', and not both")
        return self


class Card(StrictModel):
    """All of `card.yaml`. `kept` is said while there is no danger; `nothing` is the way to tick nothing."""

    button: Title
    text: Rich
    outdated: Rich
    parent: Rich
    kept: Rich
    nothing: Offer
    items: tuple[Tick, ...] = Field(min_length=1, max_length=TICKS)


class Option(StrictModel):
    label: Title
    says: Plain


class NoteQuestion(StrictModel):
    """One step. {answer} in `says` is what the chosen options say; `many`: more than one may be chosen."""

    id: Id
    ask: Rich
    says: Plain
    many: bool = False
    options: tuple[Option, ...] = Field(min_length=1, max_length=OPTIONS)


class NoteLabels(StrictModel):
    """Words on the note's buttons."""

    back: Title
    skip: Title
    done: Title
    copy_it: Title = Field(alias="copy")
    again: Title


class NoteForm(StrictModel):
    """All of `note.yaml`. {step} and {steps} in `intro` are numbers; `text` stands above the note."""

    button: Title
    intro: Rich
    text: Rich
    nothing: Rich
    labels: NoteLabels
    questions: tuple[NoteQuestion, ...] = Field(min_length=1, max_length=QUESTIONS)
