"""Danger typed in another way is still danger: capitals, fillers, emoji, hidden signs and typing mistakes.

The measure is the whole understanding, rules and learnt wordings together: what a parent gets.
"""

import pytest

from bot.content import Content
from bot.content.danger import LEVELS, Level
from bot.language import Understanding
from tests.language.mutations import HARMLESS, TYPOS, Mutation

SERIOUS: tuple[Level, ...] = ("emergency", "crisis")
# The share that must still be caught with one typing mistake in one long word: 98.0, 97.7 and 98.7 % were measured.
TYPO_FLOOR = 0.96


@pytest.fixture(scope="module")
def triggers(content: Content) -> tuple[tuple[Level, str], ...]:
    assert content.danger is not None
    levels = {sign.id: sign.level for sign in content.danger.signs}
    return tuple(
        (levels[sign], text)
        for sign, samples in content.danger_samples.signs.items()
        for text in samples.triggers
        if levels[sign] in SERIOUS
    )


def missed(understanding: Understanding, triggers: tuple[tuple[Level, str], ...], mutation: Mutation) -> list[str]:
    """The messages that do not reach their level, as they were typed."""
    typed = ((level, mutation(text)) for level, text in triggers)
    return [text for level, text in typed if not reaches(understanding.meaning(text).finding.level, level)]


def reaches(found: Level | None, level: Level) -> bool:
    return found is not None and LEVELS.index(found) <= LEVELS.index(level)


def test_every_sample_is_caught_as_it_stands(
    understanding: Understanding, triggers: tuple[tuple[Level, str], ...]
) -> None:
    assert missed(understanding, triggers, str) == []


@pytest.mark.parametrize("name", HARMLESS)
def test_danger_is_caught_however_it_is_typed(
    name: str, understanding: Understanding, triggers: tuple[tuple[Level, str], ...]
) -> None:
    assert missed(understanding, triggers, HARMLESS[name]) == []


@pytest.mark.parametrize("name", TYPOS)
def test_one_typing_mistake_seldom_hides_danger(
    name: str, understanding: Understanding, triggers: tuple[tuple[Level, str], ...]
) -> None:
    lost = [text for typo in TYPOS[name] for text in missed(understanding, triggers, typo)]
    assert 1 - len(lost) / (len(triggers) * len(TYPOS[name])) >= TYPO_FLOOR, "\n".join(lost)


@pytest.mark.parametrize("mutation", [*HARMLESS.values(), *(each for typos in TYPOS.values() for each in typos)])
def test_a_message_is_mutated_the_same_way_each_time(
    mutation: Mutation, triggers: tuple[tuple[Level, str], ...]
) -> None:
    assert [mutation(text) for _, text in triggers] == [mutation(text) for _, text in triggers]
