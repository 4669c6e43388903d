"""How dangerous a message is: the danger head's chances and the floor's phrases, weighed by what each error costs."""

import copy
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from bot.content.danger import CRY, GENERAL, LEVELS, Danger, Level
from bot.content.tuning import AbroadThresholds, Thresholds
from bot.understanding.ages import Age
from bot.understanding.floor import Floor, Proof
from bot.understanding.text import Normaliser

# What it costs to call the first level the second. To send no ambulance is worst; a parent who would harm themself and
# is told to stay with the baby is badly served; a doctor's case called an emergency is a frightened night.
COSTS: Mapping[tuple[str, str], float] = {
    ("emergency", "crisis"): 4, ("emergency", "urgent"): 4,
    ("crisis", "emergency"): 3, ("crisis", "urgent"): 4,
    ("urgent", "emergency"): 2, ("urgent", "crisis"): 2,
}  # fmt: skip
SECOND = 0.3  # of the level's chance, from which a second sign's first aid is told too
BOTH = 0.25  # of the chance of any danger, from which the parent's crisis is answered beside the baby's emergency
FEWEST = 0.05  # chance below which no sign is told beside one that a phrase proves
MOST_SIGNS = 2  # of one level: more would not fit a screen


@dataclass(frozen=True)
class Finding:
    """`level` and `signs`, likeliest first: what the danger reply is about. None and empty: there is no such reply.

    `caution`: danger is not likely, but too likely for an answer without a word on it. `general`: danger is asked about
    in general. `cry`: help is cried for, without a word on what is wrong. `chance` is that of any danger; `chances` has
    every sign and what is none; `proofs` are the floor's phrases.
    """

    level: Level | None = None
    signs: tuple[str, ...] = ()
    caution: bool = False
    general: bool = False
    cry: bool = False
    chance: float = 0.0
    chances: Mapping[str, float] = field(default_factory=dict, repr=False)
    proofs: tuple[Proof, ...] = ()

    @property
    def is_any(self) -> bool:
        """Whether anything is said because of it."""
        return self.level is not None or self.caution or self.general or self.cry


class DangerCheck:
    """Decides on a message's danger. Holds no state."""

    def __init__(self, danger: Danger, thresholds: Thresholds | AbroadThresholds, normaliser: Normaliser) -> None:
        self._levels: dict[str, Level] = {sign.id: sign.level for sign in danger.signs}
        self._order = {sign.id: number for number, sign in enumerate(danger.signs)}
        self._by_age = [(sign.id, sign.until, sign.older) for sign in danger.signs if sign.until and sign.older]
        self._floor = Floor(danger, normaliser)
        self._thresholds = thresholds

    def weighing(self, thresholds: Thresholds | AbroadThresholds) -> "DangerCheck":
        """The same with other thresholds."""
        other = copy.copy(self)
        other._thresholds = thresholds
        return other

    def proofs(self, text: str) -> tuple[Proof, ...]:
        """The floor's phrases in a text."""
        return self._floor.find(text)

    def find(self, proofs: tuple[Proof, ...], chances: Mapping[str, float], age: Age | None) -> Finding:
        """The finding for the floor's phrases and the danger head's chances (empty where there is no head)."""
        chances = self._fitting(dict(chances), age)
        by_level = {level: sum(c for sign, c in chances.items() if self._levels.get(sign) == level) for level in LEVELS}
        chance = sum(by_level.values())
        likeliest = max((c for sign, c in chances.items() if sign in self._levels), default=0.0)
        level = self._level(by_level) if likeliest >= self._thresholds.sign else None
        proved = [self._for_age(proof.sign, age) for proof in proofs]
        doubted = bool(chances) and chance < self._thresholds.doubt
        if doubted:  # they speak of what was, as well as of what is
            proved = [sign for sign in proved if self._levels[sign] != "urgent"]
        worst = min((self._levels[sign] for sign in proved), key=LEVELS.index, default=None)
        if worst is not None and (level is None or LEVELS.index(worst) < LEVELS.index(level)):
            level = worst
        general, cry = chances.get(GENERAL, 0.0), chances.get(CRY, 0.0)
        harmless = 1 - chance - general - cry
        return Finding(
            level=level,
            signs=self._signs(level, proved, chances, by_level) if level else (),
            caution=level is None and (chance >= self._thresholds.caution or (doubted and bool(proofs))),
            general=level is None and general >= max(harmless, cry),
            cry=level is None and cry > max(harmless, general),
            chance=chance,
            chances=chances,
            proofs=proofs,
        )

    def _level(self, by_level: Mapping[Level, float]) -> Level | None:
        """The level to reply to by the chances alone; None where they are too small."""
        if sum(by_level.values()) >= self._thresholds.danger:
            return _cheapest(by_level)
        return "crisis" if by_level["crisis"] >= self._thresholds.crisis else None

    def _signs(
        self, level: Level, proved: list[str], chances: Mapping[str, float], by_level: Mapping[Level, float]
    ) -> tuple[str, ...]:
        """The signs of the level, those that are proved first; beside an emergency the parent's crisis."""
        found = [sign for sign in dict.fromkeys(proved) if self._levels[sign] == level]
        likely = sorted((sign for sign in chances if self._levels.get(sign) == level), key=lambda sign: -chances[sign])
        found = found or likely[:1]
        found += [
            sign for sign in likely if sign not in found and chances[sign] >= max(by_level[level] * SECOND, FEWEST)
        ]
        found = found[:MOST_SIGNS]
        if level == "emergency" and by_level["crisis"] >= BOTH * sum(by_level.values()) and by_level["crisis"] > 0:
            crises = {sign: chance for sign, chance in chances.items() if self._levels.get(sign) == "crisis"}
            found.append(max(crises, key=lambda sign: crises[sign]))
        return tuple(found)

    def _fitting(self, chances: dict[str, float], age: Age | None) -> dict[str, float]:
        """The chances of two signs that only the age tells apart are those of the one that fits it."""
        for young, until, old in self._by_age if age else ():
            right, wrong = (young, old) if age and age.months < until else (old, young)
            if wrong == young or chances.get(young, 0) > 0:
                chances[right] = chances.get(right, 0.0) + chances.pop(wrong, 0.0)
        return chances

    def _for_age(self, sign: str, age: Age | None) -> str:
        for young, until, old in self._by_age if age else ():
            if sign == young and age and age.months >= until:
                return old
        return sign


def _cheapest(by_level: Mapping[Level, float]) -> Level:
    """The level that costs least, by the chances of all."""
    costs = [sum(by_level[true] * COSTS.get((true, said), 0) for true in LEVELS) for said in LEVELS]
    return LEVELS[int(np.argmin(costs))]
