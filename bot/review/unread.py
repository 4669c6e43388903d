"""Wordings that no message can hold, as the bot reads other words where somebody types them."""

from collections.abc import Iterator

from bot.content.danger import LISTS
from bot.content.documents import Place
from bot.content.mistakes import Mistake
from bot.language.triage import Triage
from bot.review.rulebook import Rulebook
from bot.review.sentences import Sentences


def unread_wordings(book: Rulebook, triage: Triage) -> Iterator[Mistake]:
    """Capitals, accents, short forms and the like: "don't" is read as "do not"."""
    sentences = Sentences(book.rules.classes)
    for place, owner, wording in _all(book):
        said = sentences.first(wording)
        read = " ".join(triage.words(said))
        if read != said:
            what = f"{owner}'{wording}' can never be said: the bot reads '{said}' as '{read}'"
            yield book.document.mistake(place, what)


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
