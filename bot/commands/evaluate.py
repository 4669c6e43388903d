"""`evaluate`: figures for a file of labelled questions."""

import json
import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bot.commands.opening import give_up, open_content, open_settings, open_understanding
from bot.evaluation.figures import QuestionsError, Report, Wrong, read_questions
from bot.evaluation.figures import evaluate as measure
from bot.replies import Speaker

MESSAGES = 3  # shown of each confusion


def evaluate(path: Path, as_json: bool, misses: bool, folder: Path | None) -> None:
    folder = folder or open_settings().content_dir
    content = open_content(folder)
    try:
        questions = read_questions(path)
    except QuestionsError as error:
        give_up(str(error))
    speaker = Speaker(content, open_understanding(content, folder))
    report = measure(
        questions, lambda question: speaker.for_text(question.text, None).to_text(question.text, after=question.after)
    )
    if as_json:
        found = report.to_json() | (report.wrong_to_json() if misses else {})
        sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=2) + "\n")
        return
    _print(report)
    if misses:
        _print_wrong("Danger that was missed", report.misses)
        _print_wrong("False alarms", report.alarms)


def _print(report: Report) -> None:
    console = Console(highlight=False)
    table = Table("measure", "share", "19 times in 20 from", "to", "of", title="Figures")
    for name, share in report.shares.items():
        if share.whole:  # a file of danger holds no questions with an answer, and the other way round
            low, high = share.margin or (0.0, 0.0)
            table.add_row(name, f"{share.percent:.1f} %", f"{low:.1f}", f"{high:.1f}", f"{share.part} / {share.whole}")
    console.print(table)
    table = Table("confidence", "given", "mean", "right", title="Calibration: answers and choices")
    for each in report.calibration:
        right = f"{100 * each.right / each.answers:.0f} %" if each.answers else "-"
        table.add_row(f"{each.low:.1f} to {each.high:.1f}", str(each.answers), f"{each.mean:.2f}", right)
    console.print(table)
    table = Table("label", "got", "times", "messages", title="Worst confusions")
    for label, got, count, messages in report.confusions:
        table.add_row(label, got, str(count), "\n".join(messages[:MESSAGES]))
    console.print(table)


def _print_wrong(title: str, wrong: tuple[Wrong, ...]) -> None:
    """Plain lines, uncut, so that one can search in them and copy them."""
    sys.stdout.write(f"\n{title}: {len(wrong)}\n")
    for each in wrong:
        sys.stdout.write(f"  {each.label}, got {each.got}: {' '.join(each.text.split())}\n")
