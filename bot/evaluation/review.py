"""What is wrong with the danger signs as a whole, as only reading with them shows.

Mistakes are what harms a parent: a phrase that does not prove its own sign. Warnings are what an author should look at:
a phrase that also stands in a line filed as no danger, a sign without a source.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.content import Loaded
from bot.content.danger import NOT_SIGNS, Danger, phrase_of, sentence_of
from bot.content.documents import Document
from bot.content.grammar import Grammar
from bot.content.mistakes import Mistake
from bot.understanding.floor import Floor
from bot.understanding.text import Normaliser


@dataclass(frozen=True)
class Review:
    """What must be mended, and what should be looked at; in the order of the files and lines."""

    mistakes: tuple[Mistake, ...] = ()
    warnings: tuple[Mistake, ...] = ()


def review_pack(pack: Loaded) -> Review:
    """Review the signs of a pack that was read; nothing where it has none."""
    danger = pack.content.danger
    if danger is None:
        return Review()
    return review(danger, pack.content.grammar, pack.documents["danger.yaml"], pack.documents["alarms.yaml"])


def review(danger: Danger, grammar: Grammar, danger_file: Document, alarms_file: Document) -> Review:
    """Review the signs. The documents are `danger.yaml` and `alarms.yaml`, for their lines."""
    floor = Floor(danger, Normaliser(grammar))
    warnings = [*_crying_wolf(floor, alarms_file), *_without_source(danger, danger_file)]
    return Review(tuple(sorted(_mute(danger, floor, danger_file))), tuple(sorted(warnings)))


def _mute(danger: Danger, floor: Floor, file: Document) -> Iterator[Mistake]:
    """Samples in which their phrase is not found."""
    for number, sign in enumerate(danger.signs):
        for language, samples in sign.phrases.items():
            for index, sample in enumerate(samples):
                if not any(proof.sign == sign.id for proof in floor.find(sentence_of(sample))):
                    why = "is not found in its own sentence: is a 'no' before it, or a comma or full stop in it?"
                    place = ("signs", number, "phrases", language, index)
                    yield file.mistake(place, f"sign '{sign.id}': '{phrase_of(sample)}' {why}")


def _crying_wolf(floor: Floor, alarms: Document) -> Iterator[Mistake]:
    for name in NOT_SIGNS:
        for place, text in alarms.texts((name,)):
            for proof in floor.find(text):
                what = f"proves '{proof.sign}' to the bot, whatever it learns: '{proof.phrase}' stands in it"
                yield alarms.mistake(place, f"'{text}' {what}")


def _without_source(danger: Danger, file: Document) -> Iterator[Mistake]:
    for number, sign in enumerate(danger.signs):
        if not sign.sources:
            what = f"sign '{sign.id}': names no source in 'sources': whoever signs it will ask for one"
            yield file.mistake(("signs", number), what)
