"""What to do with the chances of all answers: one answer, some choices, small talk, or an honest "I don't know"."""

from collections.abc import Mapping

from bot.content.tuning import AbroadThresholds, Thresholds
from bot.understanding.examples import SMALLTALK, is_entry
from bot.understanding.meaning import Decision, Match

MOSTLY_OUTSIDE = 0.6  # from here no choices are offered: they would all be off the topic
MOST_CHOICES = 4
MOST_NEAR = 3
SURE_SMALLTALK = 0.5  # a symptom in a few words must not be met with "Good. Ask me the next thing"


def ranked(chances: Mapping[str, float]) -> tuple[Match, ...]:
    """The entries among the classes, likeliest first."""
    found = [Match(answer, chance) for answer, chance in chances.items() if is_entry(answer)]
    return tuple(sorted(found, key=lambda match: -match.chance))


def smalltalk(chances: Mapping[str, float]) -> tuple[str | None, float]:
    """The likeliest kind of small talk, and the chance that it is small talk of any kind."""
    kinds = {answer: chance for answer, chance in chances.items() if answer.startswith(SMALLTALK)}
    if not kinds:
        return None, 0.0
    return max(kinds, key=lambda kind: kinds[kind]).removeprefix(SMALLTALK), sum(kinds.values())


def decide(
    matches: tuple[Match, ...], outside: float, talk: float, thresholds: Thresholds | AbroadThresholds
) -> tuple[Decision, float]:
    """The decision and how sure it is, from the entries, the chance of no entry and that of small talk."""
    best = matches[0].chance
    if talk > max(best, outside, SURE_SMALLTALK):
        return "smalltalk", talk
    if best >= thresholds.answer:
        return "answer", best
    if best >= thresholds.choices and len(matches) > 1 and outside <= MOSTLY_OUTSIDE:
        return "choices", best
    return "unknown", best


def to_offer(
    matches: tuple[Match, ...], decision: Decision, thresholds: Thresholds | AbroadThresholds
) -> tuple[str, ...]:
    """The entries after the first that are worth a button."""
    floor = thresholds.also * matches[0].chance
    near = tuple(match.id for match in matches[1:] if match.chance >= floor)
    if decision == "choices":
        return near[: MOST_CHOICES - 1] or (matches[1].id,)
    return near[:MOST_NEAR]
