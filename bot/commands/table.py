"""`triage-table`: all danger signs as one page of Markdown, for a clinician."""

import datetime
import hashlib
import sys
from collections.abc import Iterable
from pathlib import Path

from bot.commands.opening import give_up, open_pack, open_settings, open_understanding
from bot.content import Content
from bot.content.danger import LEVELS, Level
from bot.content.mistakes import suggestion
from bot.evaluation.clinician import ClinicianPage, clinicians_page

CODE_LENGTH = 16  # of a hash: enough that two packs never share one
SIGNED = ("danger.yaml", "alarms.yaml", "regions.yaml", "thresholds.yaml")


def table(folder: Path | None, level: str | None) -> None:
    only = next((each for each in LEVELS if each == level), None)
    if level and not only:
        give_up(f"--level {level}: there is no such level, only {', '.join(LEVELS)}{suggestion(level, LEVELS)}")
    folder = folder or open_settings().content_dir
    content = open_pack(folder).content
    if content.danger is None:
        give_up(f"{folder}: there is no danger.yaml, so there are no danger signs to print")
    read = open_understanding(content, folder).meaning
    sys.stdout.write(clinicians_page(content, content.danger, _page(content, folder, only), read))


def _page(content: Content, folder: Path, level: Level | None) -> ClinicianPage:
    signed = [folder / name for name in SIGNED if (folder / name).exists()]
    today = datetime.datetime.now(tz=datetime.UTC).date()
    pack = _code(sorted(folder.glob("*.yaml")))
    return ClinicianPage(pack, _code(signed), today, level, content.regions.everywhere)


def _code(files: Iterable[Path]) -> str:
    """The same for the same files, and for nothing else."""
    digest = hashlib.sha256()
    for path in files:
        digest.update(f"{path.name}\n".encode() + path.read_bytes())
    return digest.hexdigest()[:CODE_LENGTH]
