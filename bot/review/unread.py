"""Wordings that no message can hold: the bot reads other words there, or an idiom takes them away."""

from collections.abc import Iterator

from bot.content.danger import LISTS
from bot.content.documents import Place
from bot.content.mistakes import Mistake
from bot.language.triage import Triage
from bot.review.reasons import Reasons
from bot.review.rulebook import Rulebook
from bot.review.sentences import Sentences

TAKEN = "_"  # what stands for each word of an idiom
END = " ."  # what the danger check puts after every sentence


def unread_wordings(book: Rulebook) -> Iterator[Mistake]:
    """Capitals, accents, short forms and the like: "don't" is read as "do not"."""
    # Without idioms, which would hide themselves and more; but their words stay known, and so unmended.
    known = " ".join([book.rules.common, *book.rules.idioms])
    triage = Triage(book.rules.model_copy(update={"idioms": (), "common": known}))
    sentences = Sentences(book.rules.classes)
    for place, owner, wording in _all(book):
        said = sentences.first(wording)
        read = triage.heard(said).removesuffix(END)
        if read != said:
            what = f"{owner}'{wording}' can never be said: the bot reads '{said}' as '{read}'"
            yield book.document.mistake(place, what)


def taken_wordings(book: Rulebook, triage: Triage) -> Iterator[Mistake]:
    """Wordings of classes that an idiom always takes away; those of rules are tried with their rules."""
    sentences, reasons = Sentences(book.rules.classes), Reasons(book)
    for name, phrases in book.rules.classes.items():
        for index, phrase in enumerate(phrases):
            said = sentences.first(phrase)
            if TAKEN in triage.heard(said).split():
                why = reasons.idiom(said)
                what = f"class '{name}': '{phrase}' is never heard: {why}"
                yield book.document.mistake(("classes", name, index), what)


def _all(book: Rulebook) -> Iterator[tuple[Place, str, str]]:
    """Every wording with its place and whose it is."""
    for name, phrases in book.rules.classes.items():
        for index, phrase in enumerate(phrases):
            yield ("classes", name, index), f"class '{name}': ", phrase
    for field in LISTS:
        for index, phrase in enumerate(getattr(book.rules, field)):
            yield (field, index), f"'{field}': ", phrase
    for filed in book.filed():
        owner = f"sign '{filed.sign.id}': "
        for number, part in enumerate(filed.parts):
            for wording in part:
                yield book.part_place(filed, number), owner, wording
        for wording in filed.unless:
            yield (*filed.place, "unless"), owner, wording
