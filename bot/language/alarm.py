"""Danger that no rule saw: how likely the wordings of known dangers make it."""

from collections.abc import Mapping, Sequence
from typing import Literal

from bot.content.tuning import Thresholds
from bot.language.matching import Ranking

AlarmLevel = Literal["emergency", "crisis", "urgent"]
SURE = 0.6
UP_ONE = 0.3  # the share of all danger from which the more serious of two levels is taken
# How far a sentence torn from its story is to be trusted: alone, it must be danger five times in six.
IN_PART = 0.6
HEARD = 0.08  # and the whole message must give some sign of it too


def alarm_level(whole: Ranking, parts: Sequence[Ranking], thresholds: Thresholds) -> AlarmLevel | None:
    """The level of danger the wordings tell of; None when it is less likely than the threshold."""
    chances = _chances(whole, parts)
    total = sum(chances.values())
    if total < thresholds.danger:
        return None
    levels: tuple[AlarmLevel, ...] = ("emergency", "crisis", "urgent")
    return next((level for level in levels if chances[level] >= UP_ONE * total), "emergency")


def is_surely_emergency(whole: Ranking, parts: Sequence[Ranking]) -> bool:
    """Whether the wordings outweigh a rule that saw something less."""
    return _chances(whole, parts)["emergency"] >= SURE


def is_uneasy(whole: Ranking, parts: Sequence[Ranking], thresholds: Thresholds) -> bool:
    """Whether danger is likely enough for a word on what to do if there is some."""
    return sum(_chances(whole, parts).values()) >= thresholds.caution


def _chances(whole: Ranking, parts: Sequence[Ranking]) -> Mapping[str, float]:
    """The likelihood of each level in the message as a whole or in the worst of its sentences."""
    if sum(whole.alarms.values()) < HEARD:
        return whole.alarms
    worst = max(parts, key=lambda part: sum(part.alarms.values()), default=whole)
    worst_alarms = {level: IN_PART * chance for level, chance in worst.alarms.items()}
    return max(whole.alarms, worst_alarms, key=lambda alarms: sum(alarms.values()))
