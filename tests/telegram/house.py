"""The whole bot over a pretend Telegram, polled as it is live; it can be killed at any moment and started anew."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

from bot.delivery.backoff import RetryPolicy
from bot.preview.server import TOKEN, PretendTelegram
from bot.preview.transport import PreviewRequest
from bot.replies import Speaker
from bot.store import Store
from bot.telegram.application import Wire, build_application
from bot.telegram.live import Beside, live
from bot.telegram.polling import Poller, Rivalry
from bot.telegram.webhook import WebhookSource
from bot.telegram.webhook_server import WebhookConfig
from tests.telegram.conftest import KEY, UNLIMITED

QUICK = RetryPolicy(0.01, 0.05, 0.02)
RIVALRY = Rivalry(settled=0.3, first_pause=0.05, longest_pause=0.1)


class GatedRequest(PreviewRequest):
    """A connection on which single chats can be made to wait."""

    __slots__ = ("gates",)

    def __init__(self, server: PretendTelegram) -> None:
        super().__init__(server)
        self.gates: dict[int, asyncio.Event] = {}

    async def do_request(self, *given: Any, **more: Any) -> tuple[int, bytes]:
        data = more.get("request_data")
        chat = int(data.parameters.get("chat_id", 0)) if data else 0
        if chat in self.gates:
            await self.gates[chat].wait()
        return await super().do_request(*given, **more)


class House:
    """A bot that is started, stopped in order, or killed."""

    def __init__(
        self,
        server: PretendTelegram,
        speaker: Speaker,
        store: Store,
        wire: Wire | None = None,
        place: WebhookConfig | None = None,
        beside: Beside | None = None,
    ) -> None:
        self._place = place
        self._beside = beside
        self.server = server
        self._speaker = speaker
        self._store = store
        self._wire = wire or Wire(patience=QUICK, limits=UNLIMITED)
        self._stop = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        self.launch()
        await self.calls("getWebhookInfo" if self._place else "getUpdates")

    def launch(self) -> None:
        self.request = GatedRequest(self.server)
        wire = replace(self._wire, request=self.request, updates_request=PreviewRequest(self.server))
        self._stop = asyncio.Event()
        self.bot = build_application(TOKEN, self._speaker, self._store, KEY, wire)
        bot, dispatcher = self.bot.bot, self.bot.dispatcher
        self.source: WebhookSource | Poller = (
            WebhookSource(bot, dispatcher, self.bot.metrics, self._place)
            if self._place
            else Poller(bot, dispatcher, self.bot.caller, RIVALRY)
        )
        self.server.calls.clear()
        self._task = asyncio.create_task(live(self.bot, self.source, self._stop, self._beside))

    @property
    def is_running(self) -> bool:
        return self._task is not None and not self._task.done()

    async def rest(self) -> None:
        """Nothing more is to be stopped."""
        self._task = None

    async def start_and_end(self) -> None:
        """Start a bot that ends by itself. Raises what ended it."""
        self.launch()
        await self.ended()

    async def stop(self) -> None:
        """As SIGTERM does it. Raises what ended the bot."""
        self._stop.set()
        if self._task:
            task, self._task = self._task, None
            await task

    async def ended(self) -> None:
        """Wait for the bot to end by itself."""
        assert self._task
        task, self._task = self._task, None
        async with asyncio.timeout(30):
            await task

    async def kill(self) -> None:
        """As `kill -9` does it: nothing more is said to Telegram or written to the store."""

        assert self._task
        task, self._task = self._task, None
        task.cancel()
        await asyncio.gather(task, self.bot.dispatcher.close(0), return_exceptions=True)

    async def calls(self, method: str, times: int = 1) -> None:
        """Wait until Telegram was called so often."""
        async with asyncio.timeout(30):
            while sum(call.method == method for call in self.server.calls) < times:  # noqa: ASYNC110 - no event
                await asyncio.sleep(0.005)


@contextlib.asynccontextmanager
async def house_of(
    server: PretendTelegram,
    speaker: Speaker,
    store: Store,
    wire: Wire | None = None,
    place: WebhookConfig | None = None,
) -> AsyncIterator[House]:
    house = House(server, speaker, store, wire, place)
    await house.start()
    try:
        yield house
    finally:
        await house.stop()
