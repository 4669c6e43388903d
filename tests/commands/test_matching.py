"""What `check` tells an author about matching: of what changed, and of the question sets before and after."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.commands.test_commands import _elsewhere, bot

assert _elsewhere  # a fixture: no settings, and a folder of one's own


@pytest.fixture
def pack(small_pack: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "pack"
    shutil.copytree(small_pack, folder)
    (folder / "questions").mkdir()
    questions = [
        '{"q": "which socks should he wear", "labels": ["socks"]}',
        '{"q": "she goes backwards all the time", "labels": ["backwards"]}',
    ]
    (folder / "questions" / "all.jsonl").write_text("\n".join(questions), encoding="utf-8")
    return folder


def edit(pack: Path, old: str, new: str) -> None:
    path = pack / "faq.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def check(pack: Path, *more: str) -> str:
    result = bot("check", "--content", str(pack), *more)
    assert result.exit_code == 0, result.stderr
    return result.stdout


def test_of_what_did_not_change_nothing_is_told(pack: Path) -> None:
    assert "held back" not in check(pack)
    assert "held back" not in check(pack)


def test_an_entry_with_a_new_wording_is_told_of_and_only_that_one(pack: Path) -> None:
    check(pack)
    edit(pack, "[which socks,", "[which socks, are slippers better,")
    told = check(pack)
    assert "socks: of 4 wordings held back" in told
    assert "backwards: of" not in told
    assert "held back" not in check(pack)


def test_all_entries_are_told_of_when_asked(pack: Path) -> None:
    told = check(pack, "--matching")
    assert "backwards: of 3 wordings held back" in told
    assert "socks: of 3 wordings held back" in told


def test_what_stands_in_the_way_is_named_with_its_file_and_line(pack: Path) -> None:
    check(pack)
    edit(pack, "[which socks,", "[which socks, the baby crawls backwards a lot,")
    told = check(pack)
    assert "In its way:\n" in told
    assert "pack/faq.yaml:3: my baby crawls backwards" in told


def test_question_sets_are_compared_with_the_last_time(pack: Path) -> None:
    assert "2 questions answered and kept" in check(pack, "--against", "last")
    assert "0 better, 0 worse, 0 other, of 2 questions." in check(pack, "--against", "last")
    edit(pack, "[which socks, what socks are best]", "[goes backwards all the time, she goes backwards]")
    told = check(pack, "--against", "last")
    assert "Worse:\n  backwards -> " in told
    assert "she goes backwards all the time" in told


def test_what_got_worse_fails_a_strict_check(pack: Path) -> None:
    check(pack, "--against", "last")
    edit(pack, "[which socks, what socks are best]", "[goes backwards all the time, she goes backwards]")
    assert bot("check", "--strict", "--content", str(pack), "--against", "last").exit_code == 1


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_question_sets_are_compared_with_a_revision(pack: Path) -> None:
    git = ("git", "-C", str(pack), "-c", "user.name=a", "-c", "user.email=a@example.org")
    for command in (("init", "-q"), ("add", "."), ("commit", "-q", "-m", "first")):
        subprocess.run([*git, *command], check=True, capture_output=True)  # noqa: S603 - git, in a folder of ours
    edit(pack, "[which socks, what socks are best]", "[goes backwards all the time, she goes backwards]")
    told = check(pack, "--against", "HEAD")
    assert "she goes backwards all the time" in told
    assert "worse" in told


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (("--against", "no-such-revision"), "--against no-such-revision: "),
        (("--against", "last"), "there are no question sets"),
    ],
)
def test_what_can_not_be_compared_is_told(pack: Path, arguments: tuple[str, ...], what: str) -> None:
    if arguments[1] == "last":
        shutil.rmtree(pack / "questions")
    result = bot("check", "--content", str(pack), *arguments)
    assert result.exit_code == 1
    assert what in result.stderr
