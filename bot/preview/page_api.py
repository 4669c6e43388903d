"""The chat page's own JSON interface: become someone, act, and watch the chat."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from bot.preview.bodies import given_json
from bot.preview.handlers import ListenAddress, answer
from bot.preview.inline import InlineOffer
from bot.preview.media import MEDIA
from bot.preview.people import Person
from bot.preview.refusals import Json
from bot.preview.server import PretendTelegram
from bot.preview.visitors import Visitors
from bot.preview.workbench.workbench import Workbench

WAIT = 25.0  # Seconds until an uneventful wait is answered: below the minute after which browsers give up.
INLINE_WAIT = 10.0  # seconds after which Telegram's apps have long given up
NAME_LENGTH = 64
LANGUAGE_LENGTH = 35  # of the longest language code there is to be (RFC 5646)
Explain = Callable[[str], dict[str, Any]]


@dataclass(frozen=True)
class Insight:
    """What is shown beside the chat, if anything: why the bot answers so, and the author's workbench."""

    explain: Explain | None = None
    workbench: Workbench | None = None


class PageApi:
    """What the page asks for; most of it as one person, whom the tab plays."""

    def __init__(self, server: PretendTelegram, address: ListenAddress, seen: Insight) -> None:
        self._server = server
        self._visitors = Visitors(server)
        self._address = address
        self._workbench = seen.workbench
        self._explain = seen.explain

    @property
    def routes(self) -> list[web.RouteDef]:
        return [
            web.post("/api/people", self.become),
            web.get("/api/state", self.state),
            web.post("/api/{act:say|edit|press|send|choose}", self.act),
            web.post("/api/inline", self.ask_inline),
            web.get("/why", self.why),
            web.get("/pictures/{id}", self.picture),
        ]

    async def become(self, request: web.Request) -> web.Response:
        """Somebody new: the key to show from now on."""
        given = await given_json(request)
        name = str(given.get("first_name") or "Sam")[:NAME_LENGTH]
        language = str(given.get("language_code") or "en")[:LANGUAGE_LENGTH]
        key, person = self._visitors.add(name, language)
        return answer({"key": key, "id": person.id, "explains": self._explain is not None})

    async def state(self, request: web.Request) -> web.Response:
        """The chat, as soon as it differs from the version `after`; after a while also an unchanged one."""
        person, after = self._person(request), request.query.get("after", "-1")
        changes, address = self._server.changes, self._address
        await changes.until(lambda: address.closing or str(changes.version) != after, WAIT)
        workbench = self._workbench.to_json() if self._workbench else None
        more = {"explains": self._explain is not None, "workbench": workbench}
        return answer(self._visitors.to_state(person) | more)

    async def act(self, request: web.Request) -> web.Response:
        """What people do; 400 for what a client would not send."""
        person, given = self._person(request), await given_json(request)
        try:
            return answer({"id": await _do(person, request.match_info["act"], given)})
        except (LookupError, TypeError, ValueError) as error:
            raise web.HTTPBadRequest(reason="a Telegram client would not send this") from error

    async def ask_inline(self, request: web.Request) -> web.Response:
        """What somebody types behind @bot: the bot's answer, without results if none comes in time."""
        person, given = self._person(request), await given_json(request)
        server, address = self._server, self._address
        try:
            query = await person.query_inline(str(given["query"]), chat_type="sender")
        except (KeyError, ValueError) as error:
            raise web.HTTPBadRequest(reason="a Telegram client would not ask this") from error
        asked = server.world.inline_queries
        await server.changes.until(lambda: address.closing or asked[query].answer is not None, INLINE_WAIT)
        return answer({"query_id": query, **(asked[query].answer or InlineOffer()).to_json()})

    async def picture(self, request: web.Request) -> web.Response:
        """The bytes of a picture that the bot sent; nobody guesses its id. 404 once newer ones have taken its place."""
        picture = self._server.world.pictures.find(request.match_info["id"])
        if picture is None:
            raise web.HTTPNotFound(reason="no such picture")
        return web.Response(body=picture.content, content_type=picture.kind)

    async def why(self, request: web.Request) -> web.Response:
        """How the bot came to its answer; 404 if the preview was started without an explanation."""
        if self._explain is None:
            raise web.HTTPNotFound(reason="nothing explains")
        if "text" not in request.query:
            raise web.HTTPBadRequest(reason="say what to explain: ?text=")
        return answer(await asyncio.to_thread(self._explain, request.query["text"]))

    def _person(self, request: web.Request) -> Person:
        """Who acts; 401 tells the tab to become somebody new."""
        person = self._visitors.find(request.headers.get("X-Person", ""))
        if person is None:
            raise web.HTTPUnauthorized(reason="unknown person")
        return person


async def _do(person: Person, act: str, given: Json) -> int | str:
    match act:
        case "say":
            return (await person.say(str(given["text"]), reply_to=given.get("reply_to"))).id
        case "edit":
            return (await person.edit(int(given["message_id"]), str(given["text"]))).id
        case "press":
            return await person.press(int(given["message_id"]), str(given["data"]))
        case "choose":
            return (await person.choose_inline(str(given["query_id"]), str(given["result_id"]))).id
        case "send" if given["kind"] in MEDIA:
            return (await person.send(given["kind"], str(given.get("caption", "")))).id
        case _:
            raise web.HTTPNotFound(reason="no such act")
