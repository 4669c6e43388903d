"""Logging that tells what failed: never a token, never what a person wrote."""

import logging
import warnings

# Loggers that would print addresses with the token in them, or whole updates.
TALKATIVE = (
    "httpx",
    "httpcore",
    "telegram",
    "apscheduler",
    "asyncio",
    "tornado.access",
    "aiosqlite",
    "alembic",
)
HIDDEN = "<token>"


class WithoutToken(logging.Formatter):
    """A formatter that no token gets past, whoever logs it, tracebacks included."""

    def __init__(self, token: str | None) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._token = token

    def format(self, record: logging.LogRecord) -> str:
        text = super().format(record)
        return text.replace(self._token, HIDDEN) if self._token else text


def set_up_logging(level: str, token: str | None = None) -> None:
    handler = logging.StreamHandler()
    handler.setFormatter(WithoutToken(token))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in TALKATIVE:
        # At DEBUG these would print updates, and with them messages: no setting may turn that on.
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLevelName(level)))
    warnings.filterwarnings("ignore", message=".*retry_after")  # python-telegram-bot's, of its own use of it
    logging.getLogger("telegram").setLevel(logging.CRITICAL)  # its failures reach us as exceptions
