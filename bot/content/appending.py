"""Writes wordings into a pack's files as an author would: a line each, at the end of their list, all else untouched."""

import json
import re
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from bot.content.checks.files import ENTRIES
from bot.content.documents import read_document
from bot.content.mistakes import ContentError, shown

DRAFTS = "drafts"  # a folder that the bot does not read
DRAFT = """\
# A draft: parents asked this, and no answer fits. Write the answer, move the file into ../{entries}/, name the entry
# in sections.yaml, and run `python -m bot check`.
title: # at most 24 characters: it stands on a button
question: {question}
verdict: # the answer, in two lines
now:
  - # what to do now
call:
  - # when to call whom
sources: [] # ids from sources.yaml
related: []
phrasings:
{wordings}
"""


class AppendError(Exception):
    """Wordings that can't be written where they belong; the message says where and how to do it by hand."""


def append_wordings(folder: Path, answer: str, texts: Sequence[str]) -> Path:
    """Add wordings to an entry, or to `near` in outside.yaml where `answer` is empty. The file that was changed.

    Raises AppendError; then nothing is written.
    """
    path, name = _place(folder, answer)
    before = path.read_text(encoding="utf-8")
    after = _with_lines(before, name, texts)
    if after is None:
        raise AppendError(
            f"{shown(path)}: '{name}' should stand alone in its line, and each wording in one of its own below it that "
            "begins with '- '. Write it so and try again"
        )
    path.write_text(after, encoding="utf-8")
    data = None
    with suppress(ContentError):
        data = read_document(path, shown(path)).data
    found = data.get(name) if isinstance(data, dict) else None
    if not isinstance(found, list) or found[-len(texts) :] != list(texts):
        path.write_text(before, encoding="utf-8")
        raise AppendError(f"{shown(path)}: the wordings can't be added to '{name}' by themselves: add them by hand")
    return path


def write_draft(folder: Path, entry: str, texts: Sequence[str]) -> Path:
    """A file for an answer that is yet to be written, with the wordings that ask for it. Raises AppendError."""
    path = folder / DRAFTS / f"{entry}.yaml"
    if path.exists() or (folder / ENTRIES / f"{entry}.yaml").exists():
        raise AppendError(f"{shown(path)}: there is an entry or a draft '{entry}' already: choose another id")
    path.parent.mkdir(exist_ok=True)
    lines = "\n".join(f"  - {_quoted(text)}" for text in texts)
    path.write_text(DRAFT.format(entries=ENTRIES, question=_quoted(texts[0]), wordings=lines), encoding="utf-8")
    return path


def _place(folder: Path, answer: str) -> tuple[Path, str]:
    """The file, and the name of the list in it."""
    entry = folder / ENTRIES / f"{answer}.yaml"
    if answer and entry.exists():
        return entry, "phrasings"
    path, name = (folder / "phrasings.yaml", answer) if answer else (folder / "outside.yaml", "near")
    if not path.exists():
        raise AppendError(f"{shown(path)}: there is no such file to write to: make it with one line, '{name}:'")
    return path, name


def _with_lines(text: str, name: str, texts: Sequence[str]) -> str | None:
    """The file with the lines behind the list of that name; None where it is not written as a list of lines."""
    found = re.search(
        rf"^{re.escape(name)}:[ \t]*(?:#.*)?\n(?P<items>(?:[ \t]*(?:-[ \t].*|#.*)?\n)*)", text + "\n", re.M
    )
    if found is None:
        return None
    items = found["items"].rstrip()
    indent = re.match(r"[ \t]*", items)[0] if items else "  "  # type: ignore[index]  # it matches anything
    end = found.start("items") + len(items)
    new = "".join(
        f"{'' if not items and at == 0 else chr(10)}{indent}- {_quoted(each)}" for at, each in enumerate(texts)
    )
    rest = text[end:]
    return text[:end] + new + (rest if rest.startswith("\n") else "\n" + rest)


def _quoted(text: str) -> str:
    """In double quotes, which JSON and YAML share."""
    return json.dumps(text, ensure_ascii=False)
