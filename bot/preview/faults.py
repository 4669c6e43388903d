"""Failures on demand: what the real Telegram does on a bad day."""

from __future__ import annotations

from dataclasses import dataclass

from bot.preview.refusals import Refusal, Unreached

DESCRIPTIONS = {
    403: "bot was blocked by the user",
    429: "Too Many Requests: retry after {retry_after}",
    500: "Internal Server Error",
    502: "Bad Gateway",
}


@dataclass(frozen=True)
class Fault:
    """One failure to come. ``code`` None is a time-out; ``done`` says the method still takes effect first."""

    code: int | None = 500
    description: str | None = None
    retry_after: int | None = None
    done: bool = False

    def to_error(self) -> Refusal | Unreached:
        """What the call raises instead of answering."""
        if self.code is None:
            return Unreached("timed out")
        text = self.description or DESCRIPTIONS.get(self.code, "preview fault")
        parameters = None if self.retry_after is None else {"retry_after": self.retry_after}
        return Refusal(text.format(retry_after=self.retry_after), self.code, parameters)


class Faults:
    """The failures that wait for their method to be called, first come, first served."""

    def __init__(self) -> None:
        self._waiting: dict[str, list[Fault]] = {}

    def add(self, method: str, fault: Fault, times: int) -> None:
        """Let the next ``times`` calls of a method fail."""
        self._waiting.setdefault(method.lower(), []).extend([fault] * times)

    def clear(self) -> None:
        """Let everything work again."""
        self._waiting.clear()

    def take(self, method: str) -> Fault | None:
        """The failure that this call meets, if any."""
        waiting = self._waiting.get(method.lower())
        return waiting.pop(0) if waiting else None
