"""The bot, put together from its parts."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType

from telegram.request import BaseRequest

from bot.replies import Speaker
from bot.store import Store
from bot.telegram.acquaintance import Acquaintance
from bot.telegram.albums import Albums
from bot.telegram.api import Api
from bot.telegram.backoff import Patience
from bot.telegram.conversation import Conversation, Floods, Gates
from bot.telegram.door import Door
from bot.telegram.fuse import Fuse
from bot.telegram.incoming import Json
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
    albums: Albums = field(default_factory=Albums)
    holder: str | None = None


class Application:
    """Everything between an update and its answer. Used as `async with`, it is open for calls."""

    def __init__(self, token: str, speaker: Speaker, store: Store, key: bytes, wire: Wire) -> None:
        self.metrics = Metrics()
        self.api_url = wire.api_url
        self.bot = Api(
            token,
            wire.api_url,
            wire.request or HttpRequest(wire.api_url, AT_ONCE),
            wire.updates_request or HttpRequest(wire.api_url, 1),
        )
        turns = Turns(wire.limits)
        self.fuse = Fuse(self.metrics)
        self.line = Line(turns, wire.patience, self.metrics)
        self.acquaintance = Acquaintance(store, key, self.fuse, self.metrics, wire.holder)
        self._door = Door(self.bot, self.line)
        self.conversation = Conversation(
            speaker, self.acquaintance, self._door, Gates(Floods.at(wire.clock), wire.albums), self.metrics
        )
        self.intake = Intake(self.conversation, self.acquaintance, turns, self.line, self.metrics)
        self.keeper = Keeper(store, self.acquaintance, self.fuse, wire.holder, self.intake.take_up)

    async def process_update(self, row: Json) -> None:
        """Take one update and wait for its answer to be out."""
        await self.intake.accept(row)

    async def close(self) -> None:
        """No more calls."""
        await self._door.close()
        await self.bot.shutdown()

    async def __aenter__(self) -> "Application":
        await self.bot.initialize()
        self.intake.introduce(self.bot.id, self.bot.username)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.intake.close(0)
        await self.close()


def build_application(token: str, speaker: Speaker, store: Store, key: bytes, wire: Wire | None = None) -> Application:
    """An Application that is ready to be opened. `key` is the secret that turns people into codes."""
    return Application(token, speaker, store, key, wire or Wire())
