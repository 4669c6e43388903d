"""Our engine beside its peers, on one question file, in one run."""

import json
import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.comparison import Result, Whole, compare
from benchmarks.contestants import answers_of, contestants, present
from benchmarks.summary import Summary, drop
from benchmarks.worst import costs
from bot.commands.opening import give_up, open_pack, open_settings, open_understanding, say
from bot.evaluation.figures import QuestionsError, Share, read_questions
from bot.replies import Speaker

# What the whole bot is judged by here; `evaluate` prints the rest.
JUDGED = ("right first", "within one tap", "answered", "confidently wrong", "out of scope answered")
SHOWN = 25  # of the worst texts
EXTRA = "pip install -e '.[bench]'"


def match(path: Path, folder: Path | None, as_json: bool, typos: int) -> None:
    content = open_pack(folder or open_settings().content_dir).content
    try:
        questions = read_questions(path)
    except QuestionsError as error:
        give_up(str(error))
    if not any(each.in_scope for each in questions):
        give_up(f"{path}: no question in it is labelled with an entry, so there is nothing to compare")
    here, missing = present(contestants())
    results, whole, failed = compare(content, here, questions, typos, say)
    summary = Summary(len(questions), len(answers_of(content)), typos, results, whole, missing + failed)
    if as_json:
        sys.stdout.write(json.dumps(summary.to_json(), ensure_ascii=False, indent=2) + "\n")
        return
    _print(summary)


def worst(folder: Path | None, as_json: bool) -> None:
    """What the texts cost that cost most: processor time, each a single message's."""
    content = open_pack(folder or open_settings().content_dir).content
    found = costs(Speaker(content, open_understanding(content)).to_text)
    if as_json:
        sys.stdout.write(json.dumps([vars(each) for each in found], indent=2) + "\n")
        return
    table = Table("the worst texts of 4,096 signs", "ms of processor time")
    for each in found[:SHOWN]:
        table.add_row(each.name, f"{each.milliseconds:.1f}")
    Console(highlight=False).print(table)


def _print(summary: Summary) -> None:
    console = Console(highlight=False)
    console.print(_methods(summary))
    console.print(
        "Right: of the questions that an entry answers. Against ours: points right first, ± the 95 % margin. "
        "Start: learning from the content, libraries loaded; MB: roughly what the process grew by."
    )
    if summary.whole:
        console.print(_whole(summary.whole))
    for each in summary.missing:
        console.print(f"Left out: {each.name} ({each.why}). {EXTRA}", markup=False)


def _methods(summary: Summary) -> Table:
    whole = summary.results[0].score.right_first.whole
    table = Table(title=f"{whole} questions, {summary.wordings} wordings")
    mistyped = (f"{summary.typos} typos each", "drop") if summary.typos else ()
    table.add_column("method")
    for name in ("right first", "in first 3", "against ours", *mistyped, "ms p50", "p99", "start s", "MB"):
        table.add_column(name, justify="right")
    for result in summary.results:
        table.add_row(*_row(summary, result))
    return table


def _row(summary: Summary, result: Result) -> list[str]:
    score, mistyped = result.score, result.mistyped
    points, margin = score.ahead_of(summary.ours.score) if summary.ours else (0.0, 0.0)
    same = result is summary.ours
    row = [result.name, _percent(score.right_first), _percent(score.within_few)]
    row.append("" if same else f"{points:+.1f} ± {margin:.1f}")
    if mistyped:
        row += [_percent(mistyped.right_first), f"{drop(mistyped, score):.1f}"]
    row += [f"{result.latency.p50:.2f}", f"{result.latency.p99:.2f}", f"{result.start_up.seconds:.1f}"]
    return [*row, "-" if result.start_up.megabytes is None else f"{result.start_up.megabytes:.0f}"]


def _whole(whole: Whole) -> Table:
    title = f"Our whole bot, a reply in {whole.latency.p50:.1f} ms (p50), {whole.latency.p99:.1f} ms (p99)"
    table = Table("as answered", title=title)
    table.add_column("share", justify="right")
    table.add_column("of", justify="right")
    if whole.mistyped:
        table.add_column("with typos", justify="right")
    for name in JUDGED:
        share = whole.report.shares[name]
        typed = [_percent(whole.mistyped.shares[name])] if whole.mistyped else []
        table.add_row(name, _percent(share), f"{share.part} / {share.whole}", *typed)
    return table


def _percent(share: Share) -> str:
    return "-" if share.percent is None else f"{share.percent:.1f} %"
