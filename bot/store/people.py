"""People as codes: a keyed hash of a Telegram id, so that no id is held in the clear."""

import hashlib
import hmac
import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path

KEY_BYTES = 32  # as long as the digest of the hash that uses it
OWNER_ONLY = 0o600
FINGERPRINT = 16  # hex digits


class PeopleKeyError(Exception):
    """The file with the secret can't be read or made."""


def person_code(key: bytes, telegram_id: int) -> str:
    """HMAC-SHA-256 of the id, 64 hex digits: one person, one code, and no way back without the key."""
    return hmac.new(key, str(telegram_id).encode(), hashlib.sha256).hexdigest()


def fingerprint(key: bytes) -> str:
    """A name for the key, by which a database knows that it belongs to it; nothing of the key is in it."""
    return hmac.new(key, b"fingerprint", hashlib.sha256).hexdigest()[:FINGERPRINT]


def find_key(path: Path) -> bytes | None:
    """The secret in a file; None where there is no such file. Raises PeopleKeyError."""
    try:
        key = path.read_bytes().strip()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise PeopleKeyError(f"{path}: can't be read ({error.strerror})") from error
    if not key:
        raise PeopleKeyError(
            f"{path}: is empty. Put it back from your copy. Where there is none, delete it: a new one is made, "
            "and everyone is greeted once more"
        )
    return key


def make_key(path: Path) -> bytes:
    """A new secret in a file (mode 0600), or the one that another program made first. Raises PeopleKeyError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _make(path)
    except OSError as error:
        raise PeopleKeyError(f"{path}: can't be made ({error.strerror})") from error
    key = find_key(path)
    if key is None:
        raise PeopleKeyError(f"{path}: is gone again as soon as it is made")
    return key


def _make(path: Path) -> None:
    """Write the secret beside its place, then link it there: nobody reads half of it, the first one stays."""
    secret = secrets.token_hex(KEY_BYTES).encode() + b"\n"
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=path.name)  # for its owner only, as mkstemp makes it
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(secret)
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        except (
            OSError,
            AttributeError,
        ):  # no hard links on this file system (exFAT), or on this system at all
            _write_new(path, secret)
    finally:
        os.unlink(draft)


def _write_new(path: Path, secret: bytes) -> None:
    with (
        suppress(FileExistsError),
        open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY), "wb") as file,
    ):
        file.write(secret)
