"""Asks Telegram for updates, and confirms each only once it is answered.

The library's own Updater confirms a batch when it has queued it: a crash then loses every question in it.
"""

import asyncio
import logging
from typing import Any

from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.telegram.api import Api, read_update
from bot.telegram.backoff import pauses
from bot.telegram.intake import Full, Intake
from bot.telegram.refused import BAD_TOKEN, TWO_POLLERS, WEBHOOK_ELSEWHERE, Refused
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
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0  # seconds, when Telegram can't be reached
CONFLICTS = 2  # in a row, after which another poller is no chance meeting
CONFLICT_PAUSE = 3.0  # seconds; Telegram tells of a conflict once in so long


class Poller:
    """The loop. `run` until cancelled, then `confirm` what was answered."""

    def __init__(self, api: Api, intake: Intake) -> None:
        self._api = api
        self._intake = intake
        self._window = Window()
        self._pauses = pauses(FIRST_PAUSE, LONGEST_PAUSE)
        self._conflicts = 0
        self.reached_at = 0.0

    async def run(self) -> None:
        """For ever. Raises Refused where nothing can be mended by waiting."""
        ask = self._make_way
        while True:
            try:
                await ask()
                ask = self._once
            except InvalidToken as error:
                raise Refused(BAD_TOKEN) from error
            except Conflict as error:
                await self._on_conflict(error)
            except RetryAfter as error:
                await asyncio.sleep(error._retry_after.total_seconds())
            except TelegramError as error:
                log.warning("no updates from Telegram (%s): trying again", type(error).__name__)
                await asyncio.sleep(next(self._pauses))

    async def close(self) -> None:
        """There is nothing to close: whoever cancels `run` has done it."""

    async def confirm(self) -> None:
        """Tell Telegram what was answered last, so that it does not bring it again."""
        self._window.settle()
        if self._window.offset:
            await self._api.fetch(self._window.offset, 0)

    async def _make_way(self) -> None:
        """A webhook that was left behind would keep all updates to itself; what waits there stays."""
        if (await self._api.get_webhook_info()).url:
            log.warning("a webhook was set for this bot: it is deleted, for there is no WEBHOOK_URL")
            await self._api.delete_webhook(drop_pending_updates=False)

    async def _once(self) -> None:
        self._window.settle()
        if not self._window.has_room:
            await self._window.wait(STUCK)
            return
        offset = self._window.offset
        rows = await self._api.fetch(offset, 0 if self._window else LONG)
        self._on_reached()
        for row in rows:
            await self._take(row)
        if self._window:
            await self._gather()
            self._window.settle()
            if self._window.offset == offset:
                await self._window.wait(STUCK)

    async def _gather(self) -> None:
        if self._window.has_room:
            await self._window.wait_for_all(GATHER)
        else:
            await self._window.wait(BEHIND, ROOM)

    async def _take(self, row: dict[str, Any]) -> None:
        number = int(row["update_id"])
        if number in self._window:  # numbers may start anew, lower, after a week without updates
            return
        while True:
            try:
                self._window.add(number, self._intake.accept(read_update(row, self._api), self._api.bot))
            except Full:
                await asyncio.sleep(GATHER)
            else:
                break
        await asyncio.sleep(0)  # what is in hand goes on while the next one is understood

    def _on_reached(self) -> None:
        self.reached_at = asyncio.get_running_loop().time()
        self._conflicts = 0
        self._pauses = pauses(FIRST_PAUSE, LONGEST_PAUSE)

    async def _on_conflict(self, error: Conflict) -> None:
        self._conflicts += 1
        if self._conflicts >= CONFLICTS:
            raise Refused(WEBHOOK_ELSEWHERE if "webhook" in error.message.lower() else TWO_POLLERS) from error
        log.warning("another program asks for this bot's updates: trying once more")
        await asyncio.sleep(CONFLICT_PAUSE)
