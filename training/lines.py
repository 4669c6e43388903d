"""What the encoder is trained on: the content's wordings with what they mean, and everyday talk of the world."""

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.content import Content
from bot.content.danger import CRY, HARMLESS
from bot.understanding.examples import OUTSIDE, SMALLTALK, examples_of
from training.noise import changed

NO_INTENT = "oos"  # as public sets call what is out of their scope
TALK = SMALLTALK.rstrip(":")  # all kinds of small talk are one class here
EVERYDAY = (
    3000  # lines of everyday talk that are taught as outside and harmless; more than that would drown the content
)
JOINED = 0.08  # of short dangers and look-alikes, alike, are put before or after an ordinary line
LONGEST_JOINED = 200  # characters; long stories are in the content as they are written


@dataclass(frozen=True)
class Line:
    """A text; its class for the answers' head, None where it has none; its class for the danger head."""

    text: str
    answer: str | None
    danger: str


@dataclass(frozen=True)
class Everyday:
    """Talk about anything but babies: texts, and what each wants, an intent.

    NO_INTENT: it wants nothing that has a name. None: its vector is only held where it was.
    """

    texts: tuple[str, ...]
    intents: tuple[str | None, ...]


def lines_of(content: Content) -> tuple[Line, ...]:
    """The content's wordings."""
    return tuple(
        Line(each.text, TALK if (each.answer or "").startswith(SMALLTALK) else each.answer, each.danger)
        for each in examples_of(content)
    )


def read_everyday(paths: Sequence[Path], chance: random.Random) -> Everyday:
    """Files of JSON, each a list of [text, intent], all mixed by chance. Raises ValueError for what is no such list."""
    found: dict[str, str | None] = {}
    for path in paths:
        pairs = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(pairs, list) or not all(isinstance(each, list) and len(each) == 2 for each in pairs):
            raise ValueError(f"{path}: should hold a list of [text, intent]")
        for text, intent in pairs:
            found.setdefault(str(text), intent if intent in (None, NO_INTENT) else f"{path.stem}: {intent}")
    texts = chance.sample(tuple(found), len(found))
    return Everyday(tuple(texts), tuple(found[text] for text in texts))


def with_everyday(lines: Sequence[Line], everyday: Everyday, chance: random.Random) -> tuple[Line, ...]:
    """The lines, and some everyday talk that no entry answers and that is no danger."""
    known = [text for text, intent in zip(everyday.texts, everyday.intents, strict=True) if intent is not None]
    chosen = chance.sample(known, min(EVERYDAY, len(known)))
    return (*lines, *(Line(text, OUTSIDE, HARMLESS) for text in chosen))


def as_typed(lines: Sequence[Line], chance: random.Random) -> list[str]:
    """The lines as people might type them this time: mistyped, loud, a danger within mild talk."""
    mild = [line.text for line in lines if line.answer is not None]
    typed = []
    for line in lines:
        text = changed(line.text, chance)
        is_short = len(text) < LONGEST_JOINED and line.answer is None and line.danger != CRY
        if is_short and chance.random() < JOINED:
            other = chance.choice(mild)
            text = chance.choice((f"{other}. {text}", f"{text}. {other}", f"{other} {text}"))
        typed.append(text)
    return typed
