"""Whatever breaks in understanding, the parent sees the warning signs and never a soothing answer."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from bot.content import Content
from bot.language import Understanding
from bot.language.hearing import Hearing
from bot.language.matching import Matcher
from bot.language.triage import Triage
from bot.replies import Speaker
from bot.replies.dangers import with_danger

SAID = "is crawling backwards normal at 8 months"


def broken(*_: Any, **__: Any) -> Any:
    raise RuntimeError("broken")


def steps(by: float) -> Callable[[], float]:
    """A clock that goes on by so many seconds whenever it is read."""
    times: Iterator[float] = iter(number * by for number in range(1_000_000))
    return lambda: next(times)


def timed(understanding: Understanding, clock: Callable[[], float]) -> Understanding:
    understanding.__dict__["_clock"] = clock
    return understanding


@pytest.fixture
def fresh(understanding: Understanding, monkeypatch: pytest.MonkeyPatch) -> Understanding:
    """The shared understanding, put back as it was afterwards."""
    monkeypatch.setattr(understanding, "_clock", None)
    return understanding


def shows_the_signs(content: Content, fresh: Understanding, said: str = SAID) -> bool:
    reply = Speaker(content, fresh).to_text(said)
    return reply.failed and content.danger is not None and reply.entry == content.danger.entry


@pytest.mark.parametrize(
    ("owner", "name"), [(Triage, "find"), (Hearing, "chances"), (Matcher, "rank"), (Matcher, "nearest")]
)
def test_a_part_that_breaks_shows_the_warning_signs(
    content: Content, fresh: Understanding, monkeypatch: pytest.MonkeyPatch, owner: type, name: str
) -> None:
    monkeypatch.setattr(owner, name, broken)
    said = "hello there" if name == "nearest" else SAID  # looked for in small talk only
    assert shows_the_signs(content, fresh, said)


def test_danger_found_before_something_else_broke_is_still_told(
    content: Content, fresh: Understanding, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Matcher, "rank", broken)
    assert Speaker(content, fresh).to_text("he is not breathing").level == "emergency"


def test_a_check_that_takes_too_long_shows_the_warning_signs(content: Content, fresh: Understanding) -> None:
    assert shows_the_signs(content, timed(fresh, steps(1.0)), "his head, his arm, his leg, it is all fine, is it?")


def test_what_was_found_in_time_counts(content: Content, fresh: Understanding) -> None:
    """The rules are tried from the most serious on, so time runs out for the mildest first."""
    reply = Speaker(content, timed(fresh, steps(0.01))).to_text("baby unconscious and he has a fever and a rash")
    assert reply.level == "emergency"


def test_a_check_in_time_is_no_failure(content: Content, fresh: Understanding) -> None:
    assert not Speaker(content, timed(fresh, steps(0.0))).to_text(SAID).failed


def test_a_reply_that_can_not_be_put_together_is_a_sorry_with_the_card(
    content: Content, fresh: Understanding, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"{with_danger.__module__}.with_danger", broken)
    reply = Speaker(content, fresh).to_text(SAID)
    assert reply.failed
    assert "911 / 999 / 112" in reply.text
    assert content.card is not None
    assert any(button.label == content.card.button for row in reply.rows for button in row)
