"""What the bot keeps: the database, the secret, the folder they are in, and the room there is."""

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.doctor.finding import Finding, broken, look, ok
from bot.store import StoreError
from bot.store.examination import Health, examine
from bot.store.people import OWNER_ONLY

SLOW = 0.5  # seconds: every answer waits for the store
MEGABYTE = 1_000_000
LITTLE, NOTHING = 200 * MEGABYTE, 20 * MEGABYTE  # bytes free; a learnt model has 15 million
BY_HAND = "see that the database runs and DATABASE_URL is right; answers go on meanwhile, with the disclaimer"


@dataclass(frozen=True)
class Kept:
    """Where things are kept; `own_key`: the secret is PERSON_KEY; `shared`: copies may run side by side."""

    folder: Path
    database_url: str
    own_key: bool
    shared: bool


def examine_keeping(kept: Kept) -> Iterator[Finding]:
    yield _store(kept)
    if kept.shared and kept.database_url.startswith("sqlite"):
        what = "SQLite: only one copy of the bot can take the webhook's updates"
        yield look("copies", what, "fine for one; for several set DATABASE_URL to PostgreSQL")
    yield _key(kept)
    yield _folder(kept.folder)
    yield _room(kept.folder)


def _store(kept: Kept) -> Finding:
    try:
        health = examine(kept.database_url)
    except StoreError as error:
        return broken("store", f"it can't be used: {error}", BY_HAND)
    return _tables(health)


def _tables(health: Health) -> Finding:
    name = "PostgreSQL" if health.kind == "postgresql" else "SQLite"
    took = f"a write and its undoing took {1000 * health.seconds:.0f} ms"
    if not health.known:
        what = f"{name}: a newer version of the bot made its tables ({health.version})"
        return broken("store", what, "start that version, or put back an older copy")
    if health.version is None:
        return look("store", f"{name}: there is nothing in it yet", "nothing: the first start makes the tables")
    if health.version != health.newest:
        what = f"{name}: its tables are of an older version ({health.version}, newest {health.newest})"
        return look("store", what, "make a copy of it, then start the bot: it brings them up to date")
    if health.seconds > SLOW:
        return look("store", f"{name}: {took}, which is slow", "bring it nearer to the bot, or give it rest")
    return ok("store", f"{name}: tables up to date ({health.version}), {took}")


def _key(kept: Kept) -> Finding:
    path = kept.folder / "person.key"
    if kept.own_key:
        return ok("people's key", "it comes from PERSON_KEY")
    if kept.shared and not kept.database_url.startswith("sqlite"):
        what = "each machine has its own: copies on another one know nobody"
        return look("people's key", what, "set the same PERSON_KEY for all copies")
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
        empty = not path.read_bytes().strip()
    except FileNotFoundError:
        what = f"{path} is not there"
        return look("people's key", what, "nothing at a first start; later put it back from your copy")
    except OSError as error:
        return broken("people's key", f"{path}: {error.strerror}", "let the bot's own user read it")
    if empty:
        return broken("people's key", f"{path} is empty", "put it back from your copy, or delete it")
    if mode & ~OWNER_ONLY:
        what = f"{path} can be read by others (mode {mode:04o})"
        return broken("people's key", what, f"chmod 600 {path}")
    return ok("people's key", f"{path}, for its owner only")


def _folder(folder: Path) -> Finding:
    if not folder.exists():
        parent = folder.absolute().parent
        if os.access(parent, os.W_OK):
            return look("data folder", f"{folder} is not there", "nothing: the first start makes it")
        return broken("data folder", f"{folder} can't be made in {parent}", "let the bot's own user write there")
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"x")
    except OSError as error:
        return broken("data folder", f"{folder}: {error.strerror}", "let the bot's own user write there")
    return ok("data folder", f"{folder.absolute()} can be written")


def _room(folder: Path) -> Finding:
    place = next(each for each in (folder.absolute(), *folder.absolute().parents) if each.exists())
    free = shutil.disk_usage(place).free
    says = f"{free / MEGABYTE:,.0f} MB are free"
    if free < NOTHING:
        return broken("disk", says, "make room: the database can't grow")
    return look("disk", says, "make room soon") if free < LITTLE else ok("disk", says)
