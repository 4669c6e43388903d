"""How the bot is, for whoever watches over it: /healthz, /readyz and /metrics."""

import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application

from bot.telegram.inbox import UNAVAILABLE, Nothing, Quiet
from bot.telegram.metrics import Metrics

log = logging.getLogger(__name__)

LATELY = 90.0  # seconds; polling reaches Telegram every thirty, the webhook's watch every sixty
Checks = Mapping[str, Callable[[], Awaitable[bool]]]


class AliveHandler(Quiet):
    """That it answers at all is the answer."""

    async def get(self) -> None:
        self.set_header("Content-Type", "text/plain")
        self.finish("ok\n")


class ReadyHandler(Quiet):
    """Whether parents get good answers just now, and what is missing if not."""

    def initialize(self, checks: Checks) -> None:
        self._checks = checks

    async def get(self) -> None:
        missing = [name for name, holds in self._checks.items() if not await holds()]
        if missing:
            self.set_status(UNAVAILABLE)
        self.set_header("Content-Type", "application/json")
        self.finish(json.dumps({"ready": not missing, "not_ready": missing}) + "\n")


class MetricsHandler(Quiet):
    """Figures for Prometheus."""

    def initialize(self, metrics: Metrics) -> None:
        self._metrics = metrics

    async def get(self) -> None:
        self.set_header("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
        self.finish(self._metrics.page())


class Health:
    """A small server beside the bot. That it can't listen is no reason not to answer parents."""

    def __init__(self, host: str, port: int, metrics: Metrics, checks: Checks) -> None:
        self._host = host
        self.port = port
        routes: list[Any] = [
            ("/healthz", AliveHandler),
            ("/readyz", ReadyHandler, {"checks": checks}),
            ("/metrics", MetricsHandler, {"metrics": metrics}),
        ]
        application = Application(routes, default_handler_class=Nothing, log_function=lambda _: None)
        self._server = HTTPServer(application)

    def start(self) -> None:
        """Listen; port 0 takes a free one."""
        try:
            sockets = bind_sockets(self.port, self._host)
        except OSError as error:
            where = f"METRICS_HOST {self._host} and METRICS_PORT {self.port}"
            log.error("%s can't be listened on: %s. Parents are answered all the same", where, error.strerror)
            return
        self.port = sockets[0].getsockname()[1]
        self._server.add_sockets(sockets)

    async def stop(self) -> None:
        self._server.stop()
        await self._server.close_all_connections()
