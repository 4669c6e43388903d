"""One file for one entry: its name is the entry's id."""

from pathlib import Path

import pytest

from bot.content import ContentError, load_content
from bot.operation.reload import digest_of, state_of

WHY = "question: Why?\nverdict: Because.\ncall: [Ask your doctor.]\nrelated: [how]\nphrasings:\n  - what for\n"
HOW = "question: How?\nverdict: So.\ncall: [Ask your doctor.]\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "entries").mkdir()
    (tmp_path / "entries" / "why.yaml").write_text(WHY, encoding="utf-8")
    (tmp_path / "entries" / "how.yaml").write_text(HOW, encoding="utf-8")
    return tmp_path


def told(folder: Path) -> list[str]:
    with pytest.raises(ContentError) as refused:
        load_content(folder)
    return str(refused.value).splitlines()


def test_files_of_entries_are_a_pack(folder: Path) -> None:
    content = load_content(folder)
    assert [(entry.id, entry.phrasings) for entry in content.entries] == [("how", ()), ("why", ("what for",))]


def test_they_may_stand_beside_a_list_of_others(folder: Path) -> None:
    (folder / "faq.yaml").write_text(
        "- {id: who, question: Who?, verdict: I., call: [Ask.], related: [why]}\n", encoding="utf-8"
    )
    assert set(load_content(folder).by_id) == {"how", "why", "who"}


def test_a_mistake_is_told_with_its_file_and_line(folder: Path) -> None:
    (folder / "entries" / "why.yaml").write_text(WHY.replace("related", "relatd"), encoding="utf-8")
    assert told(folder) == [
        "entries/why.yaml:4: entry 'why': 'relatd' is not a field, did you mean 'related'?",
    ]


@pytest.mark.parametrize(
    ("name", "text", "lines"),
    [
        (
            "who.yaml", "id: whom\n" + HOW,
            ["entries/who.yaml:1: the file's name makes this entry 'who': leave 'id' out, or rename the file"],
        ),
        ("who.yml", HOW, ["entries/who.yml:1: the bot does not read this file: the name of an entry's file ends in .yaml"]),
        (
            "Who is it.yaml", HOW,
            ["entries/Who is it.yaml:1: the name of an entry's file can't be 'Who is it.yaml': use small letters, digits and "
             "hyphens, at most 28 of them, as in who-is-it.yaml"],
        ),
        (
            "who.yaml", "question: Who\nrelated: [why]\nverdict: [x\n",
            ["entries/who.yaml:3: this line can't be read: the '[' that opens here is never closed by ']'"],
        ),
        ("who.yaml", "", ["entries/who.yaml:1: this file is empty"]),
        ("who.yaml", "- a\n", ["entries/who.yaml:1: entry number 1: this should be a block of 'name: value' lines"]),
        ("who.yaml", HOW + "related: [when]\n", ["entries/who.yaml:4: entry 'who': 'related': there is no entry 'when'"]),
        (
            "who.yaml", HOW + "phrasings:\n  - What  FOR\n",
            ["entries/why.yaml:6: 'why': the wording 'what for' is already at entries/who.yaml:5 under 'who'"],
        ),
        ("who.yaml", HOW + "aliases: [why]\n", ["entries/why.yaml:1: entry 'why': the id 'why' is already taken, see line 4 in entries/who.yaml"]),
    ],
)  # fmt: skip
def test_mistakes_across_files_are_told(folder: Path, name: str, text: str, lines: list[str]) -> None:
    (folder / "entries" / name).write_text(text, encoding="utf-8")
    assert told(folder) == lines


def test_what_names_an_entry_whose_file_cannot_be_read_is_right_all_the_same(folder: Path) -> None:
    (folder / "entries" / "how.yaml").write_text("question: [How?\n", encoding="utf-8")
    assert [line.partition(":")[0] for line in told(folder)] == ["entries/how.yaml"]


def test_a_file_that_was_copied_is_told_once(folder: Path) -> None:
    asked = "phrasings: [how come, how so, how on earth, how ever]\n"
    for name in ("how", "who"):
        (folder / "entries" / f"{name}.yaml").write_text(HOW + asked, encoding="utf-8")
    what = "the wording 'how come' is already at entries/how.yaml:4 under 'how', and 3 more are: was it copied?"
    assert told(folder) == [f"entries/who.yaml:4: 'who': {what} Give it wordings of its own"]


def test_a_folder_without_an_entry_is_told(folder: Path) -> None:
    for path in (folder / "entries").iterdir():
        path.unlink()
    (folder / "outside.yaml").write_text("far: [what is the weather]\n", encoding="utf-8")
    assert told(folder) == ["entries:1: no answer is in this folder: give it a file for each"]


def test_a_change_in_one_is_seen_by_a_running_bot(folder: Path) -> None:
    stamp, digest = state_of(folder), digest_of(folder)
    (folder / "entries" / "why.yaml").write_text(WHY + "  - for what reason\n", encoding="utf-8")
    assert state_of(folder) != stamp
    assert digest_of(folder) != digest
