"""What a message means: danger, small talk, or the entries it may be about."""

from dataclasses import dataclass, field
from typing import Literal

from bot.language.ages import Age
from bot.language.matching import Match, Ranking
from bot.language.triage import Finding

Decision = Literal["answer", "choices", "smalltalk", "unknown"]


@dataclass(frozen=True)
class Meaning:
    """`ranked`: every entry, best first. `near`: the runners-up worth a button. `confidence`: of the decision.

    `blank`: there is not one word in it. `failed`: the danger check itself broke, so the worst is assumed.
    """

    finding: Finding = Finding()
    age: Age | None = None
    decision: Decision = "unknown"
    ranked: tuple[Match, ...] = ()
    near: tuple[str, ...] = ()
    smalltalk: str | None = None
    confidence: float = 0.0
    blank: bool = False
    failed: bool = False
    ranking: Ranking | None = field(default=None, repr=False)
