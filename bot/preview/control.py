"""The control port: what tests and benchmarks tell the pretend Telegram to do, and ask it about."""

from __future__ import annotations

import json
from typing import Any

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, HTTPError

from bot.preview.crowd import Crowd
from bot.preview.faults import Fault, Trouble
from bot.preview.guard import check_loopback
from bot.preview.handlers import Address, Guarded
from bot.preview.refusals import Json
from bot.preview.server import PretendTelegram

ORDER_BYTES = 64 * 1024 * 1024  # some hundred thousand questions in one order


class ControlHandler(Guarded):
    """``POST /<order>`` with a JSON body; ``GET /state`` and ``GET /ledger``."""

    def initialize(self, server: PretendTelegram, crowd: Crowd, address: Address) -> None:
        """Take what the application hands over."""
        self.server = server
        self.crowd = crowd
        self.address = address

    def get(self, what: str) -> None:
        """How things stand, or all that happened."""
        match what:
            case "state":
                self.answer(self._state())
            case "ledger":
                self.answer(self.server.ledger.to_json())
            case _:
                raise HTTPError(404, reason="GET /state or GET /ledger")

    async def post(self, order: str) -> None:
        """Do it; 400 for an order that can't be understood."""
        try:
            given = json.loads(self.request.body or b"{}")
            self.answer(await self._do(order, given))
        except (KeyError, TypeError, ValueError, LookupError) as error:
            raise HTTPError(400, reason=f"{type(error).__name__} in this order") from error

    async def _do(self, order: str, given: Json) -> Any:
        match order:
            case "people":
                return self.crowd.add(given["count"])
            case "ask":
                for person, text in given["asks"]:
                    await self.crowd.ask(person, text)
            case "pour":
                self.crowd.pour(given["asks"], given["rate"], given.get("presses", False))
            case "press":
                for person, label in given["asks"]:
                    await self.crowd.press(person, label)
            case "trouble":
                self.server.trouble(to_trouble(given))
            case "calm":
                self.server.recover()
            case "relay":
                self.server.webhook.relay = given["to"]
            case "deaf":
                self.server.webhook.deaf = given["share"]
            case _:
                raise HTTPError(404, reason="no such order")
        return True

    def _state(self) -> Json:
        ledger, webhook = self.server.ledger, self.server.webhook
        return {
            "asked": len(ledger.asked),
            "called": len(ledger.called),
            "said": sum(call.method == "sendMessage" and call.done for call in ledger.called),
            "edited": sum(call.method == "editMessageText" and call.done for call in ledger.called),
            "polls": ledger.polls,
            "pouring": self.crowd.is_pouring,
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


def serve_control(server: PretendTelegram, host: str = "127.0.0.1", port: int = 0) -> tuple[HTTPServer, int]:
    """Start serving on this machine only; the port that was taken."""
    check_loopback(host)
    address = Address()
    given = {"server": server, "crowd": Crowd(server), "address": address}
    application = Application([(r"/(\w+)", ControlHandler, given)], log_function=lambda _: None)
    http = HTTPServer(application, max_body_size=ORDER_BYTES)
    sockets = bind_sockets(port, host)
    address.port = sockets[0].getsockname()[1]
    http.add_sockets(sockets)
    return http, address.port
