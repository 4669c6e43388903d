"""Pictures under their buttons: the drawing of an entry, and the chart of ages."""

import html
from collections.abc import Iterable

from bot.content import Content
from bot.content.ages import MilestoneChart, MilestoneWindow
from bot.content.entries import Drawing, Entry
from bot.content.pictures import HALVES, chart_name, halves_of
from bot.replies.ages import MetAge, said
from bot.replies.presses import OpenChart, OpenEntry, ShowDrawing
from bot.replies.reply import Button, Picture, Reply, Rows, filled_in
from bot.replies.rows import in_rows, menu_row
from bot.understanding.ages import Age

MONTHS_A_ROW = 5


def picture_buttons(content: Content, entry: Entry, age: MetAge | None = None) -> tuple[Button, ...]:
    """What can be shown to an entry: a drawing, and the chart, with the age where it is known."""
    labels, found = content.texts.labels, list[Button]()
    if has_drawing(content, entry):
        found.append(Button(labels.show, ShowDrawing(entry.id).data()))
    if entry.chart and chart_of(content):
        halves = None if age is None or age.months is None else halves_of(age.months)
        found.append(Button(labels.chart, OpenChart(halves).data()))
    return tuple(found)


def chart_of(content: Content) -> MilestoneChart | None:
    """The chart of a pack whose pictures are made."""
    return content.ages.chart if content.ages and chart_name(0) in content.pictures else None


def has_drawing(content: Content, entry: Entry) -> bool:
    """Whether there is a drawing to an entry, and its picture is made."""
    return entry.picture is not None and entry.picture.name in content.pictures


def to_drawing(content: Content, entry: Entry, drawing: Drawing) -> Reply:
    """The drawing of an entry, and the way back to its answer. Where the picture is not made its words stand alone."""
    rows = ((Button(entry.title, OpenEntry(entry.id, kept=True).data()), *menu_row(content)),)
    picture = _picture(content, drawing.name)
    return Reply("picture" if picture else "text", drawing.caption, rows, entry=entry.id, picture=picture)


def to_ages(content: Content, chart: MilestoneChart) -> Reply:
    """The ages to choose from."""
    return Reply("text", chart.texts.ask, (*_months(chart), menu_row(content)))


def to_chart(content: Content, chart: MilestoneChart, age: Age) -> Reply:
    """The chart with an age marked; beyond its end words, and what to ask."""
    months, words = age.effective, content.ages.words if content.ages else None
    halves, told = halves_of(months), html.escape(said(age, words), quote=False) if words else ""
    if halves > halves_of(chart.until):
        return Reply("text", filled_in(chart.texts.beyond, {"age": told}), (*_months(chart), menu_row(content)))
    groups = (
        (chart.texts.within, [each for each in chart.windows if each.start <= months <= each.end]),
        (chart.texts.before, [each for each in chart.windows if months < each.start]),
        (chart.texts.after, [each for each in chart.windows if months > each.end]),
    )
    lines = "\n".join(filled_in(text, {"windows": _named(chart, found)}) for text, found in groups if found)
    text = filled_in(chart.texts.caption, {"age": told[:1].upper() + told[1:], "groups": lines})
    again = Button(chart.texts.again, OpenChart().data())
    picture = _picture(content, chart_name(halves))  # where it is not made its words stand alone
    return Reply("picture" if picture else "text", text, ((again, *menu_row(content)),), picture=picture)


def _picture(content: Content, name: str) -> Picture | None:
    """A picture that is made."""
    return Picture(name, str(content.pictures[name])) if name in content.pictures else None


def _named(chart: MilestoneChart, windows: Iterable[MilestoneWindow]) -> str:
    named = "; ".join(
        filled_in(chart.texts.window, {"name": each.says, "from": f"{each.start:g}", "to": f"{each.end:g}"})
        for each in windows
    )
    return html.escape(named, quote=False)


def _months(chart: MilestoneChart) -> Rows:
    buttons = [
        Button(chart.texts.button.replace("{number}", str(months)), OpenChart(months * HALVES).data())
        for months in chart.asked
    ]
    return in_rows(buttons, MONTHS_A_ROW)
