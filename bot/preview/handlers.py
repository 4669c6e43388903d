"""What every HTTP handler of the preview shares, and the Bot API's own."""

from __future__ import annotations

import asyncio
import json
import logging
import socket
import struct
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any

from tornado.iostream import IOStream
from tornado.web import HTTPError, RequestHandler

from bot.preview.bodies import to_parameters
from bot.preview.guard import is_asked_by_us, is_from_us, is_ours
from bot.preview.refusals import Json, RawAnswer, Unreached, Violation
from bot.preview.server import PretendTelegram

AT_ONCE = struct.pack("ii", 1, 0)  # SO_LINGER on, for no seconds: closing then resets the connection
LOG = logging.getLogger(__name__)
HEADERS = {
    "Content-Security-Policy": "default-src 'self'; frame-ancestors 'none'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
}


@dataclass
class Address:
    """Where we listen; the port is known only once the socket is bound. ``closing`` ends waiting requests."""

    port: int = 0
    closing: bool = field(default=False)


class Guarded(RequestHandler):
    """Turns away whoever did not come by our own address, and other web sites' pages."""

    address: Address

    def prepare(self) -> None:
        """403 before anything is read."""
        if not is_ours(self.request.host, self.address.port):
            raise HTTPError(403, reason="unknown Host")
        if not is_from_us(self.request.headers.get("Origin"), self.address.port):
            raise HTTPError(403, reason="foreign Origin")
        asked = self.request.headers.get("Sec-Fetch-Site"), self.request.headers.get("Sec-Fetch-Mode")
        if not is_asked_by_us(*asked, opens=self.request.path == "/"):
            raise HTTPError(403, reason="asked by another page")
        if "%00" in self.request.path:
            raise HTTPError(400, reason="no file has such a name")

    def set_default_headers(self) -> None:
        """Nothing of the page loads from, or is framed by, anywhere else."""
        for name, value in HEADERS.items():
            self.set_header(name, value)

    def answer(self, body: Any, status: int = 200) -> None:
        """Send JSON."""
        self.set_status(status)
        self.set_header("Content-Type", "application/json; charset=utf-8")
        self.finish(json.dumps(body, ensure_ascii=False))

    def log_exception(
        self,
        typ: type[BaseException] | None,
        value: BaseException | None,
        tb: TracebackType | None,  # noqa: ARG002 - its lines may hold values
    ) -> None:
        """Tornado's own line would hold the address, and with it the token or what somebody wrote."""
        if not isinstance(value, HTTPError):
            LOG.error("the preview failed in %s: %s", type(self).__name__, typ.__name__ if typ else "?")

    def write_error(self, status_code: int, **_: Any) -> None:
        """Errors as JSON, without a traceback."""
        self.answer({"error": self._reason}, status_code)


def hang_up(handler: RequestHandler, reset: bool) -> None:
    """Close the connection without an answer; with ``reset``, as a machine does that just broke down."""
    stream = handler.detach()
    if reset and isinstance(stream, IOStream):
        stream.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
    stream.close()


class BotApiHandler(Guarded):
    """``/bot<token>/<method>``: the real Bot API's front door."""

    def initialize(self, server: PretendTelegram, address: Address) -> None:
        """Take what the application hands over."""
        self.server = server
        self.address = address
        self._call: asyncio.Task[Json] | None = None

    async def get(self, token: str, method: str) -> None:
        """A call with its parameters in the query."""
        await self.post(token, method)

    async def post(self, token: str, method: str) -> None:
        """A call."""
        try:
            parameters = to_parameters(self.request)
        except Violation as violation:
            self.server.violations.append(f"{method}: {violation.description}")
            self.answer(violation.to_json(), violation.code)
            return
        is_typed = self.request.headers.get("Content-Type", "").startswith("application/json")
        self._call = asyncio.ensure_future(self.server.call(token, method, parameters, is_typed))
        try:
            body = await self._call
        except Unreached as unreached:
            hang_up(self, reset=unreached.reset)
            return
        except RawAnswer as raw:
            self.set_status(raw.code)
            self.set_header("Content-Type", "text/html")
            self.finish(raw.body)
            return
        except asyncio.CancelledError:
            return
        self.answer(body, 200 if body["ok"] else body["error_code"])

    def on_connection_close(self) -> None:
        """Nobody waits any more: end the long poll."""
        if self._call is not None:
            self._call.cancel()
