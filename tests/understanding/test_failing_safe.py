"""Whatever breaks in understanding, the parent sees the warning signs and never a soothing answer."""

from typing import Any

import pytest

from bot.content import Content
from bot.replies import Speaker
from bot.replies.dangers import with_danger
from bot.understanding import Understanding, decision
from bot.understanding.danger import DangerCheck
from bot.understanding.encoder import Encoder
from bot.understanding.floor import Floor
from bot.understanding.heads import Head
from bot.understanding.languages import LanguageFinder

SAID = "is crawling backwards normal at 8 months"


def broken(*_: Any, **__: Any) -> Any:
    raise RuntimeError("broken")


def shows_the_signs(content: Content, understanding: Understanding, said: str = SAID) -> bool:
    reply = Speaker(content, understanding).to_text(said)
    return reply.failed and content.danger is not None and reply.entry == content.danger.entry


@pytest.mark.parametrize(
    ("owner", "name"),
    [(Encoder, "windows"), (Head, "chances"), (DangerCheck, "find"), (Floor, "find"), (decision, "decide")],
)
def test_a_part_that_breaks_shows_the_warning_signs(
    content: Content, understanding: Understanding, monkeypatch: pytest.MonkeyPatch, owner: Any, name: str
) -> None:
    monkeypatch.setattr(owner, name, broken)
    assert shows_the_signs(content, understanding)


@pytest.mark.parametrize(
    ("owner", "name"),
    [(Encoder, "windows"), (Head, "chances"), (decision, "decide"), (LanguageFinder, "find")],
)
def test_plain_danger_is_still_told_when_something_else_broke(
    content: Content, understanding: Understanding, monkeypatch: pytest.MonkeyPatch, owner: Any, name: str
) -> None:
    monkeypatch.setattr(owner, name, broken)
    reply = Speaker(content, understanding).to_text("help my baby is not breathing")
    assert reply.level == "emergency"
    assert reply.sign == "not_breathing"


def test_danger_is_still_told_when_its_letters_can_not_be(
    understanding: Understanding, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(LanguageFinder, "is_in_script", broken)
    for told in (understanding.meaning, understanding.plain_danger):
        meaning = told("बच्चा सांस नहीं ले रहा")
        assert (meaning.finding.level, meaning.language, meaning.failed) == ("emergency", "hi", False)


def test_a_reply_that_can_not_be_put_together_is_a_sorry_with_the_card(
    content: Content, understanding: Understanding, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"{with_danger.__module__}.with_danger", broken)
    reply = Speaker(content, understanding).to_text(SAID)
    assert reply.failed
    assert "911, 999, 112" in reply.text
    assert content.card is not None
    assert any(button.label == content.card.button for row in reply.rows for button in row)
