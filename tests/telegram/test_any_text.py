"""Whatever is written, something comes back that Telegram accepts, and nothing breaks."""

import logging

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.preview.chats import ChatMessage
from bot.replies import Speaker
from bot.telegram.rendering import BotIdentity, render
from bot.telegram.splitting import LIMIT, length, split
from tests.telegram.conftest import Chat

# Letters, marks, right-to-left, emoji, HTML, zero-width and control characters; Telegram sends no lone surrogates.
TEXT = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=4096)
CHATTER = st.lists(
    st.sampled_from(
        [
            "my",
            "baby",
            "<b>",
            "&",
            "back",
            "crawls",
            "not",
            "breathing",
            "8",
            "months",
            "?",
            ".",
            "she",
            "😭",
            "&amp;",
            "</b>",
            "help\n",
        ]
    ),
    min_size=1,
    max_size=700,
).map(" ".join)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.one_of(TEXT, CHATTER))
def test_any_text_has_a_reply_within_telegrams_limits(speaker: Speaker, text: str) -> None:
    rendered = render(speaker.to_text(text[:4096]), BotIdentity("preview_bot", has_inline=True))
    assert rendered.texts
    assert all(0 < length(part) <= LIMIT for part in rendered.texts)
    rows = rendered.keyboard["inline_keyboard"] if rendered.keyboard else ()
    assert sum(map(len, rows)) <= 100
    pressed = [button["callback_data"] for row in rows for button in row if "callback_data" in button]
    assert all(1 <= len(data.encode()) <= 64 for data in pressed)


@pytest.mark.parametrize(
    "text",
    [
        "<b>bold?", "</b>", "&", "&lt;script&gt;", "<a href='x'>", "a" * 4096, "😀" * 2048, "\u202eabc",
        "/", "/unknown", "@", "@preview_bot", "0", "?", "e:normal", "🤱🏽 8mo ok", "ما الأمر", "ребёнок ползает назад",
        "赤ちゃんが後ろに進みます", "' OR 1=1 --", "{question}", "%s %d {0}", "not breathing " * 290,
    ],
)  # fmt: skip
async def test_odd_texts_are_answered(chat: Chat, text: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        await chat.meet()
        before = len(chat.seen)
        await chat.say(text)
    last: ChatMessage = chat.last
    assert len(chat.seen) > before
    assert last.text.strip()
    assert caplog.text == ""


@given(st.lists(st.sampled_from(["<b>", "</b>", "word ", "\n\n", "\n", "&amp;", "😀", "long" * 30]), max_size=120))
def test_parts_of_a_split_text_fit_and_lose_no_word(pieces: list[str]) -> None:
    text, opened = "", False
    for piece in pieces:  # only well-formed HTML: one level of bold, closed at the end
        if (piece == "<b>" and not opened) or (piece == "</b>" and opened):
            opened = not opened
            text += piece
        elif not piece.startswith("<"):
            text += piece
    text += "</b>" if opened else ""
    parts = split(text, 200)
    assert all(length(part) <= 200 for part in parts)
    assert all(part.count("<b>") == part.count("</b>") for part in parts)
    assert "".join(parts).count("word") == text.count("word") or not text.strip()
