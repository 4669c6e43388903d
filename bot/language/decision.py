"""What to do with a ranking: one answer, some choices, small talk, or an honest "I don't know"."""

from collections.abc import Mapping, Sequence
from typing import Literal

from bot.content.tuning import Thresholds
from bot.language.matching import Match, Ranking

Decision = Literal["answer", "choices", "smalltalk", "unknown"]

MOSTLY_OUTSIDE = 0.6  # from here no choices are offered: they would all be off the topic
MOST_CHOICES = 4
MOST_NEAR = 3
SURE_SMALLTALK = 0.5  # a symptom in a few words must not be met with "Good. Ask me the next thing"
SECOND_QUESTION = 0.6  # confidence that a sentence of its own asks something else


def decide(ranking: Ranking, thresholds: Thresholds) -> tuple[Decision, float]:
    """The decision and how sure it is."""
    if not ranking.evidence.words_known:  # not one word to go by
        return "unknown", 0.0
    if ranking.smalltalk > max(ranking.matches[0].chance, ranking.outside, SURE_SMALLTALK):
        return "smalltalk", ranking.smalltalk
    if ranking.confidence >= thresholds.answer:
        return "answer", ranking.confidence
    mostly_outside = ranking.outside > MOSTLY_OUTSIDE
    if ranking.confidence >= thresholds.choices and len(ranking.matches) > 1 and not mostly_outside:
        return "choices", ranking.confidence
    return "unknown", ranking.confidence


def asked_for(ranking: Ranking, parts: Sequence[Ranking], gravity: Mapping[str, int]) -> tuple[str, ...]:
    """The entries asked for in so many sentences, the most serious first: two worries are two questions."""
    ranks = {match.id: rank for rank, match in enumerate(ranking.matches)}
    sure = {part.matches[0].id for part in parts if part.confidence >= SECOND_QUESTION} | {ranking.matches[0].id}
    return tuple(sorted(sure, key=lambda entry: (-gravity[entry], ranks[entry])))


def to_offer(
    ranking: Ranking, decision: Decision, asked: tuple[str, ...], thresholds: Thresholds
) -> tuple[tuple[Match, ...], tuple[str, ...]]:
    """The entries in the order to say them, and those after the first that are worth a button."""
    by_id = {match.id: match for match in ranking.matches}
    ranked = tuple(by_id[entry] for entry in dict.fromkeys((*asked, *by_id)))
    floor = thresholds.also * ranking.matches[0].chance
    likely = (match.id for match in ranked if match.chance >= floor)
    near = tuple(entry for entry in dict.fromkeys((*asked, *likely)) if entry != ranked[0].id)
    if decision == "choices":
        return ranked, near[: MOST_CHOICES - 1] or (ranked[1].id,)
    return ranked, near[:MOST_NEAR]
