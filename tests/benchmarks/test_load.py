"""The arithmetic of the load benchmark, by small numbers; and one small run of the real thing."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from benchmarks.__main__ import line
from benchmarks.load.command import texts_of
from benchmarks.load.figures import (
    Asked,
    Called,
    Round,
    Stretch,
    calls_each,
    combine,
    cpu_each,
    rate,
    round_of,
    unanswered,
    waits,
)
from benchmarks.load.rounds import ECHO, OURS, Load, measure
from bot.content import Content
from bot.understanding import Understanding

ANN, BEN = 1, 2


def said(at: float, chat: int = ANN, method: str = "sendMessage") -> Called:
    return Called(at, method, chat)


def stretch(asked: tuple[Asked, ...], called: tuple[Called, ...], bot_cpu: float | None = 0.1) -> Stretch:
    return Stretch(asked, called, bot_cpu, 0.5, 2.0)


def one_round(drained: float, *waited: float, cpu: float | None = 1.0, calls: float = 1.0) -> Round:
    return Round(drained, waited, 30.0, cpu, cpu, calls, None, 100.0, 120.0, 0.5, 1)


@pytest.mark.parametrize(
    ("times", "replies_a_second"),
    [((), 0.0), ((5.0,), 0.0), ((5.0, 5.0), 0.0), ((1.0, 1.5, 2.0), 2.0), ((2.0, 1.0, 1.25), 2.0)],
)
def test_a_backlog_is_worked_off_from_the_first_reply_to_the_last(
    times: tuple[float, ...], replies_a_second: float
) -> None:
    assert rate([said(at) for at in times]) == replies_a_second


def test_a_wait_runs_from_when_the_question_was_due_for_each_person_in_order() -> None:
    asked = [Asked(0.0, ANN), Asked(1.0, BEN), Asked(2.0, ANN)]
    called = [said(1.5, BEN), said(0.25, ANN), said(4.0, ANN), said(9.0, ANN, "answerCallbackQuery")]
    assert waits(asked, called) == (0.25, 2.0, 0.5)


def test_a_question_without_a_reply_is_not_a_short_wait_but_counted_as_unanswered() -> None:
    late = stretch((Asked(0.0, ANN), Asked(1.0, ANN), Asked(1.0, BEN)), (said(1.0),))
    assert waits(late.asked, late.called) == (1.0,)
    assert unanswered(late) == 2


def test_every_call_counts_whatever_its_method() -> None:
    press = stretch((Asked(0.0, ANN),), (said(1.0, method="answerCallbackQuery"), said(2.0, method="editMessageText")))
    assert calls_each(press) == 2.0
    assert calls_each(stretch((), ())) == 0.0


def test_processor_time_is_in_milliseconds_for_each_thing_asked() -> None:
    four = tuple(Asked(float(number), ANN) for number in range(4))
    assert cpu_each(stretch(four, (), bot_cpu=0.02)) == pytest.approx(5.0)
    assert cpu_each(stretch(four, (), bot_cpu=None)) is None
    assert cpu_each(stretch((), ())) is None


def test_a_round_takes_each_figure_from_its_own_part() -> None:
    asked = (Asked(0.0, ANN), Asked(0.5, BEN), Asked(1.0, ANN))
    drain = stretch(asked, (said(1.0), said(1.25, BEN), said(1.5)), bot_cpu=0.3)
    steady = stretch(asked, (said(0.5), said(1.0, BEN)), bot_cpu=0.6)
    found = round_of(drain, steady, None, (80.0, 90.0))
    assert (found.drained, found.waits, found.asked_rate) == (4.0, (0.5, 0.5), 2.0)
    assert (found.cpu_drained, found.cpu_at_rate) == (pytest.approx(100.0), pytest.approx(200.0))
    assert (found.calls_a_reply, found.calls_a_press) == (pytest.approx(2 / 3), None)
    assert (found.resident, found.peak, found.telegram_busy, found.unanswered) == (80.0, 90.0, 0.25, 1)


def test_rounds_are_combined_the_middle_of_the_rates_and_all_the_waits() -> None:
    found = combine("ours", [one_round(100, 0.1, 0.2), one_round(300, 0.3), one_round(110, 0.4, 0.5)])
    assert (found.rounds, found.drained, found.latency["p50"], found.unanswered) == (3, 110, 300.0, 3)
    assert found.latency["p99"] == pytest.approx(496.0)
    assert found.calls_a_press is None


def test_what_could_not_be_read_in_one_round_is_taken_from_the_others() -> None:
    assert combine("ours", [one_round(1, cpu=None), one_round(1, cpu=3.0)]).cpu_drained == 3.0
    assert combine("ours", [one_round(1, cpu=None)]).cpu_drained is None


def test_the_figures_can_be_written_as_json() -> None:
    body = json.loads(json.dumps(combine("ours", [one_round(100, 0.1)]).to_json()))
    assert set(body["latency"]) == {"p50", "p95", "p99"}


def test_without_a_file_the_command_says_what_it_needs() -> None:
    result = CliRunner().invoke(line, ["match"])
    assert result.exit_code == 2
    assert "questions" in result.stderr


def test_what_is_asked_are_wordings_of_the_entries_each_once(content: Content) -> None:
    texts = texts_of(content)
    assert len(texts) == len(set(texts)) > 100
    assert texts == texts_of(content)


@pytest.mark.long
def test_both_bots_answer_everything_with_one_call_a_reply_and_two_a_press(
    content: Content, understanding: Understanding
) -> None:
    root = Path(__file__).parents[2]
    load = Load(
        texts_of(content),
        1.0,
        root / "content" / "en",
        root / "data",
        backlog=40,
        people=20,
        presses=5,
        rounds=1,
    )
    ours, echo = measure(load, lambda _: None)
    assert (ours.name, echo.name) == (OURS, ECHO)
    assert (ours.unanswered, echo.unanswered) == (0, 0)
    assert (ours.calls_a_reply, ours.calls_a_press) == (1.0, 2.0)
    assert (echo.calls_a_reply, echo.calls_a_press) == (1.0, None)
