"""What every HTTP handler of the preview shares, and the Bot API's own."""

from __future__ import annotations

import json
import logging
import socket
import struct
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from bot.preview.bodies import to_parameters
from bot.preview.guard import is_asked_by_us, is_from_us, is_ours
from bot.preview.refusals import RawAnswer, Unreached, Violation
from bot.preview.server import PretendTelegram
from bot.serving import Handler

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
class ListenAddress:
    """Where we listen; the port is known only once the socket is bound. ``closing`` ends waiting requests."""

    port: int = 0
    closing: bool = field(default=False)


def answer(body: Any, status: int = 200) -> web.Response:
    """JSON."""
    return web.json_response(body, status=status, dumps=lambda found: json.dumps(found, ensure_ascii=False))


class Guard:
    """Turns away whoever did not come by our own address, and other web sites' pages; errors as JSON."""

    def __init__(self, address: ListenAddress) -> None:
        self._address = address

    @web.middleware
    async def middleware(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Nothing of the page loads from, or is framed by, anywhere else; no traceback shows."""
        try:
            self._check(request)
            response = await handler(request)
        except web.HTTPException as error:
            response = answer({"error": error.reason}, error.status)
        except Exception as error:  # noqa: BLE001 - the outermost edge; its text may hold the token or what was written
            LOG.error("the preview failed in %s: %s", getattr(handler, "__qualname__", "?"), type(error).__name__)
            response = answer({"error": "Internal Server Error"}, 500)
        if not response.prepared:
            response.headers.update(HEADERS)
        return response

    def _check(self, request: web.Request) -> None:
        """403 before anything is read."""
        headers, port = request.headers, self._address.port
        if len(headers.getall("Host", ())) != 1 or not is_ours(headers["Host"], port):
            raise web.HTTPForbidden(reason="unknown Host")
        if not is_from_us(headers.get("Origin"), port):
            raise web.HTTPForbidden(reason="foreign Origin")
        asked = headers.get("Sec-Fetch-Site"), headers.get("Sec-Fetch-Mode")
        if not is_asked_by_us(*asked, opens=request.path == "/"):
            raise web.HTTPForbidden(reason="asked by another page")
        if "\0" in request.path:
            raise web.HTTPBadRequest(reason="no file has such a name")


def hang_up(request: web.Request, reset: bool) -> None:
    """Close the connection without an answer; with ``reset``, as a machine does that just broke down."""
    if request.transport is None:
        return
    raw = request.transport.get_extra_info("socket")
    if reset and raw is not None:
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
    request.transport.abort()


class BotApi:
    """``/bot<token>/<method>``: the real Bot API's front door."""

    def __init__(self, server: PretendTelegram) -> None:
        self._server = server

    async def call(self, request: web.Request) -> web.Response:
        """A call, its parameters in the query or the body. Whoever hangs up ends a long poll."""
        token, method = request.match_info["token"], request.match_info["method"]
        try:
            parameters, files = await to_parameters(request)
        except Violation as violation:
            self._server.violations.append(f"{method}: {violation.description}")
            return answer(violation.to_json(), violation.code)
        try:
            is_typed = request.content_type == "application/json"
            body = await self._server.call(token, method, parameters, is_typed, files)
        except Unreached as unreached:
            hang_up(request, unreached.reset)
            return web.Response()  # nobody gets it
        except RawAnswer as raw:
            return web.Response(body=raw.body, status=raw.code, content_type="text/html")
        return answer(body, 200 if body["ok"] else body["error_code"])
