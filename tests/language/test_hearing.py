"""Danger that no rule describes is heard by its wording, also in the middle of a story."""

import numpy as np
import pytest

from bot.content.tuning import Thresholds
from bot.language import BY_WORDING, Understanding
from bot.language.alarm import alarm_levels, loudest, windows
from bot.language.hearing import joined, known_circumstances, with_pairs
from bot.language.nearness import Nearness
from bot.language.weighting import Vector

LIMITS = Thresholds(answer=0.5, choices=0.1, also=0.1, danger=0.5, caution=0.2)


def vector(*places: int) -> Vector:
    return Vector(np.array(places, np.int32), np.ones(len(places), np.float32))


def chances(emergency: float, crisis: float, urgent: float) -> dict[str, float]:
    return {"emergency": emergency, "crisis": crisis, "urgent": urgent}


@pytest.mark.parametrize(
    ("heard", "levels"),
    [
        (chances(0.1, 0.1, 0.1), ()),
        (chances(0.8, 0.0, 0.1), ("emergency",)),
        (chances(0.0, 0.0, 0.9), ("urgent",)),
        (chances(0.1, 0.0, 0.8), ("emergency",)),  # unsure between two: the more serious
        (chances(0.0, 0.9, 0.0), ("crisis",)),
        (chances(0.1, 0.8, 0.0), ("emergency", "crisis")),  # the baby first, the parent too
        (chances(0.6, 0.3, 0.0), ("emergency", "crisis")),
    ],
)
def test_the_level_is_the_worse_of_two_that_are_likely(heard: dict[str, float], levels: tuple[str, ...]) -> None:
    assert alarm_levels(heard, LIMITS) == levels  # type: ignore[arg-type]


def test_one_plain_window_is_enough_in_a_story_that_sounds_harmless() -> None:
    whole, plain, vague = chances(0.01, 0, 0), chances(0.9, 0, 0), chances(0.6, 0, 0)
    assert loudest(whole, [vague, plain], LIMITS) == plain  # type: ignore[list-item,arg-type]
    assert loudest(whole, [vague], LIMITS) == whole  # type: ignore[list-item,arg-type]


def test_windows_cover_every_word_of_a_long_text_and_a_short_one_has_none() -> None:
    words = [f"w{number}" for number in range(45)]
    assert windows(" ".join(words[:16])) == ()
    seen = {word for window in windows(" ".join(words)) for word in window.split()}
    assert seen == set(words)


def test_the_nearest_wordings_decide_which_way_it_leans() -> None:
    dangers, harmless = (
        [vector(0, 1), vector(0, 2)],
        [vector(3, 4), *(vector(9, each) for each in range(10, 400))],
    )
    near = Nearness.of(dangers, harmless, 400)
    assert near.lean(vector(0, 1)) > 0
    assert near.lean(vector(3, 4)) < 0
    assert near.lean(vector(8)) == 0.0  # nothing in it is known


def test_circumstances_count_in_pairs_and_only_when_seen_often() -> None:
    assert with_pairs(["past", "asked"]) == ["asked", "past", "asked&past"]
    assert known_circumstances([["past"]] * 5 + [["asked"]] * 4) == ("past",)
    whole = joined(vector(1), {"past": 0}, ["past", "asked"], first=10)
    assert whole.places.tolist() == [1, 10]


@pytest.mark.parametrize(
    ("said", "level"),
    [
        (
            "there is nothing coming out of him, no air no noise, he just opens and shuts his mouth",
            "emergency",
        ),
        ("i have written him a letter for his eighteenth in case i am gone by then", "crisis"),
    ],
)
def test_danger_in_words_of_ones_own_is_heard(understanding: Understanding, said: str, level: str) -> None:
    assert understanding.meaning(said).finding.level == level


def test_danger_dictated_in_the_middle_of_a_mild_story_is_heard(understanding: Understanding) -> None:
    mild = "we went to the park and he loved the ducks and my sister came with her little one and they played "
    said = f"{mild}{mild}he has been making this whistling noise and his ribs show with each breath {mild}{mild}"
    assert understanding.meaning(said).finding.level == "emergency"


def test_what_the_ear_alone_hears_has_a_name_of_its_own(understanding: Understanding) -> None:
    signs = understanding.meaning("i have written him a letter for his eighteenth in case i am gone by then")
    assert {sign.id for sign in signs.finding.signs} & {BY_WORDING, "suicidal"}
