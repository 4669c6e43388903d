"""What a message means: danger, small talk, or the entries it may be about."""

from dataclasses import dataclass, field

from bot.language.ages import Age
from bot.language.decision import Decision
from bot.language.hearing import Chances
from bot.language.matching import Match, Ranking
from bot.language.triage import Finding


@dataclass(frozen=True)
class Meaning:
    """`ranked`: every entry, best first. `near`: runners-up worth a button. `confidence`: of the decision.

    `blank`: there is not one word in it. `failed`: the danger check itself broke, so the worst is assumed.
    `alarms`: the chance of each level of danger by the wordings alone.
    `uneasy`: danger is not likely, but too likely for an answer without a word on it.
    """

    finding: Finding = field(default=Finding())
    age: Age | None = None
    decision: Decision = "unknown"
    ranked: tuple[Match, ...] = ()
    near: tuple[str, ...] = ()
    smalltalk: str | None = None
    confidence: float = 0.0
    blank: bool = False
    failed: bool = False
    uneasy: bool = False
    ranking: Ranking | None = field(default=None, repr=False)
    alarms: Chances = field(default_factory=dict, repr=False)
