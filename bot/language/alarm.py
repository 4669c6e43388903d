"""Danger that no rule saw: how likely the wordings of known dangers make it."""

from collections.abc import Mapping, Sequence

from bot.content.danger import ALARMING, Level
from bot.content.tuning import Thresholds
from bot.language.matching import Ranking

SURE = 0.6  # well over even, before the wordings outweigh a rule
UP_ONE = 0.3  # the share of all danger from which the more serious of two levels is taken
# How far a sentence torn from its story is to be trusted: alone, it must be danger five times in six.
IN_PART = 0.6
HEARD = 0.08  # and the whole message must give some sign of it too

Chances = Mapping[Level, float]


def danger_chances(whole: Ranking, parts: Sequence[Ranking]) -> Chances:
    """The likelihood of each level in the message as a whole or in the worst of its sentences."""
    if sum(whole.alarms.values()) < HEARD:
        return whole.alarms
    worst = max(parts, key=lambda part: sum(part.alarms.values()), default=whole)
    worst_alarms = {level: IN_PART * chance for level, chance in worst.alarms.items()}
    return max(whole.alarms, worst_alarms, key=lambda alarms: sum(alarms.values()))


def alarm_level(chances: Chances, thresholds: Thresholds) -> Level | None:
    """The level of danger the wordings tell of; None when it is less likely than the threshold."""
    total = sum(chances.values())
    if total < thresholds.danger:
        return None
    return next((level for level in ALARMING if chances[level] >= UP_ONE * total), "emergency")


def is_surely_emergency(chances: Chances) -> bool:
    """Whether the wordings outweigh a rule that saw something less."""
    return chances["emergency"] >= SURE


def is_uneasy(chances: Chances, thresholds: Thresholds) -> bool:
    """Whether danger is likely enough for a word on what to do if there is some."""
    return sum(chances.values()) >= thresholds.caution
