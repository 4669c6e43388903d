"""What is said when the danger check itself breaks."""

import pytest

from bot.language.triage import Triage
from bot.replies import Speaker


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    def find(*_: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(Triage, "find", find)


def test_an_ordinary_question_gets_the_warning_signs(speaker: Speaker, broken: None) -> None:
    reply = speaker.to_text("is it normal that he goes backwards")
    assert reply.entry == "when-to-see-doctor"
    assert "911" in reply.text


def test_danger_that_the_wording_tells_of_is_still_answered_as_danger(speaker: Speaker, broken: None) -> None:
    reply = speaker.to_text("my baby is blue and has stopped breathing")
    assert reply.level == "emergency"
    assert "999" in reply.text
