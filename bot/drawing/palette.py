"""The few colours of the pictures, and a small PNG out of what was drawn with them."""

import io
from collections.abc import Iterable

import numpy as np
from PIL import Image

# On the card, words need a contrast of 4.5 to 1 and shapes one of 3 to 1 (WCAG 2.2); tests/drawing/test_palette.py
# counts. The card is off white, for pure white glares in a dark chat at night.
CARD = "#fffaf2"
INK = "#2b2733"
QUIET = "#6a6070"  # words that come second
BAR = "#c67d35"
OURS = "#4f4a8c"  # amber and indigo: nobody confuses them, whatever colours they see
GRID = "#ebe0cf"  # faint on purpose: the months stand below it
BAND = "#e4dce8"  # faint too, and under words: the line through it is what tells the age

STEPS = 6  # from one colour to the next along a letter's edge; more can't be seen, fewer look torn
MOST_COLOURS = 256  # of a palette of a PNG; with fewer, a drawing's edges become jagged


def to_png(image: Image.Image, pairs: Iterable[tuple[str, str]]) -> bytes:
    """With exactly the named colours, and the steps between the two of each pair. The same pixels give the same bytes.

    Pillow's own quantising to a palette goes by cells of colours, and tints a whole card that way.
    """
    colours = np.array(list(dict.fromkeys(colour for pair in pairs for colour in _steps(*pair))))
    if len(colours) > MOST_COLOURS:
        raise ValueError(f"{len(colours)} colours, but a palette holds {MOST_COLOURS}")
    parts = np.asarray(image.convert("RGB")).astype(np.int64)
    found, where = np.unique(parts[..., 0] << 16 | parts[..., 1] << 8 | parts[..., 2], return_inverse=True)
    drawn = np.stack([found >> 16, found >> 8 & 255, found & 255], axis=1)
    nearest = ((drawn[:, None] - colours[None]) ** 2).sum(axis=2).argmin(axis=1)
    quantised = Image.fromarray(nearest[where].astype(np.uint8).reshape(parts.shape[:2]))
    quantised.putpalette(colours.astype(np.uint8).tobytes())
    return written(quantised)


def written(image: Image.Image) -> bytes:
    """The file, as small as it gets."""
    file = io.BytesIO()
    image.save(file, "PNG", optimize=True)
    return file.getvalue()


def _steps(first: str, last: str) -> list[tuple[int, ...]]:
    ends = list(zip(_parts(first), _parts(last), strict=True))
    return [tuple(round(low + (high - low) * step / STEPS) for low, high in ends) for step in range(STEPS + 1)]


def _parts(colour: str) -> bytes:
    return bytes.fromhex(colour.removeprefix("#"))
