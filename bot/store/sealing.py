"""What must wait on disk, made unreadable to whoever has no people's key."""

import os
from typing import TYPE_CHECKING

from bot.store.people import KEY_BYTES

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_BYTES = 12  # as AES-GCM wants it; at random, so far fewer than 2 to the 32 may be sealed with one key
PURPOSE = b"an update that waits"  # nothing else is sealed with the key made for it


class Unsealable(Exception):
    """It was sealed with another key, for another place, or has been changed since."""


class Sealer:
    """Seals with AES-256-GCM, under a key made from the people's key by HKDF-SHA-256 (RFC 5869)."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def seal(self, text: bytes, place: str) -> bytes:
        """Ciphertext that opens at this place only."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._cipher().encrypt(nonce, text, place.encode())

    def open(self, sealed: bytes, place: str) -> bytes:
        """What was sealed. Raises Unsealable."""
        from cryptography.exceptions import InvalidTag

        try:
            return self._cipher().decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], place.encode())
        except (InvalidTag, ValueError) as error:
            raise Unsealable("sealed with another key, or changed") from error

    def _cipher(self) -> "AESGCM":
        # Looked for when it is needed: most bots never seal anything, and it takes eight megabytes.
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM
        from cryptography.hazmat.primitives.hashes import SHA256
        from cryptography.hazmat.primitives.kdf.hkdf import HKDF

        key = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=PURPOSE).derive(self._key)
        return AESGCM(key)
