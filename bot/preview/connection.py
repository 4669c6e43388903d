"""The methods about the line between bot and Telegram: who am I, updates, webhook."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any

from bot.preview.refusals import Json, Refusal, Violation
from bot.preview.schema import Schema
from bot.preview.webhook import MOST_CONNECTIONS, Webhook
from bot.preview.world import World

LOCAL = ("http://127.0.0.1:", "http://localhost:")  # as a Bot API server of one's own takes them
# Seconds. Whoever asks for the same updates once more so soon waits for new ones so long, or gets one only:
# Client::process_get_updates_query of tdlib/telegram-bot-api.
IMPATIENT, AT_ONCE = 3, 0.5
SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
WEBHOOK_ACTIVE = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"


class Connection:
    """How updates reach the bot."""

    def __init__(self, world: World, schema: Schema, webhook: Webhook, is_impatient: bool) -> None:
        self._world = world
        self._schema = schema
        self._webhook = webhook
        self._is_impatient = is_impatient
        self._last_offset, self._last_poll = -1, 0.0

    def methods(self) -> dict[str, Callable[[Json], Any]]:
        """What this part of the Bot API answers."""
        return {
            "getMe": self.describe_me,
            "getUpdates": self.get_updates,
            "setWebhook": self.set_webhook,
            "deleteWebhook": self.delete_webhook,
            "getWebhookInfo": self.describe_webhook,
        }

    def describe_me(self, _: Json) -> Json:
        """The bot as a user, with what it can do."""
        return {
            **self._world.bot.to_json(),
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": self._world.has_inline_mode,
            "can_connect_to_business": False,
            "has_main_web_app": False,
        }

    async def get_updates(self, parameters: Json) -> list[Json]:
        """A long poll."""
        if self._webhook.url:
            raise Refusal(WEBHOOK_ACTIVE, 409)
        self._allow(parameters)
        offset, limit = parameters.get("offset", 0), parameters.get("limit", 100)
        same = self._is_impatient and offset == self._last_offset
        ago = time.monotonic() - self._last_poll
        self._last_offset, self._last_poll = offset, time.monotonic()
        seconds = parameters.get("timeout", 0)
        if same and ago < IMPATIENT:
            seconds = max(seconds, IMPATIENT)
        if same and ago < AT_ONCE:
            limit = 1
        return await self._world.updates.poll(offset, limit, seconds)

    def set_webhook(self, parameters: Json) -> bool:
        """Remember where updates go; an empty URL is the same as deleting the webhook."""
        url, secret = parameters.get("url", ""), parameters.get("secret_token")
        if url and not url.startswith(("https://", *LOCAL)):
            raise Violation("bad webhook: An HTTPS URL must be provided for webhook")
        if secret is not None and not SECRET.fullmatch(secret):
            raise Violation("secret token contains unallowed characters")
        if not 1 <= parameters.get("max_connections", MOST_CONNECTIONS) <= 100:
            self._world.report("max_connections must be 1-100")
        self._allow(parameters)
        self._drop(parameters)
        self._webhook.set(url, secret or "", parameters.get("max_connections", MOST_CONNECTIONS))
        return True

    def delete_webhook(self, parameters: Json) -> bool:
        """Back to polling."""
        self._drop(parameters)
        self._webhook.set("")
        return True

    def describe_webhook(self, _: Json) -> Json:
        """Where updates go, and how many wait."""
        return {
            "url": self._webhook.url,
            "has_custom_certificate": False,
            "pending_update_count": len(self._world.updates) + self._webhook.loaded,
            "allowed_updates": self._world.updates.allowed,
            **({"max_connections": self._webhook.connections} if self._webhook.url else {}),
        }

    def _allow(self, parameters: Json) -> None:
        kinds = parameters.get("allowed_updates")
        if unknown := sorted(set(kinds or ()) - self._schema.updates):
            self._world.report(f'unknown update type "{unknown[0]}" in allowed_updates')
        self._world.updates.allow(kinds)

    def _drop(self, parameters: Json) -> None:
        if parameters.get("drop_pending_updates"):
            self._world.updates.clear()
