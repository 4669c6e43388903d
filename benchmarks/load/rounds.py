"""The load itself: both bots in turn, each round with a Telegram of its own."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.load.figures import Figures, Round, Stretch, combine, round_of
from benchmarks.load.orders import Ask, Orders
from benchmarks.load.processes import addresses, cpu, memory, running

RATE = 30.0  # questions a second: what Telegram lets one bot answer
BACKLOG = 1000  # questions that wait when the bot begins to work them off
PEOPLE = 1000  # one question each in the backlog: what one person gets a second is limited too
PRESSES = 100
ROUNDS = 2
# Our bot holds Telegram's limit by itself; the plain one does not. Here nobody does.
UNLIMITED = "1000"
OURS, ECHO = "ours", "echo bot"

Say = Callable[[str], None]


@dataclass(frozen=True)
class Load:
    """What is asked: different wordings, in turn; how long; and where what was learnt is kept."""

    texts: Sequence[str]
    seconds: float
    content: Path
    data: Path
    backlog: int = BACKLOG
    people: int = PEOPLE
    presses: int = PRESSES
    rounds: int = ROUNDS


@dataclass(frozen=True)
class Scene:
    """A bot that runs against a Telegram of its own."""

    orders: Orders
    telegram: int
    bot: int


def measure(load: Load, say: Say) -> tuple[Figures, ...]:
    """All rounds, the bots in turn, so that a busy machine is busy for both."""
    rounds: dict[str, list[Round]] = {OURS: [], ECHO: []}
    for number in range(load.rounds):
        for name, found in rounds.items():
            say(f"{name}, round {number + 1} of {load.rounds}...")
            with scene(name, load) as here:
                found.append(_round(here, load, has_buttons=name == OURS))
    return tuple(combine(name, found) for name, found in rounds.items())


@contextmanager
def scene(name: str, load: Load) -> Iterator[Scene]:
    """Telegram, and a bot that has begun to ask it for updates."""
    package = {"PYTHONPATH": str(Path(__file__).parents[2])}
    with TemporaryDirectory() as folder, running(["benchmarks.telegram"], Path(folder), package) as telegram:
        found = addresses(telegram)
        module, environment = _bot(name, found, load, Path(folder))
        with running(module, Path(folder), {**package, **environment}) as bot:
            orders = Orders(found["control"])
            try:
                orders.until(lambda state: state["polls"] > 0 or bot.poll() is not None)
                if bot.poll() is not None:
                    raise OSError(f"{name} did not start")
                yield Scene(orders, telegram.pid, bot.pid)
            finally:
                orders.close()


def _bot(name: str, found: Mapping[str, str], load: Load, folder: Path) -> tuple[Sequence[str], dict[str, str]]:
    """The module to run and its environment."""
    if name == ECHO:
        return ("benchmarks.load.echo", found["token"], found["api"]), {}
    (folder / "data").mkdir()
    for model in load.data.glob("learnt-*.npz"):  # learnt already
        (folder / "data" / model.name).symlink_to(model.resolve())
    return ("bot", "run"), {
        "TELEGRAM_BOT_TOKEN": found["token"],
        "TELEGRAM_API_URL": found["api"],
        "CONTENT_DIR": str(load.content.resolve()),
        "DATABASE_URL": "",
        "MESSAGES_PER_SECOND": UNLIMITED,
        "METRICS_PORT": "0",
        "WEBHOOK_URL": "",
        "LOG_LEVEL": "WARNING",
    }


def _round(here: Scene, load: Load, has_buttons: bool) -> Round:
    orders, people = here.orders, here.orders.people(load.people)
    texts = cycle(load.texts)

    def asks(count: int) -> list[Ask]:
        return list(zip(islice(cycle(people), count), texts, strict=False))

    orders.ask(asks(load.people))  # everybody's first message brings the greeting too: not measured
    orders.settled()
    drain = _stretch(here, lambda: orders.ask(asks(load.backlog)))
    steady = _stretch(here, lambda: orders.stream(asks(int(RATE * load.seconds)), RATE))
    presses = None
    if has_buttons:
        buttons = [(person, "") for person in people[: load.presses]]
        presses = _stretch(here, lambda: orders.stream(buttons, RATE, presses=True))
    return round_of(drain, steady, presses, memory(here.bot))


def _stretch(here: Scene, begin: Callable[[], None]) -> Stretch:
    state, start = here.orders.state(), time.monotonic()
    before = cpu(here.bot), cpu(here.telegram)
    begin()
    here.orders.settled()
    spent = time.monotonic() - start
    after = cpu(here.bot), cpu(here.telegram)
    bot, telegram = (
        None if now is None or then is None else now - then for now, then in zip(after, before, strict=True)
    )
    asked, called = here.orders.lines(state)
    return Stretch(asked, called, bot, telegram, spent)
