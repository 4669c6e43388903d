"""The pretend Telegram as the tests see it: they give orders to its control port and read its ledger."""

import asyncio
import json
from collections.abc import Callable, Sequence
from typing import Any

from bot.preview.ledger import Asked, Called, Ledger, Posted
from tests.http import Answer, fetch

GLANCE = 0.1  # seconds between looks at how things stand
ORDER_SECONDS = 30.0

State = dict[str, Any]


class Telegram:
    """Questions in, ledger out."""

    def __init__(self, addresses: dict[str, str]) -> None:
        self.api = addresses["api"]
        self.token = addresses["token"]
        self._control = addresses["control"]

    async def people(self, count: int) -> list[int]:
        """So many people whom the bot has never met."""
        found: list[int] = await self._post("people", count=count)
        return found

    async def ask(self, asks: Sequence[tuple[int, str]]) -> None:
        """All of these now."""
        await self._post("ask", asks=asks)

    async def stream(self, asks: Sequence[tuple[int, str]], rate: float) -> None:
        """These at a fixed rate a second; returns at once."""
        await self._post("stream", asks=asks, rate=rate)

    async def press(self, asks: Sequence[tuple[int, str]]) -> None:
        """The newest button of that label, each person theirs, now."""
        await self._post("press", asks=asks)

    async def trouble(self, methods: Sequence[str] = (), **rest: Any) -> None:
        """Let calls fail: `share`, `times`, `chat`; what else is given describes the fault."""
        where = {name: rest.pop(name) for name in ("share", "times", "chat") if name in rest}
        await self._post("trouble", fault=rest, methods=list(methods), **where)

    async def recover(self) -> None:
        await self._post("recover")

    async def relay(self, to: str) -> None:
        """Where the connections to the webhook's public address really go."""
        await self._post("relay", to=to)

    async def lose_answers(self, share: float) -> None:
        """Telegram does not hear this share of a webhook's answers, and brings those updates again."""
        await self._post("lost_share", share=share)

    async def state(self) -> State:
        found: State = await self._get("state")
        return found

    async def ledger(self) -> Ledger:
        found = await self._get("ledger")
        return Ledger(
            [Asked(*line) for line in found["asked"]],
            [Called(*line) for line in found["called"]],
            [Posted(*line) for line in found["posted"]],
        )

    async def until(self, reached: Callable[[State], bool], seconds: float, why: str) -> State:
        """How things stand once `reached`; TimeoutError with `why` if that does not come."""
        try:
            async with asyncio.timeout(seconds):
                while not reached(state := await self.state()):  # noqa: ASYNC110 - another process's state
                    await asyncio.sleep(GLANCE)
                return state
        except TimeoutError as error:
            now = {name: value for name, value in (await self.state()).items() if name != "violations"}
            raise TimeoutError(f"waited {seconds:g} s in vain: {why}; {now}") from error

    async def settled(self, seconds: float, quiet: float = 2.0) -> State:
        """Wait until everything asked is taken by the bot and nothing has been said for `quiet` seconds."""
        last, since = -1, 0.0
        loop = asyncio.get_running_loop()

        def is_quiet(state: State) -> bool:
            nonlocal last, since
            if state["called"] != last or state["streaming"] or state["waiting"]:
                last, since = state["called"], loop.time()
            return loop.time() - since >= quiet

        return await self.until(is_quiet, seconds, "the bot never came to rest")

    async def _post(self, order: str, **given: Any) -> Any:
        return _result(await fetch(f"{self._control}/{order}", "POST", json.dumps(given), seconds=ORDER_SECONDS))

    async def _get(self, what: str) -> Any:
        return _result(await fetch(f"{self._control}/{what}", seconds=ORDER_SECONDS))


def _result(answer: Answer) -> Any:
    assert answer.code == 200, answer.body
    return json.loads(answer.body)
