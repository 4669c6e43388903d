"""`triage-table`: all danger rules as one page of Markdown, for a clinician."""

import datetime
import hashlib
import sys
from collections.abc import Iterable
from pathlib import Path

from bot.commands.opening import give_up, open_content, open_settings
from bot.content import Content
from bot.content.danger import LEVELS, Level
from bot.content.mistakes import suggestion
from bot.review import Page, triage_table

CODE_LENGTH = 16  # of a hash: enough that two packs never share one
RULES = ("triage.yaml", "abroad.yaml", "regions.yaml")


def table(folder: Path | None, level: str | None) -> None:
    only = next((each for each in LEVELS if each == level), None)
    if level and not only:
        give_up(f"--level {level}: there is no such level, only {', '.join(LEVELS)}{suggestion(level, LEVELS)}")
    folder = folder or open_settings().content_dir
    content = open_content(folder)
    if content.danger is None:
        give_up(f"{folder}: there is no triage.yaml, so there are no danger rules to print")
    sys.stdout.write(triage_table(content, content.danger, _page(content, folder, only)))


def _page(content: Content, folder: Path, level: Level | None) -> Page:
    rules = [folder / name for name in RULES if (folder / name).exists()]
    today = datetime.datetime.now(tz=datetime.UTC).date()
    pack = _code(sorted(folder.glob("*.yaml")))
    return Page(pack, _code(rules), today, level, content.regions.everywhere)


def _code(files: Iterable[Path]) -> str:
    """The same for the same files, and for nothing else."""
    digest = hashlib.sha256()
    for path in files:
        digest.update(f"{path.name}\n".encode() + path.read_bytes())
    return digest.hexdigest()[:CODE_LENGTH]
