"""Labelled questions, read from a file of JSON lines.

Two kinds of line are read: {"q": ..., "labels": [...]} for answers, and {"q": ..., "label": ..., "kind": ...}
for danger. There the label is a level or none, and the kind tells a trap (it sounds like danger) from an
ordinary message. A line of either kind may have {"after": "an entry id"}: that answer was shown right before it.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.content.danger import LEVELS

OUTSIDE, SMALLTALK = "oos", "smalltalk"
NONE = "none"  # no danger; nothing is said of what answers it
WANTED = (
    '{"q": "the message", "labels": ["an entry id, or oos, smalltalk, emergency, crisis, urgent"]} '
    'or, for danger, {"q": "the message", "label": "emergency, crisis, urgent or none", '
    '"kind": "danger, trap, ordinary ..."}'
)
DANGER_LABELS = (*LEVELS, NONE)


class QuestionsError(Exception):
    """A question file that can't be used; the message says where and why."""


@dataclass(frozen=True)
class Question:
    """A message and its labels: entry ids, or one of oos, smalltalk, emergency, crisis, urgent, none.

    `kind` is what sort of question it is, in the words of its file: figures are given for each. `after`: the entry
    whose answer was shown before it, if any.
    """

    text: str
    labels: tuple[str, ...]
    kind: str = ""
    after: str | None = None

    @property
    def is_danger(self) -> bool:
        return bool(set(self.labels) & set(LEVELS))

    @property
    def in_scope(self) -> bool:
        return not self.is_danger and not {OUTSIDE, SMALLTALK, NONE} & set(self.labels)


def read_questions(path: Path) -> tuple[Question, ...]:
    """Questions from lines of JSON such as {"q": "...", "labels": ["normal"]}. Raises QuestionsError."""
    try:
        # Not splitlines(): it also cuts at signs that may stand inside a message.
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except OSError as error:
        raise QuestionsError(f"{path}: can't be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise QuestionsError(f"{path}: this is not UTF-8: save the file as UTF-8") from error
    questions: list[Question] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            questions.append(_question(json.loads(line)))
        except (ValueError, KeyError, TypeError) as error:
            raise QuestionsError(f"{path}:{number}: each line should read {WANTED}") from error
    if not questions:
        raise QuestionsError(f"{path}: holds no questions")
    return tuple(questions)


def _question(row: Any) -> Question:
    """Raises KeyError or TypeError for a row that is none."""
    text = row["q"]
    if "labels" in row:
        labels, kind = row["labels"], row.get("kind", "")
    else:
        labels, kind = [row["label"]], row["kind"]
        if labels[0] not in DANGER_LABELS:
            raise TypeError
    if not isinstance(text, str) or not isinstance(kind, str) or not labels or not _are_texts(labels):
        raise TypeError
    after = row.get("after")
    if not isinstance(after, str | None):
        raise TypeError
    return Question(text, tuple(labels), kind, after)


def _are_texts(labels: Any) -> bool:
    return isinstance(labels, list) and all(isinstance(label, str) for label in labels)
