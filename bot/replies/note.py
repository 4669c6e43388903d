"""A note for the doctor out of a few taps: its text is for copying."""

import html
from dataclasses import dataclass, replace
from typing import Self

from bot.content import Content
from bot.content.card import NoteForm, NoteQuestion
from bot.content.checks.flows import note_of
from bot.replies.flow import BOXES, Flow
from bot.replies.places import Place
from bot.replies.presses import OpenFlow, OpenMenu
from bot.replies.reply import Button, Reply
from bot.replies.rows import NOTE, in_rows, menu_row

A_ROW = 2
HALF = 17  # characters of a label that half the width of a phone shows
BETWEEN = "-"  # the numbers of a state: the step, then one for each question


@dataclass(frozen=True)
class Answers:
    """The step, from 0, past the last question for the finished note, and what was chosen of each question:

    0 for nothing, else the option's number from 1, or, where many may be chosen, a bit for each option.
    """

    step: int
    chosen: tuple[int, ...]

    def at(self, step: int) -> "Answers":
        return replace(self, step=step)

    def choosing(self, value: int, step: int) -> "Answers":
        chosen = (*self.chosen[: self.step], value, *self.chosen[self.step + 1 :])
        return Answers(step, chosen)


class NoteFlow(Flow[Answers]):
    verb = NOTE
    command = "note"

    def __init__(self, content: Content, form: NoteForm) -> None:
        self._content = content
        self._form = form

    @classmethod
    def of(cls, content: Content) -> Self | None:
        return cls(content, content.note) if content.note else None

    def meaning(self) -> str:
        return "\n".join(f"{each.id} {each.many} {[o.says for o in each.options]}" for each in self._form.questions)

    def first(self) -> Answers:
        return Answers(0, (0,) * len(self._form.questions))

    def written(self, state: Answers) -> str:
        return BETWEEN.join(map(str, (state.step, *state.chosen)))

    def read(self, written: str) -> Answers | None:
        parts = written.split(BETWEEN)
        if not all(part.isdecimal() for part in parts):
            return None
        step, *chosen = map(int, parts)
        limits = [1 << len(each.options) if each.many else len(each.options) + 1 for each in self._form.questions]
        if step > len(limits) or len(chosen) != len(limits):
            return None
        fits = all(value < limit for value, limit in zip(chosen, limits, strict=True))
        return Answers(step, tuple(chosen)) if fits else None

    def page(self, state: Answers, place: Place) -> Reply:  # noqa: ARG002 - a note is the same everywhere
        questions = self._form.questions
        return self._to_end(state) if state.step == len(questions) else self._to_step(state, questions[state.step])

    def _to_step(self, answers: Answers, question: NoteQuestion) -> Reply:
        form, step = self._form, answers.step
        buttons = [Button(*each) for each in self._options(answers, question)]
        back = self.data(answers.at(step - 1)) if step else OpenMenu().data()
        moves = [Button(form.labels.back, back), Button(form.labels.skip, self.data(answers.choosing(0, step + 1)))]
        if question.many:
            moves.append(Button(form.labels.done, self.data(answers.at(step + 1))))
        intro = form.intro.replace("{step}", str(step + 1)).replace("{steps}", str(len(form.questions)))
        a_row = A_ROW if all(len(button.label) <= HALF for button in buttons) else 1
        return Reply("flow", f"{intro}\n\n<b>{question.ask}</b>", (*in_rows(buttons, a_row), tuple(moves)))

    def _options(self, answers: Answers, question: NoteQuestion) -> list[tuple[str, str]]:
        """A label and its button data for each option."""
        step, value = answers.step, answers.chosen[answers.step]
        if question.many:
            return [
                (f"{BOXES[value >> number & 1]} {option.label}", self.data(answers.choosing(value ^ 1 << number, step)))
                for number, option in enumerate(question.options)
            ]
        return [
            (f"{'✓ ' if value == number else ''}{option.label}", self.data(answers.choosing(number, step + 1)))
            for number, option in enumerate(question.options, start=1)
        ]

    def _to_end(self, answers: Answers) -> Reply:
        form = self._form
        said = note_of(form, tuple(map(_places, form.questions, answers.chosen)))
        moves = (
            Button(form.labels.back, self.data(answers.at(answers.step - 1))),
            Button(form.labels.again, OpenFlow(self.verb).data()),
        )
        if not said:
            return Reply("flow", form.nothing, (moves, menu_row(self._content)))
        copy_it = (Button(form.labels.copy_it, "", copied=said),)
        text = f"{form.text}\n\n<blockquote>{html.escape(said, quote=False)}</blockquote>"
        return Reply("flow", text, (copy_it, moves, menu_row(self._content)))


def _places(question: NoteQuestion, value: int) -> tuple[int, ...]:
    """The places of the chosen options, from 0."""
    if question.many:
        return tuple(place for place in range(len(question.options)) if value >> place & 1)
    return (value - 1,) if value else ()
