"""The control port: what tests and benchmarks tell the pretend Telegram to do, and ask it about."""

from __future__ import annotations

import json
from typing import Any

from aiohttp import web

from benchmarks.telegram.people import People
from bot.preview.faults import Fault, Trouble
from bot.preview.guard import check_loopback
from bot.preview.handlers import Guard, ListenAddress, answer
from bot.preview.refusals import Json
from bot.preview.server import PretendTelegram
from bot.serving import Server

ORDER_BYTES = 64 * 1024 * 1024  # some hundred thousand questions in one order


class Control:
    """``POST /<order>`` with a JSON body; ``GET /state`` and ``GET /ledger``."""

    def __init__(self, server: PretendTelegram) -> None:
        self.server = server
        self.people = People(server)

    async def look(self, request: web.Request) -> web.Response:
        """How things stand, or all that happened."""
        match request.match_info["what"]:
            case "state":
                return answer(self._state())
            case "ledger":
                return answer(self.server.ledger.to_json())
            case _:
                raise web.HTTPNotFound(reason="GET /state or GET /ledger")

    async def order(self, request: web.Request) -> web.Response:
        """Do it; 400 for an order that can't be understood."""
        try:
            given = json.loads(await request.read() or b"{}")
            return answer(await self._do(request.match_info["what"], given))
        except (KeyError, TypeError, ValueError, LookupError) as error:
            raise web.HTTPBadRequest(reason=f"{type(error).__name__} in this order") from error

    async def _do(self, order: str, given: Json) -> Any:
        match order:
            case "people":
                return self.people.add(given["count"])
            case "ask":
                for person, text in given["asks"]:
                    await self.people.ask(person, text)
            case "stream":
                self.people.stream(given["asks"], given["rate"], given.get("presses", False))
            case "press":
                for person, label in given["asks"]:
                    await self.people.press(person, label)
            case "trouble":
                self.server.trouble(to_trouble(given))
            case "recover":
                self.server.recover()
            case "relay":
                self.server.webhook.relay = given["to"]
            case "lost_share":
                self.server.webhook.lost_share = given["share"]
            case _:
                raise web.HTTPNotFound(reason="no such order")
        return True

    def _state(self) -> Json:
        ledger, webhook = self.server.ledger, self.server.webhook
        return {
            "asked": len(ledger.asked),
            "called": len(ledger.called),
            "said": sum(call.method == "sendMessage" and call.done for call in ledger.called),
            "edited": sum(call.method == "editMessageText" and call.done for call in ledger.called),
            "polls": ledger.polls,
            "streaming": self.people.is_streaming,
            "waiting": len(self.server.world.updates) + webhook.loaded,
            "spinning": len(self.server.unanswered()),
            "webhook": webhook.url,
            "violations": self.server.violations,
        }


def to_trouble(given: Json) -> Trouble:
    """From ``{"fault": {"code": 429, "retry_after": 1}, "methods": [...], "chat": 1, "share": 0.1}``."""
    methods = frozenset(method.lower() for method in given.get("methods", ()))
    rest = {name: given[name] for name in ("chat", "share", "times") if name in given}
    return Trouble(Fault(**given["fault"]), methods, **rest)


async def serve_control(telegram: PretendTelegram, host: str = "127.0.0.1", port: int = 0) -> Server:
    """Start serving on this machine only; port 0 takes a free one."""
    check_loopback(host)
    address, control = ListenAddress(), Control(telegram)
    application = web.Application(client_max_size=ORDER_BYTES, middlewares=[Guard(address).middleware])
    application.add_routes([web.get(r"/{what:\w+}", control.look), web.post(r"/{what:\w+}", control.order)])
    http = Server(application, host, port)
    await http.start()
    address.port = http.port
    return http
