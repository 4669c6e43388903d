"""A translation is laid over the pack it translates; what it lacks, and numbers that differ, are told."""

import re
import shutil
from pathlib import Path

import pytest

from bot.content import Content, ContentError
from bot.content.loader import load, load_content, load_learnt, load_translation

ENGLISH = Path(__file__).parents[2] / "content" / "en"
SPANISH = ENGLISH.parent / "es"


@pytest.fixture(scope="module")
def english() -> Content:
    """As the bot reads it, with its translations."""
    return load_learnt(ENGLISH)


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    """Both packs in a folder of one's own, small enough to be read often."""
    for pack in (ENGLISH, SPANISH):
        shutil.copytree(pack, tmp_path / pack.name, ignore=shutil.ignore_patterns("*.png", "alarms.yaml"))
    (tmp_path / "en" / "alarms.yaml").write_text(
        (ENGLISH / "alarms.yaml").read_text(encoding="utf-8"), encoding="utf-8"
    )
    return tmp_path / "en"


def test_texts_are_those_of_the_translation_and_all_else_is_inherited(english: Content) -> None:
    spanish = english.translations.of("es")
    assert [each.id for each in spanish.entries] == [each.id for each in english.entries]
    for mine, theirs in zip(spanish.entries, english.entries, strict=True):
        assert (mine.sources, mine.related, mine.gravity, mine.ages) == (
            theirs.sources, theirs.related, theirs.gravity, theirs.ages
        )  # fmt: skip
        assert mine.verdict != theirs.verdict
        assert mine.question != theirs.question
        assert (len(mine.now), len(mine.call)) == (len(theirs.now), len(theirs.call))
        assert mine.at_age.keys() == theirs.at_age.keys()


def test_every_danger_reply_and_first_aid_line_is_translated(english: Content) -> None:
    spanish = english.translations.of("es")
    assert english.danger is not None
    assert spanish.danger is not None
    for name, reply in english.danger.replies.items():
        assert spanish.danger.replies[name].text != reply.text, name
    for mine, theirs in zip(spanish.danger.signs, english.danger.signs, strict=True):
        assert (mine.id, mine.level) == (theirs.id, theirs.level)
        assert not theirs.first_aid or mine.first_aid != theirs.first_aid, mine.id


def test_a_region_has_the_same_numbers_in_both(english: Content) -> None:
    spanish = english.translations.of("es")
    for mine, theirs in zip(spanish.regions.regions, english.regions.regions, strict=True):
        assert (mine.id, mine.numbers, mine.values.keys()) == (theirs.id, theirs.numbers, theirs.values.keys())


@pytest.mark.long
def test_wordings_are_the_translations_own() -> None:
    spanish = load_translation(SPANISH, ENGLISH, is_brief=False)
    assert all(len(entry.phrasings) >= 15 for entry in spanish.entries)
    assert not set(spanish.entries[0].phrasings) & set(load_content(ENGLISH).entries[0].phrasings)


def test_a_number_that_differs_is_told_with_its_file_but_everywhere_has_its_own(packs: Path) -> None:
    file = packs.parent / "es" / "entries" / "when-start.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("13.5", "15.5"), encoding="utf-8")
    regions = packs.parent / "es" / "regions.yaml"
    text = regions.read_text(encoding="utf-8")
    assert "<b>079</b> México, opción 1" in text, "a number that the other pack's 'everywhere' does not have"
    text = text.replace("<b>079</b>, opción 1", "<b>016</b>, opción 1")
    swapped = text.replace("<b>105</b> policía. <b>106</b> ambulancia", "<b>106</b> policía. <b>105</b> ambulancia")
    assert swapped != text
    regions.write_text(swapped, encoding="utf-8")

    answer, region, order = (str(each) for each in load(packs).warnings if "numbers" in each.what)
    assert "es/entries/when-start.yaml" in answer
    assert "15.5" in answer
    assert "13.5" in answer
    assert "es/regions.yaml" in region
    assert "region 'mx': 'abuse' does not say the same numbers: it has 016" in region
    assert "region 'pe': 'call_quietly' says the numbers in another order" in order


def test_blocks_are_found_by_their_id_and_what_a_translation_lacks_is_told_once_a_file(packs: Path) -> None:
    regions = packs.parent / "es" / "regions.yaml"
    head, *blocks = re.split(r"(?m)^(?=  - id: )", regions.read_text(encoding="utf-8"))
    assert blocks[0].startswith("  - id: us")
    regions.write_text(head + "".join(reversed(blocks[1:])).replace("<b>106</b>", "<b>107</b>"), encoding="utf-8")
    texts = packs.parent / "es" / "texts.yaml"
    changed = re.sub(r"(?m)^forgotten: \|\n(?:  .*\n)+", "", texts.read_text(encoding="utf-8"))
    texts.write_text(changed, encoding="utf-8")
    why = packs.parent / "es" / "entries" / "why.yaml"
    why.write_text(
        re.sub(r"(?m)^verdict: .*$", f"verdict: {'Sí. ' * 30}", why.read_text(encoding="utf-8")), encoding="utf-8"
    )

    told = [each for each in load(packs).warnings if "/es/" in each.file]
    lines = regions.read_text(encoding="utf-8").splitlines()
    peru = [each for each in told if "region 'pe'" in each.what]
    assert peru
    start = lines.index("  - id: pe")
    assert all(start < each.line <= start + 30 for each in peru)
    assert [each.what for each in told if "not translated" in each.what] == [
        "not translated, and shown as it is: region 'us'",
        "not translated, and shown as it is: 'forgotten'",
    ]
    assert ("entry 'why': 'verdict' has 119 letters: 100 are two lines", 3) in [(each.what, each.line) for each in told]


def test_a_block_that_the_other_pack_does_not_have_or_that_comes_twice_is_a_mistake(packs: Path) -> None:
    regions = packs.parent / "es" / "regions.yaml"
    text = regions.read_text(encoding="utf-8").replace("  - id: mx\n", "  - id: mxx\n")
    regions.write_text(text.replace("  - id: pe\n", "  - id: cl\n"), encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        load(packs)
    told = "\n".join(map(str, caught.value.mistakes))
    assert "'mxx' is not in the pack that this translates, did you mean 'mx'?" in told
    assert "'cl' is translated twice: keep one" in told


@pytest.mark.long
def test_an_entry_that_is_not_translated_is_told_and_shown_as_it_is(packs: Path) -> None:
    (packs.parent / "es" / "entries" / "why.yaml").unlink()
    loaded = load(packs)
    assert any("why.yaml" in each.file and "not translated" in each.what for each in loaded.warnings)
    assert loaded.content.translations.of("es").by_id["why"].verdict == loaded.content.by_id["why"].verdict


@pytest.mark.long
def test_a_mistake_in_a_translation_is_told_with_its_file(packs: Path) -> None:
    file = packs.parent / "es" / "texts.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("menu: |", "menu: |\n  {nadie} "), encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        load(packs)
    assert any("es/texts.yaml" in str(each) and "{nadie}" in str(each) for each in caught.value.mistakes)
