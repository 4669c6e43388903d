"""Logging that tells what failed: never a secret, never what a person wrote, one record a line."""

import logging
import re
import warnings
from collections.abc import Iterator
from urllib.parse import unquote

from pydantic import BaseModel, SecretStr

from bot.settings import Settings

# Loggers that would print addresses with the token in them, or whole updates.
TALKATIVE = (
    "httpx",
    "httpcore",
    "telegram",
    "apscheduler",
    "asyncio",
    "aiosqlite",
    "alembic",
)
PASSWORD = re.compile(r"(?<=://)[^:/@]*:([^@]*)@|[?&]password=([^&]*)")  # in a database's address
HIDDEN = "<secret>"
SHORTEST = 4  # characters; a shorter secret would blot out words, and is none
MARGIN = "  | "  # before each line of a traceback: nothing in one can pass for a record of its own


class WithoutSecrets(logging.Formatter):
    """A formatter that no secret gets past, whoever logs it, and no sign that moves a terminal's cursor."""

    def __init__(self, *secrets: str) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        # The longest first: one may hold another.
        known = {each for each in secrets if len(each) >= SHORTEST}
        self._secrets = sorted(known, key=len, reverse=True)

    def format(self, record: logging.LogRecord) -> str:
        record.exc_text = None  # what another handler's formatter made of it is not ours
        text = super().format(record)
        for secret in self._secrets:
            text = text.replace(secret, HIDDEN)
        return text

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the library's name
        return visible(super().formatMessage(record))

    def formatException(self, ei: object) -> str:  # noqa: N802 - the library's name
        lines = super().formatException(ei).split("\n")  # type: ignore[arg-type]  # its own kind of tuple
        return "\n".join(MARGIN + visible(line) for line in lines)

    def formatStack(self, stack_info: str) -> str:  # noqa: N802 - the library's name
        return "\n".join(MARGIN + visible(line) for line in stack_info.split("\n"))


def visible(text: str) -> str:
    r"""The text with every sign that can't be seen written out: a line feed becomes `\n`."""
    if text.isprintable():
        return text
    return "".join(each if each.isprintable() else each.encode("unicode_escape").decode("ascii") for each in text)


def set_up_logging(settings: Settings) -> None:
    level = settings.log_level
    handler = logging.StreamHandler()
    handler.setFormatter(WithoutSecrets(*secrets_of(settings)))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in TALKATIVE:
        # At DEBUG these would print updates, and with them messages: no setting may turn that on.
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLevelName(level)))
    warnings.filterwarnings("ignore", message=".*retry_after")  # python-telegram-bot's, of its own use of it
    logging.getLogger("telegram").setLevel(logging.CRITICAL)  # its failures reach us as exceptions


def secrets_of(settings: BaseModel) -> tuple[str, ...]:
    """Every value to be hidden, the longest first: secrets, a token's second half, passwords in addresses."""
    return tuple(sorted(set(filter(None, _secrets(settings))), key=len, reverse=True))


def _secrets(settings: BaseModel) -> Iterator[str]:
    for name in type(settings).model_fields:
        value = getattr(settings, name)
        if isinstance(value, SecretStr):
            yield value.get_secret_value()
            yield value.get_secret_value().partition(":")[2]
        elif isinstance(value, str):
            for found in PASSWORD.findall(value):
                yield from (each for password in found for each in (password, unquote(password)))
