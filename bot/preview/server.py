"""The pretend Telegram: the Bot API for one bot, and the people who talk to it."""

from __future__ import annotations

import asyncio
import inspect
import re
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.preview.answering import Answering
from bot.preview.changes import Changes
from bot.preview.chats import ChatMessage, Standing, User
from bot.preview.connection import Connection
from bot.preview.faults import GOOD, Fault, Faults, Trouble
from bot.preview.groups import Channel, Group
from bot.preview.inline import InlineOffer
from bot.preview.ledger import POLL, Ledger
from bot.preview.membership import Membership, not_a_member
from bot.preview.people import Person
from bot.preview.photos import PhotoWriting
from bot.preview.profile import BotProfile
from bot.preview.refusals import Json, Refusal, Unreached, Violation
from bot.preview.schema import Schema
from bot.preview.webhook import Webhook
from bot.preview.world import Query, World
from bot.preview.writing import Writing

TOKEN = "123456789:PREVIEW-PREVIEW-PREVIEW-PREVIEW-PRE"  # noqa: S105 - opens nothing
TOKEN_SHAPE = re.compile(r"\d+:[A-Za-z0-9_-]{30,}")


@dataclass(frozen=True)
class Call:
    """One call of the Bot API, as the bot made it."""

    method: str
    parameters: Json


class PretendTelegram:
    """A strict Bot API server without sockets; what a bot does wrong is also kept in ``violations``.

    ``has_inline_mode``: whether people can type @bot in any chat, which @BotFather switches.
    ``is_impatient``: slow down whoever polls for the same updates again and again, as the real one does.
    """

    def __init__(
        self,
        token: str = TOKEN,
        name: str = "Preview bot",
        username: str = "preview_bot",
        clock: Callable[[], float] = time.time,
        is_impatient: bool = False,
        has_inline_mode: bool = True,
    ) -> None:
        self.token = token
        number = int(token.partition(":")[0])
        self.world = World(User(number, name, is_bot=True, username=username), clock, has_inline_mode=has_inline_mode)
        self.world.users[number] = self.world.bot
        self.profile = BotProfile(self.world)
        self.calls: list[Call] = []
        self.ledger = Ledger()
        self._schema = Schema.load()
        self._faults = Faults()
        self._methods: dict[str, Callable[[Json], Any]] = {}
        self.webhook = Webhook(self.world.updates, self.ledger)
        connection = Connection(self.world, self._schema, self.webhook, is_impatient)
        kinds = (Writing, PhotoWriting, Answering, Membership)
        for part in (connection, self.profile, *(kind(self.world) for kind in kinds)):
            self._methods |= part.methods()

    async def call(
        self,
        token: str,
        method: str,
        parameters: Json,
        is_typed: bool = False,
        files: Mapping[str, bytes] | None = None,
    ) -> Json:
        """One call of the Bot API; the answer is the JSON body that Telegram would send.

        ``is_typed``: the parameters came as JSON, where a number in quotes is a mistake; a form has no types.
        ``files``: what was uploaded with it; ``attach://name`` stands for each in the parameters.
        Raises Unreached where a fault asks for a time-out, RawAnswer where it puts something else in between.
        """
        try:
            return {"ok": True, "result": await self._answer(token, method, parameters, is_typed, files or {})}
        except Refusal as refusal:
            if isinstance(refusal, Violation):
                self.violations.append(f"{method}: {refusal.description}")
            return refusal.to_json()

    async def _answer(
        self, token: str, method: str, parameters: Json, is_typed: bool, files: Mapping[str, bytes]
    ) -> Any:
        if not TOKEN_SHAPE.fullmatch(token):
            raise Refusal("Not Found", 404)
        if token != self.token:
            raise Refusal("Unauthorized", 401)
        name = self._schema.name(method)
        self.calls.append(Call(name, parameters))
        self.ledger.polls += name == POLL
        fault = self._faults.take(name, parameters.get("chat_id"))
        if fault is None:
            return await self._do(name, parameters, GOOD, is_typed, files)
        if fault.done:
            result = await self._do(name, parameters, fault.code, is_typed, files)
            await asyncio.sleep(fault.delay)
            if fault.is_only_late:
                return result
            raise fault.to_error()
        await asyncio.sleep(fault.delay)
        if fault.is_only_late:
            return await self._do(name, parameters, GOOD, is_typed, files)
        self.ledger.note_call(name, parameters, None, fault.code, done=False)
        raise fault.to_error()

    async def _do(
        self, name: str, parameters: Json, code: int | None, is_typed: bool, files: Mapping[str, bytes]
    ) -> Any:
        """What the method does, and a line in the ledger about the answer that is going to be given."""
        self.world.calling, self.world.files = name, files
        try:
            result = self._methods[name](self._schema.check(name, parameters, self.world.report, is_typed))
            result = await result if inspect.isawaitable(result) else result
        except Refusal as refusal:
            self.ledger.note_call(name, parameters, None, refusal.code, done=False)
            raise
        self.ledger.note_call(name, parameters, result, code, done=True)
        return result

    @property
    def bot(self) -> User:
        """The bot as a user."""
        return self.world.bot

    @property
    def violations(self) -> list[str]:
        """Everything the bot did that the real Telegram refuses or silently spoils."""
        return self.world.violations

    @property
    def not_modified(self) -> int:
        """How many edits changed nothing."""
        return self.world.not_modified

    @property
    def changes(self) -> Changes:
        """Wakes when anything visible happens."""
        return self.world.changes

    def fail(self, method: str, fault: Fault, times: int = 1) -> None:
        """Let the next calls of a method fail; getUpdates calls that already wait are not touched."""
        self._faults.add(method, fault, times)

    def trouble(self, trouble: Trouble) -> None:
        """Let calls fail by chance from now on."""
        self._faults.trouble(trouble)

    def recover(self) -> None:
        """No call fails any more."""
        self._faults.clear()

    def deliver_to(self, deliver: Callable[[Json], Awaitable[None]] | None) -> None:
        """Hand every update to a function, as a webhook does, instead of keeping it for getUpdates."""
        self.world.deliver = deliver

    def person(self, first_name: str = "Sam", language_code: str | None = "en", username: str | None = None) -> Person:
        """Somebody new, whose private chat with the bot is empty."""
        user = self.world.new_user(first_name, language_code=language_code, username=username)
        self.world.new_chat("private", first_name, user.id, username=username, members={user.id: user})
        return Person(self.world, user)

    def other_bot(self, first_name: str, username: str) -> Person:
        """Another bot, to write in groups."""
        return Person(self.world, self.world.new_user(first_name, is_bot=True, username=username))

    def group(self, title: str, kind: str = "supergroup", hears_all: bool = False, has_bot: bool = True) -> Group:
        """A group, by default with the bot in it and privacy mode on: it gets what is meant for it."""
        chat = self.world.new_chat(kind, title, hears_all=hears_all)
        chat.standings[self.bot.id] = Standing("member" if has_bot else "left")
        chat.closed = None if has_bot else not_a_member(chat)
        return Group(self.world, chat)

    def channel(self, title: str) -> Channel:
        """A channel that the bot administers."""
        chat = self.world.new_chat("channel", title, standings={self.bot.id: Standing("administrator")})
        return Channel(self.world, chat)

    def messages(self, chat_id: int) -> tuple[ChatMessage, ...]:
        """What stands in a chat now, oldest first."""
        return tuple(self.world.chat(chat_id).messages.values())

    def unanswered(self) -> tuple[Query, ...]:
        """Pressed buttons that still spin."""
        return tuple(query for query in self.world.queries.values() if not (query.answered or query.expired))

    def expire(self, query_id: str) -> None:
        """Let a pressed button, or an inline query, grow too old to be answered."""
        if query_id in self.world.inline_queries:
            self.world.inline_queries[query_id] = replace(self.world.inline_queries[query_id], expired=True)
        else:
            self.world.queries[query_id] = replace(self.world.queries[query_id], expired=True)

    def inline_results(self, query_id: str) -> InlineOffer:
        """What the bot answered to an inline query; LookupError as long as it has not."""
        answer = self.world.inline_queries[query_id].answer
        if answer is None:
            raise LookupError(f"inline query {query_id} has no answer")
        return answer

    async def settle(self) -> None:
        """Wait until the bot has heard of what its own calls caused, such as leaving a group."""
        await self.world.settle()

    async def until(self, reached: Callable[[], bool], seconds: float = 30.0) -> None:
        """Wait for something visible; TimeoutError if it does not come."""
        if not await self.changes.until(reached, seconds):
            raise TimeoutError("the pretend Telegram waited in vain")


__all__ = ["TOKEN", "Call", "Fault", "PretendTelegram", "Unreached"]
