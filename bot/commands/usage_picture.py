"""How the bot was used, as a picture: questions by day, and by hour of the day. Needs the extra `report`."""

from pathlib import Path

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from bot.evaluation.usage import Usage
from bot.replies.tally import QUESTION_KINDS

SIZE = (10, 7)  # inches
DOTS = 120  # an inch
MOST_LABELS = 14  # days named below the bars; more would run into one another
COLOURS = {
    "answer": "#4c9f70", "choices": "#e0b94f", "unknown": "#9aa3ad", "smalltalk": "#7fb2d9", "danger": "#c8443c",
}  # fmt: skip


def draw(usage: Usage, path: Path) -> None:
    """Write a PNG. Raises OSError."""
    figure = Figure(figsize=SIZE, layout="constrained")
    FigureCanvasAgg(figure)  # no window, on any machine
    by_day, by_hour = figure.subplots(2, 1, height_ratios=(2, 1))
    places = range(len(usage.days))
    below = [0] * len(usage.days)
    for kind in QUESTION_KINDS:
        numbers = [each.number(kind) for each in usage.days]
        by_day.bar(places, numbers, bottom=below, label=kind, color=COLOURS[kind])
        below = [low + number for low, number in zip(below, numbers, strict=True)]
    step = max(1, -(-len(usage.days) // MOST_LABELS))
    by_day.set_xticks(list(places)[::step], [each.day.strftime("%d.%m.") for each in usage.days][::step])
    by_day.set_title("Questions by day (UTC), by what they got")
    by_day.legend()
    by_hour.bar(range(len(usage.hours)), usage.hours, color=COLOURS["smalltalk"])
    by_hour.set_title("Questions by hour of the day (UTC)")
    figure.savefig(path, dpi=DOTS, format="png")
