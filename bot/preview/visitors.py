"""Browser tabs and the people they play."""

from __future__ import annotations

import secrets
from typing import Any

from bot.preview.chats import ChatMessage
from bot.preview.people import Person
from bot.preview.refusals import Json
from bot.preview.server import PretendTelegram
from bot.preview.world import Query


class Visitors:
    """One person per tab, known by a key that only the tab has."""

    def __init__(self, server: PretendTelegram) -> None:
        self._server = server
        self._people: dict[str, Person] = {}

    def add(self, first_name: str, language_code: str | None) -> tuple[str, Person]:
        """Somebody new and the key to them."""
        key = secrets.token_urlsafe(16)
        self._people[key] = self._server.person(first_name=first_name, language_code=language_code)
        return key, self._people[key]

    def find(self, key: str) -> Person | None:
        """The person behind a key; None after a restart of the preview."""
        return self._people.get(key)

    def to_state(self, person: Person) -> Json:
        """Everything that the page shows of one chat."""
        world, profile, user = self._server.world, self._server.profile, person.user
        chat = world.chat(person.id)
        language = user.language_code
        return {
            "version": self._server.changes.version,
            "bot": {
                "name": profile.text("name", language) or world.bot.first_name,
                "username": world.bot.username,
                "inline": world.has_inline_mode,
                "description": profile.text("description", language),
                "commands": profile.commands(chat.id, chat.type, language),
            },
            "person": {"id": user.id, "first_name": user.first_name},
            "messages": [_to_bubble(message) for message in person.messages],
            "queries": [_to_answer(query) for query in person.queries],
        }


def _to_bubble(message: ChatMessage) -> Json:
    body: Json = {
        "id": message.id,
        "author": message.author,
        "text": message.text or (message.caption if message.photo else ""),
        "entities": [entity.to_json() for entity in message.entities],
        "buttons": [[vars(button) for button in row] for row in message.buttons],
        "edited": message.edited,
        "date": message.date,
        "reply_to": message.reply_to,
    }
    if message.via:
        body["via"] = message.via.username
    if message.content:
        body["kind"] = next(iter(message.content))
    if photo := message.photo:
        body["photo"] = {"id": photo.file_id, "width": photo.width, "height": photo.height}
        body["caption_above"] = message.content.get("show_caption_above_media", False)
    return body


def _to_answer(query: Query) -> dict[str, Any]:
    return {
        "id": query.id,
        "message_id": query.message_id,
        "data": query.data,
        "answered": query.answered or query.expired,
        "text": query.text,
        "alert": query.alert,
    }
