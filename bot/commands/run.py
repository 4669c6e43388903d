"""`run`: the live bot."""

import asyncio
import signal
from pathlib import Path

from bot.commands.logs import set_up_logging
from bot.commands.opening import DATA, give_up, open_content, open_settings, open_understanding
from bot.replies import Speaker
from bot.settings import Settings
from bot.store import PeopleKeyError, StoreError, read_key, store_at
from bot.telegram.application import Wire, build_application
from bot.telegram.live import live
from bot.telegram.polling import Poller
from bot.telegram.refused import Refused

WHERE_TO_GET_ONE = (
    "There is no TELEGRAM_BOT_TOKEN. Get one in Telegram: write /newbot to @BotFather, put the line\n"
    "TELEGRAM_BOT_TOKEN=... into the file .env, and start again.\n"
    "To try the bot without one: python -m bot preview"
)


def run(folder: Path | None) -> None:
    settings = open_settings(content_dir=folder)
    if settings.telegram_bot_token is None:
        give_up(WHERE_TO_GET_ONE)
    token = settings.telegram_bot_token.get_secret_value()
    set_up_logging(settings.log_level, token)
    content = open_content(settings.content_dir)
    speaker = Speaker(content, open_understanding(content))
    try:
        asyncio.run(_run(settings, token, speaker))
    except (Refused, StoreError, PeopleKeyError) as error:
        give_up(str(error))


async def _run(settings: Settings, token: str, speaker: Speaker) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for each in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(each, stop.set)
    store = store_at(settings.database_url, bot=int(token.partition(":")[0]))
    try:
        wire = Wire(api_url=settings.telegram_api_url)
        application = build_application(token, speaker, store, key_of(settings), wire)
        await live(application, Poller(application.bot, application.intake), stop)
    finally:
        await store.close()


def key_of(settings: Settings) -> bytes:
    """The secret that turns people into codes: from the environment, or made once and kept in a file."""
    if settings.person_key is not None:
        return settings.person_key.get_secret_value().encode()
    return read_key(DATA / "person.key")
