"""Colours that can be read, and stay what they are in the file."""

import io

import pytest

pytest.importorskip("PIL", reason="Pillow is not installed here")

from PIL import Image

from bot.drawing.palette import BAND, BAR, CARD, INK, OURS, QUIET, to_png


def light(colour: str) -> float:
    parts = [part / 255 for part in bytes.fromhex(colour[1:])]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("ground", [CARD, BAND])
@pytest.mark.parametrize("words", [INK, OURS])
def test_names_can_be_read_also_where_the_mark_passes_under_them(words: str, ground: str) -> None:
    assert contrast(words, ground) >= 4.5


def test_what_comes_second_can_be_read() -> None:
    assert contrast(QUIET, CARD) >= 4.5


@pytest.mark.parametrize("shape", [BAR, OURS, INK])
def test_shapes_stand_out_from_the_card(shape: str) -> None:
    assert contrast(shape, CARD) >= 3


def test_a_named_colour_stays_exactly_what_it_is() -> None:
    for colour in (CARD, INK, BAR, OURS):
        png = to_png(Image.new("RGB", (4, 4), colour), [(CARD, INK), (CARD, BAR), (CARD, OURS)])
        assert Image.open(io.BytesIO(png)).convert("RGB").getpixel((1, 1)) == tuple(bytes.fromhex(colour[1:]))


def test_more_colours_than_a_palette_holds_are_refused() -> None:
    pairs = [(f"#{number:02x}0000", f"#00ff{number:02x}") for number in range(60)]
    with pytest.raises(ValueError, match="colours"):
        to_png(Image.new("RGB", (1, 1)), pairs)
