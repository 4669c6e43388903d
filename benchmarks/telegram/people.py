"""Many people at once, by number: what they ask, and when they were to ask it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence

from bot.preview.ledger import Asked
from bot.preview.people import Person
from bot.preview.server import PretendTelegram

Ask = tuple[int, str]  # a person's id and a text


class People:
    """People who write and press, whether or not the bot answers."""

    def __init__(self, server: PretendTelegram) -> None:
        self._server = server
        self._people: dict[int, Person] = {}
        self._streaming: set[asyncio.Task[None]] = set()

    @property
    def is_streaming(self) -> bool:
        """Whether questions are still to come by themselves."""
        return bool(self._streaming)

    def add(self, count: int) -> list[int]:
        """So many new people, by id."""
        people = [self._server.person(f"Person {number}") for number in range(count)]
        self._people |= {each.id: each for each in people}
        return [each.id for each in people]

    async def ask(self, person: int, text: str, due: float | None = None) -> None:
        """Write to the bot."""
        at = time.monotonic()
        message = await self._people[person].say(text)
        self._note(Asked(at if due is None else due, at, person, message.id, text, "message"))

    async def press(self, person: int, label: str, due: float | None = None) -> None:
        """Press the newest button with this label, or the last of the newest ones if it is empty."""
        at = time.monotonic()
        query = await self._people[person].press_label(label or self._newest_label(person))
        self._note(Asked(at if due is None else due, at, person, int(query), label, "press"))

    def _newest_label(self, person: int) -> str:
        for message in reversed(self._people[person].messages):
            for row in reversed(message.buttons):
                for button in reversed(row):
                    if button.data is not None:
                        return button.text
        raise LookupError("there is nothing to press")

    def stream(self, asks: Sequence[Ask], rate: float, presses: bool = False) -> None:
        """Let these come at a fixed rate a second, however slow the answers are."""
        task = asyncio.ensure_future(self._stream(asks, rate, presses))
        self._streaming.add(task)
        task.add_done_callback(self._streaming.discard)

    async def _stream(self, asks: Sequence[Ask], rate: float, presses: bool) -> None:
        start = time.monotonic()
        for number, (person, text) in enumerate(asks):
            due = start + number / rate
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            await (self.press if presses else self.ask)(person, text, due)

    def _note(self, asked: Asked) -> None:
        self._server.ledger.asked.append(asked)
