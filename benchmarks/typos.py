"""Typing errors made on purpose, the same ones every time."""

import random
import re
from collections.abc import Callable

SHORTEST = 3  # letters; people misspell "is" too, but then nothing is left to tell
ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_WORD = re.compile(r"[^\W\d_]+")

Chance = random.Random


def with_typos(text: str, number: int, seed: int) -> str:
    """The text with so many typing errors, each in another word while there are words left.

    The same text, number and seed give the same errors. A text with no word of three letters stays.

    >>> with_typos("is crawling backwards normal", 2, seed=3)
    'is craawling backwards normmal'
    """
    chance = random.Random(seed)  # noqa: S311 - typing errors, not secrets
    untouched: list[int] = []
    for _ in range(number):
        places = [found.span() for found in _WORD.finditer(text) if len(found[0]) >= SHORTEST]
        if not places:
            return text
        untouched = [place for place in untouched if place < len(places)] or list(range(len(places)))
        chosen = untouched.pop(chance.randrange(len(untouched)))
        start, end = places[chosen]
        text = text[:start] + _mistyped(text[start:end], chance) + text[end:]
    return text


def _mistyped(word: str, chance: Chance) -> str:
    """One error, never none: two letters alike are not swapped."""
    kinds: tuple[Callable[[str, Chance], str], ...] = (_swap, _delete, _insert, _neighbour, _double)
    typed = chance.choice(kinds)(word, chance)
    return typed if typed != word else _delete(word, chance)


def _swap(word: str, chance: Chance) -> str:
    at = chance.randrange(len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _delete(word: str, chance: Chance) -> str:
    at = chance.randrange(len(word))
    return word[:at] + word[at + 1 :]


def _insert(word: str, chance: Chance) -> str:
    at = chance.randrange(len(word))
    return word[: at + 1] + _beside(word[at], chance) + word[at + 1 :]


def _neighbour(word: str, chance: Chance) -> str:
    at = chance.randrange(len(word))
    return word[:at] + _beside(word[at], chance) + word[at + 1 :]


def _double(word: str, chance: Chance) -> str:
    at = chance.randrange(len(word))
    return word[: at + 1] + word[at:]


def _beside(letter: str, chance: Chance) -> str:
    """A key next to the letter's on a QWERTY keyboard; any letter for one that is not on it."""
    for row in ROWS:
        at = row.find(letter.lower())
        if at >= 0:
            return chance.choice(row[max(at - 1, 0) : at] + row[at + 1 : at + 2])
    return chance.choice("".join(ROWS))
