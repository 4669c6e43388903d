"""How the running bot is: what /status tells, and what makes it ready."""

import asyncio
import html
import importlib.metadata
from collections.abc import Mapping

from bot.operation.health import LATELY, Checks
from bot.operation.reload import Reloader
from bot.telegram.application import Application
from bot.telegram.live import UpdateSource

PACKAGE = "crawling-bot"
SHOWN = 1000  # characters of a reload's error
MINUTE, HOUR, DAY = 60, 3600, 86400


class Status:
    """Reads the parts of a running bot; `mode` is where its updates come from."""

    def __init__(self, application: Application, source: UpdateSource, reloader: Reloader, mode: str) -> None:
        self._application = application
        self._source = source
        self._reloader = reloader
        self._mode = mode
        self._started = _now()

    @property
    def checks(self) -> Checks:
        """What must hold for the bot to be ready, beside the content: without that nothing listens."""
        return {
            "store": self._application.monitor.answers,
            "telegram": self._has_reached_telegram,
        }

    def told(self) -> Mapping[str, str]:
        """The values in the content's `status` text."""
        metrics = self._application.metrics
        return {
            "version": version(),
            "content": self._reloader.digest,
            "mode": self._mode,
            "uptime": _duration(int(_now() - self._started)),
            "answered": str(metrics.answered),
            "dropped": str(metrics.dropped),
            "store": "up" if self._application.monitor.works else "down",
            "reloads": str(self._reloader.taken),
            "reload": html.escape(self._reloader.error[:SHOWN], quote=False) or "-",
        }

    async def _has_reached_telegram(self) -> bool:
        return _now() - max(self._application.caller.reached_at, self._source.reached_at) < LATELY


def version() -> str:
    try:
        return importlib.metadata.version(PACKAGE)
    except importlib.metadata.PackageNotFoundError:
        return "-"  # run from a folder that is not installed


def _duration(seconds: int) -> str:
    return f"{seconds // DAY} d {seconds % DAY // HOUR} h {seconds % HOUR // MINUTE} min"


def _now() -> float:
    return asyncio.get_running_loop().time()
