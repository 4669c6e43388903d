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


class PeopleKeyError(Exception):
    """The file with the secret can't be read or made."""


def person_code(key: bytes, telegram_id: int) -> str:
    """HMAC-SHA-256 of the id, 64 hex digits: one person, one code, and no way back without the key."""
    return hmac.new(key, str(telegram_id).encode(), hashlib.sha256).hexdigest()


def read_key(path: Path) -> bytes:
    """The secret in a file, made on the first run (mode 0600). Raises PeopleKeyError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            _make(path)
        return _existing(path)
    except OSError as error:
        raise PeopleKeyError(f"{path}: can't be read or made ({error.strerror})") from error


def _make(path: Path) -> None:
    """Write the secret beside its place, then link it there: nobody reads half of it, the first one stays."""
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(KEY_BYTES) + "\n")
        os.chmod(draft, OWNER_ONLY)
        with suppress(FileExistsError):
            os.link(draft, path)
    finally:
        os.unlink(draft)


def _existing(path: Path) -> bytes:
    key = path.read_bytes().strip()
    if not key:
        raise PeopleKeyError(f"{path}: is empty. Delete it: a new one is made, and everyone is greeted once more")
    return key
