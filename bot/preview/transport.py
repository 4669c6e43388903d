"""The in-process skin: python-telegram-bot talks to the pretend Telegram without a socket."""

from __future__ import annotations

import json
from typing import Any, Protocol

from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.preview.refusals import Json, RawAnswer, Unreached
from bot.preview.server import PretendTelegram
from bot.preview.uploads import with_files


class PreviewRequest(BaseRequest):
    """Carries each call of a ``telegram.Bot`` straight into a ``PretendTelegram``.

    Give one for the calls and another one for the updates.
    """

    __slots__ = ("_open", "_server")

    def __init__(self, server: PretendTelegram) -> None:
        self._server = server
        self._open = False

    @property
    def read_timeout(self) -> float | None:
        """Nothing is read from a socket, so nothing times out by itself."""
        return None

    async def initialize(self) -> None:
        """Open for calls."""
        self._open = True

    async def shutdown(self) -> None:
        """Refuse further calls, as a closed connection pool does."""
        self._open = False

    async def do_request(
        self,
        url: str,
        method: str,  # noqa: ARG002 - always POST
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - no socket
        write_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - no socket
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - no socket
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - no socket
    ) -> tuple[int, bytes]:
        """One call: everything goes through JSON both ways, so that no object is shared."""
        if not self._open:
            raise NetworkError("this request object is not initialised")
        address, _, name = url.rpartition("/")
        token = address.rpartition("/bot")[2]
        # Numbers as numbers: exactly the JSON that goes over the wire.
        parameters: Json = json.loads(json.dumps(request_data.parameters)) if request_data else {}
        files = _files(request_data) if request_data and request_data.contains_files else {}
        try:
            answer = await self._server.call(token, name, with_files(parameters, files), is_typed=True, files=files)
        except Unreached as error:
            raise TimedOut("no answer in time") from error
        except RawAnswer as raw:  # as a connection tells it: after a 200 nobody knows what was done
            raise (TimedOut if raw.code < 300 else NetworkError)(f"HTTP {raw.code}, and not from Telegram") from raw
        return (200 if answer["ok"] else answer["error_code"]), json.dumps(answer).encode()


def _files(request_data: RequestData) -> dict[str, bytes]:
    """What is uploaded, by the names of its parts."""
    found = {}
    for name, (_, content, _) in request_data.multipart_data.items():
        found[name] = content if isinstance(content, bytes) else content.read()
    return found


class UpdateHandler(Protocol):
    """A bot that takes updates one by one, as Telegram writes them."""

    async def process_update(self, row: Json) -> None:
        """Answer one."""


def connect(application: UpdateHandler, server: PretendTelegram) -> None:
    """Hand every update straight to the application: when ``person.say`` returns, it is answered.

    For tests that do not want polling in the way.
    """

    async def deliver(update: Json) -> None:
        await application.process_update(json.loads(json.dumps(update)))

    server.deliver_to(deliver)
