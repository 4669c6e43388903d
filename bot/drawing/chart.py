"""The windows of milestones as one picture for a phone, with a baby's age marked. Needs matplotlib.

All words come from outside. A chat shows the picture some 340 points wide: about a third of its pixels.
"""

import io
import math
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

import matplotlib
import numpy as np
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, get_font
from matplotlib.patches import FancyBboxPatch, Rectangle
from matplotlib.transforms import Affine2D
from PIL import Image

from bot.drawing.palette import BAND, BAR, CARD, GRID, INK, OURS, QUIET, to_png

SIZE = (1080, 1080)  # pixels; three for each point of a chat's bubble, which is what phones have
DOTS = 72  # an inch: so that a point, in which matplotlib measures letters, is a pixel
LEFT, RIGHT = 60, 1030  # where month 0 and the last one stand; words keep to these too
EDGE = 28  # of the card: the mark comes no nearer
TOP, BOTTOM = 28, 28
GAP = 22  # between title, mark, windows and note
GRID_STEP = 3  # months
LINE_HEIGHT = 1.28  # of the letters' size
BAR_HEIGHT = 28
BAR_GAP = 6  # a name and its bar belong together: less than there is between a bar and the next name
ROW_GAP = 9  # at least, between a bar and the next name
MOST_ROW = 136  # of a name with its bar: with more they fall apart
CHIP_HEIGHT, CHIP_PAD, CHIP_CORNER = 74, 28, 24
BAND_WIDTH = 30  # of the mark's shade, which runs on under the names
LINE_WIDTH, LINE_EDGE = 8, 5  # the shade beside it parts the line from a bar that is as dark
SMALLER_STEP = 4  # pixels; words that leave no room for the windows are tried so much smaller
NARROWEST = 0.8  # of the width: lines are made as long as each other, but not into a column

# What stands beside what along an edge, so that the palette has the steps between.
PAIRS = (
    (CARD, INK), (CARD, QUIET), (CARD, OURS), (CARD, BAR), (CARD, GRID), (CARD, BAND), (BAND, INK), (BAND, OURS),
    (BAND, BAR), (GRID, INK), (GRID, OURS), (GRID, BAR),
)  # fmt: skip


@dataclass(frozen=True)
class ChartWindow:
    """From when to when, in months, children reach a milestone. `is_ours`: the one the picture is about."""

    name: str
    start: float
    end: float
    is_ours: bool = False


@dataclass(frozen=True)
class AgeChart:
    """What stands on the picture; `mark` holds `{age}`, each line of `note` begins a new one, `until` is in months."""

    title: str
    axis: str
    note: str
    mark: str
    until: float
    windows: tuple[ChartWindow, ...]


@dataclass(frozen=True)
class Lettering:
    """How words are set. They become smaller, down to `least`, before they take another line.

    34 pixels are 11 points on the phone, the smallest that tired eyes read without effort.
    """

    size: int
    least: int
    lines: int = 1
    is_bold: bool = False
    colour: str = INK

    def smaller(self, by: int) -> "Lettering":
        return replace(self, size=max(self.least, self.size - by))

    @property
    def file(self) -> str:
        """Out of matplotlib itself, so that every machine draws the same picture."""
        name = "DejaVuSans-Bold.ttf" if self.is_bold else "DejaVuSans.ttf"
        return str(Path(matplotlib.get_data_path(), "fonts", "ttf", name))

    @property
    def font(self) -> FontProperties:
        return FontProperties(fname=self.file, size=self.size)


TITLE = Lettering(58, 46, lines=2, is_bold=True)
MARK = Lettering(42, 34, is_bold=True, colour=CARD)
NAME = Lettering(43, 34)
OUR_NAME = Lettering(43, 34, is_bold=True, colour=OURS)
MONTH = Lettering(38, 38, colour=QUIET)
AXIS = Lettering(38, 34, colour=QUIET)
NOTE = Lettering(38, 34, lines=3, colour=QUIET)


@dataclass(frozen=True)
class Block:
    """Words that were found to fit."""

    lines: tuple[str, ...]
    lettering: Lettering

    @property
    def height(self) -> float:
        return self.lettering.size * LINE_HEIGHT * len(self.lines)

    @property
    def width(self) -> float:
        return max(_width(line, self.lettering) for line in self.lines)


def draw_chart(chart: AgeChart, months: float | None, age: str) -> bytes:
    """A PNG of SIZE; `age` is how the mark says `months`. None: no mark.

    Raises ValueError where months are not on the chart, or words don't fit or can't be written with the font.
    """
    with _plainly():
        drawn = io.BytesIO()
        figure_of(chart, months, age).savefig(drawn, format="rgba", dpi=DOTS)
    return to_png(Image.frombytes("RGBA", SIZE, drawn.getvalue()), PAIRS)


def figure_of(chart: AgeChart, months: float | None, age: str) -> Figure:
    """What `draw_chart` makes a file of."""
    _review(chart, months)
    with _plainly():
        for smaller in range(0, TITLE.size - TITLE.least + 1, SMALLER_STEP):
            with suppress(_NoRoom):
                return _Drawing(chart, smaller).drawn(months, age)
    raise ValueError(f"there is no room for {len(chart.windows)} windows beside these words: shorten title or note")


def place_of(months: float, until: float) -> float:
    """How far from the left an age stands, in pixels."""
    return LEFT + (RIGHT - LEFT) * months / until


@contextmanager
def _plainly() -> Iterator[None]:
    """What somebody likes their own figures to look like is not for these."""
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        yield


def _review(chart: AgeChart, months: float | None) -> None:
    if not (chart.windows and math.isfinite(chart.until) and chart.until > 0):
        raise ValueError("a chart needs windows, and an age at which it ends")
    if months is not None and not 0 <= months <= chart.until:
        raise ValueError(f"{months} months are not on a chart from 0 to {chart.until}")
    for each in chart.windows:
        if not 0 <= each.start < each.end <= chart.until:
            raise ValueError(f"{each.name!r} from {each.start} to {each.end} is not on a chart from 0 to {chart.until}")


@dataclass(frozen=True)
class _Span:
    """A part of the picture; in pixels from the left and the top, as everything here."""

    left: float
    top: float
    right: float
    bottom: float


class _NoRoom(Exception):
    """Words of this size take so much that the windows don't fit."""


@dataclass(frozen=True)
class _Drawing:
    chart: AgeChart
    smaller: int  # pixels, than the words could be
    figure: Figure = field(
        default_factory=lambda: Figure(figsize=(SIZE[0] / DOTS, SIZE[1] / DOTS), dpi=DOTS, facecolor=CARD)
    )

    def drawn(self, months: float | None, age: str) -> Figure:
        """From the top down to the windows, from the bottom up to them; they share what is left."""
        title = _fitted([self.chart.title], TITLE.smaller(self.smaller))
        note = _fitted([line for line in self.chart.note.splitlines() if line.strip()], NOTE.smaller(self.smaller))
        axis = _fitted([self.chart.axis], AXIS.smaller(self.smaller))

        chip_top = self._write(title, LEFT, TOP) + GAP
        top = chip_top if months is None else chip_top + CHIP_HEIGHT + GAP / 2
        note_top = SIZE[1] - BOTTOM - sum(block.height for block in note)
        self._write(note, LEFT, note_top)
        axis_top = note_top - GAP - sum(block.height for block in axis)
        self._write(axis, LEFT, axis_top)
        bottom = axis_top - MONTH.size * LINE_HEIGHT - GAP / 4
        self._grid(_Span(LEFT, top, RIGHT, bottom))
        names = self._rows(top, bottom)
        if months is not None:
            self._mark(age, place_of(months, self.chart.until), chip_top, bottom, names)
        return self.figure

    def _grid(self, span: _Span) -> None:
        for month in range(0, math.floor(self.chart.until) + 1, GRID_STEP):
            place = place_of(month, self.chart.until)
            self._upright(place, span.top, span.bottom, 2, GRID, 1)
            self._write([Block((str(month),), MONTH)], place, span.bottom + GAP / 4, across="center")

    def _rows(self, top: float, bottom: float) -> list[_Span]:
        """Each window as its name and its bar. Where the names are comes back."""
        windows = self.chart.windows
        height = min((bottom - top) / len(windows), MOST_ROW)
        top = (top + bottom - height * len(windows)) / 2
        names = self._names(height)
        found = []
        for number, (window, name) in enumerate(zip(windows, names, strict=True)):
            start, end = (place_of(age, self.chart.until) for age in (window.start, window.end))
            name_top = top + (number + 0.5) * height - (name.height + BAR_GAP + BAR_HEIGHT) / 2
            left = min(start, RIGHT - name.width)
            name_bottom = self._write([name], left, name_top)
            bar = _Span(start, name_bottom + BAR_GAP, end, name_bottom + BAR_GAP + BAR_HEIGHT)
            self._rounded(bar, BAR_HEIGHT / 2, OURS if window.is_ours else BAR, 3)
            found.append(_Span(left, name_top, left + name.width, name_bottom))
        return found

    def _names(self, height: float) -> list[Block]:
        """All in one size, with which a row is no higher than that."""
        windows = self.chart.windows
        letterings = [OUR_NAME if window.is_ours else NAME for window in windows]
        size = min(_fitted([each.name], how)[0].lettering.size for each, how in zip(windows, letterings, strict=True))
        size = min(size, math.floor((height - BAR_GAP - BAR_HEIGHT - ROW_GAP) / LINE_HEIGHT))
        if size < NAME.least:
            raise _NoRoom
        return [Block((each.name,), replace(how, size=size)) for each, how in zip(windows, letterings, strict=True)]

    def _mark(self, age: str, place: float, top: float, bottom: float, names: Sequence[_Span]) -> None:
        """A label, and below it a line that lets the names be read: there only its shade goes on."""
        words = _fitted([self.chart.mark.replace("{age}", age)], MARK, RIGHT - LEFT - 2 * CHIP_PAD)[0]
        width = words.width + 2 * CHIP_PAD
        left = min(max(place - width / 2, EDGE), SIZE[0] - EDGE - width)
        under = top + CHIP_HEIGHT
        self._upright(place, under, bottom, BAND_WIDTH, BAND, 2)
        for name in [*names, _Span(0, bottom, SIZE[0], bottom)]:
            if name.left - BAND_WIDTH / 2 < place < name.right + BAND_WIDTH / 2:
                self._upright(place, under, name.top, LINE_WIDTH + 2 * LINE_EDGE, BAND, 4)
                self._upright(place, under, name.top, LINE_WIDTH, INK, 5)
                under = name.bottom
        self._rounded(_Span(left, top, left + width, top + CHIP_HEIGHT), CHIP_CORNER, INK, 6)
        self._write([words], left + width / 2, top + (CHIP_HEIGHT - words.height) / 2, across="center")

    def _upright(self, place: float, top: float, bottom: float, width: float, colour: str, layer: int) -> None:
        self._add(Rectangle((place - width / 2, top), width, bottom - top), colour, layer)

    def _rounded(self, span: _Span, corner: float, colour: str, layer: int) -> None:
        width, height = span.right - span.left, span.bottom - span.top
        shape = f"round,pad=0,rounding_size={min(corner, width / 2)}"
        self._add(FancyBboxPatch((span.left, span.top), width, height, boxstyle=shape), colour, layer)

    def _add(self, patch: Rectangle | FancyBboxPatch, colour: str, layer: int) -> None:
        patch.set(transform=_PIXELS, facecolor=colour, linewidth=0, zorder=layer)
        self.figure.add_artist(patch)

    def _write(self, blocks: Sequence[Block], place: float, top: float, across: str = "left") -> float:
        """Words with their upper edge there; what comes back is their lower edge."""
        for block in blocks:
            for line in block.lines:
                words = self.figure.text(place, top + block.lettering.size, line, font=block.lettering.font, ha=across)
                words.set(transform=_PIXELS, color=block.lettering.colour, parse_math=False, zorder=7)
                top += block.lettering.size * LINE_HEIGHT
        return top


_PIXELS = Affine2D().scale(1, -1).translate(0, SIZE[1])  # matplotlib counts from the bottom


def _fitted(paragraphs: Sequence[str], lettering: Lettering, width: float = RIGHT - LEFT) -> list[Block]:
    """All in one size: the largest with the fewest lines. Raises ValueError."""
    _check_letters("".join(paragraphs), lettering)
    for count in range(1, lettering.lines + 1):
        for size in range(lettering.size, lettering.least - 1, -1):
            how = replace(lettering, size=size)
            broken = [_broken(words, how, width) for words in paragraphs]
            if all(0 < len(lines) <= count for lines in broken):
                pairs = zip(paragraphs, broken, strict=True)
                return [Block(_evened(words, lines, how, width), how) for words, lines in pairs]
    raise ValueError(f"too long for the picture: {' / '.join(paragraphs)!r}")


def _broken(words: str, lettering: Lettering, width: float) -> tuple[str, ...]:
    """In lines of that width at most; none where one word is wider."""
    lines: list[str] = []
    for word in words.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and _width(longer, lettering) <= width:
            lines[-1] = longer
        elif _width(word, lettering) <= width:
            lines.append(word)
        else:
            return ()
    return tuple(lines)


def _evened(words: str, lines: tuple[str, ...], lettering: Lettering, width: float) -> tuple[str, ...]:
    """In as many lines, of a like length: no word is left alone on the last one."""
    for part in np.arange(NARROWEST, 1, 0.02) if len(lines) > 1 else ():
        evened = _broken(words, lettering, width * part)
        if len(evened) == len(lines):
            return evened
    return lines


@lru_cache(maxsize=4096)  # of words at a size; the pictures of all ages share nearly all of them
def _width(words: str, lettering: Lettering) -> float:
    font = get_font(lettering.file)
    font.set_size(lettering.size, DOTS)
    font.set_text(words)
    return float(font.get_width_height()[0]) / 64  # it counts in parts of a pixel


def _check_letters(words: Iterable[str], lettering: Lettering) -> None:
    known = get_font(lettering.file).get_charmap()
    unknown = sorted({letter for letter in words if not letter.isspace() and ord(letter) not in known})
    if unknown:
        raise ValueError(f"the picture's font has no {' '.join(unknown)}")
