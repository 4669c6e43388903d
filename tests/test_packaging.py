"""An installation has all that a checkout has: every package, the content, the model."""

import tomllib
from pathlib import Path

import pytest

from bot import packaged as module
from bot.content.loader import DEFAULTS, TEMPLATE
from bot.packaged import default_content, packaged
from tests.conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
SETUPTOOLS = PROJECT["tool"]["setuptools"]


def test_every_package_is_named() -> None:
    found = {".".join(path.parent.relative_to(ROOT).parts) for path in (ROOT / "bot").rglob("*.py")}
    named = set(SETUPTOOLS["packages"])
    assert {name for name in named if not name.startswith("bot.packaged")} == found


def test_content_model_and_questions_are_taken_along_from_where_they_lie() -> None:
    assert {name: ROOT / place for name, place in SETUPTOOLS["package-dir"].items()} == {
        "bot.packaged.content": packaged("content"), "bot.packaged.model": packaged("model"),
        "bot.packaged.questions": packaged("questions"),
    }  # fmt: skip


@pytest.mark.parametrize("name", ["content", "model", "questions"])
def test_every_file_of_them_is_taken_along(name: str) -> None:
    patterns = SETUPTOOLS["package-data"][f"bot.packaged.{name}"]
    place = packaged(name)
    files = {path for path in place.rglob("*") if path.is_file()}
    assert {path for pattern in patterns for path in place.glob(pattern) if path.is_file()} == files


def test_installed_they_are_found_within_and_a_folder_with_content_comes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "HERE", tmp_path / "site-packages" / "bot")
    monkeypatch.chdir(tmp_path)
    assert default_content() == tmp_path / "site-packages" / "bot" / "packaged" / "content" / "en"
    (tmp_path / "content" / "en").mkdir(parents=True)
    assert default_content() == Path("content/en")


@pytest.mark.parametrize("folder", [DEFAULTS, TEMPLATE])
def test_the_bots_own_words_and_what_an_author_begins_with_are_taken_along(folder: Path) -> None:
    home = ROOT / "bot" / "content"
    files = {path for path in folder.rglob("*") if path.is_file()}
    taken = {path for pattern in SETUPTOOLS["package-data"]["bot.content"] for path in home.glob(pattern)}
    assert files
    assert files <= taken
