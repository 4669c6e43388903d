"""Pictures that were sent: what they are, which ones Telegram refuses, and the bytes of the newest."""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass

from bot.preview.refusals import Json, Refusal, Violation

KEPT = 200
BYTES = 10 * 1024 * 1024
SIDES = 10_000  # width and height together
RATIO = 20
ATTACHED = "attach://"
# The letters of Telegram's sizes, and the longest side of each.
SIZES = {"s": 90, "m": 320, "x": 800, "y": 1280, "w": 2560}
PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8\xff"
# The segments of a JPEG that tell its size; others between C0 and CF hold tables.
FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}


@dataclass(eq=False)
class UploadedPicture:
    """A picture as it was uploaded. ``content`` is emptied once many newer ones have come."""

    file_id: str
    unique_id: str
    kind: str
    width: int
    height: int
    size: int
    content: bytes

    def to_json(self) -> list[Json]:
        """Its sizes as the Bot API lists them, the largest last."""
        longest = max(self.width, self.height)
        letters = [letter for letter, side in SIZES.items() if side < longest]
        letters.append(next((letter for letter, side in SIZES.items() if side >= longest), "w"))
        return [self._size(letter, min(1.0, SIZES[letter] / longest)) for letter in dict.fromkeys(letters)]

    def _size(self, letter: str, scale: float) -> Json:
        return {
            "file_id": self.file_id + letter,
            "file_unique_id": self.unique_id + letter,
            "width": max(1, round(self.width * scale)),
            "height": max(1, round(self.height * scale)),
            "file_size": max(1, round(self.size * scale * scale)),
        }


class Pictures:
    """The last pictures that were uploaded or sent again, by file id."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, UploadedPicture] = OrderedDict()

    def find(self, file_id: str) -> UploadedPicture | None:
        """The picture of an id, which may be that of one of its sizes."""
        return self._kept.get(file_id) or (self._kept.get(file_id[:-1]) if file_id[-1:] in SIZES else None)

    def take(self, source: str, files: Mapping[str, bytes]) -> UploadedPicture:
        """The picture that a parameter names: one sent before, or one that came with the call."""
        if source.startswith(ATTACHED):
            content = files.get(source.removeprefix(ATTACHED))
            if content is None:
                raise Violation("there is no photo in the request")
            return self._add(content)
        if source.startswith(("http://", "https://")):
            raise Violation("photos by HTTP URL are not supported by the preview: upload the file")
        picture = self.find(source)
        if picture is None:
            raise Refusal("wrong file identifier/HTTP URL specified")
        self._kept.move_to_end(picture.file_id)
        return picture

    def _add(self, content: bytes) -> UploadedPicture:
        kind, width, height = measured(content)
        unique_id = "AQAD" + base64.urlsafe_b64encode(hashlib.sha256(content).digest()).decode()[:12]
        same = (other.content for other in self._kept.values() if other.unique_id == unique_id)
        content = next(same, content)
        picture = UploadedPicture(
            f"AgAC{secrets.token_urlsafe(24)}", unique_id, kind, width, height, len(content), content
        )
        self._kept[picture.file_id] = picture
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)[1].content = b""
        return picture


def measured(content: bytes) -> tuple[str, int, int]:
    """The media type, width and height of a picture; Violation for what Telegram does not take."""
    if not content:
        raise Violation("file must be non-empty")
    if len(content) > BYTES:
        raise Violation(f"file of size {len(content)} bytes is too big for a photo")
    if content.startswith(PNG) and content[12:16] == b"IHDR" and len(content) >= 24:
        kind, width, height = "image/png", _number(content, 16, 4), _number(content, 20, 4)
    elif content.startswith(JPEG):
        kind, (width, height) = "image/jpeg", _jpeg_size(content)
    else:
        raise Violation("IMAGE_PROCESS_FAILED")
    if not width or not height or width + height > SIDES or max(width, height) > RATIO * min(width, height):
        raise Violation("PHOTO_INVALID_DIMENSIONS")
    return kind, width, height


def _jpeg_size(content: bytes) -> tuple[int, int]:
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker in FRAMES:
            return _number(content, at + 7, 2), _number(content, at + 5, 2)
        at += 2 + _number(content, at + 2, 2)
    raise Violation("IMAGE_PROCESS_FAILED")


def _number(content: bytes, at: int, length: int) -> int:
    return int.from_bytes(content[at : at + length], "big")
