"""What a content file must not hold before it is read: too much, too deep, or what stands for more than it is."""

import re
from pathlib import Path
from typing import Any

import yaml

from bot.content.mistakes import ContentError, Mistake

LARGEST = 20_000_000  # bytes of a file; a hundred thousand wordings need five million
DEEPEST = 32  # blocks within blocks; ours need 7, and some thousands would overflow the parser's own stack
DIGITS = 300  # of a number; Python itself gives up at some thousands
TAG = "this line can't be read: a text that begins with '!' needs quotes"
# A few lines of them can stand for more than any memory holds (the "billion laughs").
ANCHOR = (
    "this line can't be read: a text that begins with '{sign}' needs quotes; "
    "to repeat things with '&' and '*' is not possible here"
)


# The beginning of an anchor, alias, tag or directive; many blocks in one line or far to the right; long numbers.
SUSPECT = re.compile(r"(?:^ *|[\[{,:?-]\s*)(?:[&*]\S|!!?[A-Za-z<])|^%|^ {31}|(?:[-?:]\s+){16}|\d{300}", re.MULTILINE)
BRACKET = re.compile(r"[\[\]{}]")


def check_file(path: Path, name: str) -> None:
    """Look at a file before it is read. Raises ContentError for what is no plain file or is too large.

    A file that is not there is passed over: whoever reads it says so.
    """
    if path.exists() and not path.is_file():
        raise ContentError([Mistake(name, 1, "this is no plain file")])
    if path.exists() and path.stat().st_size > LARGEST:
        raise ContentError([Mistake(name, 1, f"this file is larger than {LARGEST // 10**6} MB: split it up")])


def check_place(path: Path, folder: Path, name: str) -> None:
    """A link may lead to another place in the pack, never out of it: its lines would be shown in mistakes."""
    if not path.resolve().is_relative_to(folder.resolve()):
        raise ContentError([Mistake(name, 1, "this is a link that leads out of the content folder")])


def is_plain(text: str) -> bool:
    """Whether nothing in a file could be too deep or stand for more than it is, as a glance at the text tells.

    A third of a second is saved so for the usual content; what gives pause is looked at event by event.
    """
    if SUSPECT.search(text):
        return False
    depth = deepest = 0
    for found in BRACKET.finditer(text):
        depth += 1 if found[0] in "[{" else -1
        deepest = max(deepest, depth)
    return deepest < DEEPEST


def check_events(events: Any, name: str) -> None:
    """Go through the parser's events before anything is built of them. Raises ContentError."""
    depth = 0
    for event in events:
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        fault = _fault(event, depth)
        if fault:
            raise ContentError([Mistake(name, event.start_mark.line + 1, fault)])


def _fault(event: Any, depth: int) -> str | None:
    if getattr(event, "tag", None):
        return TAG  # what a tag asks for may fail in ways of its own
    if getattr(event, "anchor", None):
        return ANCHOR.format(sign="*" if isinstance(event, yaml.AliasEvent) else "&")
    if depth > DEEPEST:
        return f"blocks within blocks, more than {DEEPEST} deep"
    if isinstance(event, yaml.ScalarEvent) and len(event.value) > DIGITS and event.value.lstrip("-").isdigit():
        return f"this number has more than {DIGITS} digits"
    return None
