"""From chances and phrases to a level, its signs and a word of caution."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.danger import CRY, GENERAL, HARMLESS, LEVELS, Danger, DangerReply, Sign
from bot.content.tuning import AbroadThresholds, Thresholds
from bot.understanding.ages import Age
from bot.understanding.danger import DangerCheck, Finding
from bot.understanding.floor import Proof
from tests.english import NORMALISER

SIGNS = (
    Sign(id="blue", level="emergency", what="blue"),
    Sign(id="fever_young", level="emergency", what="fever", until=3, older="fever"),
    Sign(id="sad", level="crisis", what="sad"),
    Sign(id="limp", level="urgent", what="limp"),
    Sign(id="fever", level="urgent", what="fever"),
)
NAMES = (*(sign.id for sign in SIGNS), HARMLESS, GENERAL, CRY)


@pytest.fixture(scope="module")
def check() -> DangerCheck:
    replies = {level: DangerReply(text=level) for level in LEVELS}
    danger = Danger(entry="e", caution="c", general="g", cry="h", replies=replies, signs=SIGNS)
    thresholds = Thresholds(answer=0.5, choices=0.1, also=0.1, danger=0.5, caution=0.2)
    return DangerCheck(danger, thresholds, NORMALISER)


def find(check: DangerCheck, age: float | None = None, proofs: tuple[str, ...] = (), **chances: float) -> Finding:
    rest = 1 - sum(chances.values())
    said = dict.fromkeys(NAMES, 0.0) | {HARMLESS: rest} | chances
    found = tuple(Proof(sign, "a phrase", "en") for sign in proofs)
    return check.find(found, said, Age(age) if age is not None else None)


def test_likely_danger_gets_its_level_and_sign(check: DangerCheck) -> None:
    finding = find(check, limp=0.7)
    assert (finding.level, finding.signs, finding.caution) == ("urgent", ("limp",), False)


def test_danger_spread_over_several_signs_adds_up(check: DangerCheck) -> None:
    finding = find(check, limp=0.3, fever=0.3)
    assert finding.level == "urgent"
    assert finding.signs == ("limp", "fever")


def test_a_little_of_everything_is_no_danger_where_one_sign_must_be_likely(check: DangerCheck) -> None:
    weighing = check.weighing(AbroadThresholds(danger=0.5, sign=0.3))
    spread = find(weighing, blue=0.28, limp=0.28, sad=0.28)
    assert (spread.level, spread.caution) == (None, True)
    assert find(weighing, blue=0.28, limp=0.28, sad=0.28, proofs=("blue",)).level == "emergency"
    assert find(weighing, blue=0.31, limp=0.28).level is not None


def test_less_likely_danger_is_a_word_of_caution_and_unlikely_danger_is_none(check: DangerCheck) -> None:
    assert find(check, blue=0.3).caution
    assert find(check, blue=0.3).level is None
    assert not find(check, blue=0.1).caution


@pytest.mark.parametrize(
    ("chances", "level"),
    [
        ({"blue": 0.35, "limp": 0.55}, "emergency"),  # an ambulance not sent costs most
        ({"blue": 0.05, "limp": 0.85}, "urgent"),
        ({"sad": 0.3, "limp": 0.5}, "crisis"),
        ({"blue": 0.3, "sad": 0.5}, "crisis"),
    ],
)
def test_of_two_levels_the_one_is_taken_whose_error_costs_less(
    check: DangerCheck, chances: Mapping[str, float], level: str
) -> None:
    assert find(check, **chances).level == level


def test_beside_a_babys_emergency_the_parents_crisis_is_answered_too(check: DangerCheck) -> None:
    assert find(check, blue=0.6, sad=0.35).signs == ("blue", "sad")
    assert find(check, blue=0.9, sad=0.05).signs == ("blue",)


def test_a_phrase_proves_danger_whatever_the_head_says(check: DangerCheck) -> None:
    finding = find(check, proofs=("blue",))
    assert (finding.level, finding.signs) == ("emergency", ("blue",))


def test_the_worse_of_head_and_floor_counts(check: DangerCheck) -> None:
    assert find(check, proofs=("limp",), blue=0.9).level == "emergency"
    assert find(check, proofs=("blue",), limp=0.9).level == "emergency"


def test_the_floor_works_without_a_head(check: DangerCheck) -> None:
    assert check.find((Proof("sad", "a phrase", "en"),), {}, None).signs == ("sad",)
    assert check.find((), {}, None) == Finding()


@pytest.mark.parametrize(
    ("age", "level", "sign"), [(2.9, "emergency", "fever_young"), (3.0, "urgent", "fever"), (14, "urgent", "fever")]
)
def test_the_age_decides_between_two_signs(check: DangerCheck, age: float, level: str, sign: str) -> None:
    for finding in (find(check, age, fever_young=0.8), find(check, age, fever=0.2, fever_young=0.6)):
        assert (finding.level, finding.signs) == (level, (sign,))
    assert find(check, age, proofs=("fever_young",)).signs == (sign,)


def test_danger_in_general_and_cries_are_neither_danger_nor_harmless(check: DangerCheck) -> None:
    assert find(check, general=0.8).general
    assert find(check, cry=0.8).cry
    assert not find(check, general=0.8, proofs=("blue",)).general


@given(st.dictionaries(st.sampled_from(NAMES), st.floats(0, 1), min_size=1), st.sets(st.sampled_from(NAMES[:5])))
def test_no_chances_break_it(check: DangerCheck, chances: dict[str, float], proofs: set[str]) -> None:
    finding = check.find(tuple(Proof(sign, "p", "en") for sign in sorted(proofs)), chances, None)
    assert (finding.level is None) == (finding.signs == ())
    assert not (finding.level and finding.caution)


@pytest.mark.parametrize(
    ("sign", "chance", "level", "caution"),
    [
        ("limp", 0.02, None, True),
        ("limp", 0.2, "urgent", False),
        ("blue", 0.02, "emergency", False),
        ("sad", 0.02, "crisis", False),
    ],
)
def test_in_another_language_a_doubted_urgent_phrase_calls_for_caution(
    check: DangerCheck, sign: str, chance: float, level: str | None, caution: bool
) -> None:
    abroad = check.weighing(AbroadThresholds(danger=0.5, caution=0.3, doubt=0.1))
    finding = find(abroad, proofs=(sign,), fever=chance)
    assert (finding.level, finding.caution) == (level, caution)


def test_without_chances_no_phrase_is_doubted(check: DangerCheck) -> None:
    abroad = check.weighing(AbroadThresholds(doubt=0.1))
    assert abroad.find((Proof("limp", "a phrase", "pt"),), {}, None).level == "urgent"
