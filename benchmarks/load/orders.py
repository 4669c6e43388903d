"""Orders to the pretend Telegram's control port, and its ledger."""

import http.client
import json
import time
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlsplit

from benchmarks.load.figures import Asked, Called

GLANCE = 0.05  # seconds between looks at how things stand
QUIET = 0.5  # seconds without a call after which the bot has said everything
PATIENCE = 120.0  # seconds for anything to come to an end
LINE_DUE, LINE_PERSON = 0, 2  # places in a line of what was asked
LINE_AT, LINE_METHOD, LINE_CHAT, LINE_DONE = 0, 1, 2, 6  # and of what was called

State = dict[str, Any]
Ask = tuple[int, str]


class Orders:
    """One connection to the control port."""

    def __init__(self, control: str) -> None:
        parts = urlsplit(control)
        self._http = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=PATIENCE)

    def people(self, count: int) -> list[int]:
        found: list[int] = self._call("POST", "people", {"count": count})
        return found

    def ask(self, asks: Sequence[Ask]) -> None:
        """All of these now."""
        self._call("POST", "ask", {"asks": asks})

    def stream(self, asks: Sequence[Ask], rate: float, presses: bool = False) -> None:
        """These at a fixed rate a second."""
        self._call("POST", "stream", {"asks": asks, "rate": rate, "presses": presses})

    def state(self) -> State:
        found: State = self._call("GET", "state")
        return found

    def lines(self, since: State) -> tuple[tuple[Asked, ...], tuple[Called, ...]]:
        """What was asked and what was called, and took effect, since things stood so."""
        ledger = self._call("GET", "ledger")
        asked = (Asked(line[LINE_DUE], line[LINE_PERSON]) for line in ledger["asked"][since["asked"] :])
        called = (
            Called(line[LINE_AT], line[LINE_METHOD], line[LINE_CHAT])
            for line in ledger["called"][since["called"] :]
            if line[LINE_DONE]
        )
        return tuple(asked), tuple(called)

    def until(self, reached: Callable[[State], bool]) -> State:
        """How things stand once `reached`. Raises TimeoutError."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            state = self.state()
            if reached(state):
                return state
            time.sleep(GLANCE)
        raise TimeoutError(f"the bot did not get there in {PATIENCE:g} seconds")

    def settled(self) -> State:
        """How things stand once everything is taken and nothing more is said."""
        last, since = -1, time.monotonic()

        def is_quiet(state: State) -> bool:
            nonlocal last, since
            if state["called"] != last or state["streaming"] or state["waiting"]:
                last, since = state["called"], time.monotonic()
            return time.monotonic() - since >= QUIET

        return self.until(is_quiet)

    def close(self) -> None:
        self._http.close()

    def _call(self, method: str, path: str, body: Any = None) -> Any:
        given = None if body is None else json.dumps(body)
        self._http.request(method, f"/{path}", given)
        response = self._http.getresponse()
        answer = response.read()
        if response.status != http.client.OK:
            raise OSError(f"the pretend Telegram refused the order {path!r}: {response.reason}")
        return json.loads(answer)
