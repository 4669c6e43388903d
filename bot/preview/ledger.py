"""The book of all that went in and out, so that what was lost or said twice can be counted."""

from __future__ import annotations

import time
from dataclasses import astuple, dataclass, field

from bot.preview.refusals import Json

POLL = "getUpdates"


@dataclass(frozen=True)
class Asked:
    """What somebody did. Times are ``time.monotonic()``, which all processes of a machine share.

    ``due`` is when it was meant to happen: waiting is counted from there.
    """

    due: float
    at: float
    person: int
    message: int
    text: str
    kind: str


@dataclass(frozen=True)
class Called:
    """A call of the Bot API. ``code`` None: its answer was lost. ``done``: it took effect."""

    at: float
    method: str
    chat: int
    message: int
    text: str
    code: int | None
    done: bool


@dataclass(frozen=True)
class Posted:
    """An update handed to a webhook, and the status that came back; below 1 if none did."""

    at: float
    update: int
    code: int


@dataclass
class Ledger:
    """Everything in the order it happened. Long polls are only counted, as they begin."""

    asked: list[Asked] = field(default_factory=list)
    called: list[Called] = field(default_factory=list)
    posted: list[Posted] = field(default_factory=list)
    polls: int = 0

    def note_call(self, method: str, parameters: Json, result: object, code: int | None, done: bool) -> None:
        """A call, and what came of it."""
        if method == POLL:
            return
        message = result if isinstance(result, dict) else {}
        chat = str(parameters.get("chat_id", 0))
        self.called.append(
            Called(
                time.monotonic(),
                method,
                int(chat) if chat.lstrip("-").isdigit() else 0,
                message.get("message_id", 0),
                message.get("text") or message.get("caption", ""),
                code,
                done,
            )
        )

    def note_post(self, update: Json, code: int) -> None:
        """An attempt to deliver an update."""
        self.posted.append(Posted(time.monotonic(), update["update_id"], code))

    def to_json(self) -> Json:
        """All of it, a list for each line."""
        return {
            "asked": [astuple(line) for line in self.asked],
            "called": [astuple(line) for line in self.called],
            "posted": [astuple(line) for line in self.posted],
        }
