"""Failures on demand: what the real Telegram does on a bad day."""

from __future__ import annotations

import random
from dataclasses import dataclass

from bot.preview.refusals import RawAnswer, Refusal, Unreached

GOOD = 200
SEED = 2024  # the same bad day every time
DESCRIPTIONS = {
    403: "bot was blocked by the user",
    429: "Too Many Requests: retry after {retry_after}",
    500: "Internal Server Error",
    502: "Bad Gateway",
}


@dataclass(frozen=True)
class Fault:
    """One failure to come. ``code`` None loses the answer, 200 gives it; ``delay`` seconds pass before that.

    ``done`` says the method takes effect first; without it a failing call does nothing. ``body`` is what comes
    instead of Telegram's JSON, from a proxy or a portal in between.
    """

    code: int | None = 500
    description: str | None = None
    retry_after: int | None = None
    done: bool = False
    delay: float = 0.0
    reset: bool = False
    body: str | None = None

    @property
    def is_only_late(self) -> bool:
        """Whether the call succeeds all the same."""
        return self.code == GOOD and self.body is None

    def to_error(self) -> Refusal | Unreached | RawAnswer:
        """What the call raises instead of answering."""
        if self.code is not None and self.body is not None:
            return RawAnswer(self.code, self.body.encode())
        if self.code is None:
            return Unreached("timed out", self.reset)
        text = self.description or DESCRIPTIONS.get(self.code, "preview fault")
        parameters = None if self.retry_after is None else {"retry_after": self.retry_after}
        return Refusal(text.format(retry_after=self.retry_after), self.code, parameters)


@dataclass
class Trouble:
    """A fault that a share of the calls meet: of some methods or all, in one chat or all, so many times."""

    fault: Fault
    methods: frozenset[str] = frozenset()
    chat: int | None = None
    share: float = 1.0
    times: int | None = None

    def hits(self, method: str, chat: str, chance: float) -> bool:
        """Whether this call meets it; ``chance`` is a number from 0 to 1."""
        if (self.methods and method.lower() not in self.methods) or self.times == 0:
            return False
        if (self.chat is not None and str(self.chat) != chat) or chance >= self.share:
            return False
        if self.times is not None:
            self.times -= 1
        return True


class Faults:
    """The failures that wait for their method to be called, and those that come by chance."""

    def __init__(self) -> None:
        self._waiting: dict[str, list[Fault]] = {}
        self._troubles: list[Trouble] = []
        self._chance = random.Random(SEED)  # noqa: S311 - nothing to keep secret

    def add(self, method: str, fault: Fault, times: int) -> None:
        """Let the next ``times`` calls of a method fail."""
        self._waiting.setdefault(method.lower(), []).extend([fault] * times)

    def trouble(self, trouble: Trouble) -> None:
        """Let calls fail by chance from now on."""
        self._troubles.append(trouble)

    def clear(self) -> None:
        """A good day again."""
        self._waiting.clear()
        self._troubles.clear()

    def take(self, method: str, chat: object = None) -> Fault | None:
        """The failure that this call meets, if any: first come, first served, then by chance."""
        waiting = self._waiting.get(method.lower())
        if waiting:
            return waiting.pop(0)
        for each in self._troubles:
            if each.hits(method, str(chat), self._chance.random()):
                return each.fault
        return None
