"""What a message means: danger, small talk, or the entries it may be about."""

from dataclasses import dataclass, field
from typing import Literal

from bot.understanding.ages import Age
from bot.understanding.danger import Finding

Decision = Literal["answer", "choices", "smalltalk", "unknown"]


@dataclass(frozen=True)
class Match:
    """An entry and the chance, from 0 to 1, that it is the one meant."""

    id: str
    chance: float


@dataclass(frozen=True)
class Meaning:
    """`ranked`: every entry, best first. `near`: runners-up worth a button. `confidence`: of the decision.

    `outside` is the chance that no entry is meant. `blank`: there is not one word in it. `number`: it is a number and
    no more. `strange`: it is in no language that is known. `failed`: understanding broke, so the worst is assumed.
    `follows`: it was read as being about the answer before it. `language`: its code, where it is not the pack's own;
    `in_script`: it is written in a script of its own.
    """

    finding: Finding = field(default=Finding())
    age: Age | None = None
    decision: Decision = "unknown"
    ranked: tuple[Match, ...] = ()
    near: tuple[str, ...] = ()
    smalltalk: str | None = None
    confidence: float = 0.0
    outside: float = 0.0
    blank: bool = False
    number: bool = False
    strange: bool = False
    failed: bool = False
    follows: bool = False
    language: str | None = None
    in_script: bool = False
