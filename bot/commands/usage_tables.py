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
        console.print(f"Questions by hour of the day (UTC), 0 to 23:  |{_bars(usage.hours)}|  most: {max(usage.hours)}")
    if usage.undated:
        console.print(f"{usage.undated} votes are of no known day: from before days were kept, or over two years old.")
    if usage.earlier:
        numbers = ", ".join(f"{name} {number}" for name, number in usage.earlier.items())
        console.print(f"Counted before days were kept: {numbers}", soft_wrap=True)


def _tables(usage: Usage, days: int) -> Iterable[Table]:
    yield _periods("week from", f"By week, the last {days} days", usage.weeks, PEOPLE)
    yield _periods("day", "By day (UTC)", usage.days)
    yield _signs(usage)
    yield _entries(usage)
    yield _pairs(usage)


def _periods(first: str, title: str, periods: Iterable[Period], caption: str | None = None) -> Table:
    table = _table(
        title, caption, first, "people", "questions", "answered", "offered", "unknown", "danger", "not meant",
        "none of these", "helpful", "not",
    )  # fmt: skip
    for each in periods:
        shares = [_share(each, kind) for kind in ("answer", "choices", "unknown", "danger")]
        taps = (each.not_meant, each.none_of_these, each.helpful, each.unhelpful)
        table.add_row(each.day.isoformat(), str(each.people), str(each.questions), *shares, *map(str, taps))
    return table


def _share(period: Period, kind: str) -> str:
    percent = period.share(kind).percent
    return f"{period.number(kind)}" if percent is None else f"{period.number(kind)} ({percent:.0f} %)"


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
        '"Which of these": the two likeliest', None, "one", "other", "offered", "one tapped", "other tapped",
        "a further one", "none of these",
    )  # fmt: skip
    for each in usage.pairs:
        taps = (each.offered, each.first, each.second, each.other, each.none)
        table.add_row(*each.pair, *map(str, taps))
    return table


def _table(title: str, caption: str | None, *columns: str) -> Table:
    table = Table(title=title, caption=caption, title_justify="left", caption_justify="left")
    for column in columns:
        is_name = column in ("day", "week from", "sign", "entry", "one", "other")
        table.add_column(column, justify="left" if is_name else "right", no_wrap=is_name)
    return table


def _bars(numbers: tuple[int, ...]) -> str:
    """A bar a number, the highest for the largest."""
    top = max(numbers)
    return "".join(BARS[-(-number * (len(BARS) - 1) // top)] for number in numbers)
