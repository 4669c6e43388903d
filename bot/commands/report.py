"""`report`: how the bot was used, as tables, JSON, CSV or a picture."""

import csv
import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TextIO

from bot.commands.opening import give_up, make_robust, open_settings, say
from bot.commands.usage_tables import print_usage
from bot.evaluation.usage import COLUMNS, Usage, last_days
from bot.store import StoreError
from bot.store.reading import read_counted

STANDARD_OUTPUT = "-"
NOTHING = "Nothing was counted yet."
NOTHING_LATELY = "Nothing was counted in the last {days} days."
NO_MATPLOTLIB = (
    "A picture needs matplotlib: pip install 'crawling-bot[report]', or '.[report]' in the project's folder."
)


def report(days: int, as_json: bool, table: str | None, picture: Path | None) -> None:
    settings = open_settings()
    make_robust()
    try:
        counted = read_counted(settings.database_url, days)
    except StoreError as error:
        give_up(str(error))
    usage = last_days(counted, days) if counted else Usage()
    if counted is None or counted.is_empty:
        say(NOTHING)
    elif not usage.days:
        say(NOTHING_LATELY.format(days=days))
    if picture is not None:
        _draw(usage, picture)
    if table is not None:
        _write_table(usage, table)
    if as_json:
        sys.stdout.write(json.dumps(usage.to_json(), indent=2) + "\n")
    elif table is None and picture is None and counted is not None and not counted.is_empty:
        print_usage(usage, days)


def _write_table(usage: Usage, place: str) -> None:
    rows = [each.more_to_json() for each in usage.days]
    if place == STANDARD_OUTPUT:
        _write_rows(rows, sys.stdout)
        return
    try:
        with open(place, "w", encoding="utf-8", newline="") as file:
            _write_rows(rows, file)
    except OSError as error:
        give_up(f"{place}: can't be written ({error.strerror})")


def _write_rows(rows: Iterable[Mapping[str, object]], file: TextIO) -> None:
    writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)


def _draw(usage: Usage, path: Path) -> None:
    if not usage.days:
        return
    try:
        from bot.commands.usage_picture import draw
    except ImportError:
        give_up(NO_MATPLOTLIB)
    try:
        draw(usage, path)
    except OSError as error:
        give_up(f"{path}: can't be written ({error.strerror})")
