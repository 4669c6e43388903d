"""What `check --against` tells: which questions of the sets are answered better or worse than before."""

import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Collection, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from bot.commands.opening import (
    DATA,
    counted,
    give_up,
    open_content,
    open_understanding,
    progress_bar,
    read_json,
    write_json,
)
from bot.content import Content
from bot.evaluation.comparison import differences
from bot.evaluation.question_sets import questions_about
from bot.evaluation.questions import Question
from bot.replies import Reply, Speaker

ANSWERS = "answers.json"  # in the data folder: what the sets were answered with last
LAST = "last"
SHOWN = 20  # questions of each kind


def tell_against(folder: Path, content: Content, against: str) -> bool:
    """Which questions of the sets are answered otherwise than at a revision, or when this was asked last.

    Whether any is answered worse.
    """
    questions = questions_about(folder, content.by_id)
    if not questions:
        give_up(f"there are no question sets about this content: put some into {folder / 'questions'}/, as *.jsonl")
    now = _answers(questions, Speaker(content, open_understanding(content, folder)))
    path, name = DATA / ANSWERS, str(folder.resolve())
    kept = read_json(path)
    if against == LAST:
        before = {text: Reply(**each) for text, each in kept.get(name, {}).items()}
    else:
        before = _at_revision(folder, against, questions)
    write_json(path, kept | {name: {text: _told(reply) for text, reply in now.items()}})
    if not before:
        sys.stdout.write(f"{counted(len(questions), 'question')} answered and kept: next time the changes are told.\n")
        return False
    return _print_changes(questions, before, now)


def _print_changes(questions: Collection[Question], before: Mapping[str, Reply], now: Mapping[str, Reply]) -> bool:
    asked = [each for each in questions if each.text in before]
    found = differences(asked, {each: before[each.text] for each in asked}, {each: now[each.text] for each in asked})
    kinds = {kind: [each for each in found if each.verdict == kind] for kind in ("better", "worse", "other")}
    sys.stdout.write(", ".join(f"{len(each)} {kind}" for kind, each in kinds.items()))
    sys.stdout.write(f", of {counted(len(asked), 'question')}.\n")
    for kind, changed in kinds.items():
        lines = [f"{each.before} -> {each.after}: {' '.join(each.question.text.split())}" for each in changed]
        if lines:
            more = f"\n  ... and {len(lines) - SHOWN} more" if len(lines) > SHOWN else ""
            sys.stdout.write(f"\n{kind.capitalize()}:\n  " + "\n  ".join(lines[:SHOWN]) + more + "\n")
    return bool(kinds["worse"])


def _answers(questions: Collection[Question], speaker: Speaker) -> dict[str, Reply]:
    with progress_bar("Asking the question sets", len(questions)) as step:
        found = {}
        for question in questions:
            found[question.text] = speaker.to_text(question.text)
            step(1)
    return found


def _told(reply: Reply) -> dict[str, Any]:
    """What a reply comes to, as it is kept."""
    return {
        "kind": reply.kind, "text": "", "entry": reply.entry, "also": reply.also, "level": reply.level,
        "sign": reply.sign, "caution": reply.caution,
    }  # fmt: skip


def _at_revision(folder: Path, revision: str, questions: Collection[Question]) -> dict[str, Reply]:
    """The answers of the content as it was at a revision of git, understood by the program as it is."""
    git = ("git", "-C", str(folder), "archive", "--format=tar", revision, ".")
    try:
        made = subprocess.run(git, capture_output=True, check=False)  # noqa: S603 - git, with the author's own words
    except OSError as error:
        give_up(f"--against {revision}: git can't be started ({error.strerror})")
    if made.returncode:
        told = made.stderr.decode(errors="replace").strip().splitlines()
        give_up(f"--against {revision}: {told[-1] if told else 'git knows no such revision'}")
    with tempfile.TemporaryDirectory() as place:
        with tarfile.open(fileobj=BytesIO(made.stdout)) as tar:
            tar.extractall(place, filter="data")
        old = open_content(Path(place))
        return _answers(questions, Speaker(old, open_understanding(old)))
