"""What is wrong with the danger signs as a whole is found, told with its line, and is a mistake or a warning."""

from pathlib import Path

import pytest

from bot.content import Content
from bot.content.danger import Danger
from bot.content.documents import Document, read_document
from bot.content.loader import document_of
from bot.evaluation.review import Review, review
from tests.english import GRAMMAR

ENGLISH = Path(__file__).parents[2] / "content" / "en"
DANGER = """\
entry: x
caution: c
general: g
cry: h
replies: {urgent: {text: go}}
negators: {en: [no, not]}
signs:
  - id: blue
    level: urgent
    what: blue
    sources: [X]
    phrases:
      en:
        - "look [he is blue]"
"""
ALARMS = "blue: [he went blue]\nharmless: [a blue car]\ngeneral: [what if a lip is blue]\n"


def reviewed(tmp_path: Path, danger: str = DANGER, alarms: str = ALARMS) -> Review:
    signs, said = file_of(tmp_path, "danger.yaml", danger), file_of(tmp_path, "alarms.yaml", alarms)
    return review(Danger.model_validate(signs.data), GRAMMAR, signs, said)


def file_of(folder: Path, name: str, text: str) -> Document:
    (folder / name).write_text(text, encoding="utf-8")
    return read_document(folder / name, name)


def test_signs_that_work_are_not_complained_of(tmp_path: Path) -> None:
    assert reviewed(tmp_path) == Review()


def test_a_phrase_that_its_own_sentence_stops_is_a_mistake(tmp_path: Path) -> None:
    found = reviewed(tmp_path, DANGER.replace("look [he", "no sign that [he")).mistakes
    assert [str(each) for each in found] == [
        "danger.yaml:14: sign 'blue': 'he is blue' is not found in its own sentence: is a 'no' before it, or a comma or "
        "full stop in it?"
    ]


def test_a_phrase_with_a_comma_in_it_is_a_mistake(tmp_path: Path) -> None:
    assert len(reviewed(tmp_path, DANGER.replace("he is blue", "he is, blue")).mistakes) == 1


def test_a_phrase_that_stands_in_a_line_that_is_no_danger_is_a_warning(tmp_path: Path) -> None:
    for name in ("harmless", "general"):
        alarms = ALARMS.replace(f"{name}: [", f"{name}: [my teddy says he is blue, ")
        (warning,) = reviewed(tmp_path, alarms=alarms).warnings
        assert warning.file == "alarms.yaml"
        assert "proves 'blue' to the bot, whatever it learns: 'he is blue' stands in it" in warning.what


def test_a_sign_without_a_source_is_a_warning(tmp_path: Path) -> None:
    (warning,) = reviewed(tmp_path, DANGER.replace("    sources: [X]\n", "")).warnings
    assert str(warning) == (
        "danger.yaml:8: sign 'blue': names no source in 'sources': whoever signs it will ask for one"
    )


@pytest.mark.long
def test_the_projects_own_signs_have_neither(content: Content) -> None:
    assert content.danger is not None
    files = (document_of(ENGLISH, name) for name in ("danger.yaml", "alarms.yaml"))
    assert review(content.danger, content.grammar, *files) == Review()
