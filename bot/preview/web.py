"""The HTTP skin: the pretend Bot API and the chat page, on this machine only."""

from __future__ import annotations

import errno
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web

from bot.preview.guard import check_loopback
from bot.preview.handlers import BotApi, Guard, ListenAddress
from bot.preview.page_api import Explain, Insight, PageApi
from bot.preview.server import PretendTelegram
from bot.preview.workbench.routes import WorkbenchApi
from bot.preview.workbench.workbench import Workbench
from bot.serving import Server

PAGE = Path(__file__).with_name("page")
BODY_BYTES = 50 * 1024 * 1024  # as much as a bot may upload


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


async def serve(
    server: PretendTelegram,
    host: str = "127.0.0.1",
    port: int = 0,
    explain: Explain | None = None,
    workbench: Workbench | None = None,
) -> Served:
    """Start serving; port 0 takes a free one. `explain` is the workbench's own where there is one.

    Raises ValueError for an address that others could reach, OSError in plain words if the port is taken.
    """
    check_loopback(host)
    host, address = host.strip("[]"), ListenAddress()
    # One address: a name may stand for two, which with port 0 would get two different ports.
    application = to_application(server, address, Insight(workbench.explain if workbench else explain, workbench))
    http = Server(application, "127.0.0.1" if host == "localhost" else host, port, cancelling=True)
    await listen(http)
    address.port = http.port

    async def stop() -> None:
        address.closing = True
        if workbench:
            workbench.stop()
        server.changes.note()
        await http.stop()

    return Served(host, http.port, stop)


async def listen(http: Server) -> None:
    """Start. Raises OSError in plain words if the port is taken."""
    try:
        await http.start()
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            what = f"port {http.port} on {http.host} is taken: stop the other program or choose another port"
            raise OSError(errno.EADDRINUSE, what) from error
        raise


def to_application(server: PretendTelegram, address: ListenAddress, seen: Insight) -> web.Application:
    """The routes."""
    application = web.Application(client_max_size=BODY_BYTES, middlewares=[Guard(address).middleware])
    call = BotApi(server).call
    application.add_routes(
        [
            web.get(r"/bot{token:[^/]+}/{method:\w+}", call),
            web.post(r"/bot{token:[^/]+}/{method:\w+}", call),
            *PageApi(server, address, seen).routes,
            *(WorkbenchApi(seen.workbench).routes if seen.workbench else ()),
            web.get("/", _page),
            web.static("/", PAGE),
        ]
    )
    return application


async def _page(_: web.Request) -> web.FileResponse:
    return web.FileResponse(PAGE / "index.html")
