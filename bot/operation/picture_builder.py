"""All pictures of a pack, made out of its drawings and figures: at build, so that a server needs nothing for it."""

from collections.abc import Callable, Iterator
from pathlib import Path

from bot.content.ages import Ages
from bot.content.pictures import HALVES, PictureSource, made_of, note_made, sources_of
from bot.drawing.chart import AgeChart, ChartWindow, draw_chart
from bot.drawing.drawings import render_drawing

WIDTH = 900  # pixels of a drawing: three for each point of a chat's bubble


def make_pictures(folder: Path, ages: Ages | None, said: Callable[[float], str]) -> Iterator[str]:
    """Make what is missing or out of date; its name after each that is up to date. `said`: an age in words.

    Raises DrawingError, ValueError for words that don't fit, and OSError. A picture that nothing makes is deleted.
    """
    sources, made = tuple(sources_of(folder, ages)), dict(made_of(folder))
    for source in sources:
        target = folder / f"{source.name}.png"
        if made.get(source.name) != source.digest or not target.exists():
            target.write_bytes(_picture(source, ages, said))
            made[source.name] = source.digest
            note_made(folder, made)  # where a later one fails, this one need not be made again
        yield source.name
    names = {source.name for source in sources}
    for path in folder.glob("*.png"):
        if path.stem not in names:
            path.unlink()
    note_made(folder, {name: digest for name, digest in made.items() if name in names})


def _picture(source: PictureSource, ages: Ages | None, said: Callable[[float], str]) -> bytes:
    if source.drawing:
        return render_drawing(source.drawing, WIDTH)
    if ages is None or ages.chart is None or source.halves is None:
        raise ValueError("there is no chart to be drawn")
    chart, texts = ages.chart, ages.chart.texts
    windows = tuple(ChartWindow(each.name, each.start, each.end, each.id == chart.bold) for each in chart.windows)
    drawn = AgeChart(texts.title, texts.axis, texts.note, texts.mark, chart.until, windows)
    months = source.halves / HALVES
    return draw_chart(drawn, months, said(months))
