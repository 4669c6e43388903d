"""Danger that is happening is caught at its level; what only sounds like danger is not."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content.danger import LEVELS, DangerRules, Level
from bot.language.ages import Age, find_age
from bot.language.triage import Finding, Triage

ROOT = Path(__file__).parents[2]
SAMPLES: dict[str, Any] = yaml.safe_load((ROOT / "tests/samples/triage-samples.yaml").read_text("utf-8"))
WORDINGS: dict[str, list[str]] = yaml.safe_load((ROOT / "tests/samples/triage-wordings.yaml").read_text("utf-8"))
RULES = DangerRules.model_validate(yaml.safe_load((ROOT / "content/en/triage.yaml").read_text("utf-8")))
TRIAGE = Triage(RULES)
GENERAL = SAMPLES["GENERAL_LOOKALIKES"]
SERIOUS: tuple[Level, ...] = ("emergency", "crisis", "urgent")


def found(text: str) -> Finding:
    return TRIAGE.find(text, find_age(text))


def reaches(text: str, level: str) -> bool:
    said = found(text).level
    return said is not None and LEVELS.index(said) <= LEVELS.index(level)


def samples(kind: str) -> list[tuple[str, str, str]]:
    return [
        (level.lower(), sign, text)
        for level, signs in SAMPLES.items()
        if level != "GENERAL_LOOKALIKES"
        for sign, sample in signs.items()
        for text in sample[kind]
    ]


@pytest.mark.parametrize(("level", "sign", "text"), samples("trigger"))
def test_a_sample_of_danger_is_caught_at_its_level_or_above(level: str, sign: str, text: str) -> None:
    assert reaches(text, level)


@pytest.mark.parametrize(("level", "sign", "text"), samples("lookalike"))
def test_a_look_alike_does_not_raise_that_level(level: str, sign: str, text: str) -> None:
    assert not reaches(text, level)


@pytest.mark.parametrize("text", GENERAL)
def test_idioms_negations_and_questions_in_general_raise_nothing(text: str) -> None:
    assert found(text).signs == ()


@pytest.mark.parametrize(
    "text",
    [
        "when should I call an ambulance for a baby?",
        "can crawling backwards cause seizures",
        "what should i do if my baby chokes",
        "what are the signs of a concussion",
    ],
)
def test_danger_asked_about_in_general_is_noticed_as_such(text: str) -> None:
    assert found(text) == Finding((), in_general=True)


@pytest.mark.parametrize(("level", "text"), [(level, text) for level in SERIOUS for text in WORDINGS[level]])
def test_further_wordings_of_danger_are_caught(level: str, text: str) -> None:
    assert reaches(text, level)


@pytest.mark.parametrize("text", WORDINGS["harmless"])
def test_a_harmless_message_raises_no_alarm(text: str) -> None:
    assert found(text).level in (None, "soon")


@pytest.mark.parametrize(
    "text",
    [
        "no seizures",
        "she has never had a seizure",
        "he is not choking",
        "her lips are not blue",
        "breathing fine",
        "no fever or vomiting, he just goes backwards",
        "without vomiting",
        "he is not floppy",
        "she isn't limp or floppy",
        "no rash, no fever, no vomiting, no seizures",
        "not unconscious, just asleep",
    ],
)
def test_what_is_denied_is_not_raised(text: str) -> None:
    assert found(text).signs == ()


@pytest.mark.parametrize(
    "text",
    [
        "for the quiz: name what makes lips turn blue in a quiz on babies",
        "the chapter in my novel has a nanny who stops breathing",
        "in roblox the baby has purple spots",
        "the hoover has stopped breathing its last",
        "my own knee is swollen from kneeling beside him",
        "the tablet died and the robot is having a fit",
    ],
)
def test_a_tale_a_toy_and_the_writers_own_body_raise_nothing(text: str) -> None:
    assert found(text).level in (None, "soon")


@pytest.mark.parametrize(
    "text",
    [
        "we were reading a poem and now she is not breathing",
        "i did the first aid course but he is choking right now",
        "she is limp in my arms",
        "the dog bit her face and she is bleeding badly",
        "my baby boy just had a fit in his high chair and now he is asleep",
    ],
)
def test_danger_beside_a_tale_a_toy_or_the_writers_arms_is_found(text: str) -> None:
    assert found(text).level == "emergency"


def test_a_denied_sign_does_not_hide_another() -> None:
    assert found("he fell, no vomiting, but he is having a seizure").level == "emergency"
    assert found("no fever but her lips are blue").level == "emergency"


def test_the_most_serious_sign_comes_first() -> None:
    levels = [sign.level for sign in found("he vomited green stuff, is not breathing and i want to die").signs]
    assert levels == sorted(levels, key=LEVELS.index)
    assert levels[0] == "emergency"
    assert "crisis" in levels


def test_danger_in_the_middle_of_a_long_story_is_found() -> None:
    chatter = "she crawls backwards all over the house and laughs. " * 12
    assert found(f"{chatter}then her lips went blue. {chatter}").level == "emergency"


def test_danger_beside_an_ordinary_question_is_found() -> None:
    assert found("is crawling backwards normal? also he had a seizure today").level == "emergency"


@pytest.mark.parametrize(
    ("text", "age", "level"),
    [
        ("he has a temperature of 38.5", Age(2), "emergency"),
        ("he has a temperature of 38.5", Age(9), None),
        ("he has a temperature of 38.5", None, None),
        ("she has a temperature of 39.5", Age(5), "urgent"),
        ("she bumped her head on the tiles", None, "urgent"),
        ("she bumped her head on the tiles", Age(8), "urgent"),
        ("she bumped her head on the tiles", Age(30), None),
        ("he is not walking", Age(19), "soon"),
        ("he is not walking", Age(14), None),
    ],
)
def test_age_decides_where_a_sign_depends_on_it(text: str, age: Age | None, level: str | None) -> None:
    assert TRIAGE.find(text, age).level == level


def test_typing_mistakes_do_not_hide_danger() -> None:
    for text in ("shes havin a seizre", "he is chokign", "lips turnd bleu", "not breathng", "hes uncoscious"):
        assert found(text).level == "emergency", text


def test_an_everyday_word_is_not_taken_for_a_misspelt_danger() -> None:
    for text in (
        "get it checked by a doctor",
        "am i cooked",
        "tomatoes",
        "salam",
        "scorpio",
        "size conversion",
    ):
        assert found(text).signs == (), text


def test_a_shaken_baby_brings_the_words_for_the_parent_too() -> None:
    signs = {sign.id: sign for sign in RULES.signs}
    assert found("i shook my baby").signs[0].id == "baby_shaken_or_hurt"
    assert signs["baby_shaken_or_hurt"].then == "crisis"


def test_every_sign_of_the_samples_is_in_the_rules_at_its_level() -> None:
    levels = {sign.id: sign.level for sign in RULES.signs}
    wanted = {
        sign: level.lower() for level, signs in SAMPLES.items() if level != "GENERAL_LOOKALIKES" for sign in signs
    }
    assert wanted.items() <= levels.items()


@given(st.text(max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_text_can_be_checked(text: str) -> None:
    assert isinstance(found(text), Finding)


DANGER_WORDS = sorted({word for text in [*WORDINGS["emergency"], *GENERAL] for word in text.split()})


@given(st.lists(st.sampled_from([*DANGER_WORDS, ".", ",", "38.5", "not"]), max_size=60).map(" ".join))
@settings(max_examples=200, deadline=None)
def test_any_row_of_danger_words_can_be_checked(text: str) -> None:
    assert isinstance(found(text), Finding)


def small(*rules: object, **more: object) -> Triage:
    """Rules for one sign, with a class of their own."""
    return Triage(
        DangerRules.model_validate(
            {
                "entry": "x",
                "general_note": "now?",
                "classes": {"baby": ["he", "she"], "other": ["dog"], "toy": ["ball", "red bus"], **more},
                "replies": {"r": {"text": "go"}},
                "signs": [{"id": "s", "level": "urgent", "reply": "r", "rules": list(rules)}],
            }
        )
    )


@pytest.mark.parametrize(
    ("rule", "text", "raised"),
    [
        (["eats {toy}"], "he eats red bus", True),
        (["eats {toy}"], "he eats bread", False),
        (["drop+ it"], "she dropped it", True),
        (["drop+ it"], "she is dropping it", True),
        (["eats ~ ball"], "he eats a very big ball", True),
        (["eats ~ ball"], "he eats one of those very big balls or a ball", False),
        (["eats ~ ball"], "he eats, then ball", False),
        (["eats ~ ball"], "he eats but not the ball", False),
        (["eats the? ball"], "he eats ball", True),
        (["the? ball"], "he eats ball", True),
        (["~ ball"], "he eats a ball", True),
        (["{toy} is red"], "red bus is red", True),
        (["{number} balls"], "he ate 5 balls", True),
        (["fell !asleep"], "he fell down", True),
        (["fell !asleep"], "he fell asleep", False),
        (["saw !{toy}"], "he saw bread", True),
        (["saw !{toy}"], "he saw red bus", False),
        (["{at least 8} times"], "he was sick nine times", True),
        (["{at least 8} times"], "he was sick 7 times", False),
        (["{at most 12} weeks"], "she is 11.5 weeks", True),
        (["{at most 12} weeks"], "she is 14 weeks", False),
        (["in {year}"], "it was in 2019", True),
        (["in {year}"], "it was in 20", False),
        (["{temperature 38}"], "it says 38.4", True),
        (["{temperature 38}"], "it says 101f", True),
        (["{temperature 38}"], "it says 37.5", False),
        (["{temperature 38}"], "he is 38 weeks", False),
        (["{number} times"], "sick six times", True),
        (["{number} times"], "sick two times", False),
        (["ball | bat"], "the bat", True),
        (["ball", "bat"], "ball and bat", True),
        (["ball", "bat"], "ball. bat", False),
        ({"all": ["ball", "bat"], "across": True}, "ball. bat", True),
        ({"all": ["ball", "bat"], "within": 2}, "ball and one more bat", False),
        ({"all": ["ball"], "unless": "red"}, "a red ball", False),
        ({"all": ["ball"], "unless": "red"}, "a ball, not red", True),
        ({"all": ["ball"], "unless": "red"}, "the red van left and much later there came a ball", True),
        (["ate it"], "my dog ate it", False),
        (["ate it"], "she saw the dog and then ate it", True),
    ],
)
def test_the_wordings_mean_what_the_file_says_they_mean(rule: object, text: str, raised: bool) -> None:
    assert bool(small(rule).find(text, None).signs) is raised


def judged(sign: dict[str, object], text: str, **lists: list[str]) -> bool:
    """Whether one sign is raised, with the lists that say what time, joke or lesson it belongs to."""
    rules = {
        "entry": "x",
        "general_note": "now?",
        "classes": {"baby": ["he", "him"], "other": ["dog"], "writer": ["i am", "we are"]},
        "replies": {"r": {"text": "go"}},
        "signs": [{"id": "s", "level": "urgent", "reply": "r", "rules": [["choking"]], **sign}],
        **lists,
    }
    return bool(Triage(DangerRules.model_validate(rules)).find(text, None).signs)


def test_what_is_said_to_be_over_and_done_with_no_longer_counts() -> None:
    over = {"over": ["all clear"], "present": ["again"]}
    assert not judged({}, "he was choking. all clear since", **over)
    assert judged({}, "all clear. he is choking", **over)
    assert judged({}, "he was choking, all clear then, and again now", **over)
    assert judged({}, "he was choking. we had lunch. the road is all clear", **over)


def test_only_what_can_pass_ends_when_it_has_passed() -> None:
    assert not judged({"passes": True}, "he was choking, coughed it up", passed=["coughed it up"])
    assert judged({}, "he was choking, coughed it up", passed=["coughed it up"])


def test_what_happens_to_the_writer_alone_is_not_about_the_baby() -> None:
    assert not judged({}, "we are choking on the fumes")
    assert judged({}, "we are choking here, him too")
    assert judged({"any_doer": True}, "i am choking")
