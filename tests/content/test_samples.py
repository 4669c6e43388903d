"""Samples of danger: slips in them are told, and the project's own are many, its own and of every sign."""

import json
from pathlib import Path

import pytest
import yaml

from bot.content import Content, ContentError, load_content
from tests.content.test_mistakes import GOOD, TRIAGE, pack

ROOT = Path(__file__).parents[2]
FEWEST_TRIGGERS, FEWEST_LOOKALIKES, FEWEST_NOTHING = 5, 4, 40
SAMPLES = "nothing: [she is fine]\nsigns:\n  fever:\n    triggers: [he is hot]\n    lookalikes: [a hot day]\n"


def told(folder: Path, monkeypatch: pytest.MonkeyPatch, samples: str, **files: str) -> list[str]:
    monkeypatch.chdir(folder)
    pack(Path(), faq=GOOD, triage=TRIAGE, **{"triage-samples.yaml": samples}, **files)
    try:
        load_content(Path())
    except ContentError as error:
        return str(error).splitlines()
    return []


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (("fever:", "fevr:"), ["3: there is no sign 'fevr' in triage.yaml, did you mean 'fever'?"]),
        (("triggers", "trigger"), ["4: 'trigger' of 'fever' is not a field, did you mean 'triggers'?"]),
        (("[a hot day]", "[He is  hot]"), ["5: the sample 'He is  hot' is already in line 4"]),
        (
            ("[she is fine]", "she is fine"),
            ["1: 'nothing' should be a list: one item a line, each beginning with '- '"],
        ),
        (("[a hot day]", "[3]"), ["5: item 1 of 'lookalikes' should be text: put quotes around it, '3'"]),
        (
            ("[a hot day]", "[is it normal now]"),
            [
                "5: the sample 'is it normal now' is also at phrasings.yaml:1: the bot has learnt it, so it proves nothing"
            ],
        ),
        (("x", "x"), []),
    ],
)
def test_a_slip_in_the_samples_is_told_with_its_line(
    change: tuple[str, str], what: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = told(tmp_path, monkeypatch, SAMPLES.replace(*change), phrasings="normal: [is it normal now]\n")
    assert found == [f"triage-samples.yaml:{each}" for each in what]


def test_samples_reach_the_pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert told(tmp_path, monkeypatch, SAMPLES) == []
    samples = load_content(Path()).danger_samples
    assert samples.nothing == ("she is fine",)
    assert samples.signs["fever"].lookalikes == ("a hot day",)


def test_the_project_has_enough_samples_of_every_sign(content: Content) -> None:
    assert content.danger is not None
    samples = content.danger_samples
    assert list(samples.signs) == [sign.id for sign in content.danger.signs]  # one reads them side by side
    for sign, given in samples.signs.items():
        assert len(given.triggers) >= FEWEST_TRIGGERS, sign
        assert len(given.lookalikes) >= FEWEST_LOOKALIKES, sign
    assert len(samples.nothing) >= FEWEST_NOTHING


def test_no_sample_is_a_line_of_the_tests(content: Content) -> None:
    others = {
        line.casefold()
        for name in ("triage-samples", "triage-wordings")
        for line in texts_in(yaml.safe_load((ROOT / f"tests/samples/{name}.yaml").read_text("utf-8")))
    }
    for path in (ROOT / "tests" / "questions").glob("held-back-*.jsonl"):
        rows = path.read_text("utf-8").split("\n")
        others |= {json.loads(row)["q"].casefold() for row in rows if row.strip()}
    samples = content.danger_samples
    mine = {
        *samples.nothing,
        *(text for each in samples.signs.values() for text in (*each.triggers, *each.lookalikes)),
    }
    assert {text.casefold() for text in mine} & others == set()


def texts_in(tree: object) -> list[str]:
    match tree:
        case dict():
            return [text for each in tree.values() for text in texts_in(each)]
        case list():
            return [text for each in tree for text in texts_in(each)]
        case _:
            return [str(tree)]
