"""`new`: a small content folder that works, with a note beside everything, for somebody to write their own in."""

import shlex
import shutil
import sys
from pathlib import Path

from bot.commands.opening import give_up
from bot.content.loader import TEMPLATE, files_of

NEXT = """\
{folder}: a small content of three answers, to be changed into yours. Begin with {first}.

  python -m bot check --content {folder}      what is wrong in it, file by file, line by line
  python -m bot preview --content {folder}    try it on a chat page
  CONTENT_DIR={place}    in the file .env, to go live with it

docs/authoring.md walks through it in a quarter of an hour.
"""
FIRST = "entries/opening-hours.yaml"


def new(folder: Path) -> None:
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            give_up(
                f"{folder} is there already and not empty: nothing was written. Name a folder that is not there yet."
            )
        for path in files_of(TEMPLATE):
            target = folder / path.relative_to(TEMPLATE)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)  # not its rights: what is installed may be read-only
    except OSError as error:
        give_up(f"{error.filename or folder} can't be written: {error.strerror}")
    sys.stdout.write(NEXT.format(first=folder / FIRST, folder=shlex.quote(str(folder)), place=folder.resolve()))
