"""Danger typed in another way is still danger: capitals, fillers, emoji, hidden signs and typing mistakes.

The measure is what a parent gets: the danger reply, or at least the line of caution with the numbers.
"""

import pytest

from bot.content import Content
from bot.content.danger import sentence_of
from bot.understanding import Understanding
from tests.understanding.mutations import HARMLESS, TYPOS, Mutation

SERIOUS = ("emergency", "crisis")
EACH = 6  # one sample in so many is tried, and all of them in the long proofs: that takes a minute
WARNED = 0.98  # of the serious samples, however typed, get the reply or the line of caution
TYPO_WARNED = 0.96  # the same with one mistake in one long word


@pytest.fixture(scope="module", params=[EACH, pytest.param(1, marks=pytest.mark.long)])
def samples(content: Content, request: pytest.FixtureRequest) -> tuple[str, ...]:
    assert content.danger is not None
    signs = [sign for sign in content.danger.signs if sign.level in SERIOUS]
    return tuple(sentence_of(sample) for sign in signs for sample in sign.phrases.get("en", ()))[:: request.param]


def unwarned(understanding: Understanding, samples: tuple[str, ...], mutation: Mutation) -> list[str]:
    """The messages after which nobody is told the numbers, as they were typed."""
    typed = map(mutation, samples)
    found = ((text, understanding.meaning(text).finding) for text in typed)
    return [text for text, finding in found if not finding.level and not finding.caution and not finding.cry]


def test_every_sample_is_answered_as_danger_as_it_stands(
    understanding: Understanding, samples: tuple[str, ...]
) -> None:
    assert [text for text in samples if not understanding.meaning(text).finding.level] == []


@pytest.mark.parametrize("name", HARMLESS)
def test_danger_is_noticed_however_it_is_typed(
    name: str, understanding: Understanding, samples: tuple[str, ...]
) -> None:
    lost = unwarned(understanding, samples, HARMLESS[name])
    assert 1 - len(lost) / len(samples) >= WARNED, "\n".join(lost)


@pytest.mark.parametrize("name", TYPOS)
def test_one_typing_mistake_seldom_hides_danger(
    name: str, understanding: Understanding, samples: tuple[str, ...]
) -> None:
    lost = [text for typo in TYPOS[name] for text in unwarned(understanding, samples, typo)]
    assert 1 - len(lost) / (len(samples) * len(TYPOS[name])) >= TYPO_WARNED, "\n".join(lost)


@pytest.mark.parametrize("mutation", [*HARMLESS.values(), *(each for typos in TYPOS.values() for each in typos)])
def test_a_message_is_mutated_the_same_way_each_time(mutation: Mutation, samples: tuple[str, ...]) -> None:
    assert [mutation(text) for text in samples] == [mutation(text) for text in samples]
