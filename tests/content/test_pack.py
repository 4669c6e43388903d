"""A pack may be as small as one file, and the project's own is clean and known to editors."""

import datetime
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.content import Content, ContentError, load, load_content
from bot.content.entries import Outside
from bot.content.loader import KINDS, document_of
from bot.content.schemas import schemas_of
from bot.operation.model_store import is_learnt, is_shipped

ROOT = Path(__file__).parents[2]
SMALLEST = "- id: why\n  question: Why does my baby go away from me?\n  phrasings: [why is that]\n"


@pytest.fixture
def smallest(tmp_path: Path) -> Content:
    (tmp_path / "faq.yaml").write_text(SMALLEST, encoding="utf-8")
    return load_content(tmp_path)


def test_a_pack_of_only_a_faq_gets_defaults_for_all_else(smallest: Content) -> None:
    (entry,) = smallest.entries
    assert (entry.id, entry.phrasings, entry.call, entry.gravity) == ("why", ("why is that",), (), 1)
    assert (smallest.sections, smallest.smalltalk, smallest.sources) == ((), (), {})
    assert smallest.danger is None
    assert smallest.outside == Outside()
    assert smallest.texts.disclaimer.text
    assert smallest.texts.disclaimer.version >= 1
    assert 0 < smallest.thresholds.choices < smallest.thresholds.answer < 1


def test_of_the_texts_and_thresholds_only_what_differs_need_be_written(tmp_path: Path, smallest: Content) -> None:
    texts = "# Ours.\nunknown: Ask at the desk.\nmenu:\nlabels:\n  back: Return\ndisclaimer: {text: Hello.}\n"
    (tmp_path / "texts.yaml").write_text(texts, encoding="utf-8")
    (tmp_path / "thresholds.yaml").write_text("answer: 0.7\n", encoding="utf-8")
    content = load_content(tmp_path)
    own, others = content.texts, smallest.texts
    assert (own.unknown, own.labels.back) == ("Ask at the desk.", "Return")
    assert (own.disclaimer.text, own.disclaimer.version) == ("Hello.", others.disclaimer.version)
    assert (own.menu, own.labels.menu, own.frame) == (others.menu, others.labels.menu, others.frame)
    assert (content.thresholds.answer, content.thresholds.choices) == (0.7, smallest.thresholds.choices)


@pytest.mark.parametrize("name", ["texts.yaml", "thresholds.yaml"])
def test_a_file_of_exceptions_may_have_none_but_is_not_empty(tmp_path: Path, smallest: Content, name: str) -> None:
    (tmp_path / name).write_text("# As it is.\n", encoding="utf-8")
    assert load_content(tmp_path) == smallest
    (tmp_path / name).write_text("\n", encoding="utf-8")  # half saved, or lost
    with pytest.raises(ContentError, match=f"{name}:1: this file is empty"):
        load_content(tmp_path)


def test_a_title_left_out_is_made_from_the_question(smallest: Content) -> None:
    assert smallest.entries[0].title == "Why does my baby go away from m…"


def test_a_field_with_nothing_after_it_is_as_if_left_out(tmp_path: Path) -> None:
    (tmp_path / "faq.yaml").write_text(f"{SMALLEST}  verdict:\n  now:\n  title:\n  reviewed:\n", encoding="utf-8")
    entry = load_content(tmp_path).entries[0]
    assert (entry.verdict, entry.now, entry.reviewed) == (None, (), None)
    assert entry.title.startswith("Why does")


def test_words_that_some_programs_take_for_facts_stay_text(tmp_path: Path) -> None:
    faq = "- id: why\n  question: Why?\n  phrasings: [no, Yes, on, 12:30, 0800, 2026-01-31, 1e3, 0x1F]\n"
    (tmp_path / "faq.yaml").write_text(faq, encoding="utf-8")
    (tmp_path / "sources.yaml").write_text(
        "2006:\n  name: A\n  organisation: A\n  title: A\n  read: copy\n", encoding="utf-8"
    )
    content = load_content(tmp_path)
    assert content.entries[0].phrasings == ("no", "Yes", "on", "12:30", "0800", "2026-01-31", "1e3", "0x1F")
    assert list(content.sources) == ["2006"]


def test_phrasings_of_both_files_come_together(tmp_path: Path) -> None:
    (tmp_path / "faq.yaml").write_text(SMALLEST, encoding="utf-8")
    (tmp_path / "phrasings.yaml").write_text("why:\n  - what for\n", encoding="utf-8")
    assert load_content(tmp_path).entries[0].phrasings == ("why is that", "what for")


def test_an_entry_is_found_by_its_former_ids(tmp_path: Path) -> None:
    (tmp_path / "faq.yaml").write_text(f"{SMALLEST}  aliases: [reason]\n", encoding="utf-8")
    content = load_content(tmp_path)
    assert content.by_id["reason"] is content.by_id["why"]


@pytest.mark.parametrize(("day", "told"), [(21, 1), (22, 0), (23, 0)])
def test_a_date_in_the_future_is_told_and_keeps_no_bot_from_starting(tmp_path: Path, day: int, told: int) -> None:
    (tmp_path / "faq.yaml").write_text(f"{SMALLEST}  reviewed: 2026-11-22\n", encoding="utf-8")
    pack = load(tmp_path, datetime.date(2026, 11, day))
    assert pack.content.entries[0].reviewed == datetime.date(2026, 11, 22)
    future = "'reviewed' is in the future: 2026-11-22, and today is 2026-11-21"
    assert sum(future in each.what for each in pack.warnings) == told


def test_wordings_that_are_lost_are_a_mistake(tmp_path: Path) -> None:
    (tmp_path / "faq.yaml").write_text(SMALLEST, encoding="utf-8")
    (tmp_path / "phrasings.yaml").touch()
    with pytest.raises(ContentError, match=r"phrasings\.yaml:1: this file is empty: bring the wordings back"):
        load(tmp_path)
    (tmp_path / "phrasings.yaml").unlink()
    (tmp_path / "faq.yaml").write_text("- id: why\n  question: Why?\n", encoding="utf-8")
    load(tmp_path)  # so small a pack may do with its questions
    (tmp_path / "outside.yaml").write_text("far: [what is the weather]\n", encoding="utf-8")
    with pytest.raises(ContentError, match=r"phrasings\.yaml:1: this file is missing, there is outside\.yaml"):
        load(tmp_path)


def test_a_pack_without_an_entry_is_a_mistake(tmp_path: Path) -> None:
    (tmp_path / "faq.yaml").write_text("[]\n", encoding="utf-8")
    with pytest.raises(ContentError, match=r"faq\.yaml:1: this file is empty: give at least one"):
        load(tmp_path)


def test_the_english_content_has_no_mistakes(content: Content) -> None:
    assert len(content.entries) >= 25
    assert all(entry.call and entry.reviewed and entry.related for entry in content.entries)
    assert content.danger is not None


def test_what_ships_was_learnt_from_it_as_it_stands(content: Content, tmp_path: Path) -> None:
    """Its wordings, or the bot answers from others; its files too, or every start takes seconds more."""
    assert is_shipped(content), "run `python -m bot check --ship`"
    assert is_learnt(ROOT / "content" / "en", tmp_path), "run `python -m bot check --ship`"


def test_the_projects_own_texts_leave_nothing_to_the_defaults(content: Content) -> None:
    """Which speak to no parent, and name no number to call."""
    texts = document_of(ROOT / "content" / "en", "texts.yaml")
    lacking = [place for place in places(content.texts.model_dump()) if place not in texts.lines]
    assert lacking == []


def places(texts: dict[str, Any], *above: str) -> Iterator[tuple[str, ...]]:
    for name, each in texts.items():
        yield (*above, name)
        if isinstance(each, dict):
            yield from places(each, *above, name)


def test_every_entry_stands_in_a_section(content: Content) -> None:
    shown = {entry for section in content.sections for entry in section.entries}
    assert {entry.id for entry in content.entries} == shown


def test_the_schemas_for_editors_are_up_to_date() -> None:
    """Write them anew with `python -m bot check --schemas`."""
    folder = ROOT / "content" / "schema"
    kept = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in folder.glob("*.json")}
    assert kept == schemas_of()


@pytest.mark.parametrize("path", sorted((ROOT / "content" / "en").glob("*.yaml")), ids=lambda path: path.name)
def test_every_content_file_names_its_schema_in_its_first_line(path: Path) -> None:
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert first == f"# yaml-language-server: $schema=../schema/{path.stem}.json"


@pytest.mark.parametrize("path", sorted((ROOT / "content" / "en" / "entries").iterdir()), ids=lambda path: path.name)
def test_every_entry_names_its_schema_in_its_first_line(path: Path) -> None:
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=../../schema/entry.json"


def test_every_kind_of_file_has_a_schema_that_takes_a_title_left_out() -> None:
    schemas = schemas_of()
    assert {name.removesuffix(".json") for name in schemas} == {name.removesuffix(".yaml") for name in KINDS} | {
        "entry",
        "abroad",
    }
    assert "title" not in schemas["faq.json"]["$defs"]["Entry"]["required"]
    assert not {"title", "id"} & set(schemas["entry.json"]["required"])
    assert "required" not in json.dumps(schemas["texts.json"])
