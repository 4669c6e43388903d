"""Opening what a command needs, with clear words and the right exit code when it can't be had."""

import io
import sys
import time
from pathlib import Path
from typing import NoReturn

from bot.content import Content, ContentError, Loaded, Mistake, load
from bot.language import Understanding
from bot.model import understand
from bot.settings import Settings, SettingsError, read_settings

LEARNING = "Learning the content: some twenty seconds, once after each change..."
DATA = Path("data")  # what the bot keeps: the database, the secret, the fitted model
SHIPPED = Path("model")  # the fitted model that an image brings along; only read


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


def open_settings(**given: object) -> Settings:
    try:
        return read_settings(**given)
    except SettingsError as error:
        give_up(f"The settings (environment or .env) need mending:\n{error}")


def open_content(folder: Path) -> Content:
    return open_pack(folder).content


def open_pack(folder: Path) -> Loaded:
    """A content folder with what its author should look at."""
    if not folder.is_dir():
        give_up(f"{folder.absolute()}: there is no such folder. CONTENT_DIR should name one that holds faq.yaml")
    try:
        return load(folder)
    except ContentError as error:
        give_up_on(error.mistakes)


def open_understanding(content: Content, live: bool = False) -> Understanding:
    """The understanding of a pack; a `live` one is ready for parents, and limited in processor time."""
    clock = time.thread_time if live else None
    return understand(content, DATA, lambda: say(LEARNING), clock, SHIPPED)
