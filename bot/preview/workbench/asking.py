"""Questions put to the bot beside the chat, in a thread of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from bot.evaluation.questions import Question
from bot.preview.refusals import Json
from bot.preview.workbench.edition import Edition

STEP = 25  # questions after which it is told how far it is: some eight times a second


@dataclass
class Asking:
    """One run over questions: whoever has not replied to them yet is asked. `stop` ends it after the next reply."""

    editions: tuple[Edition, ...]
    questions: tuple[Question, ...]
    on_step: Callable[[], None]
    done: int = 0
    total: int = field(init=False)
    _stopped: bool = False

    def __post_init__(self) -> None:
        self._missing = [(each, question) for each in self.editions for question in missing(each, self.questions)]
        self.total = len(self._missing)

    def work(self) -> None:
        """Ask them all. It takes some five thousandths of a second for each."""
        for edition, question in self._missing:
            if self._stopped:
                return
            reply = edition.speaker.to_text(question.text)
            edition.replies[question] = replace(reply, text="", rows=())  # the figures need no more
            self.done += 1
            if self.done % STEP == 0:
                self.on_step()

    def stop(self) -> None:
        self._stopped = True

    def to_json(self) -> Json:
        return {"done": self.done, "total": self.total}


def missing(edition: Edition, questions: Iterable[Question]) -> tuple[Question, ...]:
    """The questions that were not put to it yet, each once."""
    return tuple(question for question in dict.fromkeys(questions) if question not in edition.replies)
