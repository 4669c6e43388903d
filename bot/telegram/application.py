"""The python-telegram-bot Application, put together from its parts."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from telegram.ext import (
    AIORateLimiter,
    Application,
    CallbackQueryHandler,
    MessageHandler,
    filters,
)
from telegram.request import BaseRequest

from bot.replies import Speaker
from bot.store import Store
from bot.telegram.acquaintance import Acquaintance
from bot.telegram.conversation import Conversation
from bot.telegram.door import PAUSES, Door
from bot.telegram.flood import Flood
from bot.telegram.order import OnePerPerson

RETRIES = 3  # times that a "too many requests" is waited out before a message is given up
ALLOWED_UPDATES = ["message", "edited_message", "callback_query"]

App = Application[Any, Any, Any, Any, Any, Any]


@dataclass(frozen=True)
class Wire:
    """How Telegram is reached: by default over the network; the preview and the tests bring their own."""

    request: BaseRequest | None = None
    updates_request: BaseRequest | None = None
    api_url: str = "https://api.telegram.org"
    clock: Callable[[], float] = time.monotonic
    pauses: tuple[float, ...] = PAUSES


def build_application(
    token: str, speaker: Speaker, store: Store, key: bytes, wire: Wire | None = None
) -> App:
    """An Application that is ready to be initialised. `key` is the secret that turns people into codes."""
    wire = wire or Wire()
    builder: Any = Application.builder().token(token).base_url(f"{wire.api_url}/bot")
    builder = builder.rate_limiter(AIORateLimiter(max_retries=RETRIES)).concurrent_updates(OnePerPerson())
    if wire.request is not None and wire.updates_request is not None:
        builder = builder.request(wire.request).get_updates_request(wire.updates_request)
    application: App = builder.build()
    door = Door(application.bot, wire.pauses)
    conversation = Conversation(speaker, Acquaintance(store, key), door, Flood(wire.clock), Flood(wire.clock))
    new_or_edited = filters.UpdateType.MESSAGE | filters.UpdateType.EDITED_MESSAGE
    application.add_handler(MessageHandler(new_or_edited, conversation.on_message))
    application.add_handler(CallbackQueryHandler(conversation.on_press))
    application.add_error_handler(conversation.on_error)
    return application
