"""The methods that answer a pressed button or an inline query."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bot.preview.keyboards import to_keyboard
from bot.preview.refusals import Json, Refusal, Violation
from bot.preview.world import World
from bot.preview.writing import to_text

TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
TOAST = 200
RESULTS = 50
RESULT_ID_BYTES = 64


class Answering:
    """Queries and their answers."""

    def __init__(self, world: World) -> None:
        self._world = world

    def methods(self) -> dict[str, Callable[[Json], Any]]:
        """What this part of the Bot API answers."""
        return {"answerCallbackQuery": self.answer_press, "answerInlineQuery": self.answer_inline}

    def answer_press(self, parameters: Json) -> bool:
        """Stop the button's spinner; show a toast or an alert if there is a text. Once per press."""
        query = self._world.queries.get(parameters["callback_query_id"])
        if query is None or query.answered or query.expired:
            raise Refusal(TOO_OLD)
        text = parameters.get("text", "")
        if len(text) > TOAST:
            raise Violation("MESSAGE_TOO_LONG")
        if parameters.get("url"):
            raise Violation("URL_INVALID")
        alert = parameters.get("show_alert", False)
        self._world.queries[query.id] = replace(query, answered=True, text=text, alert=alert)
        self._world.changes.note()
        return True

    def answer_inline(self, parameters: Json) -> bool:
        """Show results to someone who types @bot in another chat."""
        query_id, results = parameters["inline_query_id"], parameters["results"]
        if self._world.inline_queries.get(query_id, {}) is not None:
            raise Refusal(TOO_OLD)
        if len(results) > RESULTS:
            raise Violation("RESULTS_TOO_MUCH")
        ids = [result["id"] for result in results]
        if len(set(ids)) < len(ids):
            raise Violation("RESULT_ID_DUPLICATE")
        for result in results:
            if not 1 <= len(result["id"].encode()) <= RESULT_ID_BYTES:
                raise Violation("RESULT_ID_INVALID")
            if not result["title"].strip():
                raise Violation("ARTICLE_TITLE_EMPTY")
            to_text(result["input_message_content"], self._world.report, "message_text")
            to_keyboard(result.get("reply_markup"), self._world.report)
        self._world.inline_queries[query_id] = parameters
        self._world.changes.note()
        return True
