"""The live bot: asks Telegram for updates until it is told to stop."""

import asyncio
import contextlib
import logging

from telegram.error import Conflict, InvalidToken, NetworkError, TelegramError

from bot.content.texts import Texts
from bot.telegram.application import ALLOWED_UPDATES, App
from bot.telegram.profile import present

log = logging.getLogger(__name__)

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0  # seconds between tries to reach Telegram at start
POLLING_TASK = "Updater:start_polling:polling_task"  # the library's name for it; it has no other handle


class Refused(Exception):
    """Telegram will not have this bot run here; the message says why and what to do."""


BAD_TOKEN = "Telegram does not know this token. Copy it again from @BotFather into TELEGRAM_BOT_TOKEN."  # noqa: S105
TWO_POLLERS = (
    "Another program is already running this bot with the same token (409 Conflict). Stop that one first, "
    "or get a second token from @BotFather for this one."
)


async def poll(application: App, texts: Texts, stop: asyncio.Event) -> None:
    """Run until `stop` is set, then finish what is in hand. Raises Refused."""
    try:
        if not await _reached(application, stop):
            return
        await present(application.bot, texts)
    except InvalidToken as error:
        await application.shutdown()
        raise Refused(BAD_TOKEN) from error
    failure: list[Exception] = []
    try:
        await application.start()
        await _poll(application, stop, failure)
    finally:
        if application.updater and application.updater.running:
            with contextlib.suppress(TelegramError):  # what ended the polling is raised again here
                await application.updater.stop()
        if application.running:
            await application.stop()
        await application.shutdown()
    if failure:
        raise Refused(BAD_TOKEN if isinstance(failure[0], InvalidToken) else TWO_POLLERS) from failure[0]


async def _reached(application: App, stop: asyncio.Event) -> bool:
    """Wait for Telegram to answer. False when told to stop first. Raises InvalidToken."""
    pause = FIRST_PAUSE
    while not stop.is_set():
        try:
            await application.initialize()
        except NetworkError as error:
            log.warning("Telegram can't be reached (%s): trying again in %.0f s", type(error).__name__, pause)
        else:
            return True
        await _wait(stop, pause)
        pause = min(LONGEST_PAUSE, 2 * pause)
    return False


async def _poll(application: App, stop: asyncio.Event, failure: list[Exception]) -> None:
    def on_error(error: TelegramError) -> None:
        if isinstance(error, Conflict):
            failure.append(error)
            stop.set()
            return
        log.warning("no updates from Telegram (%s): trying again", type(error).__name__)

    updater = application.updater
    if updater is None:
        return
    try:
        await updater.start_polling(
            allowed_updates=ALLOWED_UPDATES, bootstrap_retries=-1, error_callback=on_error
        )
    except (InvalidToken, Conflict) as error:
        failure.append(error)
        return
    log.info("ready: @%s answers", application.bot.username)
    polling = next((task for task in asyncio.all_tasks() if task.get_name() == POLLING_TASK), None)
    stopped = asyncio.create_task(stop.wait())
    await asyncio.wait({stopped, polling} if polling else {stopped}, return_when=asyncio.FIRST_COMPLETED)
    stopped.cancel()
    # The library ends its loop without a word when a token is withdrawn.
    if polling and polling.done() and not polling.cancelled() and (ended := polling.exception()):
        failure.append(ended if isinstance(ended, InvalidToken) else Conflict(type(ended).__name__))


async def _wait(stop: asyncio.Event, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await stop.wait()
    except TimeoutError:
        return
