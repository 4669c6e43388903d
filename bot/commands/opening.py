"""Opening what a command needs, with clear words and the right exit code when it can't be had."""

import sys
from pathlib import Path
from typing import NoReturn

from bot.content import Content, ContentError, load_content
from bot.language import Understanding
from bot.model import understand
from bot.settings import Settings, SettingsError, read_settings

DATA = Path("data")  # what the bot keeps: the database, the secret, the fitted model
SHIPPED = Path("model")  # the fitted model that an image brings along; only read


def say(text: str) -> None:
    """A line for the person at the keyboard; standard output stays clean for what a command prints."""
    sys.stderr.write(text + "\n")


def give_up(text: str) -> NoReturn:
    say(text)
    raise SystemExit(1)


def open_settings(**given: object) -> Settings:
    try:
        return read_settings(**given)
    except SettingsError as error:
        give_up(f"The settings (environment or .env) need mending:\n{error}")


def open_content(folder: Path) -> Content:
    if not folder.is_dir():
        give_up(f"{folder}: there is no such folder. CONTENT_DIR should name one that holds faq.yaml")
    try:
        return load_content(folder)
    except ContentError as error:
        number = len(error.mistakes)
        total = "1 mistake. Mend it" if number == 1 else f"{number} mistakes. Mend them"
        give_up(f"{error}\n\n{total} and try again.")


def open_understanding(content: Content) -> Understanding:
    return understand(
        content,
        DATA,
        lambda: say("Learning the content: some twenty seconds, once after each change..."),
        shipped=SHIPPED,
    )
