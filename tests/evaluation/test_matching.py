"""Wordings held back from learning tell what is understood of an entry, what stands in its way, and what would alarm."""

import numpy as np

from bot.content.danger import HARMLESS
from bot.evaluation.matching import MatchingTrial
from bot.understanding.examples import Example
from bot.understanding.features import Floats

LEFT, UP = (1.0, 0.0), (0.0, 1.0)


def examples(answer: str | None, number: int, danger: str = HARMLESS) -> list[Example]:
    return [Example(f"{answer or danger} {at}", answer, danger) for at in range(number)]


def trial_of(*groups: tuple[list[Example], tuple[float, float]]) -> MatchingTrial:
    rows: list[tuple[float, float]] = []
    for each, (x, y) in groups:
        rows += [(x + 0.01 * at % 0.05, y) for at in range(len(each))]
    vectors: Floats = np.array(rows, np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return MatchingTrial([example for each, _ in groups for example in each], vectors)


def test_what_lies_apart_is_understood_and_nothing_more_is_needed() -> None:
    first, second = trial_of((examples("sleep", 30), LEFT), (examples("food", 30), UP)).of(["sleep", "food"])
    assert (first.entry, first.wordings, first.understood, first.more) == ("sleep", 30, 30, 0)
    assert (second.share, second.misread, second.neighbours, second.in_the_way) == (1.0, (), (), ())


def test_a_wording_in_the_wrong_place_is_told_with_what_it_reads_like() -> None:
    stray = [Example("i am food", "sleep", HARMLESS)]
    (found,) = trial_of((examples("sleep", 30), LEFT), (stray, UP), (examples("food", 30), UP)).of(["sleep"])
    (misread,) = found.misread
    assert (misread.text, misread.taken_for) == ("i am food", "food")
    assert misread.chance > 0.5
    assert found.neighbours == (("food", 1.0),)
    assert found.in_the_way[0].startswith("food")


def test_too_few_wordings_among_many_others_are_asked_for_more() -> None:
    few, many, apart = examples("hips", 5), examples("falls", 60), examples("sleep", 60)
    (found,) = trial_of((few, (0.0, 1.0)), (many, (0.05, 1.0)), (apart, LEFT)).of(["hips"])
    assert found.share < 0.5
    assert found.more > 5
    assert found.neighbours[0][0] == "falls"


def test_a_harmless_wording_that_sounds_like_danger_would_alarm_an_ordinary_one_would_not() -> None:
    told = [Example("his head looks flat", "head", HARMLESS)]
    trial = trial_of(
        (told, (0.02, 1.0)), (examples(None, 40, "limp"), UP), (examples("head", 40), LEFT),
    )  # fmt: skip
    (alarm,) = trial.alarms({"his head looks flat", "head 1"}, ["limp"], 0.5)
    assert (alarm.text, alarm.taken_for) == ("his head looks flat", "limp")
    assert trial.alarms({"head 1", "head 2"}, ["limp"], 0.5) == ()
    assert trial.alarms(set(), ["limp"], 0.5) == ()
