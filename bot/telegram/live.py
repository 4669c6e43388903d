"""The live bot, from its start to its end: reach Telegram, answer, stop in order."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Protocol

from telegram.error import InvalidToken, RetryAfter, TelegramError

from bot.delivery.backoff import pauses
from bot.telegram.application import Application
from bot.telegram.errors import place_of
from bot.telegram.profile import present
from bot.telegram.startup_errors import BAD_TOKEN, StartupError, told

log = logging.getLogger(__name__)

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 5.0  # seconds between tries to reach Telegram at start
REFUSALS = 3  # times in a row that the token is refused before that is believed
REMINDER = 20  # tries after which the same trouble is told once more
# Seconds before what ended beside the bot is started again, longer each time, as long as it lives no longer.
RESTART, LONGEST_RESTART = 1.0, 60.0
# Seconds at the end for what is in hand, and for telling Telegram of it. With what the store may take they
# stay within 20; Docker kills after 10 unless it is given a longer `stop_grace_period`.
LAST_ANSWERS, LAST_CALL = 12.0, 3.0

Beside = Mapping[str, Callable[[], Awaitable[object]]]


class UpdateSource(Protocol):
    """Where updates come from: polling or a webhook. `reached_at` is when Telegram was last heard from."""

    reached_at: float

    async def run(self) -> None:
        """Bring updates until cancelled. Raises Refused."""

    async def close(self) -> None:
        """Take nothing more in."""

    async def confirm(self) -> None:
        """All that can be answered is answered: tell Telegram, and close what is open."""


async def live(
    application: Application, source: UpdateSource, stop: asyncio.Event, beside: Beside | None = None
) -> None:
    """Run until `stop` is set, then finish what is in hand. Raises Refused, and what the store refuses.

    `beside` runs all the while, by name: what ends there is told, and started again.
    """
    monitor = application.monitor
    await monitor.open()
    running = {"the monitor of the store": monitor.keep, **(beside or {})}
    tasks = {asyncio.create_task(kept_running(name, work)) for name, work in running.items()}
    try:
        if not await _reached(application, stop):
            return
        tasks.add(asyncio.create_task(_presented(application)))
        await _run(application, source, stop, tasks)
    except InvalidToken as error:
        raise StartupError(BAD_TOKEN) from error
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await monitor.close()
        await application.close()


async def kept_running(name: str, work: Callable[[], Awaitable[object]]) -> None:
    """Run something that should never end. Where it does it is told, and started again; Refused ends it all."""
    loop = asyncio.get_running_loop()
    again = pauses(RESTART, LONGEST_RESTART)
    while True:
        started = loop.time()
        try:
            await work()
            what = "it ended"
        except (StartupError, InvalidToken):
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is: nothing may die in silence
            what = f"{type(error).__name__} at {place_of(error)}"
        if loop.time() - started > LONGEST_RESTART:
            again = pauses(RESTART, LONGEST_RESTART)
        pause = next(again)
        log.error("%s stopped (%s): it is started again in %.0f s", name, what, pause)
        await asyncio.sleep(pause)


async def _presented(application: Application) -> None:
    """How the bot presents itself is set beside the first answers, then there is no more to do."""
    await present(application.bot, application.conversation.speaker.content)
    await asyncio.Event().wait()


async def _run(
    application: Application, source: UpdateSource, stop: asyncio.Event, tasks: set[asyncio.Task[None]]
) -> None:
    bringing = asyncio.create_task(source.run())
    stopping = asyncio.create_task(stop.wait())
    await asyncio.sleep(0)  # a port that is taken is told at once, and then nothing is ready
    if not bringing.done():
        log.info("ready: @%s answers", application.bot.username)
    try:
        await asyncio.wait({bringing, stopping, *tasks}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        bringing.cancel()
        stopping.cancel()
        ended = await asyncio.gather(bringing, return_exceptions=True)
        await source.close()
    if left := await application.dispatcher.close(LAST_ANSWERS):
        log.warning("%d updates could not be answered before the end: Telegram brings them again", left)
    with contextlib.suppress(TelegramError, TimeoutError):
        async with asyncio.timeout(LAST_CALL):
            await source.confirm()
    for error in (*ended, *(task.exception() for task in tasks if task.done() and not task.cancelled())):
        if isinstance(error, Exception):
            raise error


async def _reached(application: Application, stop: asyncio.Event) -> bool:
    """Wait for Telegram to answer, whatever it or a proxy says until then. False when told to stop first.

    Raises Refused for a token that is refused again and again: no waiting mends that.
    """
    refusals, known, same = 0, "", 0
    for pause in pauses(FIRST_PAUSE, LONGEST_PAUSE):
        try:
            await application.bot.initialize()
        except InvalidToken as error:
            refusals += 1
            if refusals == REFUSALS:
                raise StartupError(BAD_TOKEN) from error
        except TelegramError as error:
            refusals = 0
            trouble = told(error, application.api_url)
            same = same + 1 if trouble == known else 0
            if same % REMINDER == 0:
                log.warning("%s: trying again", trouble)
            known = trouble
            if isinstance(error, RetryAfter):
                pause = max(pause, error._retry_after.total_seconds())
        else:
            application.introduce()
            return True
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(pause):
                await stop.wait()
        if stop.is_set():
            break
    return False
