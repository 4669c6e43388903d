"""Wordings are written into a pack's files as an author would; all else in them stays as it was."""

from pathlib import Path

import pytest

from bot.content.appending import AppendError, append_wordings, write_draft
from bot.content.documents import read_document

ENTRY = """\
# A comment.
title: Rocking
phrasings: # what parents type
  - "rocks on all fours"
  - rocking but: not crawling

  # one more voice
  - 'just rocks'

related: [normal]
"""


def entry(folder: Path, text: str = ENTRY) -> Path:
    (folder / "entries").mkdir()
    path = folder / "entries" / "rocking.yaml"
    path.write_text(text.replace("but: not", "but not"), encoding="utf-8")
    return path


def test_they_stand_at_the_end_of_the_entrys_list_and_nothing_else_changes(tmp_path: Path) -> None:
    path = entry(tmp_path)
    before = path.read_text(encoding="utf-8")
    assert append_wordings(tmp_path, "rocking", ['says "vroom": rocks', "ça balance # non"]) == path
    after = path.read_text(encoding="utf-8")
    assert after.startswith(before[: before.index("'just rocks'")])
    assert after.endswith("\n\nrelated: [normal]\n")
    data = read_document(path, "rocking.yaml").data
    assert data["phrasings"][-3:] == ["just rocks", 'says "vroom": rocks', "ça balance # non"]
    assert data["related"] == ["normal"]


def test_a_list_at_the_end_of_a_file_without_a_last_line_feed_is_met(tmp_path: Path) -> None:
    path = entry(tmp_path, 'title: Rocking\nphrasings:\n- "one"')
    append_wordings(tmp_path, "rocking", ["two"])
    assert read_document(path, "x").data["phrasings"] == ["one", "two"]


def test_what_no_entry_answers_goes_to_outside(tmp_path: Path) -> None:
    (tmp_path / "outside.yaml").write_text("near:\n  - sleep\nfar:\n  - tax\n", encoding="utf-8")
    append_wordings(tmp_path, "", ["teething"])
    data = read_document(tmp_path / "outside.yaml", "x").data
    assert data == {"near": ["sleep", "teething"], "far": ["tax"]}


def test_a_pack_with_all_wordings_in_one_file_is_met(tmp_path: Path) -> None:
    (tmp_path / "phrasings.yaml").write_text("normal:\n  - is it ok\nwhy:\n  - why is that\n", encoding="utf-8")
    append_wordings(tmp_path, "normal", ["ok or not"])
    data = read_document(tmp_path / "phrasings.yaml", "x").data
    assert data == {"normal": ["is it ok", "ok or not"], "why": ["why is that"]}


@pytest.mark.parametrize("text", ["title: Rocking\nphrasings: [one, two]\n", "title: Rocking\n"])
def test_a_list_that_is_written_otherwise_is_told_and_left_alone(tmp_path: Path, text: str) -> None:
    path = entry(tmp_path, text)
    with pytest.raises(AppendError, match="'phrasings' should stand alone in its line"):
        append_wordings(tmp_path, "rocking", ["two"])
    assert path.read_text(encoding="utf-8") == text


def test_what_would_make_the_file_unreadable_is_not_written(tmp_path: Path) -> None:
    path = entry(tmp_path)
    before = path.read_text(encoding="utf-8")
    with pytest.raises(AppendError, match="add them by hand"):
        append_wordings(tmp_path, "rocking", ["hi \x7f there"])
    assert path.read_text(encoding="utf-8") == before


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(AppendError, match=r"outside.yaml: there is no such file"):
        append_wordings(tmp_path, "", ["teething"])


def test_a_draft_has_the_wordings_and_is_not_written_twice(tmp_path: Path) -> None:
    path = write_draft(tmp_path, "wobble-board", ["does the wobble: board help", "wobble board"])
    data = read_document(path, "x").data
    assert data["question"] == "does the wobble: board help"
    assert data["phrasings"] == ["does the wobble: board help", "wobble board"]
    with pytest.raises(AppendError, match="already: choose another id"):
        write_draft(tmp_path, "wobble-board", ["x"])
