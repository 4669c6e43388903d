"""What is wrong with the danger rules as a whole is found, told with its line, and is a mistake or a warning."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.content import Content
from bot.content.danger import DangerRules
from bot.content.documents import Document, read_document
from bot.content.samples import DangerSamples
from bot.review import Review, review

ENGLISH = Path(__file__).parents[2] / "content" / "en"
WORDS = {"baby": ["he", "she"], "other": ["dog"], "toy": ["ball", "red bus"], "ill": ["pale", "grey"]}
SOURCED = {"sources": ["X"]}


def reviewed(tmp_path: Path, *signs: dict[str, Any], samples: dict[str, Any] | None = None, **more: Any) -> Review:
    """The review of a small file: every sign is urgent, sourced and has a reply unless it says otherwise."""
    basic = {"level": "urgent", "reply": "r"} | SOURCED
    data: dict[str, Any] = {
        "entry": "x",
        "general_note": "now?",
        "replies": {"r": {"text": "go"}},
        "classes": WORDS | more.pop("classes", {}),
        **more,
        "signs": [{"id": f"s{number}", **basic, **sign} for number, sign in enumerate(signs, 1)],
    }
    (tmp_path / "triage.yaml").write_text(yaml.safe_dump(data, sort_keys=False), encoding="utf-8")
    given = {"signs": {}} | (samples or {})
    (tmp_path / "triage-samples.yaml").write_text(yaml.safe_dump(given, sort_keys=False), encoding="utf-8")
    documents = [read_document(tmp_path / name, name) for name in ("triage.yaml", "triage-samples.yaml")]
    return review(DangerRules.model_validate(data), DangerSamples.model_validate(given), *documents)


def said(found: tuple[Any, ...]) -> list[str]:
    return [each.what for each in found if "there is no triage-samples.yaml" not in each.what]


def rule(*parts: str, **more: Any) -> dict[str, Any]:
    return {"rules": [{"all": list(parts), **more}]}


NEVER = "sign 's1': this rule can never fire: none of its own wordings does"


@pytest.mark.parametrize(
    ("sign", "more", "what"),
    [
        (rule("a {toy}", unless="{toy}"), {}, f"{NEVER} (the rule's own 'unless' has '{{toy}}')"),
        (rule("red herring"), {"idioms": ["red herring"]}, f"{NEVER} (the idiom 'red herring' takes it)"),
        (
            rule("what if pale"),
            {"supposing": ["what if"]},
            f"{NEVER} ('what if' in 'supposing' makes it a question in general)",
        ),
        (rule("pale last year"), {"past": ["last year"]}, f"{NEVER} ('last year' puts it into the past)"),
        (rule("dog ate"), {}, None),
        (
            rule("pale", **{"from": 12, "to": 9}),
            {},
            "sign 's1': this rule can never fire: it counts from 12 months, but only to 9",
        ),
        (rule("pale", **{"from": 9, "to": 12}), {}, None),
        (rule("{toy}", "{temperature 39}", "{number} times", within=3, across=True), {}, None),
        (rule("drop+ !it | fell? over ~ {toy}"), {}, None),
        ({"lasting": True} | rule("pale last year"), {"past": ["last year"]}, None),
    ],
)
def test_a_rule_that_can_never_fire_is_a_mistake(
    sign: dict[str, Any], more: dict[str, Any], what: str | None, tmp_path: Path
) -> None:
    assert said(reviewed(tmp_path, sign, **more).mistakes) == ([what] if what else [])


@pytest.mark.parametrize(
    ("sign", "more", "what"),
    [
        (
            rule("pale | hits the floor"),
            {"idioms": ["hits the"]},
            "sign 's1': 'hits the floor' is never heard: the idiom 'hits the' takes it",
        ),
        (
            rule("pale | a {toy}", unless="ball | red bus"),
            {},
            "sign 's1': 'a {toy}' is never heard: the rule's own 'unless' has 'ball'",
        ),
        (
            rule("pale | don't eat"),
            {},
            "sign 's1': 'don't eat' can never be said: the bot reads 'don't eat' as 'do not eat'",
        ),
        (rule("pale | Grey"), {}, "sign 's1': 'Grey' can never be said: the bot reads 'Grey' as 'grey'"),
        (
            rule("pale"),
            {"idioms": ["can't wait"]},
            "'idioms': 'can't wait' can never be said: the bot reads 'can't wait' as 'can not wait'",
        ),
        (
            rule("pale"),
            {"classes": {"cold": ["cold", "flácido"]}},
            "class 'cold': 'flácido' can never be said: the bot reads 'flácido' as 'flacido'",
        ),
        (
            rule("pale", unless="he's fine"),
            {},
            "sign 's1': 'he's fine' can never be said: the bot reads 'he's fine' as 'he is fine'",
        ),
        (rule("pale", within=3), {}, "sign 's1': 'within' has no effect on a rule of one part"),
        (rule("pale", across=True), {}, "sign 's1': 'across' has no effect on a rule of one part"),
        (rule("pale | grey | pale"), {}, "sign 's1': 'pale' is given twice here"),
        (
            rule("pale") | {"sources": []},
            {},
            "sign 's1': names no source in 'sources': whoever signs the rules will ask for one",
        ),
        (
            rule("pale"),
            {"classes": {"heavy": ["heavy", "dead weight"]}, "idioms": ["dead weight"]},
            "class 'heavy': 'dead weight' is never heard: the idiom 'dead weight' takes it",
        ),
        (rule("pale | {ill}", unless="toy"), {}, None),
    ],
)
def test_what_an_author_should_look_at_is_a_warning(
    sign: dict[str, Any], more: dict[str, Any], what: str | None, tmp_path: Path
) -> None:
    found = reviewed(tmp_path, sign, **more)
    # Capitals and short forms are also never heard, which is told beside.
    told = [each for each in said(found.warnings) if "a 'not', another person" not in each]
    assert told == ([what] if what else [])
    assert found.mistakes == ()


@pytest.mark.parametrize(
    ("rules", "needless"),
    [
        (({"all": ["pale"]}, {"all": ["pale | grey"]}), [1]),
        (({"all": ["pale"]}, {"all": ["grey"]}), []),
        (({"all": ["{ill}", "{toy}"]}, {"all": ["{ill}"]}), [1]),
        (({"all": ["pale"], "to": 6}, {"all": ["{ill}"], "to": 12}), [1]),
        (({"all": ["pale"], "to": 12}, {"all": ["{ill}"], "to": 6}), []),
        (({"all": ["pale"], "from": 12}, {"all": ["{ill}"], "from": 9}), [1]),
        (({"all": ["pale"]}, {"all": ["{ill}"], "from": 9}), []),
        (({"all": ["pale"], "to": 6}, {"all": ["{ill}"], "to": 6, "known_age": True}), []),
        (({"all": ["pale", "ball"], "across": True}, {"all": ["{ill}", "{toy}"]}), []),
        (({"all": ["pale", "ball"], "within": 9}, {"all": ["{ill}", "{toy}"], "within": 3}), []),
        (({"all": ["pale"]}, {"all": ["pale"]}), [1, 2]),
    ],
)
def test_a_rule_that_another_of_its_sign_makes_needless_is_told(
    rules: tuple[dict[str, Any], ...], needless: list[int], tmp_path: Path
) -> None:
    found = reviewed(tmp_path, {"rules": list(rules)})
    lines = [each.line for each in found.warnings if "this rule adds nothing" in each.what]
    document = read_document(tmp_path / "triage.yaml", "triage.yaml")
    assert lines == [document.line(("signs", 0, "rules", number - 1)) for number in needless]


def test_what_still_tells_two_rules_apart_is_named(tmp_path: Path) -> None:
    found = reviewed(tmp_path, {"rules": [{"all": ["pale"]}, {"all": ["pale | grey"], "unless": "tired | cold"}]})
    (warning,) = said(found.warnings)
    assert warning.endswith(" is too, unless words such as 'tired', 'cold' stop that one")


def test_signs_that_are_only_heard_together_are_told(tmp_path: Path) -> None:
    found = reviewed(tmp_path, rule("pale"), rule("{ill} | cold"))
    assert said(found.warnings) == ["sign 's1': is never heard without 's2', which has the same level: make them one"]
    assert reviewed(tmp_path, rule("pale"), rule("{ill} | cold") | {"level": "soon"}).warnings[1:] == ()


def test_rules_that_silence_each_other_are_told_with_a_sentence(tmp_path: Path) -> None:
    found = reviewed(tmp_path, rule("pale", unless="hot"), rule("hot", unless="pale"))
    (warning,) = said(found.warnings)
    assert warning == "sign 's1': this rule and line 33 ('s2') silence each other: 'pale and hot'"
    one_sided = reviewed(tmp_path, rule("pale", unless="hot"), rule("hot"))
    assert said(one_sided.warnings) == []


SAMPLES = {"triggers": ["he is so pale"], "lookalikes": ["a ball"]}


@pytest.mark.parametrize(
    ("samples", "line", "what"),
    [
        (
            {"signs": {"s1": {"triggers": ["he is so wan dear"], "lookalikes": ["a ball"]}}},
            4,
            "'he is so wan dear' must raise 's1' (urgent), but raises nothing",
        ),
        (
            {"signs": {"s1": {"triggers": ["what if he is pale"], "lookalikes": ["a ball"]}}},
            4,
            "'what if he is pale' must raise 's1' (urgent), but is taken for a question in general",
        ),
        (
            {"signs": {"s1": {"triggers": ["he is pale"], "lookalikes": ["a pale ball"]}}},
            6,
            "'a pale ball' must not raise urgent or more, but raises 's1' (urgent)",
        ),
        (
            {"signs": {"s1": SAMPLES}, "nothing": ["so pale"]},
            8,
            "'so pale' must raise nothing, but raises 's1' (urgent)",
        ),
        (
            {"signs": {"s1": {"triggers": ["he is pale"]}}},
            12,
            "sign 's1': has no lookalikes in triage-samples.yaml: nothing shows that it works",
        ),
        ({"signs": {"s1": SAMPLES}}, 0, None),
    ],
)
def test_a_sample_that_fails_is_a_mistake(samples: dict[str, Any], line: int, what: str | None, tmp_path: Path) -> None:
    found = reviewed(tmp_path, rule("pale"), samples=samples, supposing=["what if"])
    told = [(each.line, each.what) for each in found.mistakes]
    assert [each[1] for each in told] == ([what] if what else [])
    if "no lookalikes" not in str(what):
        assert [each[0] for each in told] == ([line] if what else [])


def test_a_trigger_may_raise_another_sign_that_is_as_serious(tmp_path: Path) -> None:
    samples = {"signs": {"s1": SAMPLES, "s2": {"triggers": ["he is pale"], "lookalikes": ["a ball"]}}}
    assert reviewed(tmp_path, rule("pale"), rule("hot"), samples=samples).mistakes == ()


def test_a_pack_without_any_samples_is_only_warned(tmp_path: Path) -> None:
    found = reviewed(tmp_path, rule("pale"))
    assert found.mistakes == ()
    assert [each.what for each in found.warnings] == [
        "there is no triage-samples.yaml: nothing shows that these rules work"
    ]


def test_a_rule_written_as_a_bare_list_has_its_line(tmp_path: Path) -> None:
    found = reviewed(tmp_path, {"rules": [["pale", "Grey | grey"]]})
    (warning,) = [each for each in found.warnings if "can never be said" in each.what]
    document = read_document(tmp_path / "triage.yaml", "triage.yaml")
    assert warning.line == document.line(("signs", 0, "rules", 0, 1)) > 1


def test_the_project_own_rules_have_no_mistakes(content: Content) -> None:
    assert content.danger is not None
    documents: list[Document] = [read_document(ENGLISH / name, name) for name in ("triage.yaml", "triage-samples.yaml")]
    found = review(content.danger, content.danger_samples, *documents)
    assert found.mistakes == ()
    assert {each.file for each in found.warnings} <= {"triage.yaml"}
