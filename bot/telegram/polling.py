"""Asks Telegram for updates, and confirms each only once it is answered, or kept where a crash can't lose it.

The library's own Updater confirms a batch when it has queued it: a crash then loses every question in it.
"""

import asyncio
import logging
import random
from collections.abc import Sequence
from dataclasses import dataclass

from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.delivery.backoff import pauses
from bot.delivery.dispatcher import Dispatcher, QueueFull, RawUpdate
from bot.delivery.retrying import RetryingCaller
from bot.telegram.api import MOST_UPDATES, Api
from bot.telegram.parsed_update import ParsedUpdate
from bot.telegram.startup_errors import BAD_TOKEN, TWO_POLLERS, WEBHOOK_ELSEWHERE, StartupError
from bot.telegram.window import Window

log = logging.getLogger(__name__)

LONG = 30  # seconds that Telegram may hold a question for updates open
# Telegram gives updates that are in hand again and again, at once. Asked for the same offset within half a
# second it gives one only (tdlib/telegram-bot-api, Client::process_get_updates_query): no new one is seen.
STUCK = 0.6
GATHER = 0.02  # seconds between questions while something is in hand: each costs all of it on the wire again
# More waits at Telegram than may be in hand: there is room for so many new ones before it is asked again, or
# it was long enough for an emergency behind them.
ROOM, BEHIND = 25, 0.2
# With a store that can't keep it, an update that must wait long is let go of when the window is so full: others
# are then answered, and only a crash in just that time loses it.
CROWDED = MOST_UPDATES * 3 // 4
# Seconds, when Telegram can't be reached. No longer: when it is back, somebody may be in danger.
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 5.0
REFUSALS = 3  # times in a row that the token is refused before that is believed


@dataclass(frozen=True)
class Rivalry:
    """What happens where another program asks for the same bot's updates. Seconds, but for `conflicts`.

    Telegram tells both of it in turn. Whoever was alone for `settled` stays, and tries again after a pause that
    grows; a newcomer gives way at its conflict number `conflicts`.
    """

    settled: float = 60.0
    conflicts: int = 2
    first_pause: float = 1.0
    longest_pause: float = 15.0


class Poller:
    """The loop. `run` until cancelled, then `confirm` what was answered."""

    def __init__(
        self, api: Api, dispatcher: Dispatcher[ParsedUpdate], line: RetryingCaller, rivalry: Rivalry | None = None
    ) -> None:
        self._api = api
        self._dispatcher = dispatcher
        self._caller = line
        self._rivalry = rivalry or Rivalry()
        self._window = Window()
        self._unkept: dict[int, RawUpdate] = {}  # let go of, and held in memory only
        self._pauses = pauses(FIRST_PAUSE, LONGEST_PAUSE)
        self._refusals = 0
        self._conflicts = 0
        self._alone_since: float | None = None
        self._is_settled = False
        self._rival_pauses = pauses(self._rivalry.first_pause, self._rivalry.longest_pause)
        self._trouble = ""
        self.reached_at = 0.0

    async def run(self) -> None:
        """For ever. Raises Refused where nothing can be mended by waiting."""
        ask = self._make_way
        while True:
            try:
                await ask()
                ask = self._once
            except InvalidToken as error:
                self._refusals += 1
                if self._refusals >= REFUSALS:
                    raise StartupError(BAD_TOKEN) from error
                await asyncio.sleep(next(self._pauses))
            except Conflict as error:
                await self._on_conflict(error)
            except RetryAfter as error:
                await asyncio.sleep(error._retry_after.total_seconds())
            except TelegramError as error:
                self._on_trouble(error)
                await asyncio.sleep(next(self._pauses))

    async def close(self) -> None:
        """Whoever cancels `run` has ended it. What only memory held is offered to the store once more."""
        await self._keep(self._unkept)

    async def confirm(self) -> None:
        """Tell Telegram what was answered last, so that it does not bring it again.

        Not after a meeting with another program that polls: the question would end that one's.
        """
        self._window.settle()
        if self._window.offset and not self._conflicts:
            await self._api.fetch(self._window.offset, 0)

    async def _make_way(self) -> None:
        """A webhook that was left behind would keep all updates to itself; what waits there stays."""
        if (await self._api.get_webhook_info()).url:
            log.warning("a webhook was set for this bot: it is deleted, for there is no WEBHOOK_URL")
            await self._api.delete_webhook(drop_pending_updates=False)

    async def _once(self) -> None:
        await self._put_off()
        self._window.settle()
        if not self._window.has_room:
            await self._window.wait(STUCK)
            return
        offset = self._window.offset
        rows = await self._api.fetch(offset, 0 if self._window else LONG)
        self._on_reached()
        is_blocked = await self._take(rows)
        if self._window or is_blocked:
            await self._gather()
            self._window.settle()
            if self._window.offset == offset:
                await self._window.wait(STUCK)

    async def _put_off(self) -> None:
        """Let go of the updates whose chat makes them wait: nobody behind them is to wait with them."""
        late = self._dispatcher.late(self._window.holding)
        if not late and not self._unkept:
            return
        rows = self._window.rows(late)
        if await self._keep({**self._unkept, **rows}):
            self._unkept = {}
        elif len(self._window) < CROWDED:
            return
        elif late:
            log.error("%d updates that must wait can't be kept in the store: a crash would lose them", len(late))
            self._unkept |= rows
        self._window.release(late)

    async def _keep(self, rows: dict[int, RawUpdate]) -> bool:
        """Keep those of them in the store that are not answered yet. Whether none is left that it does not have."""
        waiting = {number: row for number, row in rows.items() if self._dispatcher.has(number)}
        return not waiting or await self._dispatcher.defer(waiting)

    async def _gather(self) -> None:
        if self._window.has_room:
            await self._window.wait_for_all(GATHER)
        else:
            await self._window.wait(BEHIND, ROOM)

    async def _take(self, rows: Sequence[RawUpdate]) -> bool:
        """Take updates in hand. Where there is no room, they and what follows stay at Telegram: whether it is so.

        The rest is looked through all the same, for an emergency there is always room.
        """
        is_blocked = False
        for row in rows:
            number = int(row["update_id"])
            if number in self._window:  # numbers may start anew, lower, after a week without updates
                continue
            try:
                fate = self._dispatcher.accept(row)
            except QueueFull:
                is_blocked = True
            else:
                if not is_blocked:
                    self._window.add(number, row, fate)
            await asyncio.sleep(0)  # what is in hand goes on while the next one is understood
        if is_blocked:
            await asyncio.sleep(GATHER)
        return is_blocked

    def _on_reached(self) -> None:
        now = self.reached_at = asyncio.get_running_loop().time()
        self._caller.note_reached(after_trouble=bool(self._trouble))
        if self._trouble:
            log.info("updates come from Telegram again")
        self._trouble = ""
        self._refusals = 0
        self._pauses = pauses(FIRST_PAUSE, LONGEST_PAUSE)
        if self._alone_since is None:
            self._alone_since = now
        if now - self._alone_since >= self._rivalry.settled:
            self._is_settled = True
            self._conflicts = 0
            self._rival_pauses = pauses(self._rivalry.first_pause, self._rivalry.longest_pause)

    def _on_trouble(self, error: TelegramError) -> None:
        """Tell of it, once for as long as it is the same."""
        if error.message != self._trouble:
            self._trouble = error.message
            log.warning("no updates from Telegram (%s): trying again", error.message)

    async def _on_conflict(self, error: Conflict) -> None:
        self._conflicts += 1
        self._alone_since = None
        is_webhook = "webhook" in error.message.lower()
        if self._conflicts >= self._rivalry.conflicts and (is_webhook or not self._is_settled):
            raise StartupError(WEBHOOK_ELSEWHERE if is_webhook else TWO_POLLERS) from error
        log.warning("another program asks for this bot's updates: stop it, or give it a token of its own")
        # Not at the other's rhythm: two that start together must not both give way.
        await asyncio.sleep(next(self._rival_pauses) + random.uniform(0, self._rivalry.first_pause))  # noqa: S311
