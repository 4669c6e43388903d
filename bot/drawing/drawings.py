"""An author's drawing, an SVG file, as a small PNG. Needs resvg_py.

A drawing must look the same wherever it is made, so it may hold shapes only: words would need fonts, and what lies
outside the file may be gone or another tomorrow.
"""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import resvg_py
from PIL import Image

from bot.drawing.palette import CARD, MOST_COLOURS, written

SVG = "{http://www.w3.org/2000/svg}"
# What Telegram takes as a photo: neither side more than twenty times the other, both together 10 000 pixels at most.
MOST_RATIO, MOST_PIXELS = 20, 10_000

WORDS = {"text", "tspan", "textPath", "tref", "flowRoot", "foreignObject"}
SCRIPTS = {"script", "handler"}
WITHIN = re.compile(r"#.+|data:image/(?:png|jpeg|gif|webp);base64,", re.IGNORECASE)
ADDRESS = re.compile(r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^)]*))""", re.IGNORECASE)
# What could name something else, or stand for any text, before a parser has read it.
DECLARED = re.compile(r"<!(?:DOCTYPE|ENTITY)|<\?xml-stylesheet", re.IGNORECASE)
IN_STYLES = re.compile(r"@import|\\", re.IGNORECASE)  # a backslash could spell either of them otherwise


class DrawingError(Exception):
    """A drawing that can't be used; reads as `drawings/belly.svg: what is wrong`. No file: it came as bytes."""

    def __init__(self, file: Path | None, what: str) -> None:
        self.file, self.what = file, what
        super().__init__(f"{file.as_posix()}: {what}" if file else what)


def render_drawing(svg: bytes | Path, width: int) -> bytes:
    """A PNG of that width, on the card's colour where the drawing is empty. Raises DrawingError."""
    file = svg if isinstance(svg, Path) else None
    try:
        text = (svg.read_bytes() if isinstance(svg, Path) else svg).decode("utf-8-sig")
    except OSError as error:
        raise DrawingError(file, f"can't be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise DrawingError(file, "is not UTF-8 text, as an SVG file is") from error
    for fault in faults_of(text):
        raise DrawingError(file, fault)
    try:
        png = resvg_py.svg_to_bytes(svg_string=text, width=width, background=CARD, skip_system_fonts=True)
    except ValueError as error:
        raise DrawingError(file, f"can't be drawn: {error}") from error
    image = Image.open(io.BytesIO(png)).convert("RGB")
    high = image.height
    if max(width, high) > MOST_RATIO * min(width, high) or width + high > MOST_PIXELS:
        raise DrawingError(file, f"would be {width} by {high} pixels, which Telegram does not take")
    if not image.getcolors(1):
        return written(image.quantize(MOST_COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE))
    raise DrawingError(file, "shows nothing")


def faults_of(text: str) -> Iterator[str]:
    """Why a drawing is refused before it is drawn, in plain words."""
    declared = DECLARED.search(text)
    if declared:
        yield f"holds {declared.group()}: take it out, a drawing needs none"
        return
    try:
        root = ElementTree.fromstring(text)  # noqa: S314 entities can't be declared, see above
    except ElementTree.ParseError as error:
        yield f"is no sound XML: {error}"
        return
    if root.tag != f"{SVG}svg":
        yield 'does not begin with <svg xmlns="http://www.w3.org/2000/svg">'
        return
    ids = {element.get("id") for element in root.iter()}
    for element in root.iter():
        yield from _faults_of(element, ids)


def _faults_of(element: ElementTree.Element, ids: set[str | None]) -> Iterator[str]:
    name = _local(element.tag)
    if name in WORDS:
        yield f"holds words in <{name}>: turn them into paths, or leave them to the message"
    if name in SCRIPTS:
        yield f"holds a script in <{name}>"
    styles = [element.text or ""] if name == "style" else []
    addresses = []
    for attribute, value in element.attrib.items():
        local = _local(attribute)
        if local.lower().startswith("on"):
            yield f"holds a script in {local} of <{name}>"
        if local in ("href", "src"):
            addresses.append(value.strip())
        if local == "base":
            yield f"refers to {value}, outside the file"
        styles.append(value)
    for style in styles:
        hidden = IN_STYLES.search(style)
        if hidden:
            yield f"holds {hidden.group()} in a style of <{name}>, which could name something outside the file"
        addresses += ["".join(match).strip() for match in ADDRESS.findall(style)]
    for address in addresses:
        if not WITHIN.match(address):
            yield f"refers to {address or 'nothing'}, outside the file"
        elif address.startswith("#") and address[1:] not in ids:
            yield f"refers to {address}, which is not in it"


def _local(name: object) -> str:
    """A name without its namespace; comments have none."""
    return name.rpartition("}")[2] if isinstance(name, str) else ""
