"""The HTTP side of a webhook: who is let in, and what they are told, which is little."""

import json
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from tornado.web import HTTPError, RequestHandler

from bot.telegram.metrics import Metrics
from bot.telegram.origin import Networks, is_same, is_telegram

log = logging.getLogger(__name__)

# Seconds after which Telegram is to bring an update again. Without a number it doubles its own pause up to
# two minutes (WebhookActor::on_update_error), in which this person's next questions wait too.
AGAIN = 2
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
OK, UNAVAILABLE = 200, 503
LARGEST = 2**63 - 1  # number that a database keeps; Telegram's have some nine digits


@dataclass(frozen=True)
class Place:
    """Where Telegram finds us, what proves that it is Telegram, and where we listen."""

    url: str
    secret: str
    host: str
    port: int
    telegram_only: bool = False
    proxies: Networks = ()


Take = Callable[[dict[str, Any]], Awaitable[int]]


class Quiet(RequestHandler):
    """Answers that tell nothing but their code."""

    def set_default_headers(self) -> None:
        self.clear_header("Server")

    def write_error(self, status_code: int, **_: Any) -> None:  # noqa: ARG002 - set already
        self.set_header("Content-Type", "text/plain")
        self.finish()

    def log_exception(
        self,
        typ: type[BaseException] | None,
        value: BaseException | None,
        tb: TracebackType | None,  # noqa: ARG002 - its lines may hold what somebody wrote
    ) -> None:
        if not isinstance(value, HTTPError):
            log.error("the webhook failed: %s", typ.__name__ if typ else "?")


class Nothing(Quiet):
    """Every address that is not ours."""

    def prepare(self) -> None:
        raise HTTPError(404)


class UpdateHandler(Quiet):
    """One update, from Telegram alone."""

    SUPPORTED_METHODS = ("POST",)

    def initialize(self, place: Place, take: Take, metrics: Metrics) -> None:
        self._place = place
        self._take = take
        self._metrics = metrics

    def prepare(self) -> None:
        """Turn away whoever is not Telegram, before the body is read as anything."""
        headers = self.request.headers
        forwarded = ",".join(headers.get_list("X-Forwarded-For"))
        peer = self.request.remote_ip or ""
        if self._place.telegram_only and not is_telegram(peer, forwarded, self._place.proxies):
            self._turn_away(403, "address")
        if not is_same(headers.get(SECRET_HEADER), self._place.secret):
            self._turn_away(403, "secret")
        if headers.get("Content-Type", "").partition(";")[0].strip().lower() != "application/json":
            self._turn_away(415, "type")

    async def post(self) -> None:
        try:
            row = json.loads(self.request.body)
            if type(row["update_id"]) is not int or not 0 <= row["update_id"] <= LARGEST:
                raise TypeError
        except (ValueError, TypeError, KeyError, RecursionError):
            self._turn_away(400, "body")
        status = await self._take(row)
        self.set_status(status)
        if status == UNAVAILABLE:
            self.set_header("Retry-After", str(AGAIN))

    def _turn_away(self, status: int, reason: str) -> None:
        self._metrics.refused.labels(reason).inc()
        raise HTTPError(status)
