"""What reads well and means the wrong thing is told with its line: as a mistake where a parent would be harmed."""

import datetime
from pathlib import Path

import pytest

from bot.content import ContentError, load
from bot.content.checks.silence import NAMING
from tests.content.test_mistakes import CARD, NOTE, NUMBERED, REGIONS, SOURCES, pack

ENTRY = """\
- id: normal
  title: Is it normal?
  question: Is it normal to crawl backwards?
  verdict: Yes. Many babies do it first.
  now: [Play on the floor.]
  call: [Worried. Ask your doctor.]
  sources: [WHO-2006]
  reviewed: 2026-11-20
  phrasings: [is backwards all right]
"""
WHY = """\
- id: why
  title: Why backwards?
  question: Why does my baby crawl backwards?
  verdict: The arms are stronger than the legs.
  call: [Worried. Ask your doctor.]
  reviewed: 2026-11-20
  phrasings: [why backwards though]
"""
SECTIONS = "- {id: basics, title: Basics, text: What it is., entries: [normal, why]}\n"
OUTSIDE = (
    "near: [is it teething]\nfar: [what is the weather, " + ", ".join(f"what is {n} times 2" for n in range(60)) + "]\n"
)
TEXTS = "".join(f"{name}: 'Sorry. Call {{numbers}}.'\n" for name in NAMING)
FILES = {
    "faq": ENTRY + WHY, "sections": SECTIONS, "sources": SOURCES, "regions": REGIONS, "outside": OUTSIDE, "texts": TEXTS,
    "card": CARD, "note": NOTE, **NUMBERED,
}  # fmt: skip
TODAY = datetime.date(2026, 11, 28)
DOUBLED = "  title: A\n  question: Q\n  verdict: V\n"

# file, what is replaced, what stands there then, what is told.
MISTAKES = [
    ("faq", "Play on the floor.", "Call 911 at once.", "faq.yaml:5: entry 'normal': 'now' names 911: write {numbers}"),
    ("faq", "Play on the floor.", "Ring 919 now.", "'now' names 919, which no region has in its 'numbers'"),
    ("faq", "Play on the floor.", "<b>991</b> is the number.", "'now' names 991, which no region has"),
    ("faq", "Play on the floor.", "Or +44 808 808 8000.", "'now' names +44 808 808 8000, which no region has"),
    ("faq", "Many babies do it", "Phone 112, they do it", "'verdict' names 112, which no region has"),
    ("sections", "What it is.", "What it is. Call 999.", "sections.yaml:1: section 'basics': 'text' names 999: write {num"),
    ("danger", "'Call {numbers} today.'", "Call today.", "reply 'urgent': names nobody to call: it needs {today} or {num"),
    ("danger", "caution: Look.", "caution: Call 911.", "danger.yaml:3: 'caution' names 911: write {numbers}"),
    ("danger", "{numbers}", "{number}", "'text' names {number}, which is not in 'everywhere' of regions.yaml, did you m"),
    ("faq", "Play on the floor.", "'Call {nummbers}.'", "'now' names {nummbers}, which is not in 'everywhere'"),
    ("faq", "Play on the floor.", "'Play {on the floor.'", "'now' has a single { or }: a name in braces is written {so}"),
    ("faq", "title: Is it normal?", "title: 'Is {it}?'", "'title' names {it}, which is not filled in here"),
    ("faq", "Why does my baby crawl backwards?", "'Why, {name}?'", "'question' names {name}, which is not in 'everywhere'"),
    ("note", "label: Small", "label: '{numbers}'", "'label' names {numbers}, which is not filled in here"),
    ("card", "Hot to the touch", "'Hot {so}'", "'means' names {so}, which is not in 'everywhere'"),
    ("faq", "is backwards all right", "Why does my baby crawl backwards", "the wording 'Why does my baby crawl backwards' is "
     "the question of 'why': move it there"),
    ("faq", "is backwards all right", "WHY BACKWARDS", "the wording 'WHY BACKWARDS' is the title of 'why': move it there"),
    ("outside", "is it teething", "is it normal?", "outside.yaml:1: 'near': the wording 'is it normal?' is the title of 'n"),
    ("faq", "verdict: Yes. Many babies do it first.", "verdict: Yes. Rule no. #1 of crawling.", "faq.yaml:4: the text ends "
     "at 'Yes. Rule no.', for a # after a space begins a comment: put quotes around the text"),
    ("sections", SECTIONS, "- id: basics\n" + DOUBLED + DOUBLED, "sections.yaml:5: 'title' and 2 more names are given twice: "
     "is the '- ' missing where a new block begins here?"),
    ("faq", ENTRY, "", "'entries': there is no entry 'normal'"),
    ("faq", "  verdict: The arms are stronger than the legs.\n", "", "entry 'why': answers nothing: give it a 'verdict'"),
    ("regions", 'numbers: "911"', 'numbers: "912"', "'numbers' names 912, which no region has in its 'numbers'"),
]  # fmt: skip
WARNINGS = [
    ("faq", "  phrasings: [why backwards though]\n", "", "entry 'why': has no 'phrasings'"),
    ("sections", "[normal, why]", "[normal]", "entry 'why': stands in no section of sections.yaml: no button leads to it"),
    ("faq", "  verdict: The arms are stronger than the legs.\n", "  now: [Play.]\n", "entry 'why': has no 'verdict'"),
    ("faq", "title: Why backwards?", "title: Is it normal?", "'title' is also that of 'normal': two buttons would read"),
    ("faq", "title: Why backwards?", "title: Why does it go backwards?", "'title' has 25 letters: beyond 20 a phone cuts"),
    ("faq", "reviewed: 2026-11-20", "reviewed: 2016-11-22", "'reviewed' was over a year ago, 2016-11-22: read it and its"),
    ("faq", "reviewed: 2026-11-20", "reviewed: 2026-12-20", "'reviewed' is in the future: 2026-12-20"),
    ("faq", "Play on the floor.", "Play **gently**.", "'now' shows its asterisks in '**gently**': bold is <b>so</b>"),
    ("sources", "  read: own page", "  url: http://who.int\n  read: own page", "source 'WHO-2006': 'url' should begin with https://"),
    ("faq", "Many babies do it first.", "Many babies do it first. " + "It is so. " * 9, "'verdict' has 119 letters: 100 are"),
    ("faq", "[Play on the floor.]", "[One., Two., Three.]", "'now' has 3 lines: beyond 2 a phone's screen is full"),
    ("faq", "[Worried. Ask your doctor.]", "[A., B., C., D.]", "'call' has 4 lines: beyond 3 a phone's screen is full"),
    ("faq", "Play on the floor.", "Play so. " * 12, "a line of 'now' has 107 letters: 90 are two lines of a phone"),
    ("outside", OUTSIDE, "# none yet\n", "outside.yaml:1: no lines of what nothing answers: the bot will meet anything"),
    ("outside", OUTSIDE, "far: [what is the weather]\n", "outside.yaml:1: 1 line of what nothing answers is few: other quest"),
    ("outside", "near: [is it teething]\n", "", "outside.yaml:1: 'near' has no lines: questions about your own subject"),
    ("texts", "sorry:", "menu:", "texts.yaml:1: 'sorry': the bot's own words stand for what is missing here, and they name nobody"),
    ("faq", "Play on the floor.", "a " * 21, "a sentence of 21 words in 'now': at most 20, at a glance"),
]  # fmt: skip


def changed(folder: Path, name: str, old: str, new: str) -> Path:
    assert old in FILES[name]
    return pack(folder, **FILES | {name: FILES[name].replace(old, new, 1)})


def test_the_pack_that_is_spoilt_here_is_sound(tmp_path: Path) -> None:
    assert load(pack(tmp_path, **FILES), TODAY).warnings == ()


@pytest.mark.parametrize(("name", "old", "new", "told"), MISTAKES)
def test_what_would_harm_a_parent_is_a_mistake(tmp_path: Path, name: str, old: str, new: str, told: str) -> None:
    with pytest.raises(ContentError) as error:
        load(changed(tmp_path, name, old, new), TODAY)
    assert told in str(error.value)


@pytest.mark.parametrize(("name", "old", "new", "told"), WARNINGS)
def test_what_an_author_should_look_at_is_a_warning(tmp_path: Path, name: str, old: str, new: str, told: str) -> None:
    assert told in "\n".join(map(str, load(changed(tmp_path, name, old, new), TODAY).warnings))


def test_a_number_that_no_one_dials_is_no_telephone_number(tmp_path: Path) -> None:
    harmless = "In 2014 some 230,676 were hurt. A call in 2022, 100 days, 38.5 °C, <b>2 of 15</b> g."
    load(changed(tmp_path, "faq", "Many babies do it first.", harmless), TODAY)


@pytest.mark.parametrize(("command", "needed"), [("check", "card"), ("note", "note"), ("country", "regions")])
def test_a_command_that_nothing_makes_work_is_a_warning(tmp_path: Path, command: str, needed: str) -> None:
    bare = {name: FILES[name] for name in ("faq", "sections", "sources", "outside")}
    pages = f"- {{command: menu, description: All}}\n- {{command: {command}, description: More}}\n"
    warnings = load(pack(tmp_path, **bare, pages=pages), TODAY).warnings
    what = f"page number 2: /{command} does nothing, for there is no {needed}.yaml: take it out"
    assert [each.what for each in warnings] == [what]
