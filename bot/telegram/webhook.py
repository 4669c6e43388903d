"""Telegram brings updates here, and hears "yes" to one only once it is answered; else it brings it again."""

import asyncio
import logging
import re
import time
from typing import Any

from telegram import WebhookInfo
from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.delivery.backoff import pauses
from bot.delivery.dispatcher import Dispatcher, QueueFull
from bot.delivery.metrics import Metrics
from bot.serving import Server
from bot.telegram.api import ALLOWED_UPDATES, Api
from bot.telegram.parsed_update import ParsedUpdate
from bot.telegram.startup_errors import BAD_TOKEN, PORT_TAKEN, WEBHOOK_REFUSED, StartupError
from bot.telegram.webhook_server import OK, UNAVAILABLE, Inbox, WebhookConfig

log = logging.getLogger(__name__)

# Telegram's server hangs up after 60 seconds (tdlib/telegram-bot-api, WebhookActor::create_connection), some
# proxies after 30. What is not answered by then goes on; brought again, the update is found in hand or done.
WAIT = 25.0
CONNECTIONS = 100  # the most that Telegram opens: each carries one update at a time
WATCH = 60.0  # seconds between looks at whether the webhook is still ours
REFUSALS = 3  # times in a row that the token is refused before that is believed
# What Telegram says of an address that it will never go to. All else (a name that is not found just now, a
# network that is away) may be different in a minute.
FINAL = re.compile(r"https|port|reserved|unallowed|invalid|wrong|too long|empty|certificate", re.IGNORECASE)
FORBIDDEN = "403"  # as Telegram reports it: "Wrong response from the webhook: 403 Forbidden"


class WebhookSource:
    """The source of updates in webhook mode."""

    def __init__(self, bot: Api, dispatcher: Dispatcher[ParsedUpdate], metrics: Metrics, config: WebhookConfig) -> None:
        self._bot = bot
        self._dispatcher = dispatcher
        self._metrics = metrics
        self._config = config
        self._broken: asyncio.Future[None] | None = None
        self._server = Server(Inbox(config, self.take, metrics).application, config.host, config.port)
        self._has_set = False
        self._set_at = 0.0  # seconds since 1970
        self.reached_at = 0.0

    @property
    def port(self) -> int:
        """The real one, once it listens."""
        return self._server.port

    async def run(self) -> None:
        """For ever. Raises Refused."""
        self._broken = asyncio.get_running_loop().create_future()
        await self._listen()
        again, refusals = pauses(1.0, WATCH), 0
        while True:
            try:
                await self._hold()
            except InvalidToken as error:
                refusals += 1
                if refusals >= REFUSALS:
                    raise StartupError(BAD_TOKEN) from error
                pause = next(again)
            except TelegramError as error:
                if isinstance(error, BadRequest) and not self._has_set and FINAL.search(error.message):
                    raise StartupError(WEBHOOK_REFUSED.format(reason=error.message)) from error
                log.warning("the webhook could not be looked after (%s): trying again", error.message)
                pause = next(again)
            else:
                pause, again, refusals = WATCH, pauses(1.0, WATCH), 0
            await asyncio.wait({self._broken}, timeout=pause)
            if self._broken.done():
                self._broken.result()

    async def close(self) -> None:
        self._server.close()

    async def confirm(self) -> None:
        """Let the last replies go out. The webhook stays: a copy of the bot may still be there for it."""
        await self._server.stop()

    async def take(self, row: dict[str, Any]) -> int:
        """The status that an update comes to."""
        try:
            fate = self._dispatcher.accept(row)
        except QueueFull:
            self._metrics.refused.labels("full").inc()
            return UNAVAILABLE
        await asyncio.wait({fate}, timeout=WAIT)
        return self._status(fate)

    def _status(self, fate: "asyncio.Future[Any]") -> int:
        if not fate.done() or fate.cancelled():
            self._metrics.refused.labels("late").inc()
            return UNAVAILABLE
        error = fate.exception()
        if isinstance(error, InvalidToken) and self._broken and not self._broken.done():
            self._broken.set_exception(StartupError(BAD_TOKEN))
        if error or fate.result() == "held":
            return UNAVAILABLE
        return OK

    async def _listen(self) -> None:
        try:
            await self._server.start()
        except OSError as error:
            where = {"host": self._config.host, "port": self._config.port}
            raise StartupError(PORT_TAKEN.format(**where, reason=error.strerror)) from error

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
            self._config.url,
            secret_token=self._config.secret,
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
        if info.url != self._config.url:
            return "the webhook led elsewhere"
        if info.max_connections != CONNECTIONS or set(info.allowed_updates or ()) != set(ALLOWED_UPDATES):
            return "the webhook was set differently"
        # The secret is not shown: that Telegram has another one is seen by what it was answered.
        refused = info.last_error_date is not None and info.last_error_date.timestamp() > self._set_at
        if refused and FORBIDDEN in (info.last_error_message or ""):
            return "the webhook had another secret"
        return ""
