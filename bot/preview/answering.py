"""The methods that answer a pressed button or an inline query."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bot.preview.inline import CACHED, InlineOffer, OfferedArticle
from bot.preview.keyboards import check_actions, to_keyboard
from bot.preview.refusals import Json, Refusal, Violation
from bot.preview.world import World
from bot.preview.writing import to_text

TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
TOAST = 200
RESULTS = 50
RESULT_ID_BYTES = 64
OFFSET_BYTES = 64
START = re.compile(r"[A-Za-z0-9_-]{1,64}")


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
        """Show results to someone who types @bot in a chat. Once per query."""
        query, results = self._world.inline_queries.get(parameters["inline_query_id"]), parameters["results"]
        if query is None or query.answer is not None or query.expired:
            raise Refusal(TOO_OLD)
        if len(results) > RESULTS:
            raise Violation("RESULTS_TOO_MUCH")
        if len({result["id"] for result in results}) < len(results):
            raise Violation("RESULT_ID_DUPLICATE")
        offset, cached = parameters.get("next_offset", ""), parameters.get("cache_time", CACHED)
        if len(offset.encode()) > OFFSET_BYTES:
            raise Violation("NEXT_OFFSET_INVALID")
        if cached < 0:
            self._world.report("cache_time is negative")
        answer = InlineOffer(
            tuple(map(self._article, results)),
            cached,
            parameters.get("is_personal", False),
            offset,
            _switch(parameters.get("button")),
        )
        self._world.inline_queries[query.id] = replace(query, answer=answer)
        self._world.changes.note()
        return True

    def _article(self, result: Json) -> OfferedArticle:
        if result["type"] != "article":
            raise Violation("results other than articles are not supported by the preview")
        if not 1 <= len(result["id"].encode()) <= RESULT_ID_BYTES:
            raise Violation("RESULT_ID_INVALID")
        if not result["title"].strip():
            raise Violation("ARTICLE_TITLE_EMPTY")
        text, entities = to_text(result["input_message_content"], self._world.report, "message_text")
        buttons = to_keyboard(result.get("reply_markup"), self._world.report)
        check_actions(buttons, "inline", self._world.has_inline_mode)
        return OfferedArticle(result["id"], result["title"], result.get("description", ""), text, entities, buttons)


def _switch(button: Json | None) -> tuple[str, str] | None:
    if button is None:
        return None
    if not button["text"].strip():
        raise Violation("SWITCH_PM_TEXT_EMPTY")
    if ("start_parameter" in button) == ("web_app" in button):
        raise Violation("InlineQueryResultsButton must have exactly one optional field")
    start = button.get("start_parameter")
    if start is not None and not START.fullmatch(start):
        raise Violation("START_PARAM_INVALID")
    return button["text"], start or ""
