"""Slips about ages, the chart and drawings are told with file and line; stale pictures are a warning."""

import datetime
import hashlib
import json
from pathlib import Path

import pytest

from bot.content.loader import load
from bot.content.pictures import sources_of
from tests.content.test_mistakes import GOOD, SOURCES, entry, mistakes_of, pack

TODAY = datetime.date(2026, 11, 28)
AGES = """\
words:
  week: 1 week
  weeks: "{number} weeks"
  month: 1 month
  months: "{number} months"
  year: 1 year
  years: "{number} years"
  half: "½"
  about: "{weeks} (about {months})"
  corrected: "{corrected} from the due date ({age} old)"
bands:
  - id: small
    from: 0
    to: 9
    button: Small
    name: 0 to 9 months
  - id: big
    from: 9
    to: 18
    button: Big
    name: 9 to 18 months
  - id: older
    from: 18
    to: 1200
    line: {verdict: "At {age}, ask.", sources: [WHO-2006]}
chart:
  until: 20
  bold: sits
  sources: [WHO-2006]
  asked: [4, 8]
  windows:
    - {id: sits, name: Sits, says: sits, from: 3.8, to: 9.2}
    - {id: walks, name: Walks, says: walks, from: 8.2, to: 17.6}
  texts:
    title: First moves
    axis: months
    mark: "{age}"
    note: A range.
    button: "{number} m"
    again: Another age
    ask: How old?
    window: "{name} ({from} to {to})"
    within: "Now: {windows}."
    before: "To come: {windows}."
    after: "By now: {windows}."
    caption: "{age}: {groups}"
    beyond: "At {age} it has ended."
"""
MET = """\
asks_age: true
chart: true
at_age:
  small: {verdict: "At {age}, yes.", sources: [WHO-2006]}
  big: {verdict: "At {age}, no.", sources: [WHO-2006]}
"""
BIG = '  big: {verdict: "At {age}, no.", sources: [WHO-2006]}\n'
DRAWN = 'picture: {name: toy, caption: "A toy."}'
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"/>'
NO_PACK_OF_AGES = "faq.yaml:1: entry 'normal': speaks of ages, which needs an ages.yaml beside sections.yaml"
EIGHT = "".join(f"    - {{id: w{number}, name: W, says: w, from: 1, to: 2}}\n" for number in range(8))


@pytest.fixture(autouse=True)
def _standing_in_the_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def told(ages: str | None = AGES, met: str = MET, **more: str) -> list[str]:
    """The mistakes of a pack of one entry that meets ages, without the folder they are in."""
    files = {"faq": entry(met), "sources": SOURCES, **more} | ({} if ages is None else {"ages": ages})
    return [line.removeprefix("content/en/") for line in mistakes_of(pack(Path("content/en"), **files))]


def drawn(*names: str) -> None:
    folder = Path("content/en/pictures")
    folder.mkdir(parents=True)
    for name in names:
        (folder / f"{name}.svg").write_bytes(SVG)


def test_a_good_pack_has_no_mistakes() -> None:
    assert told() == []


def test_a_pack_that_meets_no_ages_needs_nothing_of_them() -> None:
    assert told(None, "") == []
    assert told(AGES, "") == []
    assert told(AGES.partition("chart:")[0], MET.replace("chart: true\n", "")) == []
    assert told(None, "asks_age: false\nchart: false") == []


# What is changed in ages.yaml, and the lines that are told of it.
IN_AGES = {
    "bands that leave a gap": ("    from: 9\n", "    from: 10\n", (
        "18: item 'big': begins at 10 months, and the band before it ends at 9: let them meet",)),
    "bands that overlap": ("    from: 9\n", "    from: 8.5\n", (
        "18: item 'big': begins at 8.5 months, and the band before it ends at 9: let them meet",)),
    "a band that ends before it begins": ("    to: 18\n", "    to: 8\n", (
        "17: item 'big': this ends before it begins: 'from' must be less than 'to'",
        "23: item 'older': begins at 18 months, and the band before it ends at 8: let them meet")),
    "a band that can be tapped and has no name": ("    name: 9 to 18 months\n", "", (
        "17: item 'big': this needs both 'button' and 'name', or neither",)),
    "a band twice": ("id: older", "id: big", (
        "22: the id 'big' is already taken, see line 17",)),
    "a window that ends beyond the chart": ("to: 17.6", "to: 21", (
        "33: item 'walks': ends at 21 months, and the chart at 20: raise 'until'",)),
    "a window that ends before it begins": ("to: 17.6", "to: 8", (
        "33: item 'walks': this ends before it begins: 'from' must be less than 'to'",)),
    "a window twice": ("id: walks", "id: sits", ("33: the id 'sits' is already taken, see line 32",)),
    "too many windows": ("windows:\n", f"windows:\n{EIGHT}", (
        "31: 'windows' of 'chart' has 10 items, at most 8",)),
    "an unknown bold window": ("bold: sits", "bold: sit", (
        "28: 'bold': there is no window 'sit', did you mean 'sits'?",)),
    "a chart that is too long": ("until: 20", "until: 31", ("27: 'until' of 'chart' should be at most 30",)),
    "an unknown source of the chart": ("sources: [WHO-2006]\n  asked", "sources: [WHO-2005]\n  asked", (
        "29: 'sources': there is no source 'WHO-2005', did you mean 'WHO-2006'?",)),
    "an unknown source of a line": ('ask.", sources: [WHO-2006]', 'ask.", sources: [WHO]', (
        "25: item 'older': 'sources': there is no source 'WHO'",)),
    "a line without a source": ('ask.", sources: [WHO-2006]', 'ask.", sources: []', (
        "25: item 'older': 'sources' of 'line' is empty: give at least one",)),
    "an unknown name in a line": ("At {age}, ask", "At {aeg}, ask", (
        "25: item 'older': 'verdict' names {aeg}, which is not in 'everywhere' of regions.yaml, did you mean 'age'?",)),
    "a tag that is open in a line": ("At {age}, ask", "<b>At {age}, ask", (
        "25: item 'older': 'verdict' of 'line' opens <b> and never closes it: add </b>",)),
    "no number of weeks": ("{number} weeks", "weeks", ("3: 'weeks' lacks {number}, which the bot fills in",)),
    "no number of months": ('"{number} months"', "months", ("5: 'months' lacks {number}, which the bot fills in",)),
    "no months beside weeks": ("{weeks} (about {months})", "{weeks}", (
        "9: 'about' lacks {months}, which the bot fills in",)),
    "no age beside the corrected one": ("({age} old)", "", (
        "10: 'corrected' lacks {age}, which the bot fills in",)),
    "no age at the mark": ('mark: "{age}"', "mark: here", ("37: 'mark' lacks {age}, which the bot fills in",)),
    "no number on a button": ('button: "{number} m"', "button: m", (
        "39: 'button' lacks {number}, which the bot fills in",)),
    "no end of a window": ("({from} to {to})", "({from})", ("42: 'window' lacks {to}, which the bot fills in",)),
    "no windows in a group": ("Now: {windows}.", "Now.", ("43: 'within' lacks {windows}, which the bot fills in",)),
    "no groups in the words under it": ("{age}: {groups}", "{age}", (
        "46: 'caption' lacks {groups}, which the bot fills in",)),
    "no age in the words under it": ("{age}: {groups}", "{groups}", (
        "46: 'caption' lacks {age}, which the bot fills in",)),
    "a name of another text": ("At {age} it has", "At {number} it has", (
        "47: 'beyond' names {number}, which is not in 'everywhere' of regions.yaml",)),
    "a misspelt field": ("until: 20", "untill: 20", (
        "27: 'untill' of 'chart' is not a field, did you mean 'until'?", "26: 'until' of 'chart' is missing")),
}  # fmt: skip
# What is changed in the entry that meets ages; its first line is line 6.
IN_ENTRY = {
    "an unknown band": ("  big:", "  bigg:", (
        "8: entry 'normal': 'at_age' lacks big: an age is met at all bands or at none",
        "10: entry 'normal': 'at_age': there is no band 'bigg' in ages.yaml, did you mean 'big'?")),
    "a missing band": (BIG, "", (
        "8: entry 'normal': 'at_age' lacks big: an age is met at all bands or at none",)),
    "it asks and has nothing to say": (MET.partition("chart")[2], ": true", (
        "6: entry 'normal': 'asks_age' needs 'at_age': what is said once the age is known?",)),
    "an unknown source": ('yes.", sources: [WHO-2006]', 'yes.", sources: [WHO-206]', (
        "9: entry 'normal': 'sources': there is no source 'WHO-206', did you mean 'WHO-2006'?",)),
    "no source": ('yes.", sources: [WHO-2006]', 'yes."', (
        "9: entry 'normal': 'sources' of 'small' is missing",)),
    "an unknown name": ("At {age}, yes", "At {months}, yes", (
        "9: entry 'normal': 'verdict' names {months}, which is not in 'everywhere' of regions.yaml",)),
    "a line that is too long": ("At {age}, yes", "yes " * 70, (
        "9: entry 'normal': 'verdict' of 'small' has 281 characters, at most 200 can be read at a glance",)),
}  # fmt: skip


@pytest.mark.parametrize("what", IN_AGES)
def test_a_slip_in_the_ages_is_told_with_its_line(what: str) -> None:
    old, new, lines = IN_AGES[what]
    assert old in AGES
    assert sorted(told(AGES.replace(old, new, 1))) == sorted(f"ages.yaml:{line}" for line in lines)


@pytest.mark.parametrize("what", IN_ENTRY)
def test_a_slip_in_what_an_entry_says_at_an_age_is_told_with_its_line(what: str) -> None:
    old, new, lines = IN_ENTRY[what]
    assert old in MET
    assert told(AGES, MET.replace(old, new, 1)) == [f"faq.yaml:{line}" for line in lines]


@pytest.mark.parametrize(
    "met", [MET, "chart: true", "asks_age: true", MET.partition("at_age")[0], MET[MET.index("at_age") :]]
)
def test_an_entry_that_speaks_of_ages_needs_them(met: str) -> None:
    assert told(None, met) == [NO_PACK_OF_AGES]
    assert told("", met) == [NO_PACK_OF_AGES]


def test_an_entry_that_shows_the_chart_needs_one() -> None:
    what = "faq.yaml:7: entry 'normal': 'chart': there is none in ages.yaml"
    assert told(AGES.partition("chart:")[0]) == [what]


def test_an_entry_that_asks_needs_a_band_that_can_be_tapped() -> None:
    lines = [
        line
        for line in AGES.splitlines(keepends=True)
        if not line.startswith(("    button: S", "    button: B", "    name: "))
    ]
    assert told("".join(lines)) == [
        "faq.yaml:6: entry 'normal': 'asks_age': no band in ages.yaml has a 'button' to be tapped"
    ]


def test_a_line_may_do_without_the_age() -> None:
    assert told(AGES.replace("At {age}, ask", "Ask", 1), MET.replace("At {age}, yes", "Yes", 1)) == []


def test_every_lacking_band_is_named_at_once() -> None:
    found = told(AGES.replace('    line: {verdict: "At {age}, ask.", sources: [WHO-2006]}\n', ""), MET.replace(BIG, ""))
    assert found == ["faq.yaml:8: entry 'normal': 'at_age' lacks big, older: an age is met at all bands or at none"]


# --- Drawings
def test_a_drawing_that_is_there_is_no_mistake() -> None:
    drawn("toy")
    assert told(met=DRAWN) == []


@pytest.mark.parametrize(
    ("names", "hint"), [((), ""), (("toys",), ", did you mean 'toys'?"), (("stairs",), "")]
)  # fmt: skip
def test_a_drawing_that_is_not_there_is_told(names: tuple[str, ...], hint: str) -> None:
    drawn(*names)
    assert told(met=DRAWN) == [f"faq.yaml:6: entry 'normal': 'picture': there is no pictures/toy.svg{hint}"]


def test_a_drawing_that_is_called_as_the_chart_is_is_told() -> None:
    drawn("ages", "ages-16", "ages-four")  # of these, only the second would be overwritten
    assert told() == ["pictures/ages-16.svg:1: the pictures of the chart are called 'ages-16': choose another name"]


def test_a_drawing_without_words_is_told() -> None:
    drawn("toy")
    assert told(met="picture: {name: toy}") == ["faq.yaml:6: entry 'normal': 'caption' of 'picture' is missing"]


def test_a_line_at_an_age_that_is_too_long_for_a_phone_is_a_warning() -> None:
    long = entry(MET.replace("At {age}, no.", "At {age}, no. " + "It is so. " * 10))
    loaded = load(pack(Path("content/en"), faq=long, sources=SOURCES, ages=AGES), today=TODAY)
    assert (
        "content/en/faq.yaml:10: entry 'normal': 'big' of 'at_age' has 114 letters: at most 110 fit a phone's screen"
        in [str(each) for each in loaded.warnings]
    )


# --- Stale pictures
def warnings(ages: str | None = AGES) -> list[str]:
    files = {"faq": GOOD, "sources": SOURCES} | ({} if ages is None else {"ages": ages})
    loaded = load(pack(Path("content/en"), **files), today=TODAY)
    return [str(each) for each in loaded.warnings if "picture" in str(each)]


def made(ages: str) -> None:
    """Pictures as if they had been made, of the drawings and ages as they are."""
    folder = Path("content/en/pictures")
    loaded = load(pack(Path("content/en"), faq=GOOD, sources=SOURCES, ages=ages), today=TODAY)
    digests = {source.name: source.digest for source in sources_of(folder, loaded.content.ages)}
    for name in digests:
        (folder / f"{name}.png").write_bytes(b"")
    (folder / "made.json").write_text(json.dumps(digests))


def test_pictures_that_are_not_made_are_a_warning_and_no_mistake() -> None:
    what = "are not made, or made of something older: run `python -m bot pictures`"
    assert warnings() == [f"content/en/pictures/ages-0.png:1: ages-0 and 40 more {what}"]
    drawn("toy")
    assert warnings(AGES.partition("chart:")[0]) == [
        "content/en/pictures/toy.png:1: toy is not made, or made of something older: run `python -m bot pictures`"
    ]


def test_a_pack_without_chart_and_drawings_has_no_pictures_to_be_made() -> None:
    assert warnings(None) == []
    assert warnings(AGES.partition("chart:")[0]) == []


def test_pictures_are_stale_once_their_drawing_or_the_chart_is_another() -> None:
    drawn("toy", "stairs")
    made(AGES)
    assert warnings() == []
    toy = Path("content/en/pictures/toy.svg")
    toy.write_bytes(SVG + b"\n")
    (only,) = warnings()
    assert only.startswith("content/en/pictures/toy.png:1: toy is not made")
    toy.write_bytes(SVG)
    assert hashlib.sha256(SVG).hexdigest() in Path("content/en/pictures/made.json").read_text()
    assert warnings(AGES.replace("to: 9.2", "to: 9.3")) != []
    assert warnings(AGES.replace("name: Sits", "name: Sits up")) != []
    assert warnings(AGES.replace("ask: How old?", "ask: How old now?")) == []


def test_a_translation_that_says_its_ages_has_pictures_of_its_own() -> None:
    drawn("toy")
    made(AGES)
    translation = Path("content/es")
    translation.mkdir()
    (translation / "texts.yaml").write_text("{}\n", encoding="utf-8")
    assert warnings() == []
    (translation / "ages.yaml").write_text("words: {month: 1 mes}\n", encoding="utf-8")
    assert [each.partition(" more")[0] for each in warnings()] == ["content/es/pictures/ages-0.png:1: ages-0 and 40"]


def test_a_picture_whose_file_is_gone_is_a_warning() -> None:
    drawn("toy")
    made(AGES)
    Path("content/en/pictures/ages-5.png").unlink()
    (only,) = warnings()
    assert only.startswith("content/en/pictures/ages-5.png:1: ages-5 ")
