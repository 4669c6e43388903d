"""HTTP served by aiohttp, in the way every server here does it: quiet about itself, patient only so long."""

import asyncio
import logging
import os
from collections.abc import Awaitable, Callable

from aiohttp import web

log = logging.getLogger(__name__)

BODY = 1024 * 1024  # bytes that a body may have, unless said
IDLE = 300.0  # seconds that a connection is kept after an answer
SLOW = 20.0  # seconds that a first request, and a body, may take to arrive
LINGER = 2.0  # seconds for what is still sent of a body that was refused
LAST_WORDS = 2.0  # seconds at the end for answers that are being written

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
# aiohttp's own log quotes what it could not read.
NOWHERE = logging.Logger("nowhere", logging.CRITICAL + 1)


class Server:
    """An application at one address; port 0 takes a free one, `port` is the real one once it listens.

    `cancelling`: a handler is cancelled when whoever asked hangs up.
    """

    def __init__(self, application: web.Application, host: str, port: int, cancelling: bool = False) -> None:
        application.on_response_prepare.append(_unsigned)
        application.middlewares.append(self._noted)
        self._runner = web.AppRunner(
            application,
            access_log=None,
            logger=NOWHERE,
            keepalive_timeout=IDLE,
            shutdown_timeout=LAST_WORDS,
            handler_cancellation=cancelling,
            lingering_time=LINGER,
        )
        self.host = host
        self._listening: asyncio.Server | None = None
        self._silent: dict[asyncio.BaseProtocol, asyncio.TimerHandle] = {}
        self.port = port

    async def start(self) -> None:
        """Listen. Raises OSError, its `strerror` in plain words."""
        await self._runner.setup()
        try:
            self._listening = await asyncio.get_running_loop().create_server(
                self._connection, self.host, self.port, backlog=1024
            )
        except OSError as error:
            await self._runner.cleanup()
            raise OSError(error.errno, os.strerror(error.errno) if error.errno else str(error)) from error
        self.port = self._listening.sockets[0].getsockname()[1]

    def close(self) -> None:
        """Take no new connection."""
        if self._listening:
            self._listening.close()

    async def stop(self) -> None:
        """Take no new connection, and end the others once their answers are written, or after LAST_WORDS."""
        self.close()
        for timer in self._silent.values():
            timer.cancel()
        await self._runner.cleanup()

    def _connection(self) -> asyncio.Protocol:
        if self._runner.server is None:
            raise RuntimeError("connections come only after start()")
        protocol = self._runner.server()
        # aiohttp ends connections that fall silent after a request, but waits for the first one for ever.
        self._silent[protocol] = asyncio.get_running_loop().call_later(SLOW, self._drop, protocol)
        return protocol

    def _drop(self, protocol: web.RequestHandler) -> None:
        del self._silent[protocol]
        protocol.force_close()

    @web.middleware
    async def _noted(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if timer := self._silent.pop(request.protocol, None):
            timer.cancel()
        if (request.content_length or 0) > request.client_max_size:
            raise web.HTTPRequestEntityTooLarge(request.client_max_size, request.content_length or 0)
        return await handler(request)


@web.middleware
async def discreet(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Errors tell nothing but their code; what failed is logged by its kind, for its text may quote somebody."""
    try:
        return await handler(request)
    except web.HTTPException as error:
        return web.Response(
            status=error.status, headers={"Allow": error.headers["Allow"]} if error.status == 405 else {}
        )
    except Exception as error:  # noqa: BLE001 - the outermost edge: whatever failed, whoever asked gets an answer
        log.error("a request failed: %s", type(error).__name__)
        return web.Response(status=500)


async def body_of(request: web.Request) -> bytes:
    """The body. Raises HTTPRequestTimeout for a slow one, HTTPRequestEntityTooLarge for a large one."""
    try:
        async with asyncio.timeout(SLOW):
            return await request.read()
    except TimeoutError as error:
        raise web.HTTPRequestTimeout from error


async def _unsigned(_: web.Request, response: web.StreamResponse) -> None:
    response.headers.pop("Server", None)
