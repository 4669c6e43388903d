"""Updates handed to the bot's own web server, by the rules of Telegram's open-source Bot API server."""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import aiohttp
from yarl import URL

from bot.preview.ledger import Ledger
from bot.preview.refusals import Json
from bot.preview.updates import Updates

# From WebhookActor.cpp and .h of tdlib/telegram-bot-api.
MOST_CONNECTIONS = 40  # by default
PATIENCE = 60.0  # seconds for an answer
LONGEST_DELAY = 60.0  # seconds; a longer one is drawn between this and twice this
BROKEN, NOBODY = 0, -1  # in place of a status: the connection ended without one, there was none at all
UNREACHABLE = 1.0  # seconds until a server that takes no connection is tried again
LOADED = 2  # updates in hand for each connection: others wait behind those that fail

QueueKey = tuple[int, str]


class Webhook:
    """One update at a time for each chat (and for each person's presses), again and again until it is taken.

    ``relay`` is where connections really go: the proxy that turns the public https address into a local one.
    """

    def __init__(self, updates: Updates, ledger: Ledger) -> None:
        self.url = ""
        self.relay = ""
        self.lost_share = 0.0  # the share of answers that get lost on the way: those updates come again
        self.pause: Callable[[float], Awaitable[None]] = asyncio.sleep
        self._secret = ""
        self.connections = MOST_CONNECTIONS
        self._updates = updates
        self._ledger = ledger
        self._queues: dict[QueueKey, deque[Json]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._places = asyncio.Semaphore(MOST_CONNECTIONS)

    @property
    def loaded(self) -> int:
        """How many updates are in hand."""
        return sum(map(len, self._queues.values()))

    def set(self, url: str, secret: str = "", connections: int = MOST_CONNECTIONS) -> None:
        """From now on deliver there; to nobody if the address is empty. The same again changes nothing."""
        if (url, secret, connections) == (self.url, self._secret, self.connections):
            return
        self.stop()
        self.url, self._secret, self.connections = url, secret, connections
        self._places = asyncio.Semaphore(connections)
        self._updates.on_add = self._load if url else lambda: None
        self._load()

    def stop(self) -> None:
        """Stop delivering; whatever no answer has come for is kept, and delivered again later."""
        for task in self._tasks:
            task.cancel()
        self._updates.put_back(update for queue in self._queues.values() for update in queue)
        self._queues = {}
        self.url = ""

    def _load(self) -> None:
        while self.url and self.loaded < LOADED * self.connections:
            update = self._updates.take()
            if update is None:
                return
            queue = self._queues.get(key_of(update))
            if queue is not None:
                queue.append(update)
                continue
            self._queues[key_of(update)] = queue = deque([update])
            self._start(self._empty(key_of(update), queue))

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _empty(self, key: QueueKey, queue: deque[Json]) -> None:
        while queue:
            await self._deliver(queue[0])
            queue.popleft()
            if not queue:
                del self._queues[key]
            self._load()

    async def _deliver(self, update: Json) -> None:
        """Once more at once after the first failure, then after 2, 4, 8... seconds."""
        delay, failures = 1.0, 0
        while True:
            code, pause = await self._post(update)
            if random.random() < self.lost_share:  # noqa: S311 - not a secret
                code, pause = BROKEN, 0.0
            self._ledger.note_post(update, code)
            if 200 <= code <= 299:
                return
            if failures and not pause:
                longest = random.uniform(LONGEST_DELAY, 2 * LONGEST_DELAY)  # noqa: S311 - not a secret
                pause = delay = min(longest, 2 * delay)
            failures += code != NOBODY
            await self.pause(pause)

    async def _post(self, update: Json) -> tuple[int, float]:
        """The status, and after how many seconds to try again if something told so."""
        public = urlsplit(self.url)
        target = urlunsplit((*urlsplit(self.relay or self.url)[:2], public.path, public.query, ""))
        headers = {"Content-Type": "application/json", "Host": public.netloc}
        if self._secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = self._secret
        body = json.dumps(update, ensure_ascii=False).encode()
        timeout = aiohttp.ClientTimeout(total=PATIENCE)
        async with self._places:
            try:
                # A session for each: nothing stays open between events loops, or after the last update.
                async with (
                    aiohttp.ClientSession(timeout=timeout) as session,
                    session.post(URL(target, encoded=True), data=body, headers=headers, allow_redirects=False) as given,
                ):
                    await given.read()
            except aiohttp.ClientConnectorError:
                return NOBODY, UNREACHABLE
            except (aiohttp.ClientError, OSError):
                return BROKEN, 0.0
        wanted = 0.0
        with contextlib.suppress(ValueError):
            wanted = float(given.headers.get("Retry-After", "0"))
        return given.status, wanted


def key_of(update: Json) -> QueueKey:
    """Which queue an update waits in."""
    if "callback_query" in update:
        return update["callback_query"]["from"]["id"], "press"
    if "inline_query" in update:
        return update["inline_query"]["from"]["id"], "inline"
    for kind in ("my_chat_member", "chat_member"):
        if kind in update:
            return update[kind]["chat"]["id"], kind
    message = update.get("message") or update.get("edited_message") or {}
    return message.get("chat", {}).get("id", 0), "message"
