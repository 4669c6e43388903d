"""The HTTP skin: the pretend Bot API and the chat page, on this machine only."""

from __future__ import annotations

import errno
import socket
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, StaticFileHandler

from bot.preview.guard import check_loopback
from bot.preview.handlers import Address, BotApiHandler, Guarded
from bot.preview.page_api import ActHandler, Explain, PeopleHandler, StateHandler, WhyHandler
from bot.preview.server import PretendTelegram
from bot.preview.visitors import Visitors

PAGE = Path(__file__).with_name("page")
BODY_BYTES = 10 * 1024 * 1024  # Far more than any text; files are thrown away anyway.


@dataclass(frozen=True)
class Served:
    """A preview that runs: open ``url``, give ``api_url`` to the bot, await ``stop()`` at the end."""

    host: str
    port: int
    stop: Callable[[], Awaitable[None]]

    @property
    def url(self) -> str:
        """The chat page."""
        name = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{name}:{self.port}/"

    @property
    def api_url(self) -> str:
        """What python-telegram-bot calls the base URL."""
        return f"{self.url}bot"


class PageFileHandler(Guarded, StaticFileHandler):
    """The page's files, behind the same guard."""

    def initialize(  # type: ignore[override]  # tornado passes what the route gives: one thing more
        self, path: str, default_filename: str, address: Address
    ) -> None:
        """Take what the application hands over."""
        StaticFileHandler.initialize(self, path, default_filename)
        self.address = address


async def serve(
    server: PretendTelegram, host: str = "127.0.0.1", port: int = 0, explain: Explain | None = None
) -> Served:
    """Start serving; port 0 takes a free one.

    Raises ValueError for an address that others could reach, OSError in plain words if the port is taken.
    """
    check_loopback(host)
    address = Address()
    http = HTTPServer(to_application(server, address, explain), max_body_size=BODY_BYTES)
    sockets = _bind(host.strip("[]"), port)
    address.port = sockets[0].getsockname()[1]
    http.add_sockets(sockets)

    async def stop() -> None:
        address.closing = True
        server.changes.note()
        http.stop()
        await http.close_all_connections()

    return Served(host.strip("[]"), address.port, stop)


def to_application(server: PretendTelegram, address: Address, explain: Explain | None) -> Application:
    """The routes."""
    given: dict[str, Any] = {
        "server": server, "visitors": Visitors(server), "address": address, "explain": explain,
    }  # fmt: skip
    files = {"path": str(PAGE), "default_filename": "index.html", "address": address}
    return Application(
        [
            (r"/bot([^/]+)/(\w+)", BotApiHandler, {"server": server, "address": address}),
            (r"/api/people", PeopleHandler, given),
            (r"/api/state", StateHandler, given),
            (r"/api/(say|edit|press|send)", ActHandler, given),
            (r"/why", WhyHandler, given),
            (r"/(.*)", PageFileHandler, files),
        ],
        # Tornado's own log would name paths, and paths hold the token.
        log_function=lambda _: None,
    )


def _bind(host: str, port: int) -> list[socket.socket]:
    # One family: with port 0, two would get two different ports.
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return bind_sockets(port, host, family)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            what = f"port {port} on {host} is taken: stop the other program or choose another port"
            raise OSError(errno.EADDRINUSE, what) from error
        raise
