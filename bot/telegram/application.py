"""The bot, put together from its parts."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType

from telegram.error import InvalidToken
from telegram.request import BaseRequest

from bot.delivery.albums import Albums
from bot.delivery.backoff import RetryPolicy
from bot.delivery.circuit_breaker import CircuitBreaker
from bot.delivery.dispatcher import Dispatcher, RawUpdate
from bot.delivery.metrics import Metrics
from bot.delivery.rate_limiter import AT_ONCE, Limits, RateLimiter
from bot.delivery.retrying import RetryingCaller
from bot.delivery.store_monitor import StoreMonitor
from bot.delivery.user_repository import UserRepository
from bot.replies import Reply, Speaker
from bot.store import Store
from bot.telegram.api import Api
from bot.telegram.conversation import Conversation, Floods, Gates
from bot.telegram.errors import classify
from bot.telegram.incoming import Address
from bot.telegram.pictures import PictureNames
from bot.telegram.recent_answers import RecentAnswers
from bot.telegram.rendering import BotIdentity
from bot.telegram.request import HttpRequest
from bot.telegram.sender import Sender
from bot.telegram.sharing import RecentQuestions, Sharing

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Wire:
    """How Telegram is reached: by default over the network; the preview and the tests bring their own.

    `wordings_days`: how long wordings wait for somebody to look at them. `holder` names this copy of the bot where
    several share the updates.
    """

    request: BaseRequest | None = None
    updates_request: BaseRequest | None = None
    api_url: str = "https://api.telegram.org"
    clock: Callable[[], float] = time.monotonic
    patience: RetryPolicy = field(default=RetryPolicy())
    limits: Limits = field(default=Limits())
    albums: Albums = field(default_factory=Albums)
    wordings_days: int = 90
    holder: str | None = None


class Application:
    """Everything between an update and its answer. Used as `async with`, it is open for calls."""

    def __init__(self, token: str, speaker: Speaker, store: Store, key: bytes, wire: Wire) -> None:
        self.metrics = Metrics()
        self.store = store
        self.api_url = wire.api_url
        self.bot = Api(
            token,
            wire.api_url,
            wire.request or HttpRequest(wire.api_url, AT_ONCE),
            wire.updates_request or HttpRequest(wire.api_url, 1),
        )
        limiter = RateLimiter(wire.limits)
        self.breaker = CircuitBreaker(self.metrics)
        self.caller = RetryingCaller(limiter, wire.patience, self.metrics, classify)
        self.users = UserRepository(store, key, self.breaker, self.metrics, wire.holder)
        self._sender = Sender(self.bot, self.caller, PictureNames(self.users))
        gates = Gates(Floods.at(wire.clock), RecentAnswers(wire.clock), wire.albums)
        sharing = Sharing(self.users, RecentQuestions(wire.clock), wire.wordings_days)
        self.conversation = Conversation(speaker, self.users, self._sender, gates, sharing, self.metrics)
        self.dispatcher = Dispatcher(self.conversation, self.users, limiter, self.caller, self.metrics, InvalidToken)
        self.monitor = StoreMonitor(
            store, self.users, self.breaker, wire.holder, self.dispatcher.take_up, wire.wordings_days
        )

    def introduce(self) -> None:
        """Who the bot is, as Telegram has just told."""
        self._sender.introduce(BotIdentity(self.bot.username, self.bot.supports_inline_queries))
        self.dispatcher.introduce(self.bot.id, self.bot.username)

    async def process_update(self, row: RawUpdate) -> None:
        """Take one update and wait for its answer to be out."""
        await self.dispatcher.accept(row)

    async def tell(self, person: int, reply: Reply) -> None:
        """Write to somebody who has not just asked. Whom one can't reach is left alone."""
        try:
            await self._sender.send(reply, Address(person))
        except Exception as error:  # noqa: BLE001 - nobody waits for it: it must end by itself
            log.warning("somebody who wanted to be told could not be: %s", type(error).__name__)

    async def close(self) -> None:
        """No more calls."""
        await self._sender.close()
        await self.bot.shutdown()

    async def __aenter__(self) -> "Application":
        await self.bot.initialize()
        self.introduce()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.dispatcher.close(0)
        await self.close()


def build_application(token: str, speaker: Speaker, store: Store, key: bytes, wire: Wire | None = None) -> Application:
    """An Application that is ready to be opened. `key` is the secret that turns people into codes."""
    return Application(token, speaker, store, key, wire or Wire())
