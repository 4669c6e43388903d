"""Mistakes in the card and the note that take more than one field to see."""

from collections.abc import Iterator

from bot.content.card import NoteForm
from bot.content.checks.items import repeated_ids
from bot.content.checks.signs import ids
from bot.content.documents import Document, Documents, YamlPath
from bot.content.explanations import owner
from bot.content.markup import units
from bot.content.mistakes import Mistake, suggestion

NOTE_UNITS = 256  # what Telegram's copy button takes
BETWEEN = ", "  # two options of one question
ANSWER = "{answer}"


def tap_mistakes(documents: Documents) -> Iterator[Mistake]:
    danger, card, note = (documents.get(name) for name in ("danger.yaml", "card.yaml", "note.yaml"))
    if card is not None and card.data is not None:
        yield from repeated_ids(card, ("items",))
        if danger is not None:
            yield from _card_mistakes(card, danger)
    if note is not None and note.data is not None:
        yield from repeated_ids(note, ("questions",))
        yield from _note_mistakes(note)


def note_of(form: NoteForm, chosen: tuple[tuple[int, ...], ...]) -> str:
    """The note for the options chosen of each question, by their places from 0; "" when none are."""
    said = []
    for question, places in zip(form.questions, chosen, strict=True):
        answer = BETWEEN.join(question.options[place].says for place in places)
        if answer:
            said.append(question.says.replace(ANSWER, answer))
    return " ".join(said)


def longest_note(form: NoteForm) -> str:
    """The longest note there can be: of every question the longest option, or all that may be chosen."""
    chosen = []
    for question in form.questions:
        lengths = [units(option.says) for option in question.options]
        chosen.append(tuple(range(len(lengths))) if question.many else (lengths.index(max(lengths)),))
    return note_of(form, tuple(chosen))


def _card_mistakes(card: Document, danger: Document) -> Iterator[Mistake]:
    if danger.data is None:
        yield card.mistake((), "a card needs danger signs: there is no danger.yaml beside it")
        return
    known_signs = ids(danger)
    replies = danger.at(("replies",))
    for number in range(card.length(("items",))):
        for field, known in (("sign", known_signs), ("level", list(replies if isinstance(replies, dict) else ()))):
            place: YamlPath = ("items", number, field)
            found = card.at(place)
            if isinstance(found, str) and found not in known:
                where = "no sign" if field == "sign" else "no reply"
                said = f"'{field}': there is {where} '{found}' in danger.yaml"
                yield card.mistake(place, f"{owner(card, place)}{said}{suggestion(found, known)}")


def _note_mistakes(note: Document) -> Iterator[Mistake]:
    for number in range(note.length(("questions",))):
        place: YamlPath = ("questions", number, "says")
        says = note.at(place)
        if isinstance(says, str) and says.count(ANSWER) != 1:
            yield note.mistake(place, f"{owner(note, place)}'says' needs {ANSWER} in it, once")
    try:
        form = NoteForm.model_validate(note.data)
    except ValueError:  # told field by field elsewhere
        return
    length = units(longest_note(form))
    if length > NOTE_UNITS:
        said = f"the longest note has {length} characters, at most {NOTE_UNITS} can be copied: say it shorter"
        yield note.mistake(("questions",), said)
