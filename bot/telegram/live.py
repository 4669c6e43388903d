"""The live bot, from its start to its end: reach Telegram, answer, stop in order."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Collection
from typing import Protocol

from telegram.error import InvalidToken, NetworkError, TelegramError

from bot.telegram.application import Application
from bot.telegram.backoff import pauses
from bot.telegram.profile import present
from bot.telegram.refused import BAD_TOKEN, Refused

log = logging.getLogger(__name__)

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0  # seconds between tries to reach Telegram at start
# Seconds at the end for what is in hand, and for telling Telegram of it. With what the store may take they
# stay within 20; Docker kills after 10 unless it is given a longer `stop_grace_period`.
LAST_ANSWERS, LAST_CALL = 12.0, 3.0


class Source(Protocol):
    """Where updates come from: polling or a webhook. `reached_at` is when Telegram was last heard from."""

    reached_at: float

    async def run(self) -> None:
        """Bring updates until cancelled. Raises Refused."""

    async def close(self) -> None:
        """Take nothing more in."""

    async def confirm(self) -> None:
        """All that can be answered is answered: tell Telegram, and close what is open."""


async def live(
    application: Application, source: Source, stop: asyncio.Event, beside: Collection[Awaitable[object]] = ()
) -> None:
    """Run until `stop` is set, then finish what is in hand. `beside` runs all the while. Raises Refused."""
    keeper = application.keeper
    await keeper.open()
    tasks = [asyncio.ensure_future(each) for each in (keeper.keep(), *beside)]
    try:
        if not await _reached(application, stop):
            return
        await present(application.bot, application.conversation.speaker.content.texts)
        await _run(application, source, stop)
    except InvalidToken as error:
        raise Refused(BAD_TOKEN) from error
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await keeper.close()
        await application.bot.shutdown()


async def _run(application: Application, source: Source, stop: asyncio.Event) -> None:
    bringing = asyncio.create_task(source.run())
    stopping = asyncio.create_task(stop.wait())
    log.info("ready: @%s answers", application.bot.username)
    try:
        await asyncio.wait({bringing, stopping}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        bringing.cancel()
        stopping.cancel()
        ended = await asyncio.gather(bringing, return_exceptions=True)
        await source.close()
    if left := await application.intake.close(LAST_ANSWERS):
        log.warning("%d updates could not be answered before the end: Telegram brings them again", left)
    with contextlib.suppress(TelegramError, TimeoutError):
        async with asyncio.timeout(LAST_CALL):
            await source.confirm()
    if isinstance(ended[0], Exception):
        raise ended[0]


async def _reached(application: Application, stop: asyncio.Event) -> bool:
    """Wait for Telegram to answer. False when told to stop first. Raises InvalidToken."""
    for pause in pauses(FIRST_PAUSE, LONGEST_PAUSE):
        try:
            await application.bot.initialize()
        except NetworkError as error:
            log.warning("Telegram can't be reached (%s): trying again", type(error).__name__)
        else:
            return True
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(pause):
                await stop.wait()
        if stop.is_set():
            break
    return False
