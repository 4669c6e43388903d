"""The Bot API as this bot calls it: python-telegram-bot's Bot, and updates as Telegram wrote them."""

import logging
from typing import Any

from telegram import Bot, Update
from telegram.request import BaseRequest

log = logging.getLogger(__name__)

ALLOWED_UPDATES = ("message", "edited_message", "callback_query")
MOST_UPDATES = 100  # at once, by Telegram's rule
ON_THE_WAY = 10.0  # seconds more than Telegram's own wait, for the answer to arrive


class Api(Bot):
    """One bot at one Bot API server."""

    def __init__(self, token: str, url: str, request: BaseRequest, updates_request: BaseRequest) -> None:
        super().__init__(token, f"{url}/bot", request=request, get_updates_request=updates_request)

    async def fetch(self, offset: int, seconds: int) -> list[dict[str, Any]]:
        """The updates from `offset` on; those before it are confirmed. Waits so long for a first one.

        As they came: most of a fetch may be in hand already, and need not be read again.
        """
        asked = {
            "offset": offset,
            "limit": MOST_UPDATES,
            "timeout": seconds,
            "allowed_updates": ALLOWED_UPDATES,
        }
        found: Any = await self._post("getUpdates", asked, read_timeout=seconds + ON_THE_WAY)
        return list(found)


def read_update(row: dict[str, Any], api: Api) -> Update:
    """An update from its JSON; an empty one of the same number where it can't be read."""
    try:
        return Update.de_json(row, api)
    except Exception as error:  # noqa: BLE001 - no retry would read it better, and it must not block the others
        log.error("an update could not be read: %s", type(error).__name__)
        return Update(int(row["update_id"]))
