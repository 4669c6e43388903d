"""What parents write in other languages: each line once, in danger under the sign that it tells of."""

from collections import Counter
from pathlib import Path
from shutil import copytree

import pytest

from bot.content import Content, ContentError
from bot.content.abroad import AbroadLines, abroad_lines
from bot.understanding.floor import Floor
from tests.conftest import ROOT
from tests.english import NORMALISER

ENGLISH = ROOT / "content" / "en"
LANGUAGES = sorted(path.stem for path in (ROOT / "content" / "abroad").glob("*.yaml"))


@pytest.fixture(scope="module")
def abroad(content: Content) -> dict[str, AbroadLines]:
    return dict(abroad_lines(ENGLISH, content))


def all_of(lines: AbroadLines) -> list[str]:
    blocks = (*lines.entries.values(), lines.outside, *lines.smalltalk.values(), *lines.signs.values(), lines.harmless)
    return [line for block in blocks for line in block]


def test_there_are_lines_of_every_language_that_is_told_and_has_no_pack(
    content: Content, abroad: dict[str, AbroadLines]
) -> None:
    assert set(abroad) == {each.id for each in content.languages} - {*content.translations.folders}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_line_stands_once(abroad: dict[str, AbroadLines], language: str) -> None:
    lines = Counter(line.casefold() for line in all_of(abroad[language]))
    assert [line for line, times in lines.items() if times > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_answer_and_every_sign_has_lines(content: Content, abroad: dict[str, AbroadLines], language: str) -> None:
    assert content.danger is not None
    assert set(abroad[language].entries) == {entry.id for entry in content.entries}
    assert set(abroad[language].signs) == {sign.id for sign in content.danger.signs}


def test_the_floor_cries_wolf_on_hardly_a_harmless_line(content: Content, abroad: dict[str, AbroadLines]) -> None:
    """These lines were written to sound like danger: of dogs that fell into pools, and of what was long ago."""
    assert content.danger is not None
    floor = Floor(content.danger, NORMALISER)
    harmless = [line for lines in abroad.values() for line in lines.harmless]
    assert sum(bool(floor.find(line)) for line in harmless) <= len(harmless) / 80


def test_a_name_that_the_pack_does_not_have_is_told_with_its_line(content: Content, tmp_path: Path) -> None:
    pack = tmp_path / "en"
    copytree(ENGLISH / "entries", pack / "entries")
    (tmp_path / "abroad").mkdir()
    (tmp_path / "abroad" / "pt.yaml").write_text(
        'entries:\n  normall:\n    - "é normal?"\nsigns:\n  blue:\n    - "azul"\nharmles: []\n', encoding="utf-8"
    )
    with pytest.raises(ContentError) as raised:
        abroad_lines(pack, content)
    assert "'harmles' is not a field, did you mean 'harmless'?" in str(raised.value)
    text = (tmp_path / "abroad" / "pt.yaml").read_text(encoding="utf-8").replace("harmles: []\n", "")
    (tmp_path / "abroad" / "pt.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ContentError) as raised:
        abroad_lines(pack, content)
    first, second = raised.value.mistakes
    assert (first.line, second.line) == (2, 5)
    assert "'normall' of 'entries' is not in the pack, did you mean 'normal'?" in first.what
    assert "'blue' of 'signs' is not in the pack" in second.what


def test_a_language_that_is_alike_has_a_file(content: Content, tmp_path: Path) -> None:
    (tmp_path / "abroad").mkdir()
    for code, other in (("hi", "urx"), ("ur", "hix")):
        (tmp_path / "abroad" / f"{code}.yaml").write_text(f"harmless: [lines]\nalike: [{other}]\n", encoding="utf-8")
    with pytest.raises(ContentError) as raised:
        abroad_lines(tmp_path / "en", content)
    assert [(each.line, each.what) for each in raised.value.mistakes] == [
        (2, "'urx' of 'alike' has no file here, did you mean 'ur'?"), (2, "'hix' of 'alike' has no file here, did you mean 'hi'?"),
    ]  # fmt: skip
