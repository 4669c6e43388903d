"""The chat page's own JSON interface: become someone, act, and watch the chat."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from tornado.web import HTTPError

from bot.preview.handlers import Address, Guarded
from bot.preview.media import MEDIA
from bot.preview.people import Person
from bot.preview.refusals import Json
from bot.preview.server import PretendTelegram
from bot.preview.visitors import Visitors

WAIT = 25.0  # Seconds until an uneventful wait is answered: below the minute after which browsers give up.
NAME_LENGTH = 64
LANGUAGE_LENGTH = 35  # of the longest language code there is to be (RFC 5646)
Explain = Callable[[str], dict[str, Any]]


class PageHandler(Guarded):
    """A handler that knows which person the tab plays."""

    def initialize(
        self, server: PretendTelegram, visitors: Visitors, address: Address, explain: Explain | None
    ) -> None:
        """Take what the application hands over."""
        self.server = server
        self.visitors = visitors
        self.address = address
        self.explain = explain

    @property
    def person(self) -> Person:
        """Who acts; 401 tells the tab to become somebody new."""
        person = self.visitors.find(self.request.headers.get("X-Person", ""))
        if person is None:
            raise HTTPError(401, reason="unknown person")
        return person

    def given(self) -> Json:
        """The JSON body. Other content types are refused: foreign forms can send those without asking."""
        if not self.request.headers.get("Content-Type", "").startswith("application/json"):
            raise HTTPError(415, reason="send application/json")
        try:
            body = json.loads(self.request.body or b"{}")
        except ValueError as error:
            raise HTTPError(400, reason="not JSON") from error
        if not isinstance(body, dict):
            raise HTTPError(400, reason="not a JSON object")
        return body


class PeopleHandler(PageHandler):
    """``POST /api/people``: become somebody new."""

    async def post(self) -> None:
        """The key to show from now on."""
        given = self.given()
        name = str(given.get("first_name") or "Sam")[:NAME_LENGTH]
        language = str(given.get("language_code") or "en")[:LANGUAGE_LENGTH]
        key, person = self.visitors.add(name, language)
        self.answer({"key": key, "id": person.id, "explains": self.explain is not None})


class StateHandler(PageHandler):
    """``GET /api/state?after=<version>``: the chat, as soon as it differs from that version."""

    async def get(self) -> None:
        """The state; after a while also an unchanged one."""
        person, after = self.person, self.get_query_argument("after", "-1")
        changes, address = self.server.changes, self.address
        await changes.until(lambda: address.closing or str(changes.version) != after, WAIT)
        self.answer({**self.visitors.to_state(person), "explains": self.explain is not None})


class ActHandler(PageHandler):
    """``POST /api/say``, ``edit``, ``press``, ``send``: what people do."""

    async def post(self, act: str) -> None:
        """Do it; 400 for what a client would not send."""
        person, given = self.person, self.given()
        try:
            self.answer({"id": await self._do(person, act, given)})
        except (KeyError, TypeError, ValueError) as error:
            raise HTTPError(400, reason="a Telegram client would not send this") from error

    async def _do(self, person: Person, act: str, given: Json) -> int | str:
        match act:
            case "say":
                return (await person.say(str(given["text"]), reply_to=given.get("reply_to"))).id
            case "edit":
                return (await person.edit(int(given["message_id"]), str(given["text"]))).id
            case "press":
                return await person.press(int(given["message_id"]), str(given["data"]))
            case "send" if given["kind"] in MEDIA:
                return (await person.send(given["kind"], str(given.get("caption", "")))).id
            case _:
                raise HTTPError(404, reason="no such act")


class WhyHandler(PageHandler):
    """``GET /why?text=``: how the bot came to its answer."""

    async def get(self) -> None:
        """The explanation; 404 if the preview was started without one."""
        if self.explain is None:
            raise HTTPError(404, reason="nothing explains")
        self.answer(self.explain(self.get_query_argument("text")))
