"""A note for the doctor out of a few taps: its state is in its buttons, its text is for copying."""

import html
import zlib
from dataclasses import dataclass, replace

from bot.content import Content
from bot.content.card import NoteForm, NoteQuestion
from bot.content.taps import note_of
from bot.replies.presses import OpenMenu, OpenNote, StepNote
from bot.replies.reply import Button, Reply
from bot.replies.rows import menu_row

BOXES = ("☐", "☑")
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

    def data(self, form: NoteForm) -> str:
        return StepNote(version_of(form), BETWEEN.join(map(str, (self.step, *self.chosen)))).data()

    def at(self, step: int) -> "Answers":
        return replace(self, step=step)

    def choosing(self, value: int, step: int) -> "Answers":
        chosen = (*self.chosen[: self.step], value, *self.chosen[self.step + 1 :])
        return Answers(step, chosen)


def version_of(form: NoteForm) -> str:
    """Another one whenever a tap on an open note would come to mean something else."""
    said = "\n".join(f"{each.id} {each.many} {[o.says for o in each.options]}" for each in form.questions)
    return f"{zlib.crc32(said.encode()):x}"


def to_note(content: Content, form: NoteForm, press: object) -> Reply:
    """The note after a press; its first step where the press is of other questions, or forged."""
    answers = _read(form, press) if isinstance(press, StepNote) else None
    answers = answers or Answers(0, (0,) * len(form.questions))
    if answers.step == len(form.questions):
        return _to_end(content, form, answers)
    return _to_step(form, answers, form.questions[answers.step])


def _read(form: NoteForm, press: StepNote) -> Answers | None:
    parts = press.state.split(BETWEEN)
    if press.version != version_of(form) or not all(part.isdecimal() for part in parts):
        return None
    step, *chosen = map(int, parts)
    limits = [1 << len(each.options) if each.many else len(each.options) + 1 for each in form.questions]
    if step > len(limits) or len(chosen) != len(limits):
        return None
    fits = all(value < limit for value, limit in zip(chosen, limits, strict=True))
    return Answers(step, tuple(chosen)) if fits else None


def _to_step(form: NoteForm, answers: Answers, question: NoteQuestion) -> Reply:
    step, value, labels = answers.step, answers.chosen[answers.step], form.labels
    buttons = []
    for number, option in enumerate(question.options):
        if question.many:
            box = BOXES[value >> number & 1]
            data = answers.choosing(value ^ 1 << number, step).data(form)
            buttons.append(Button(f"{box} {option.label}", data))
        else:
            mark = "✓ " if value == number + 1 else ""
            data = answers.choosing(number + 1, step + 1).data(form)
            buttons.append(Button(f"{mark}{option.label}", data))
    back = answers.at(step - 1).data(form) if step else OpenMenu().data()
    moves = [Button(labels.back, back), Button(labels.skip, answers.choosing(0, step + 1).data(form))]
    if question.many:
        moves.append(Button(labels.done, answers.at(step + 1).data(form)))
    intro = form.intro.replace("{step}", str(step + 1)).replace("{steps}", str(len(form.questions)))
    a_row = A_ROW if all(len(button.label) <= HALF for button in buttons) else 1
    rows = [tuple(buttons[start : start + a_row]) for start in range(0, len(buttons), a_row)]
    return Reply("note", f"{intro}\n\n<b>{question.ask}</b>", (*rows, tuple(moves)))


def _to_end(content: Content, form: NoteForm, answers: Answers) -> Reply:
    said = note_of(form, tuple(map(_places, form.questions, answers.chosen)))
    moves = (
        Button(form.labels.back, answers.at(answers.step - 1).data(form)),
        Button(form.labels.again, OpenNote().data()),
    )
    if not said:
        return Reply("note", form.nothing, (moves, menu_row(content)))
    copy_it = (Button(form.labels.copy_it, "", copied=said),)
    text = f"{form.text}\n\n<blockquote>{html.escape(said, quote=False)}</blockquote>"
    return Reply("note", text, (copy_it, moves, menu_row(content)))


def _places(question: NoteQuestion, value: int) -> tuple[int, ...]:
    """The places of the chosen options, from 0."""
    if question.many:
        return tuple(place for place in range(len(question.options)) if value >> place & 1)
    return (value - 1,) if value else ()
