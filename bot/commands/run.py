"""`run`: the live bot."""

import asyncio
import logging
import secrets
from pathlib import Path

from bot.commands.opening import DATA, give_up, open_content, open_settings, open_soon, stop_on_signals
from bot.delivery.rate_limiter import Limits, Rate
from bot.operation.admin_desk import RELOAD_REFUSED, AdminDesk
from bot.operation.garbage import set_aside
from bot.operation.health import Health
from bot.operation.hourly import tell_hourly
from bot.operation.inbox import AcceptedWatch, WordingInbox
from bot.operation.logs import set_up_logging
from bot.operation.reload import FolderState, Reloader, state_of
from bot.operation.status import Status
from bot.operation.telegram_inbox import TelegramInbox
from bot.replies import Speaker
from bot.settings import Settings, unknown_settings
from bot.store import (
    OTHER_KEY,
    PeopleKeyError,
    Store,
    StoreError,
    find_key,
    fingerprint,
    make_key,
    store_at,
)
from bot.telegram.application import Application, Wire, build_application
from bot.telegram.live import UpdateSource, live
from bot.telegram.polling import Poller
from bot.telegram.profile import present
from bot.telegram.request import ProxyError
from bot.telegram.startup_errors import StartupError
from bot.telegram.webhook import WebhookSource
from bot.telegram.webhook_server import WebhookConfig
from bot.understanding.accepted import AcceptedWordings

log = logging.getLogger(__name__)

WHERE_TO_GET_ONE = (
    "There is no TELEGRAM_BOT_TOKEN. Get one in Telegram: write /newbot to @BotFather, put the line\n"
    "TELEGRAM_BOT_TOKEN=... into the file .env, and start again.\n"
    "To try the bot without one: python -m bot preview"
)
HOLDER_BYTES = 8  # enough for a name that no other copy of the bot gives itself
KEY = "person.key"  # the file in the data folder


def run(folder: Path | None, start_over: bool) -> None:
    settings = open_settings(content_dir=folder)
    if settings.telegram_bot_token is None:
        give_up(WHERE_TO_GET_ONE)
    token = settings.telegram_bot_token.get_secret_value()
    set_up_logging(settings)
    for unknown in unknown_settings():
        log.warning("%s", unknown)
    state = state_of(settings.content_dir)
    content = open_content(settings.content_dir)
    try:
        # What can't be written is told now: learning takes a minute.
        number = int(token.partition(":")[0])
        key = asyncio.run(key_for(settings, store_at(settings.database_url, number), start_over))
        understanding, is_current = open_soon(content, settings.content_dir)
        speaker = Speaker(content, understanding)
        asyncio.run(_run(settings, token, key, speaker, state if is_current else None))
    except (StartupError, StoreError, PeopleKeyError, ProxyError) as error:
        give_up(str(error))


async def _run(settings: Settings, token: str, key: bytes, speaker: Speaker, state: FolderState | None) -> None:
    stop = stop_on_signals()
    store = store_at(settings.database_url, int(token.partition(":")[0]), fingerprint(key))
    try:
        application = build_application(token, speaker, store, key, wire_of(settings))
        await _live(settings, application, AdminDesk(application, store, settings.admin_ids), state, stop)
    finally:
        await store.close()


async def _live(
    settings: Settings, application: Application, desk: AdminDesk, state: FolderState | None, stop: asyncio.Event
) -> None:
    """The bot, and what runs beside it: the watch over the content, what its admins are told, its health."""

    async def take_over(speaker: Speaker) -> None:
        application.conversation.speaker = speaker.with_accepted(watch.accepted)
        set_aside()
        await present(application.bot, speaker.content)

    def count(result: str) -> None:
        application.metrics.reloads.labels(result).inc()
        if result == "refused":
            desk.note(RELOAD_REFUSED)

    def accept(accepted: AcceptedWordings) -> None:
        application.conversation.speaker = application.conversation.speaker.with_accepted(accepted)

    watch = AcceptedWatch(application.store, lambda: application.conversation.speaker, accept)
    inbox = WordingInbox(application.store, lambda: application.conversation.speaker, settings.content_dir)
    source = source_of(settings, application)
    reloader = Reloader(settings.content_dir, DATA, state, take_over, count)
    status = Status(application, source, reloader, "webhook" if settings.webhook_url else "polling")
    application.conversation.admins = desk.admins(status.told, TelegramInbox(inbox).to_press)
    health = Health(settings.metrics_host, settings.metrics_port, application.metrics, status.checks)
    if settings.metrics_port:
        await health.start()
    set_aside()
    beside = {
        "the watch over the content": reloader.watch,
        "the hourly line": lambda: tell_hourly(application.metrics),
        "what admins are told": desk.watch,
        "the watch over accepted wordings": watch.watch,
    }
    try:
        await live(application, source, stop, beside)
    finally:
        await health.stop()


def wire_of(settings: Settings) -> Wire:
    rate = settings.messages_per_second
    return Wire(
        api_url=settings.telegram_api_url,
        limits=Limits(overall=Rate(max(1, round(rate)), 1 / rate)),
        wordings_days=settings.wordings_days,
        holder=secrets.token_hex(HOLDER_BYTES) if settings.webhook_url else None,
    )


def source_of(settings: Settings, application: Application) -> UpdateSource:
    """A webhook where there is an address for one; otherwise Telegram is asked."""
    if settings.webhook_url is None or settings.webhook_secret is None:
        return Poller(application.bot, application.dispatcher, application.caller)
    place = WebhookConfig(
        settings.webhook_url,
        settings.webhook_secret.get_secret_value(),
        settings.host,
        settings.port,
        settings.webhook_telegram_only,
        settings.trusted_proxies,
    )
    return WebhookSource(application.bot, application.dispatcher, application.metrics, place)


async def key_for(settings: Settings, store: Store, start_over: bool) -> bytes:
    """The secret that turns people into codes: from the environment, or made once and kept in a file.

    None is made where the database belongs to one already, and no other is used on it. With `start_over` the
    present one takes it over. Raises PeopleKeyError and StoreError.
    """
    given = settings.person_key.get_secret_value().encode() if settings.person_key else find_key(DATA / KEY)
    try:
        owner = await _owner(store)
        if owner is not None and not start_over and (given is None or fingerprint(given) != owner):
            raise PeopleKeyError(f"{OTHER_KEY}.")
        key = given or make_key(DATA / KEY)
        if owner is not None and fingerprint(key) != owner:
            await store.disown(fingerprint(key))
    finally:
        await store.close()
    return key


async def _owner(store: Store) -> str | None:
    """The fingerprint of the database's key; None as well where it can't be asked: the bot starts without it."""
    try:
        return await store.owner()
    except StoreError as error:
        log.warning("whose people's key the database belongs to can't be asked: %s", error)
        return None
