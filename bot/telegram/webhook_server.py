"""The HTTP side of a webhook: who is let in, and what they are told, which is little."""

import json
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web

from bot.delivery.metrics import Metrics
from bot.serving import BODY, body_of, discreet
from bot.settings import Networks
from bot.telegram.origin import is_same, is_telegram

# Seconds after which Telegram is to bring an update again. Without a number it doubles its own pause up to
# two minutes (WebhookActor::on_update_error), in which this person's next questions wait too.
AGAIN = 2
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
OK, UNAVAILABLE = 200, 503
LARGEST = 2**63 - 1  # number that a database keeps; Telegram's have some nine digits


@dataclass(frozen=True)
class WebhookConfig:
    """Where Telegram finds us, what proves that it is Telegram, and where we listen."""

    url: str
    secret: str
    host: str
    port: int
    telegram_only: bool = False
    proxies: Networks = ()


Take = Callable[[dict[str, Any]], Awaitable[int]]


class Inbox:
    """Updates from Telegram alone; every other address is nothing."""

    def __init__(self, config: WebhookConfig, take: Take, metrics: Metrics) -> None:
        self._config = config
        self._take = take
        self._metrics = metrics

    @property
    def application(self) -> web.Application:
        """The one route. Its path is a pattern to aiohttp, so what braces mean there is taken from it."""
        path = urlsplit(self._config.url).path or "/"
        routes = web.Application(client_max_size=BODY, middlewares=[discreet])
        routes.router.add_post("/{path:" + re.escape(path.removeprefix("/")) + "}", self._post)
        return routes

    async def _post(self, request: web.Request) -> web.Response:
        self._let_in(request)
        row = self._row(await body_of(request))
        status = await self._take(row)
        return web.Response(status=status, headers={"Retry-After": str(AGAIN)} if status == UNAVAILABLE else {})

    def _let_in(self, request: web.Request) -> None:
        """Turn away whoever is not Telegram, before the body is read as anything."""
        forwarded = ",".join(request.headers.getall("X-Forwarded-For", ()))
        if self._config.telegram_only and not is_telegram(request.remote or "", forwarded, self._config.proxies):
            raise self._turned_away(web.HTTPForbidden, "address")
        if not is_same(request.headers.get(SECRET_HEADER), self._config.secret):
            raise self._turned_away(web.HTTPForbidden, "secret")
        if request.content_type.lower() != "application/json":
            raise self._turned_away(web.HTTPUnsupportedMediaType, "type")

    def _row(self, body: bytes) -> dict[str, Any]:
        try:
            row: dict[str, Any] = json.loads(body)
            if type(row["update_id"]) is not int or not 0 <= row["update_id"] <= LARGEST:
                raise TypeError
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            raise self._turned_away(web.HTTPBadRequest, "body") from error
        return row

    def _turned_away(self, error: type[web.HTTPException], reason: str) -> web.HTTPException:
        self._metrics.refused.labels(reason).inc()
        return error()
