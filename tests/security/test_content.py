"""A content folder by somebody else is refused, quickly and in plain words, when it would harm the machine."""

import os
from pathlib import Path

import pytest

from bot.content import ContentError, load_content
from bot.content.bounds import LARGEST
from bot.replies.presses import read_press

FAQ = "- id: normal\n  question: Is it normal?\n  phrasings: [is it normal]\n"
LAUGHS = "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12)
)
MERGES = "a0: &a0 {k: v}\n" + "".join(f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 9)}]}}\n" for n in range(1, 12))
LONG = "a: &a " + 50_000 * "x" + "\nb: [" + ", ".join(["*a"] * 50) + "]\n"
DEEP = "blocks within blocks, more than 32 deep"
REPEATS = "this line can't be read: a text that begins with '&' needs quotes; to repeat things with '&' and '*' is not possible here"
TAG = "this line can't be read: a text that begins with '!' needs quotes"

BOMBS = {
    "the billion laughs": (LAUGHS, f"1: {REPEATS}"),
    "the same with merged blocks": (MERGES, f"1: {REPEATS}"),
    "one long text many times": (LONG, f"1: {REPEATS}"),
    "a file that holds itself": ("a: &a {b: {c: *a}}\n", f"1: {REPEATS}"),
    "brackets without end": ("a: " + "[" * 200_000, f"1: {DEEP}"),
    "hyphens without end": ("- " * 200_000 + "x", f"1: {DEEP}"),
    "questions without end": ("? " * 200_000 + "x", f"1: {DEEP}"),
    "blocks without end": ("".join(f"{' ' * n}a:\n" for n in range(2_000)), f"33: {DEEP}"),
    "a number without end": ("a: " + "9" * 100_000, "1: this number has more than 300 digits"),
    "a call of Python": ("a: !!python/object/apply:os.system [id]\n", f"1: {TAG}"),
    "a date that is none": ("a: !!timestamp tomorrow\n", f"1: {TAG}"),
    "a number that is none": ("a: !!int one\n", f"1: {TAG}"),
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "faq.yaml").write_text(FAQ, encoding="utf-8")
    return tmp_path


def told(folder: Path) -> list[str]:
    with pytest.raises(ContentError) as refused:
        load_content(folder)
    return str(refused.value).splitlines()


@pytest.mark.parametrize(("text", "line"), BOMBS.values(), ids=BOMBS.keys())
def test_a_file_that_would_fill_memory_or_end_the_program_is_refused_with_its_line(
    folder: Path, text: str, line: str
) -> None:
    (folder / "outside.yaml").write_text(text, encoding="utf-8")
    assert told(folder) == [f"outside.yaml:{line}"]


def test_the_billion_laughs_fit_into_a_kilobyte() -> None:
    assert len(LAUGHS) < 1024


def test_a_huge_file_is_refused_before_it_is_read(folder: Path) -> None:
    with (folder / "outside.yaml").open("wb") as file:
        file.truncate(LARGEST + 1)  # a hole: it takes no room
    assert told(folder) == ["outside.yaml:1: this file is larger than 20 MB: split it up"]


def test_a_pipe_or_a_folder_in_place_of_a_file_keeps_nobody_waiting(folder: Path) -> None:
    os.mkfifo(folder / "outside.yaml")
    (folder / "sections.yaml").mkdir()
    assert told(folder) == [
        "outside.yaml:1: this is no plain file",
        "sections.yaml:1: this is no plain file",
    ]


def test_a_link_out_of_the_content_folder_is_not_followed(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    secret = tmp_path_factory.mktemp("elsewhere") / "shadow"
    secret.write_text("root: hunter2\n", encoding="utf-8")
    (folder / "outside.yaml").symlink_to(secret)
    (line,) = told(folder)
    assert line.endswith("outside.yaml:1: this is a link that leads out of the content folder")
    assert "hunter2" not in line


def test_links_within_the_folder_and_to_the_whole_of_it_are_followed(folder: Path) -> None:
    """As containers get their content: each file a link into a folder beside it."""
    (folder / "..data").mkdir()
    (folder / "faq.yaml").rename(folder / "..data" / "faq.yaml")
    (folder / "faq.yaml").symlink_to("..data/faq.yaml")
    (folder.parent / f"{folder.name}-link").symlink_to(folder)
    assert load_content(folder.parent / f"{folder.name}-link").by_id["normal"]


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "..", "a/b", "a\\b", "a\x00b", "%2e%2e"])
def test_an_id_is_no_path(folder: Path, name: str) -> None:
    escaped = name.replace("\x00", "\\0").replace("a\\b", "a\\\\b")
    (folder / "faq.yaml").write_text(FAQ.replace("normal\n", f'"{escaped}"\n'), encoding="utf-8")
    assert "use small letters, digits and hyphens" in "\n".join(told(folder))
    assert read_press(f"e:{name}") in (None, read_press("e:a/b"))


HTML = {
    "<script>alert(1)</script>": "script",
    '<a href="javascript:alert(1)">x</a>': "javascript",
    '<img src="x">': "img",
    "<b>never closed": "b",
}


@pytest.mark.parametrize(("text", "sign"), HTML.items())
def test_markup_that_could_do_harm_is_a_mistake_of_the_content(folder: Path, text: str, sign: str) -> None:
    quoted = text.replace("'", "''")
    more = f"  call: [Ask a doctor.]\n  verdict: '{quoted}'\n"
    (folder / "faq.yaml").write_text(FAQ + more, encoding="utf-8")
    assert any(line.startswith("faq.yaml:5:") and "verdict" in line for line in told(folder)), sign
