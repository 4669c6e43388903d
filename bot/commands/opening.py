"""Opening what a command needs, with clear words and the right exit code when it can't be had."""

import asyncio
import io
import json
import logging
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NoReturn

from rich.console import Console
from rich.progress import Progress as Bar

from bot.content import Content, ContentError, Loaded, Mistake, load
from bot.content.loader import load_learnt
from bot.operation.abroad_store import understanding_of
from bot.operation.model_store import is_learnt, kept_model, learn_and_keep, older_model
from bot.settings import Settings, SettingsError, read_settings
from bot.understanding import Understanding
from bot.understanding.encoder import EncoderError
from bot.understanding.learning import Model, Progress

log = logging.getLogger(__name__)

LEARNING = "Learning the content, once after each change"
DATA = Path("data")  # what the bot keeps: the database, the secret, what is learnt


def say(text: str) -> None:
    """A line for the person at the keyboard; standard output stays clean for what a command prints."""
    sys.stderr.write(text + "\n")


def make_robust() -> None:
    """Standard input and output as they may come: closed, in another encoding, or with signs they can't show."""
    if sys.stdin is None:
        sys.stdin = io.StringIO()  # nothing is typed
    elif isinstance(sys.stdin, io.TextIOWrapper):
        # A line is what stands before a line feed, whatever else is in it.
        sys.stdin.reconfigure(encoding="utf-8", errors="replace", newline="\n")
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")


def give_up(text: str) -> NoReturn:
    say(text)
    raise SystemExit(1)


def give_up_on(mistakes: tuple[Mistake, ...]) -> NoReturn:
    them = "it" if len(mistakes) == 1 else "them"
    said = "\n".join(map(str, mistakes))
    give_up(f"{said}\n\n{counted(len(mistakes), 'mistake')}. Mend {them} and try again.")


def counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def stop_on_signals() -> asyncio.Event:
    """An event that Ctrl-C and SIGTERM set, on any system."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for each in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(each, stop.set)
        except NotImplementedError:  # Windows
            signal.signal(each, lambda *_: loop.call_soon_threadsafe(stop.set))
    return stop


def open_settings(**given: object) -> Settings:
    try:
        return read_settings(**given)
    except SettingsError as error:
        give_up(f"The settings (environment or .env) need mending:\n{error}")


def open_content(folder: Path) -> Content:
    """A content folder, in a fraction of the time where it was learnt as it stands."""
    try:
        if folder.is_dir() and is_learnt(folder, DATA):
            return load_learnt(folder)
    except (ContentError, EncoderError) as error:
        log.debug("the content is read anew: %s", type(error).__name__)
    return open_pack(folder).content


def open_pack(folder: Path) -> Loaded:
    """A content folder with what its author should look at."""
    if not folder.is_dir():
        give_up(
            f"{folder.absolute()}: there is no such folder. CONTENT_DIR should name one with entries/ or faq.yaml in it"
        )
    try:
        return load(folder)
    except ContentError as error:
        give_up_on(error.mistakes)


def open_understanding(content: Content, folder: Path | None = None) -> Understanding:
    """The understanding of a pack (in a folder); what is not learnt yet is learnt now, with a progress bar."""
    try:
        found = kept_model(content, DATA)
        return understanding_of(content, found or learn_content(content, folder))
    except EncoderError as error:
        give_up(str(error))


def open_soon(content: Content, folder: Path) -> tuple[Understanding, bool]:
    """The understanding of a pack without learning it, and whether that was learnt from the pack as it is now.

    What was learnt from an earlier state of it answers until the present one is learnt; where there is neither, it is
    learnt now.
    """
    model, is_current = open_model(content, folder)
    return understanding_of(content, model), is_current


def open_model(content: Content, folder: Path) -> tuple[Model, bool]:
    """What such an understanding knows, and whether that was learnt from the pack as it is now."""
    try:
        found = kept_model(content, DATA)
        older = None if found else older_model(content, DATA)
        return found or older or learn_content(content, folder), older is None
    except EncoderError as error:
        give_up(str(error))


@contextmanager
def progress_bar(what: str, total: int) -> Iterator[Callable[[int], None]]:
    """A progress bar on standard error, and what moves it on by so many steps."""
    with Bar(console=Console(stderr=True)) as bar:
        task = bar.add_task(what, total=total)
        yield lambda number: bar.advance(task, number)


def read_json(path: Path) -> dict[str, Any]:
    """An object that was kept; an empty one where there is none, or none that can be read."""
    found: Any = {}
    with suppress(OSError, ValueError):
        found = json.loads(path.read_text(encoding="utf-8"))
    return found if isinstance(found, dict) else {}


def write_json(path: Path, what: Mapping[str, Any]) -> None:
    """Keep an object, if that can be."""
    with suppress(OSError):
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(what), encoding="utf-8")


@contextmanager
def progress_of(what: str) -> Iterator[Progress]:
    """A progress bar on standard error, and what tells it the steps done and those there are."""
    with Bar(console=Console(stderr=True)) as bar:
        task = bar.add_task(what)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def learn_content(content: Content, folder: Path | None = None) -> Model:
    """Learn a pack, with a progress bar on standard error, and keep what was learnt."""
    with progress_of(LEARNING) as progress:
        return learn_and_keep(content, DATA, progress, folder)
