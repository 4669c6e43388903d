"""How large a content file may be, and how much it may grow by repeating itself."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.content.mistakes import ContentError, Mistake

LARGEST = 20_000_000  # bytes of a file; a hundred thousand wordings need five million
DEEPEST = 32  # blocks within blocks; ours need 7, and some thousands would overflow the parser's own stack
REPEATED = 200_000  # signs and items that '*' may add; the "billion laughs" of a few lines would add 10 to the 9
DIGITS = 300  # of a number; Python itself gives up at some thousands
TAG = "this line can't be read: a text that begins with '!' needs quotes"


@dataclass
class _Block:
    """A block that is not closed yet: its anchor, and how much it holds so far, repeats included."""

    anchor: str | None
    size: int = 1


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


def check_growth(events: Any, name: str) -> None:
    """Go through the parser's events, none of which is expanded yet. Raises ContentError."""
    growth = _Growth()
    for event in events:
        fault = growth.on_event(event)
        if fault:
            raise ContentError([Mistake(name, event.start_mark.line + 1, fault)])


class _Growth:
    """How deep the file goes at the place reached, and how much it has repeated."""

    def __init__(self) -> None:
        self._known: dict[str, int] = {}
        self._blocks = [_Block(None)]
        self._repeated = 0

    def on_event(self, event: Any) -> str | None:
        """What is wrong with it, if anything."""
        if getattr(event, "tag", None):
            return TAG  # what a tag asks for may fail in ways of its own
        match event:
            case yaml.AliasEvent():
                return self._on_alias(event.anchor or "")
            case yaml.ScalarEvent():
                self._add(event.anchor, 1 + len(event.value))
                if len(event.value) > DIGITS and event.value.lstrip("-").isdigit():
                    return f"this number has more than {DIGITS} digits"
            case yaml.CollectionStartEvent():
                self._blocks.append(_Block(event.anchor))
                if len(self._blocks) > DEEPEST:
                    return f"blocks within blocks, more than {DEEPEST} deep"
            case yaml.CollectionEndEvent():
                block = self._blocks.pop()
                self._add(block.anchor, block.size)
        return None

    def _on_alias(self, anchor: str) -> str | None:
        if any(block.anchor == anchor for block in self._blocks):
            return "something in this file refers to itself with '&' and '*'"
        size = self._known.get(anchor, 1)
        self._add(None, size)
        self._repeated += size
        return "'*' repeats too much here: write out what is meant" if self._repeated > REPEATED else None

    def _add(self, anchor: str | None, size: int) -> None:
        self._blocks[-1].size += size
        if anchor:
            self._known[anchor] = size
