"""What the page asks the workbench for, as JSON over HTTP; the page's guard stands before all of it."""

from __future__ import annotations

import asyncio

from aiohttp import web

from bot.preview.bodies import given_json
from bot.preview.handlers import answer
from bot.preview.workbench.workbench import Workbench


class WorkbenchApi:
    """The tree of the menu, and the question sets."""

    def __init__(self, workbench: Workbench) -> None:
        self._workbench = workbench
        self._running: set[asyncio.Task[None]] = set()

    @property
    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/api/tree", self.tree),
            web.get("/api/questions", self.questions),
            web.post("/api/questions/{what:ask|stop}", self.ask),
        ]

    async def tree(self, _: web.Request) -> web.Response:
        return answer(self._workbench.tree())

    async def questions(self, request: web.Request) -> web.Response:
        """The sets, and the figures of one of them: `?set=`, all of them without."""
        return answer(await asyncio.to_thread(self._workbench.figures, request.query.get("set", "")))

    async def ask(self, request: web.Request) -> web.Response:
        """Begin, or end, to put a set to the bot; how far it is comes with the state of the chat."""
        given = await given_json(request)
        if request.match_info["what"] == "stop":
            self._workbench.stop()
        else:
            # Kept by us: whoever hangs up does not end it, and a task that nobody holds may be swept away.
            task = asyncio.create_task(self._workbench.ask(str(given.get("set", ""))))
            self._running.add(task)
            task.add_done_callback(self._running.discard)
        return answer({})
