"""Telegram brings updates here, and hears "yes" to one only once it is answered; else it brings it again."""

import asyncio
import contextlib
import logging
import re
import time
from typing import Any
from urllib.parse import urlsplit

from telegram import WebhookInfo
from telegram.error import BadRequest, InvalidToken, TelegramError
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application

from bot.telegram.api import ALLOWED_UPDATES, Api
from bot.telegram.backoff import pauses
from bot.telegram.inbox import OK, UNAVAILABLE, Nothing, Place, UpdateHandler
from bot.telegram.intake import Full, Intake
from bot.telegram.metrics import Metrics
from bot.telegram.refused import BAD_TOKEN, PORT_TAKEN, WEBHOOK_REFUSED, Refused

log = logging.getLogger(__name__)

# Telegram's server hangs up after 60 seconds (tdlib/telegram-bot-api, WebhookActor::create_connection), some
# proxies after 30. What is not answered by then goes on; brought again, the update is found in hand or done.
WAIT = 25.0
CONNECTIONS = 100  # the most that Telegram opens: each carries one update at a time
BODY = 1024 * 1024  # bytes; an update has a few thousand
IDLE = 300.0  # seconds that a silent connection is kept
SLOW = 20.0  # seconds that a body may take to arrive
WATCH = 60.0  # seconds between looks at whether the webhook is still ours
LAST_WORDS = 2.0  # seconds at the end for replies that are being written
REFUSALS = 3  # times in a row that the token is refused before that is believed
# What Telegram says of an address that it will never go to. All else (a name that is not found just now, a
# network that is away) may be different in a minute.
FINAL = re.compile(r"https|port|reserved|unallowed|invalid|wrong|too long|empty|certificate", re.IGNORECASE)
FORBIDDEN = "403"  # as Telegram reports it: "Wrong response from the webhook: 403 Forbidden"


class Hook:
    """The source of updates in webhook mode."""

    def __init__(self, bot: Api, intake: Intake, metrics: Metrics, place: Place) -> None:
        self._bot = bot
        self._intake = intake
        self._metrics = metrics
        self._place = place
        self._broken: asyncio.Future[None] | None = None
        self._server: HTTPServer | None = None
        self._taking = 0
        self._has_set = False
        self._set_at = 0.0  # seconds since 1970
        self.reached_at = 0.0
        self.port = place.port  # the real one, once it listens

    async def run(self) -> None:
        """For ever. Raises Refused."""
        self._broken = asyncio.get_running_loop().create_future()
        self._listen()
        again, refusals = pauses(1.0, WATCH), 0
        while True:
            try:
                await self._hold()
            except InvalidToken as error:
                refusals += 1
                if refusals >= REFUSALS:
                    raise Refused(BAD_TOKEN) from error
                pause = next(again)
            except TelegramError as error:
                if isinstance(error, BadRequest) and not self._has_set and FINAL.search(error.message):
                    raise Refused(WEBHOOK_REFUSED.format(reason=error.message)) from error
                log.warning("the webhook could not be looked after (%s): trying again", error.message)
                pause = next(again)
            else:
                pause, again, refusals = WATCH, pauses(1.0, WATCH), 0
            await asyncio.wait({self._broken}, timeout=pause)
            if self._broken.done():
                self._broken.result()

    async def close(self) -> None:
        if self._server:
            self._server.stop()

    async def confirm(self) -> None:
        """Let the last replies go out. The webhook stays: a copy of the bot may still be there for it."""
        if self._server is None:
            return
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LAST_WORDS):
                while self._taking:  # noqa: ASYNC110 - tornado tells nobody
                    await asyncio.sleep(0.01)
        await self._server.close_all_connections()

    async def take(self, row: dict[str, Any]) -> int:
        """The status that an update comes to."""
        self._taking += 1
        try:
            fate = self._intake.accept(row)
            await asyncio.wait({fate}, timeout=WAIT)
            return self._status(fate)
        except Full:
            self._metrics.refused.labels("full").inc()
            return UNAVAILABLE
        finally:
            self._taking -= 1

    def _status(self, fate: "asyncio.Future[Any]") -> int:
        if not fate.done() or fate.cancelled():
            self._metrics.refused.labels("late").inc()
            return UNAVAILABLE
        error = fate.exception()
        if isinstance(error, InvalidToken) and self._broken and not self._broken.done():
            self._broken.set_exception(Refused(BAD_TOKEN))
        if error or fate.result() == "held":
            return UNAVAILABLE
        return OK

    def _listen(self) -> None:
        path = urlsplit(self._place.url).path or "/"
        given = {"place": self._place, "take": self.take, "metrics": self._metrics}
        routes = Application(
            [(re.escape(path), UpdateHandler, given)],
            default_handler_class=Nothing,
            log_function=lambda _: None,
        )
        self._server = HTTPServer(routes, max_body_size=BODY, idle_connection_timeout=IDLE, body_timeout=SLOW)
        try:
            sockets = bind_sockets(self._place.port, self._place.host)
        except OSError as error:
            where = {"host": self._place.host, "port": self._place.port}
            raise Refused(PORT_TAKEN.format(**where, reason=error.strerror)) from error
        self.port = sockets[0].getsockname()[1]
        self._server.add_sockets(sockets)

    async def _hold(self) -> None:
        """Set the webhook where it is not as it should be."""
        info = await self._bot.get_webhook_info()
        self.reached_at = asyncio.get_running_loop().time()
        reason = self._to_mend(info)
        if not reason:
            self._has_set = True
            return
        self._set_at = time.time()
        await self._bot.set_webhook(
            self._place.url,
            secret_token=self._place.secret,
            max_connections=CONNECTIONS,
            allowed_updates=ALLOWED_UPDATES,
            drop_pending_updates=False,
        )
        if self._has_set:
            log.warning("%s: it is set again. Does another program run with this token?", reason)
        else:
            log.info("the webhook is set")
        self._has_set = True

    def _to_mend(self, info: WebhookInfo) -> str:
        """What is not as it should be with the webhook; "" for nothing."""
        if not info.url:
            return "the webhook was taken away"
        if info.url != self._place.url:
            return "the webhook led elsewhere"
        if info.max_connections != CONNECTIONS or set(info.allowed_updates or ()) != set(ALLOWED_UPDATES):
            return "the webhook was set differently"
        # The secret is not shown: that Telegram has another one is seen by what it was answered.
        refused = info.last_error_date is not None and info.last_error_date.timestamp() > self._set_at
        if refused and FORBIDDEN in (info.last_error_message or ""):
            return "the webhook had another secret"
        return ""
