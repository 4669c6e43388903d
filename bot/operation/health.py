"""How the bot is, for whoever watches over it: /healthz, /readyz and /metrics."""

import logging
from collections.abc import Awaitable, Callable, Mapping

from aiohttp import web

from bot.delivery.metrics import Metrics
from bot.serving import Server, discreet

log = logging.getLogger(__name__)

LATELY = 90.0  # seconds; polling reaches Telegram every thirty, the webhook's watch every sixty
Checks = Mapping[str, Callable[[], Awaitable[bool]]]


class Health:
    """A small server beside the bot. That it can't listen is no reason not to answer parents."""

    def __init__(self, host: str, port: int, metrics: Metrics, checks: Checks) -> None:
        self._where = f"METRICS_HOST {host} and METRICS_PORT {port}"
        self._metrics = metrics
        self._checks = checks
        routes = web.Application(middlewares=[discreet])
        routes.add_routes(
            [web.get("/healthz", _alive), web.get("/readyz", self._ready), web.get("/metrics", self._figures)]
        )
        self._server = Server(routes, host, port)

    @property
    def port(self) -> int:
        """The real one, once it listens."""
        return self._server.port

    async def start(self) -> None:
        """Listen; port 0 takes a free one."""
        try:
            await self._server.start()
        except OSError as error:
            log.error("%s can't be listened on: %s. Parents are answered all the same", self._where, error.strerror)

    async def stop(self) -> None:
        await self._server.stop()

    async def _ready(self, _: web.Request) -> web.Response:
        """Whether parents get good answers just now, and what is missing if not."""
        missing = [name for name, holds in self._checks.items() if not await holds()]
        return web.json_response({"ready": not missing, "not_ready": missing}, status=503 if missing else 200)

    async def _figures(self, _: web.Request) -> web.Response:
        """Figures for Prometheus."""
        kind = {"Content-Type": "text/plain; version=0.0.4; charset=utf-8"}
        return web.Response(body=self._metrics.page(), headers=kind)


async def _alive(_: web.Request) -> web.Response:
    """That it answers at all is the answer."""
    return web.Response(text="ok\n")
