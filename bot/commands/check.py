"""`check`: the content's mistakes, or a summary; the JSON Schemas for editors; the learning ahead of time."""

import json
import os
import sys
from pathlib import Path

from bot.commands.opening import open_content, open_settings, open_understanding
from bot.content import Content
from bot.content.schemas import schemas_of

NICE = 10  # learning takes all of a core for half a minute: whoever answers parents meanwhile goes first


def check(folder: Path | None, schemas: bool, learn: bool) -> None:
    folder = folder or open_settings().content_dir
    content = open_content(folder)
    sys.stdout.write(f"{folder}: no mistakes. {_summary(content)}\n")
    if schemas:
        target = folder.parent / "schema"
        target.mkdir(exist_ok=True)
        for name, schema in schemas_of().items():
            (target / name).write_text(json.dumps(schema, indent=2) + "\n", encoding="utf-8")
        sys.stdout.write(f"{target}: schemas written.\n")
    if learn:
        os.nice(NICE)
        open_understanding(content)


def _summary(content: Content) -> str:
    wordings = sum(len(entry.phrasings) for entry in content.entries)
    outside = len(content.outside.near) + len(content.outside.far)
    signs = len(content.danger.signs) if content.danger else 0
    return (
        f"{len(content.entries)} entries with {wordings} wordings, {len(content.sections)} sections, "
        f"{len(content.sources)} sources, {len(content.smalltalk)} kinds of small talk, {outside} messages "
        f"that nothing answers, {signs} danger signs."
    )
