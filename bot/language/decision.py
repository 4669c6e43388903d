"""What to do with a ranking: one answer, some choices, small talk, or an honest "I don't know"."""

from collections.abc import Mapping, Sequence
from typing import Literal

from bot.content.tuning import Thresholds
from bot.language.matching import Match, Ranking

Decision = Literal["answer", "choices", "smalltalk", "unknown"]

MOSTLY_OUTSIDE = 0.6  # from here no choices are offered: they would all be off the topic
MOST_CHOICES = 4
MOST_NEAR = 3
SECOND_QUESTION = 0.6  # confidence that a sentence of its own asks something else


def decide(ranking: Ranking, thresholds: Thresholds) -> tuple[Decision, float]:
    """The decision and how sure it is."""
    if not ranking.evidence.words_known:  # not one word to go by
        return "unknown", 0.0
    if ranking.smalltalk > max(ranking.matches[0].chance, ranking.outside):
        return "smalltalk", ranking.smalltalk
    if ranking.confidence >= thresholds.answer:
        return "answer", ranking.confidence
    mostly_outside = ranking.outside > MOSTLY_OUTSIDE
    if ranking.confidence >= thresholds.choices and len(ranking.matches) > 1 and not mostly_outside:
        return "choices", ranking.confidence
    return "unknown", ranking.confidence


def most_serious_first(
    ranked: tuple[Match, ...], parts: Sequence[Ranking], gravity: Mapping[str, int]
) -> tuple[Match, ...]:
    """Two worries in two sentences: the more serious one is to be answered first."""
    sure = {part.matches[0].id for part in parts if part.confidence >= SECOND_QUESTION} | {ranked[0].id}
    if len(sure) < 2:
        return ranked
    asked = sorted((match for match in ranked if match.id in sure), key=lambda match: -gravity[match.id])
    return (*asked, *(match for match in ranked if match.id not in sure))


def runners_up(ranked: tuple[Match, ...], decision: Decision, thresholds: Thresholds) -> tuple[str, ...]:
    """The entries after the first that are worth a button."""
    floor = thresholds.also * max(match.chance for match in ranked)
    near = tuple(match.id for match in ranked[1:] if match.chance >= floor)
    if decision == "choices":
        return near[: MOST_CHOICES - 1] or tuple(match.id for match in ranked[1:2])
    return near[:MOST_NEAR]
