"""Telegram as the bot finds it: the token, how updates come, what the bot may do, the clock."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from telegram import User, WebhookInfo
from telegram.error import BadRequest, InvalidToken, NetworkError, TelegramError

from bot.operation.doctor.result import CheckResult, broken, look, ok
from bot.telegram.api import Api
from bot.telegram.request import HttpRequest, ProxyError
from bot.telegram.startup_errors import told

PATIENCE = 10.0  # seconds for one answer; Telegram needs a tenth of one
SLOW_CLOCK = 5.0  # seconds: beyond that, times in logs and in Telegram do not belong together
FRESH = timedelta(hours=1)  # an older failure has been got over
MANY = 100  # updates that wait; a living bot has none
HOURS = 120  # minutes; from here on hours say it better
NETWORK = "check the network, the firewall, the proxy, and TELEGRAM_API_URL if you set it"
PORTS = (443, 80, 88, 8443)  # where Telegram brings updates to (Bot API, setWebhook)


@dataclass(frozen=True)
class TelegramAccess:
    """How the bot is to reach Telegram, and where Telegram is to bring updates; None for polling."""

    token: str | None
    api_url: str
    webhook: str | None
    updates: tuple[str, ...]
    clock: Callable[[], datetime]


async def examine_telegram(access: TelegramAccess) -> tuple[CheckResult, ...]:
    if access.token is None:
        what = "there is none: the preview works, the live bot does not start"
        return (look("token", what, "write /newbot to @BotFather and put TELEGRAM_BOT_TOKEN=... into .env"),)
    try:
        request = HttpRequest(access.api_url, 1)
    except ProxyError as error:
        return (broken("proxy", str(error), "see there"),)
    bot = Api(access.token, access.api_url, request, request)
    try:
        await request.initialize()
        async with asyncio.timeout(PATIENCE):
            me = await bot.get_me()
            now, date = access.clock(), request.date
            info = await bot.get_webhook_info()
    except (TelegramError, TimeoutError) as error:
        return (_failed(error, access),)
    finally:
        await request.shutdown()
    return (
        ok("token", f"Telegram knows it: this is @{me.username}"),
        *_delivery(access, info, now),
        *_rights(me),
        _clock(date, now),
    )


def _failed(error: TelegramError | TimeoutError, access: TelegramAccess) -> CheckResult:
    server = urlsplit(access.api_url).netloc.rpartition("@")[2]
    if isinstance(error, TimeoutError):
        return broken("Telegram", f"{server} does not answer within {PATIENCE:g} seconds", NETWORK)
    if isinstance(error, InvalidToken):
        return broken("token", f"{server} does not know it", "copy it again from @BotFather (/token)")
    if isinstance(error, NetworkError) and not isinstance(error, BadRequest):
        return broken("Telegram", told(error, access.api_url), NETWORK)
    return look("Telegram", told(error, access.api_url), "the bot tries again by itself")


def _delivery(access: TelegramAccess, info: WebhookInfo, now: datetime) -> Iterator[CheckResult]:
    yield _agreement(access, info)
    if access.webhook and (urlsplit(access.webhook).port or PORTS[0]) not in PORTS:
        known = ", ".join(map(str, PORTS))
        yield broken("webhook's port", "Telegram will not go there", f"use one of {known} in WEBHOOK_URL")
    if info.pending_update_count > MANY:
        what = f"{info.pending_update_count} wait to be fetched"
        yield look("updates", what, "see that the bot runs; its log says why it is slow or can't be reached")
    else:
        yield ok("updates", f"{info.pending_update_count} wait to be fetched")
    if info.last_error_date:
        yield _last_error(info, now)
    if info.url and info.allowed_updates and set(info.allowed_updates) != set(access.updates):
        what = f"Telegram brings other kinds than this version takes: {', '.join(info.allowed_updates)}"
        yield look("kinds of update", what, "start the bot again: it tells Telegram which it takes")


def _agreement(access: TelegramAccess, info: WebhookInfo) -> CheckResult:
    there = f"{_shown(info.url)}" + (f" ({info.ip_address})" if info.ip_address else "")
    if not access.webhook and not info.url:
        return ok("delivery", "the bot fetches its updates (polling), and Telegram agrees")
    if not access.webhook:
        what = f"Telegram brings updates to {there}, but there is no WEBHOOK_URL here"
        return look("delivery", what, "set WEBHOOK_URL, or start the bot: it takes that address away and polls")
    if not info.url:
        what = f"Telegram does not know of {_shown(access.webhook)} yet"
        return look("delivery", what, "start the bot: it tells Telegram the address")
    if info.url != access.webhook:
        what = f"Telegram brings updates to {there}, WEBHOOK_URL is {_shown(access.webhook)} with another path"
        if _shown(info.url) != _shown(access.webhook):
            what = what.removesuffix(" with another path")
        return broken("delivery", what, "start the bot again here, or stop the other one")
    return ok("delivery", f"Telegram brings updates to {there}, as WEBHOOK_URL says")


def _shown(address: str) -> str:
    """Server and port only: a path may be somebody's secret."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}/..."


def _last_error(info: WebhookInfo, now: datetime) -> CheckResult:
    if info.last_error_date is None or now - info.last_error_date > FRESH:
        return ok("last failure", f"{_ago(info, now)}, got over since")
    what = f"{_ago(info, now)}, Telegram said: {info.last_error_message}"
    return look("last failure", what, "see that the proxy runs, its certificate is good, and it reaches the bot")


def _ago(info: WebhookInfo, now: datetime) -> str:
    minutes = int((now - (info.last_error_date or now)).total_seconds() // 60)
    return f"{minutes} minutes ago" if minutes < HOURS else f"{minutes // 60} hours ago"


def _rights(me: User) -> Iterator[CheckResult]:
    if me.can_read_all_group_messages:
        what = "privacy mode is off: the bot is sent everything that is written in its groups"
        yield look("groups", what, "it needs commands, mentions and replies only: /setprivacy at @BotFather")
    elif me.can_join_groups:
        yield ok("groups", "it may be added, and hears only what is meant for it")
    else:
        yield ok("groups", "it can't be added to any (/setjoingroups at @BotFather)")
    if me.supports_inline_queries:
        yield ok("inline mode", f"on: @{me.username} and a question offers answers in any chat")
    else:
        what = "off: Share sends a link, and nobody can ask in another chat"
        yield look("inline mode", what, "/setinline at @BotFather, then a word or two such as: Ask about crawling")


def _clock(date: str, now: datetime) -> CheckResult:
    try:
        apart = (now - parsedate_to_datetime(date)).total_seconds()
    except (TypeError, ValueError):
        return look("clock", "Telegram's answer has no date to compare with", "nothing, if a proxy is between")
    if abs(apart) > SLOW_CLOCK:
        what = f"this machine is {abs(apart):.0f} seconds {'ahead' if apart > 0 else 'behind'}"
        return look("clock", what, "let it keep time (timedatectl set-ntp true)")
    return ok("clock", "agrees with Telegram's")
