"""Files of labelled questions, on which one sees what a change of the content has done."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from bot.content.mistakes import shown
from bot.evaluation.questions import Question, QuestionsError, read_questions
from bot.packaged import packaged

FOLDER = "questions"  # in a content folder
FITTING = 0.8  # of the program's own questions, those whose answers a pack must have for them to be about it


@dataclass(frozen=True)
class QuestionFile:
    """One file, by its name without the ending; `mistake` tells why it can't be used."""

    name: str
    questions: tuple[Question, ...] = ()
    mistake: str = ""


def question_folder(pack: Path, entries: Collection[str]) -> Path | None:
    """`questions/` in a content folder; otherwise what comes with the program, where a pack of these entries is about
    that. None where there is neither."""
    own, ours = pack / FOLDER, packaged(FOLDER)
    if own.is_dir():
        return own
    asked = [each for file in question_files(ours) for each in file.questions if each.in_scope]
    fitting = sum(bool(set(each.labels) & set(entries)) for each in asked)
    return ours if asked and fitting >= FITTING * len(asked) else None


def question_files(folder: Path | None) -> tuple[QuestionFile, ...]:
    """Every file of a folder, in the order of their names."""
    return tuple(_read(path) for path in sorted(folder.glob("*.jsonl"))) if folder else ()


def questions_about(pack: Path, entries: Collection[str]) -> tuple[Question, ...]:
    """All questions of the sets about a pack; files that can't be used are left out."""
    return tuple(each for file in question_files(question_folder(pack, entries)) for each in file.questions)


def _read(path: Path) -> QuestionFile:
    try:
        return QuestionFile(path.stem, read_questions(path))
    except QuestionsError as error:
        return QuestionFile(path.stem, mistake=str(error).replace(str(path), shown(path)))
