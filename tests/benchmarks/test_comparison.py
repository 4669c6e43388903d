"""All methods on one question file, as the command prints it."""

import json
from pathlib import Path

import pytest

from benchmarks.comparison import Score, compare
from benchmarks.contestants import OURS, Contestant, contestants
from benchmarks.engine import Engine
from benchmarks.match import match
from benchmarks.ranker import Ranker
from benchmarks.summary import Summary
from bot.content import Content
from bot.evaluation.figures import Question

QUESTIONS = (
    Question("why does my bread dough not rise", ("bread",)),
    Question("flat tyre on my bicycle", ("bicycle", "bread")),
    Question("what is the capital of france", ("oos",)),
)
ENTERED = tuple(each for each in contestants() if each.name in (OURS, "rapidfuzz WRatio"))


def silent(_: str) -> None:
    """Progress is for people."""


@pytest.fixture(scope="module")
def summary(pack: Content) -> Summary:
    results, whole, failed = compare(pack, ENTERED, QUESTIONS, 1, silent)
    return Summary(len(QUESTIONS), 19, 1, results, whole, failed)


def test_only_questions_that_an_entry_answers_are_scored(summary: Summary) -> None:
    assert [each.score.right_first.whole for each in summary.results] == [2, 2]
    assert [each.score.right_first.part for each in summary.results] == [2, 2]


def test_the_json_has_every_figure_and_can_be_written(summary: Summary) -> None:
    data = json.loads(json.dumps(summary.to_json()))
    method = data["methods"][1]
    assert set(method) == {
        "name", "right_first", "within_three", "ahead_of_ours", "latency_ms", "start_up", "mistyped",
    }  # fmt: skip
    assert set(method["right_first"]) == {"percent", "part", "whole"}
    assert set(method["latency_ms"]) == {"p50", "p99"}
    assert set(method["start_up"]) == {"seconds", "megabytes"}
    assert set(method["mistyped"]) == {"right_first", "within_three", "drop"}
    assert {"right first", "confidently wrong", "out of scope answered"} <= set(data["whole_bot"]["shares"])
    assert data["in_scope"] == 2


def test_a_lead_is_counted_in_points_with_a_margin_that_is_nothing_when_all_agree() -> None:
    ours, other = Score((True, False, True, True), (True,) * 4), Score((True, True, True, True), (True,) * 4)
    assert other.ahead_of(other) == (0.0, 0.0)
    points, margin = other.ahead_of(ours)
    assert points == 25.0
    assert margin > 0


@pytest.mark.long
def test_weights_that_are_not_there_are_reported_and_the_others_go_on(pack: Content) -> None:
    def learn(_: Content) -> Ranker:
        raise FileNotFoundError("no weights")

    results, _, failed = compare(pack, (Contestant("heavy", learn), *ENTERED), QUESTIONS, 0, silent)
    assert [each.name for each in failed] == ["heavy"]
    assert len(results) == len(ENTERED)


def test_a_file_with_nothing_to_compare_is_refused_with_its_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text('{"q": "what is the capital of france", "labels": ["oos"]}\n', encoding="utf-8")
    folder = tmp_path / "pack"
    folder.mkdir()
    (folder / "faq.yaml").write_text(
        "- {id: bread, question: How do I bake?, verdict: Slowly., call: [If it burns.]}", encoding="utf-8"
    )
    with pytest.raises(SystemExit):
        match(path, folder, as_json=True, typos=0)
    assert str(path) in capsys.readouterr().err


def test_our_reply_and_our_ranking_agree(pack: Content) -> None:
    engine = Engine(pack)
    reply = engine.reply(QUESTIONS[0].text)
    assert engine.best(QUESTIONS[0].text) in (reply.entry, *reply.also)
