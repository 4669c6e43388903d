"""Pictures as small as can be, for tests."""

import struct
import zlib

JPEG_40_BY_30 = b"\xff\xd8\xff\xe0\x00\x04\x00\x00\xff\xc0\x00\x11\x08\x00\x1e\x00\x28\x03\x01\x22\x00\x02\x11\x01"


def png(width: int = 400, height: int = 300, more: bytes = b"") -> bytes:
    """The head of a PNG; a browser shows nothing of it."""
    return b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + struct.pack(">II", width, height) + b"\x08\x02\x00\x00\x00" + more


def drawn_png(width: int = 400, height: int = 300, colour: tuple[int, int, int] = (230, 120, 60)) -> bytes:
    """A picture of one colour that a browser shows."""
    rows = zlib.compress((b"\0" + bytes(colour) * width) * height)
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(map(_chunk, (b"IHDR", b"IDAT", b"IEND"), (head, rows, b"")))


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
