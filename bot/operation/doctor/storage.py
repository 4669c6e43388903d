"""What the bot keeps: the database, the secret, the folder they are in, and the room there is."""

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.operation.doctor.result import CheckResult, broken, look, ok
from bot.store import PeopleKeyError, StoreError, find_key, fingerprint
from bot.store.examination import StoreReport, examine
from bot.store.people import OWNER_ONLY

SLOW = 0.5  # seconds: every answer waits for the store
MEGABYTE = 1_000_000
LITTLE, NOTHING = 200 * MEGABYTE, 20 * MEGABYTE  # bytes free; a learnt model has 15 million
RESTORE = "put back the one that was saved with it; where it is lost, start once with: python -m bot run --start-over"
BY_HAND = "see that the database runs and DATABASE_URL is right; answers go on meanwhile, with the disclaimer"


@dataclass(frozen=True)
class StorageConfig:
    """Where things are kept; `own_key`: PERSON_KEY, where that is set; `shared`: copies may run side by side."""

    folder: Path
    database_url: str
    own_key: bytes | None
    shared: bool


def examine_storage(kept: StorageConfig) -> Iterator[CheckResult]:
    store, owner = _store(kept)
    yield store
    if kept.shared and kept.database_url.startswith("sqlite"):
        what = "SQLite: only one copy of the bot can take the webhook's updates"
        yield look("copies", what, "fine for one; for several set DATABASE_URL to PostgreSQL")
    yield _key(kept, owner)
    yield _folder(kept.folder)
    yield _room(kept.folder)


def _store(kept: StorageConfig) -> tuple[CheckResult, str | None]:
    """How the database is, and the fingerprint of the people's key that it belongs to."""
    try:
        health = examine(kept.database_url)
    except StoreError as error:
        return broken("store", f"it can't be used: {error}", BY_HAND), None
    return _tables(health), health.owner


def _tables(health: StoreReport) -> CheckResult:
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


def _key(kept: StorageConfig, owner: str | None) -> CheckResult:
    path = kept.folder / "person.key"
    if kept.own_key is not None:
        return _owned(kept.own_key, owner, "it comes from PERSON_KEY")
    if kept.shared and not kept.database_url.startswith("sqlite"):
        what = "each machine has its own: copies on another one know nobody"
        return look("people's key", what, "set the same PERSON_KEY for all copies")
    try:
        key = find_key(path)
        mode = stat.S_IMODE(path.stat().st_mode) if key else 0
    except PeopleKeyError as error:
        return broken("people's key", str(error), "let the bot's own user read it, or put it back from your copy")
    if key is None and owner is not None:
        return broken("people's key", f"{path} is not there, but the database belongs to one", RESTORE)
    if key is None:
        return look("people's key", f"{path} is not there", "nothing: the first start makes it")
    if mode & ~OWNER_ONLY:
        what = f"{path} can be read by others (mode {mode:04o})"
        return broken("people's key", what, f"chmod 600 {path}")
    return _owned(key, owner, f"{path}, for its owner only")


def _owned(key: bytes, owner: str | None, says: str) -> CheckResult:
    if owner is not None and fingerprint(key) != owner:
        return broken("people's key", f"{says}, but the database belongs to another one", RESTORE)
    return ok("people's key", says)


def _folder(folder: Path) -> CheckResult:
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


def _room(folder: Path) -> CheckResult:
    place = next(each for each in (folder.absolute(), *folder.absolute().parents) if each.exists())
    free = shutil.disk_usage(place).free
    says = f"{free / MEGABYTE:,.0f} MB are free"
    if free < NOTHING:
        return broken("disk", says, "make room: the database can't grow")
    return look("disk", says, "make room soon") if free < LITTLE else ok("disk", says)
