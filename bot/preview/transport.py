"""The in-process skin: python-telegram-bot talks to the pretend Telegram without a socket."""

from __future__ import annotations

import json
from typing import Any, Protocol

from telegram import Bot, Update
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.preview.refusals import Json, Unreached
from bot.preview.server import PretendTelegram


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
        # Strings, with arrays and objects in JSON: exactly the form fields that would go over the wire.
        parameters: Json = dict(request_data.json_parameters) if request_data else {}
        try:
            answer = await self._server.call(token, name, parameters)
        except Unreached as error:
            raise TimedOut from error
        return (200 if answer["ok"] else answer["error_code"]), json.dumps(answer).encode()


class Answering(Protocol):
    """A bot that takes updates one by one."""

    bot: Bot

    async def process_update(self, update: Update) -> None:
        """Answer one."""


def connect(application: Answering, server: PretendTelegram) -> None:
    """Hand every update straight to the application: when ``person.say`` returns, it is answered.

    For tests that do not want polling in the way.
    """

    async def deliver(update: Json) -> None:
        await application.process_update(Update.de_json(json.loads(json.dumps(update)), application.bot))

    server.deliver_to(deliver)
