"""The workbench: what is spoken now and what was before, how an edit fares, and the figures of question sets."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot.content.mistakes import shown
from bot.evaluation.comparison import differences
from bot.evaluation.figures import evaluate
from bot.evaluation.question_sets import question_files
from bot.evaluation.questions import Question
from bot.preview.changes import Changes
from bot.preview.refusals import Json
from bot.preview.workbench.asking import Asking, missing
from bot.preview.workbench.edition import Edition
from bot.preview.workbench.menu_tree import tree_of
from bot.preview.workbench.strip import Strip


class Workbench:
    """Everything about the content that the page shows beside the chat. Used on the event loop only."""

    def __init__(self, changes: Changes, edition: Edition, questions: Path | None) -> None:
        """`questions`: the folder of the question sets."""
        self._changes = changes
        self._edition = edition  # what the chat speaks
        self._learnt = edition  # the newest that was learnt as it stands: question sets are put to this one
        self._before: Edition | None = None  # and the one before the last save
        self._folder = questions
        self._strip = Strip()
        self._number = 0
        self._asking: Asking | None = None
        self._turn = asyncio.Lock()

    def tell(self, strip: Strip) -> None:
        """How the edit fares."""
        self._strip = strip
        self._changes.note()

    def take(self, edition: Edition, is_learnt: bool) -> None:
        """Another state of the content is spoken from now on; `is_learnt`: it is understood as it stands, too."""
        self._edition = edition
        self._number += 1
        # A file that was read while it was being saved is read once more, and is no other state for that.
        if is_learnt and edition.documents != self._learnt.documents:
            self._before, self._learnt = self._learnt, edition
        self._changes.note()

    def to_json(self) -> Json:
        """What the page is told with every state of the chat."""
        asking = self._asking.to_json() if self._asking else None
        return {"number": self._number, "strip": self._strip.to_json(), "asking": asking}

    def explain(self, text: str) -> dict[str, Any]:
        """Why the chat answers a text as it does."""
        return self._edition.explain(text)

    def tree(self) -> list[Json]:
        return tree_of(self._edition)

    def figures(self, name: str) -> Json:
        """The question sets, and what is known of the one of that name ("" for all). Takes a tenth of a second."""
        sets, questions = question_files(self._folder), self._questions_of(name)
        return {
            "folder": shown(self._folder) if self._folder else None,
            "sets": [{"name": each.name, "count": len(each.questions), "mistake": each.mistake} for each in sets],
            "shares": _shares(self._learnt, questions),
            "before": _shares(self._before, questions),
            "differences": _differences(self._before, self._learnt, questions),
        }

    async def ask(self, name: str) -> None:
        """Put a question set to the bot, and to what it was before the last save; one at a time."""
        if self._turn.locked():
            return
        async with self._turn:
            editions = tuple(each for each in (self._learnt, self._before) if each)
            questions = await asyncio.to_thread(self._questions_of, name)
            self._asking = Asking(editions, questions, self._noting())
            self._changes.note()
            try:
                await asyncio.to_thread(self._asking.work)
            finally:
                self._asking.stop()
                self._asking = None
                self._changes.note()

    def _questions_of(self, name: str) -> tuple[Question, ...]:
        return tuple(
            question for each in question_files(self._folder) if name in ("", each.name) for question in each.questions
        )

    def _noting(self) -> Callable[[], None]:
        """What another thread calls to wake the page."""
        loop = asyncio.get_running_loop()

        def note() -> None:
            loop.call_soon_threadsafe(self._changes.note)

        return note

    def stop(self) -> None:
        """Ask no further."""
        if self._asking:
            self._asking.stop()


def _shares(edition: Edition | None, questions: tuple[Question, ...]) -> dict[str, Any] | None:
    """The figures; None where not all of it was asked yet."""
    if edition is None or not questions or missing(edition, questions):
        return None
    said = {question.text: edition.replies[question] for question in questions}
    shares: dict[str, Any] = evaluate(questions, lambda question: said[question.text]).to_json()["shares"]
    return shares


def _differences(before: Edition | None, now: Edition, questions: tuple[Question, ...]) -> list[Json] | None:
    if before is None or missing(before, questions) or missing(now, questions):
        return None
    return [
        {
            "question": each.question.text,
            "wanted": ", ".join(each.question.labels),
            "before": each.before,
            "after": each.after,
            "verdict": each.verdict,
        }
        for each in differences(questions, before.replies, now.replies)
    ]
