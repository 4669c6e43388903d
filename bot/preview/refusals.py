"""How the pretend Telegram says no."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]

NAMES = {400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 409: "Conflict"}


class Refusal(Exception):
    """An answer with ``ok`` false. Blocked bots and vanished messages are refusals but nobody's mistake."""

    def __init__(self, description: str, code: int = 400, parameters: Json | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.parameters = parameters
        prefix = NAMES.get(code, "")
        bare = not prefix or description.startswith(prefix)
        self.description = description if bare else f"{prefix}: {description}"

    def to_json(self) -> Json:
        """The body that Telegram would send."""
        body: Json = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return body


class Violation(Refusal):
    """A refusal that only a mistake in the bot can cause: it is recorded as well as answered."""


class Unreached(Exception):
    """The request, or the answer to it, got lost on the way: the caller sees a time-out.

    ``reset``: over a socket, the caller sees the connection reset.
    """

    def __init__(self, why: str, reset: bool = False) -> None:
        super().__init__(why)
        self.reset = reset


class RawAnswer(Exception):
    """An answer that is not Telegram's: the page of a proxy, a portal or a firewall, or nothing."""

    def __init__(self, code: int, body: bytes) -> None:
        super().__init__(str(code))
        self.code = code
        self.body = body
