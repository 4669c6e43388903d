"""A content folder of one's own: made by `new`, green at once, and about nothing but its own subject."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.content import Content, load
from bot.content.loader import TEMPLATE, files_of
from bot.operation.model_store import encoder
from bot.replies import Reply, Request, Speaker
from bot.replies.presses import read_press
from bot.settings import Settings
from bot.understanding import Understanding
from bot.understanding.learning import VectorCache, learn
from tests.commands.test_commands import bot

FOREIGN_WORDS = re.compile(
    r"\b(?:bab(?:y|ies)|crawl\w*|doctors?|nurses?|health|emergenc\w+|danger|warning|clinic\w*|midwi\w+)\b",
    re.IGNORECASE,
)
ODD = ("", "   ", "42", "🙂", "asdf qwer", "/help", "what is the tallest tree in the world", "x" * 5000)


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)


@dataclass(frozen=True)
class MadePack:
    content: Content
    speaker: Speaker


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> MadePack:
    folder = tmp_path_factory.mktemp("made") / "library"
    assert bot("new", str(folder)).exit_code == 0
    content = load(folder).content
    understanding = Understanding(content, learn(content, encoder(), VectorCache()), encoder())
    return MadePack(content, Speaker(content, understanding))


def test_a_new_pack_has_a_note_in_every_file_and_no_mistake_or_warning(tmp_path: Path) -> None:
    result = bot("new", "my library")
    assert result.exit_code == 0
    assert "python -m bot check --content 'my library'" in result.stdout
    made = files_of(tmp_path / "my library")
    assert {path.name for path in made} > {"sections.yaml", "texts.yaml", "outside.yaml", "smalltalk.yaml"}
    assert sum(path.parent.name == "entries" for path in made) == 3
    assert all(path.read_text(encoding="utf-8").startswith("# ") for path in made)
    checked = bot("check", "--content", "my library")
    assert (checked.exit_code, checked.stderr) == (0, "")
    assert checked.stdout.startswith("my library: no mistakes. 3 entries with ")


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("until when can I come in tonight", "opening-hours"),
        ("id like to become a member, what does it cost", "joining"),
        ("my loan was due last week", "late-books"),
    ],
)
def test_it_answers_in_its_own_subject(made: MadePack, text: str, entry: str) -> None:
    reply = made.speaker.to_text(text)
    assert (reply.kind, reply.entry) == ("answer", entry)


@pytest.mark.parametrize(
    "text", ["what is the population of brazil", "how do I make tomato soup", "do i need an umbrella today"]
)
def test_it_does_not_answer_what_is_none_of_its_business(made: MadePack, text: str) -> None:
    assert made.speaker.to_text(text).kind == "unknown"


def test_nothing_that_it_can_say_is_about_another_subject(made: MadePack) -> None:
    said = [*spoken(made), *presented(made.content)]
    assert len(said) > 50
    assert [text for text in said if FOREIGN_WORDS.search(text)] == []


def presented(content: Content) -> Iterator[str]:
    """What stands in Telegram's own lists, and what no page shows."""
    texts = content.texts
    yield from (texts.profile.name, texts.profile.description, texts.profile.short_description)
    yield from (texts.thanks_yes, texts.thanks_no, texts.not_forgotten, texts.nothing_held, texts.stale)
    yield from (page.description for page in content.pages)


def spoken(made: MadePack) -> Iterator[str]:
    """Every page that commands, words and buttons lead to, with the words on the buttons."""
    speaker, seen = made.speaker, set[str]()
    talk = [phrasing for kind in made.content.smalltalk for phrasing in kind.phrasings]
    open_pages = [speaker.to_text(text) for text in (*ODD, *talk)]
    open_pages += [speaker.to_request(Request(None)), speaker.to_request(Request("/status", "status", is_admin=True))]
    open_pages += [speaker.to_request(Request(f"/{name}", name)) for name in speaker.commands]
    open_pages += [speaker.to_disclaimer(), speaker.to_flood(), speaker.to_trouble(), speaker.to_press(None)]
    while open_pages:
        page: Reply = open_pages.pop()
        yield page.text
        for button in (button for row in page.rows for button in row):
            yield button.label
            if button.data not in seen:
                seen.add(button.data)
                open_pages.append(speaker.to_press(read_press(button.data)))


def test_what_asks_for_danger_signs_is_not_there_without_them(made: MadePack) -> None:
    labels = [button.label for row in made.speaker.to_request(Request("/menu", "menu")).rows for button in row]
    assert labels == ["Your visit", "Borrowing"]
    assert not {"check", "note", "country"} & set(made.speaker.commands)


@pytest.mark.parametrize("what", ["folder", "file"])
def test_what_is_there_already_is_left_alone(tmp_path: Path, what: str) -> None:
    here = tmp_path / "mine"
    if what == "folder":
        here.mkdir()
        (here / "notes.txt").write_text("mine", encoding="utf-8")
    else:
        here.write_text("mine", encoding="utf-8")
    result = bot("new", "mine")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        "mine is there already and not empty: nothing was written. Name a folder that is not there yet.\n"
    )
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [
        "notes.txt" if what == "folder" else "mine"
    ]


def test_an_empty_folder_is_as_good_as_none(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    assert bot("new", "mine").exit_code == 0
    copied = {path.relative_to(tmp_path / "mine") for path in files_of(tmp_path / "mine")}
    assert copied == {path.relative_to(TEMPLATE) for path in files_of(TEMPLATE)}


def test_a_place_that_can_not_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    result = bot("new", os.path.join("file", "mine"))
    assert (result.exit_code, result.stdout) == (1, "")
    assert "can't be written" in result.stderr
