"""A drawing becomes a small PNG that looks the same anywhere, or its author is told why not."""

import io
from pathlib import Path

import pytest

pytest.importorskip("resvg_py", reason="resvg_py is not installed here")
pytest.importorskip("PIL", reason="Pillow is not installed here")

from PIL import Image

from bot.drawing.drawings import DrawingError, render_drawing
from bot.drawing.palette import CARD

CIRCLE = '<circle id="head" cx="50" cy="40" r="30" fill="#c67d35"/>'


def svg(inside: str, more: str = "") -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 100 80"{more}>{inside}</svg>'.encode()


def fault(drawing: bytes) -> str:
    with pytest.raises(DrawingError) as caught:
        render_drawing(drawing, 200)
    return caught.value.what


def test_a_drawing_becomes_a_png_of_that_width_with_a_palette() -> None:
    image = Image.open(io.BytesIO(render_drawing(svg(CIRCLE), 600)))
    assert (image.format, image.mode, image.size) == ("PNG", "P", (600, 480))
    assert image.convert("RGB").getpixel((300, 240)) == (0xC6, 0x7D, 0x35)


def test_where_nothing_is_drawn_the_card_shows() -> None:
    image = Image.open(io.BytesIO(render_drawing(svg(CIRCLE), 600))).convert("RGB")
    assert image.getpixel((2, 2)) == tuple(bytes.fromhex(CARD[1:]))


def test_the_same_drawing_gives_the_same_bytes_from_a_file_or_not(tmp_path: Path) -> None:
    path = tmp_path / "head.svg"
    path.write_bytes(svg(CIRCLE))
    assert render_drawing(path, 300) == render_drawing(svg(CIRCLE), 300)


def test_a_drawing_is_small() -> None:
    rings = "".join(
        f'<circle cx="{n * 7 % 100}" cy="{n * 11 % 80}" r="{n % 9 + 2}" fill="hsl({n * 5}, 50%, 60%)"/>'
        for n in range(60)
    )
    assert len(render_drawing(svg(rings), 1080)) < 100_000


@pytest.mark.parametrize("inside", [
    '<defs><linearGradient id="g"><stop stop-color="#fff"/></linearGradient></defs><rect width="9" height="9" fill="url(#g)"/>',
    f'{CIRCLE}<use href="#head" x="10"/>', f'{CIRCLE}<use xlink:href="#head" x="10"/>',
    f"<title>A head</title><desc>Round</desc><metadata/><!-- text --><style>circle {{ stroke: #000 }}</style>{CIRCLE}",
    f'<a id="b">{CIRCLE}</a>', f"""{CIRCLE}<g style="fill: url('#head')"/>""",
])  # fmt: skip
def test_what_refers_to_itself_only_is_taken(inside: str) -> None:
    assert render_drawing(svg(inside), 100)


def test_a_picture_within_the_file_is_taken() -> None:
    dot = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="
    assert render_drawing(svg(f'<image width="40" height="40" href="data:image/png;base64,{dot}"/>'), 100)


@pytest.mark.parametrize("inside", [
    '<image href="https://example.org/a.png" width="9" height="9"/>', '<image xlink:href="a.png" width="9" height="9"/>',
    '<image href="file:///etc/passwd"/>', '<image href="/etc/passwd"/>', '<use href="other.svg#head"/>', '<use href=""/>',
    '<image href="data:image/svg+xml;base64,PHN2Zy8+"/>', '<a href="javascript:alert(1)"><path/></a>',
    '<rect fill="url(https://example.org/a.svg#g)"/>', """<rect style="fill:URL( 'a.svg#g' )"/>""",
    '<style>rect { fill: url("a.svg#g") }</style>', '<g xml:base="https://example.org/"/>',
])  # fmt: skip
def test_what_lies_outside_the_file_is_refused(inside: str) -> None:
    assert "outside the file" in fault(svg(CIRCLE + inside))


@pytest.mark.parametrize("inside", ['<style>@import "a.css";</style>', r'<rect style="fill: \75rl(a.svg#g)"/>'])
def test_styles_that_could_hide_an_address_are_refused(inside: str) -> None:
    assert "in a style" in fault(svg(CIRCLE + inside))


@pytest.mark.parametrize("inside", ["<text>a</text>", "<g><text><tspan>a</tspan></text></g>", "<foreignObject/>"])
def test_words_are_refused(inside: str) -> None:
    assert "holds words" in fault(svg(CIRCLE + inside))


@pytest.mark.parametrize("inside", ["<script>1</script>", '<script href="#head"/>', '<rect onclick="a()"/>'])
def test_scripts_are_refused(inside: str) -> None:
    assert "holds a script" in fault(svg(CIRCLE + inside))


@pytest.mark.parametrize("inside", ['<use href="#tail"/>', '<rect fill="url(#tail)"/>'])
def test_what_is_referred_to_must_be_there(inside: str) -> None:
    assert fault(svg(CIRCLE + inside)) == "refers to #tail, which is not in it"


@pytest.mark.parametrize(("drawing", "what"), [
    (b"", "no sound XML"), (b"<svg", "no sound XML"), (b"\x89PNG\r\n", "not UTF-8"), (b"<svg/>", "does not begin with"),
    (b"<html xmlns='http://www.w3.org/1999/xhtml'/>", "does not begin with"), (svg(""), "shows nothing"),
    (svg('<circle r="bad"/>'), "shows nothing"), (svg(CIRCLE, ' width="0"'), "can't be drawn"),
    (b'<!DOCTYPE svg [<!ENTITY a "b">]>' + svg(CIRCLE), "holds <!DOCTYPE"), (b'<?xml-stylesheet href="a.css"?>' + svg(CIRCLE), "holds <?xml-stylesheet"),
    (svg(CIRCLE).replace(b"0 0 100 80", b"0 0 2000 80"), "Telegram does not take"),
])  # fmt: skip
def test_what_is_no_drawing_is_refused(drawing: bytes, what: str) -> None:
    assert what in fault(drawing)


def test_the_mistake_names_the_file(tmp_path: Path) -> None:
    path = tmp_path / "belly.svg"
    path.write_bytes(svg("<text>a</text>"))
    with pytest.raises(DrawingError, match=r"belly\.svg: holds words in <text>") as caught:
        render_drawing(path, 100)
    assert caught.value.file == path


def test_a_file_that_is_not_there_is_a_mistake_too(tmp_path: Path) -> None:
    with pytest.raises(DrawingError, match="can't be read"):
        render_drawing(tmp_path / "none.svg", 100)
