"""The bot, put together from its parts."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType

from telegram import Update
from telegram.request import BaseRequest

from bot.replies import Speaker
from bot.store import Store
from bot.telegram.acquaintance import Acquaintance
from bot.telegram.api import Api
from bot.telegram.backoff import Patience
from bot.telegram.conversation import Conversation, Floods
from bot.telegram.door import Door
from bot.telegram.flood import Flood
from bot.telegram.fuse import Fuse
from bot.telegram.intake import Intake
from bot.telegram.keeper import Keeper
from bot.telegram.line import Line
from bot.telegram.metrics import Metrics
from bot.telegram.request import HttpRequest
from bot.telegram.turns import AT_ONCE, Limits, Turns


@dataclass(frozen=True)
class Wire:
    """How Telegram is reached: by default over the network; the preview and the tests bring their own.

    `holder` names this copy of the bot where several share the updates.
    """

    request: BaseRequest | None = None
    updates_request: BaseRequest | None = None
    api_url: str = "https://api.telegram.org"
    clock: Callable[[], float] = time.monotonic
    patience: Patience = field(default=Patience())
    limits: Limits = field(default=Limits())
    holder: str | None = None


class Application:
    """Everything between an update and its answer. Used as `async with`, it is open for calls."""

    def __init__(self, token: str, speaker: Speaker, store: Store, key: bytes, wire: Wire) -> None:
        self.metrics = Metrics()
        self.bot = Api(
            token,
            wire.api_url,
            wire.request or HttpRequest(wire.api_url, AT_ONCE),
            wire.updates_request or HttpRequest(wire.api_url, 1),
        )
        turns = Turns(wire.limits)
        self.fuse = Fuse(self.metrics)
        self.line = Line(turns, wire.patience, self.metrics)
        acquaintance = Acquaintance(store, key, self.fuse, self.metrics, wire.holder)
        self.keeper = Keeper(store, acquaintance, self.fuse, wire.holder)
        self.conversation = Conversation(
            speaker,
            acquaintance,
            Door(self.bot, self.line),
            Floods(Flood(wire.clock), Flood(wire.clock)),
            self.metrics,
        )
        self.intake = Intake(self.conversation, acquaintance, turns, self.metrics)

    async def process_update(self, update: Update) -> None:
        """Take one update and wait for its answer to be out."""
        await self.intake.accept(update, self.bot.bot)

    async def __aenter__(self) -> "Application":
        await self.bot.initialize()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.intake.close(0)
        await self.bot.shutdown()


def build_application(token: str, speaker: Speaker, store: Store, key: bytes, wire: Wire | None = None) -> Application:
    """An Application that is ready to be opened. `key` is the secret that turns people into codes."""
    return Application(token, speaker, store, key, wire or Wire())
