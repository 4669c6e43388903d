"""Where updates come in: each is answered once, one person's in order, different people's at once."""

import asyncio
import logging
from collections import deque
from dataclasses import dataclass, field, replace
from typing import Literal

from telegram import Update, User
from telegram.error import InvalidToken

from bot.telegram.acquaintance import Acquaintance
from bot.telegram.conversation import Conversation
from bot.telegram.heard import Heard
from bot.telegram.metrics import Metrics
from bot.telegram.turns import Turns
from bot.telegram.visit import Visit

log = logging.getLogger(__name__)

# More than a poll brings at once, and than two rounds of webhook connections; small enough for memory.
MOST = 256
LANE = 25  # messages of one person that wait: a little more than the flood limit lets through
ALARMS = 10  # and emergencies beside them; whoever sends more has ten alarms on their way

# `held`: another copy of the bot has it in hand.
Fate = Literal["answered", "held"]


class Full(Exception):
    """There is no room just now: Telegram should bring this update again."""


@dataclass
class _Lane:
    """One person's updates, in order."""

    waiting: deque[tuple[Heard, "asyncio.Future[Fate]", float]] = field(default_factory=deque)
    task: "asyncio.Task[None] | None" = None

    def has_room(self, heard: Heard) -> bool:
        alarms = sum(each.is_danger for each, _, _ in self.waiting)
        return alarms < ALARMS if heard.is_danger else len(self.waiting) - alarms < LANE


class Intake:
    """Accepts updates and tells what became of each."""

    def __init__(self, conversation: Conversation, acquaintance: Acquaintance, turns: Turns, metrics: Metrics) -> None:
        self._conversation = conversation
        self._acquaintance = acquaintance
        self._turns = turns
        self._metrics = metrics
        self._lanes: dict[int, _Lane] = {}
        self._in_hand: dict[int, asyncio.Future[Fate]] = {}
        self._closed = False
        metrics.watch("in_hand", "Updates in hand", lambda: len(self._in_hand))
        metrics.watch("calls_waiting", "Calls of Telegram that wait for their turn", lambda: len(turns))

    def __len__(self) -> int:
        """Updates in hand."""
        return len(self._in_hand)

    def accept(self, update: Update, bot: User) -> "asyncio.Future[Fate]":
        """Take an update in hand. The future ends when it may be confirmed to Telegram. Raises Full.

        An update that is in hand already is not taken a second time.
        """
        number = update.update_id
        if number in self._in_hand:
            self._metrics.duplicates.labels("in_hand").inc()
            return self._in_hand[number]
        if self._acquaintance.has_answered(number):
            self._metrics.duplicates.labels("memory").inc()
            return _done()
        heard = self._listen(update, bot)
        if self._closed or (len(self._in_hand) >= MOST and not heard.is_danger):
            raise Full
        self._metrics.updates.labels(heard.kind).inc()
        heard = replace(heard, verdict=self._conversation.verdict(heard))
        if heard.is_empty or self._is_too_much(heard):
            return _done()
        return self._enter(heard)

    async def close(self, seconds: float) -> int:
        """Take in nothing more and finish what is in hand. How much is left after so many seconds."""
        self._closed = True
        tasks = {lane.task for lane in self._lanes.values() if lane.task}
        if tasks:
            await asyncio.wait(tasks, timeout=seconds)
        left = len(self._in_hand)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        return left

    def _listen(self, update: Update, bot: User) -> Heard:
        try:
            return self._conversation.listen(update, bot)
        except Exception as error:  # noqa: BLE001 - the edge: the person is told that it was not their fault
            return self._conversation.not_heard(update, error)

    def _is_too_much(self, heard: Heard) -> bool:
        lane = self._lanes.get(heard.person or 0)
        hushed = heard.verdict == "hush" and heard.query is None  # a press is answered, and no more
        if not hushed and (lane is None or lane.has_room(heard)):
            return False
        self._metrics.refused.labels("flood").inc()
        return True

    def _enter(self, heard: Heard) -> "asyncio.Future[Fate]":
        future: asyncio.Future[Fate] = asyncio.get_running_loop().create_future()
        received = asyncio.get_running_loop().time()
        self._in_hand[heard.number] = future
        if heard.address:
            self._turns.enter(heard.address.chat, received, heard.is_danger)
        key = heard.person or 0
        lane = self._lanes.setdefault(key, _Lane())
        lane.waiting.append((heard, future, received))
        if lane.task is None:
            lane.task = asyncio.create_task(self._run(key, lane))
        return future

    async def _run(self, key: int, lane: _Lane) -> None:
        try:
            while lane.waiting:
                heard, future, received = lane.waiting[0]
                await self._settle(heard, future, received)
                lane.waiting.popleft()
        finally:
            del self._lanes[key]
            for heard, future, received in lane.waiting:
                self._leave(heard, received)
                future.cancel()

    async def _settle(self, heard: Heard, future: "asyncio.Future[Fate]", received: float) -> None:
        try:
            fate = await self._answer(heard, received)
        except InvalidToken as error:
            self._leave(heard, received)
            future.set_exception(error)  # for whoever brought the update: it ends the bot
            return
        except Exception as error:  # noqa: BLE001 - the edge: one update must not end the bot
            self._metrics.bugs.inc()
            log.error("an update ended in %s", type(error).__name__)
            fate = "answered"
        self._leave(heard, received)
        future.set_result(fate)

    async def _answer(self, heard: Heard, received: float) -> Fate:
        person = self._acquaintance.code(heard.person) if heard.person is not None else None
        standing = await self._acquaintance.begin(heard.number, person)
        if standing.state == "held":
            return "held"
        if standing.state == "answered":
            self._metrics.duplicates.labels("store").inc()
            return "answered"
        visit = Visit(heard.number, person, standing.seen)
        await self._conversation.answer(heard, visit)
        self._metrics.note_answer(asyncio.get_running_loop().time() - received)
        await self._acquaintance.finish(visit.outcome)
        return "answered"

    def _leave(self, heard: Heard, received: float) -> None:
        del self._in_hand[heard.number]
        if heard.address:
            self._turns.leave(heard.address.chat, received, heard.is_danger)


def _done() -> "asyncio.Future[Fate]":
    future: asyncio.Future[Fate] = asyncio.get_running_loop().create_future()
    future.set_result("answered")
    return future
