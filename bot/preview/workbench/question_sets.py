"""Files of labelled questions, on which an author sees what an edit has done."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bot.content.loader import shown
from bot.evaluation.questions import Question, QuestionsError, read_questions
from bot.packaged import HERE

BESIDE = "questions"  # the folder's name, beside that of the content
CHECKOUT = HERE.parent / "tests" / BESIDE


@dataclass(frozen=True)
class QuestionSet:
    """One file, by its name without the ending; `mistake` tells why it can't be used."""

    name: str
    questions: tuple[Question, ...] = ()
    mistake: str = ""


def question_folder(pack: Path, checkout: Path = CHECKOUT) -> Path | None:
    """`questions/` beside a content folder; otherwise the project's own, in a checkout. None where there is neither."""
    return next((each for each in (pack.absolute().parent / BESIDE, checkout) if each.is_dir()), None)


def question_sets(folder: Path | None) -> tuple[QuestionSet, ...]:
    """Every file of a folder, in the order of their names."""
    return tuple(_read(path) for path in sorted(folder.glob("*.jsonl"))) if folder else ()


def _read(path: Path) -> QuestionSet:
    try:
        return QuestionSet(path.stem, read_questions(path))
    except QuestionsError as error:
        return QuestionSet(path.stem, mistake=str(error).replace(str(path), shown(path)))
