"""Our bot beside a plain python-telegram-bot one, under the same load."""

import json
import platform
import random
import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.contestants import answers_of
from benchmarks.load.figures import Figures
from benchmarks.load.rounds import BACKLOG, PRESSES, RATE, Load, measure
from bot.commands.opening import DATA, give_up, open_pack, open_settings, open_understanding, say
from bot.content import Content

NO_FIGURE = "-"
SEED = 2024


def load(folder: Path | None, seconds: float, as_json: bool) -> None:
    folder = folder or open_settings().content_dir
    content = open_pack(folder).content
    open_understanding(content)  # learnt now, so that no bot has to while it is measured
    try:
        found = measure(Load(texts_of(content), seconds, folder, DATA), say)
    except (OSError, TimeoutError) as error:
        give_up(f"The load could not be measured: {error}")
    if as_json:
        machine = {"python": platform.python_version(), "processor": platform.machine()}
        body = {"machine": machine, "seconds": seconds, "bots": [each.to_json() for each in found]}
        sys.stdout.write(json.dumps(body, indent=2) + "\n")
        return
    console = Console(highlight=False)
    console.print(_table(found))
    console.print(
        f"Backlog: {BACKLOG} waiting questions, no limit on either bot. Waits: from when a question was due, "
        f"at {RATE:g} a second for {seconds:g} s, whether or not the bot keeps up. {PRESSES} presses. Calls: "
        "of the Bot API, asking for updates aside. Telegram busy: the pretended one, while the backlog is "
        "worked off; near 100 % it is the limit, not the bot."
    )


def texts_of(content: Content) -> tuple[str, ...]:
    """What parents type about the entries, well mixed."""
    texts = [text for text, answer in answers_of(content).items() if answer in content.by_id]
    return tuple(random.Random(SEED).sample(texts, len(texts)))  # noqa: S311 - the same order every time


def _table(found: tuple[Figures, ...]) -> Table:
    table = Table(title=f"Under load, {found[0].rounds} rounds each")
    table.add_column("")
    for each in found:
        table.add_column(each.name, justify="right")
    rows = [
        ("replies a second, working off a backlog", [f"{each.drained:.0f}" for each in found]),
        *((f"wait {name}, ms", [f"{each.latency[name]:.0f}" for each in found]) for name in found[0].latency),
        ("processor ms a reply, backlog", [_number(each.cpu_drained, 1) for each in found]),
        (f"processor ms a reply, {RATE:g} a second", [_number(each.cpu_at_rate, 1) for each in found]),
        ("memory MB, now", [_number(each.resident) for each in found]),
        ("memory MB, at most", [_number(each.peak) for each in found]),
        ("calls a reply", [f"{each.calls_a_reply:.2f}" for each in found]),
        ("calls a press", [_number(each.calls_a_press, 2) for each in found]),
        ("not answered", [str(each.unanswered) for each in found]),
        ("Telegram busy, %", [_number(_percent(each.telegram_busy)) for each in found]),
    ]
    for name, cells in rows:
        table.add_row(name, *cells)
    return table


def _number(value: float | None, places: int = 0) -> str:
    return NO_FIGURE if value is None else f"{value:.{places}f}"


def _percent(share: float | None) -> float | None:
    return None if share is None else 100 * share
