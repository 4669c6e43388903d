"""How the bot was used, as tables for a terminal."""

from collections.abc import Iterable

from rich.console import Console
from rich.table import Table

from bot.content.danger import LEVELS
from bot.evaluation.usage import Period, Usage

BARS = " ▁▂▃▄▅▆▇█"
UNKNOWN_SIGN = "(an older button)"
PEOPLE = "People are different ones, told from a sketch within some 2 %; the running week is not over."
INTERVAL = "Helpful, 19 times in 20: where the true share lies. Two taps prove little."


def print_usage(usage: Usage, days: int) -> None:
    console = Console(highlight=False)
    for table in _tables(usage, days):
        if table.row_count:
            console.print(table)
    if any(usage.hours):
        console.print("Questions by hour of the day (UTC), from 0 to 23")
        console.print(f"|{_bars(usage.hours)}|  most: {max(usage.hours)}")
    if usage.undated:
        console.print(f"{usage.undated} votes are of no known day: from before days were kept, or over two years old.")
    if usage.earlier:
        numbers = ", ".join(f"{name} {number}" for name, number in usage.earlier.items())
        console.print(f"Counted before days were kept: {numbers}", soft_wrap=True)


def _tables(usage: Usage, days: int) -> Iterable[Table]:
    yield _periods("week from", f"By week, the last {days} days", usage.weeks, PEOPLE)
    yield _periods("day", "By day (UTC)", usage.days)
    yield _taps(usage)
    yield _signs(usage)
    yield _entries(usage)
    yield _pairs(usage)


def _periods(first: str, title: str, periods: Iterable[Period], caption: str | None = None) -> Table:
    table = _table(title, caption, first, "people", "questions", "answered", "offered", "unknown", "danger")
    for each in periods:
        shares = [_share(each, kind) for kind in ("answer", "choices", "unknown")]
        danger = f"{each.number('danger')} ({_share(each, 'danger')})" if each.number("danger") else "0"
        table.add_row(each.day.isoformat(), str(each.people), str(each.questions), *shares, danger)
    return table


def _share(period: Period, kind: str) -> str:
    percent = period.share(kind).percent
    return "-" if percent is None else f"{percent:.0f} %"


def _taps(usage: Usage) -> Table:
    table = _table("Taps by week", None, "week from", "helpful", "not helpful", "none of these", "not meant")
    for each in usage.weeks:
        taps = (each.helpful, each.unhelpful, each.none_of_these, each.not_meant)
        table.add_row(each.day.isoformat(), *map(str, taps))
    return table


def _signs(usage: Usage) -> Table:
    table = _table("Danger replies by sign", None, "sign", *LEVELS, "not meant")
    for each in usage.signs:
        name = each.sign if each.sign != "-" else UNKNOWN_SIGN
        table.add_row(name, *(str(each.levels.get(level, 0)) for level in LEVELS), str(each.not_meant))
    return table


def _entries(usage: Usage) -> Table:
    table = _table("Answers", INTERVAL, "entry", "shown", "helpful", "not", "helpful, from", "to")
    for each in usage.entries:
        margin = [f"{100 * share:.0f} %" for share in each.margin] if each.helpful + each.unhelpful else ["-", "-"]
        table.add_row(each.entry, str(each.shown), str(each.helpful), str(each.unhelpful), *margin)
    return table


def _pairs(usage: Usage) -> Table:
    table = _table(
        '"Which of these": the two likeliest, and what was tapped', None,
        "one", "other", "offered", "one", "other", "third", "none",
    )  # fmt: skip
    for each in usage.pairs:
        taps = (each.offered, each.first, each.second, each.other, each.none)
        table.add_row(*each.pair, *map(str, taps))
    return table


def _table(title: str, caption: str | None, *columns: str) -> Table:
    table = Table(title=title, caption=caption, title_justify="left", caption_justify="left")
    for place, column in enumerate(columns):
        is_name = place == 0 or (column == "other" and place == 1)
        table.add_column(column, justify="left" if is_name else "right", no_wrap=is_name)
    return table


def _bars(numbers: tuple[int, ...]) -> str:
    """A bar a number, the highest for the largest."""
    top = max(numbers)
    return "".join(BARS[-(-number * (len(BARS) - 1) // top)] for number in numbers)
