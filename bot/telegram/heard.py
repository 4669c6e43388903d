"""One update, read and understood, before anything is said to it."""

from dataclasses import dataclass
from typing import Literal

from telegram import CallbackQuery

from bot.replies import Reply, Speaker
from bot.telegram.door import Address
from bot.telegram.flood import Verdict
from bot.telegram.incoming import Incoming

Kind = Literal["message", "edit", "press", "other"]


@dataclass(frozen=True)
class Heard:
    """A message has `incoming` and `reply`, a press has `query`; `error` is what broke on reading it.

    `speaker` answers to the very end, even where the content changes on the way.
    """

    number: int
    speaker: Speaker
    kind: Kind = "other"
    person: int | None = None
    address: Address | None = None
    incoming: Incoming | None = None
    reply: Reply | None = None
    query: CallbackQuery | None = None
    error: Exception | None = None
    verdict: Verdict = "calm"

    @property
    def is_danger(self) -> bool:
        return self.reply is not None and self.reply.is_danger

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it for the bot to answer."""
        return self.reply is None and self.query is None and self.error is None
