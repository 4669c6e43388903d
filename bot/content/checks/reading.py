"""How hard answers are to read: the school grade of each part, by Flesch and Kincaid's formula (1975)."""

import html
import warnings
from collections.abc import Iterator

from bot.content.checks.items import items
from bot.content.documents import Documents
from bot.content.markup import plain
from bot.content.mistakes import Mistake

HIGHEST = 7.0  # a reading age of about 12
FEWEST_WORDS = 8  # of shorter texts the formula tells nothing


class NoGrades(Exception):
    """The library that grades texts is not installed."""


def reading_warnings(documents: Documents) -> Iterator[Mistake]:
    """Parts of answers above the grade. Raises NoGrades."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of how the library finds its own files
            from textstat import flesch_kincaid_grade  # only who asks for it needs it
    except ImportError as error:
        raise NoGrades from error
    for entry in items(documents, "faq.yaml"):
        parts = {name: entry.text(name) for name in ("verdict", "more")}
        parts |= {name: "\n".join(text for _, text in entry.texts(name)) for name in ("now", "call")}
        for name, text in parts.items():
            said = _spoken(text)
            grade = flesch_kincaid_grade(said) if len(said.split()) >= FEWEST_WORDS else 0.0
            if grade > HIGHEST:
                what = f"'{name}' is of school grade {grade:.1f}, at most {HIGHEST:g}: shorter sentences, shorter words"
                yield entry.mistake(what, name)


def _spoken(text: str) -> str:
    """As it would be read out: every line ends, no marks, no names in braces."""
    lines = [html.unescape(plain(line)).strip() for line in text.splitlines()]
    ended = (line if line.endswith((".", "!", "?", ":")) else f"{line}." for line in lines if line)
    return " ".join(ended).replace("{numbers}", "the number")
