"""Every slip of an author is told with its file, its line and what to do, all at once, in plain words."""

import datetime
import re
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.content import ContentError, load
from bot.content.loader import KINDS

TODAY = datetime.date(2026, 11, 22)
GOOD = """\
- id: normal
  question: Is it normal?
  verdict: Usually, yes.
  call: [Ask your doctor.]
  phrasings: [is it normal]
"""
WHY = """\
- id: why
  question: Why?
  verdict: It is so.
  phrasings: [why is that]
"""
SOURCES = """\
WHO-2006:
  name: WHO
  organisation: World Health Organization
  title: Windows
  read: own page
"""
DANGER_SIGNS = """\
entry: normal
help: [normal]
caution: Look.
general: Call.
cry: Call now.
replies:
  urgent: {text: Call today.}
signs:
  - id: fever
    level: urgent
    what: A fever
    reply: urgent
    phrases:
      en: ["[he is hot] today"]
"""
ALARMS = "fever: [he is so hot]\nharmless: [a hot day]\n"
SIGNS = {"danger": DANGER_SIGNS, "alarms": ALARMS}
NUMBERED = {**SIGNS, "danger": DANGER_SIGNS.replace("Call today.", "'Call {numbers} today.'")}
REGIONS = """\
everywhere:
  numbers: 911 or 999
regions:
  - id: us
    name: United States
    countries: [US]
    numbers:
      - {number: "911", what: emergency, sources: [WHO-2006], sure: own page}
      - {number: "999", what: emergency, sources: [WHO-2006], sure: copy}
    values:
      numbers: "911"
"""
CARD = """\
button: Check
text: What do you see?
outdated: Again, please.
parent: And you?
kept: Nothing is kept.
nothing: {button: None, text: "Call {numbers} if it changes."}
items:
  - id: hot
    label: Hot
    means: Hot to the touch
    sign: fever
"""
NOTE = """\
button: Note
intro: Step {step} of {steps}
text: Your note
nothing: Nothing yet.
labels: {back: Back, skip: Skip, done: Done, copy: Copy, again: Again}
questions:
  - id: age
    ask: How old?
    says: "Age: {answer}."
    options:
      - {label: Small, says: under 3 months}
      - {label: Big, says: over 3 months}
"""
NO_CALL = "'call' is missing: every answer must say when to talk to a doctor, nurse or health visitor"
QUOTES = "should be text: put quotes around it"
LIST = "should be a list: one item a line, each beginning with '- '"
BLOCK = "should be a block of 'name: value' lines"
SPACES = "check the spaces at the start of this line"
TAGS = "which Telegram does not take: use one of <b>, <i>, <u>, <s>, <code>, <a>"


def pack(folder: Path, **files: str | bytes) -> Path:
    """A content folder with these files; `faq` stands for `faq.yaml`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        path = folder / (name if "." in name else f"{name}.yaml")
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def mistakes_of(folder: Path) -> list[str]:
    """What is told of a pack, a line a mistake; nothing when it loads."""
    try:
        load(folder, today=TODAY)
    except ContentError as error:
        return str(error).splitlines()
    return []


@pytest.fixture(autouse=True)
def _standing_in_the_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Paths are shown as an author sees them, from the folder of the project."""
    monkeypatch.chdir(tmp_path)


def told(**files: str | bytes) -> list[str]:
    """The mistakes of these files, without the folder they all are in."""
    folder = pack(Path("content/en"), **files)
    return [line.removeprefix("content/en/") for line in mistakes_of(folder)]


def entry(more: str) -> str:
    """The good entry with some lines more: the first of them is line 6."""
    return GOOD + "".join(f"  {line}\n" for line in more.splitlines())


def without(field: str) -> str:
    return "".join(line for line in GOOD.splitlines(keepends=True) if f"{field}:" not in line)


# --- One field of one entry: what stands at line 6, and what is told of it.
FIELDS = {
    "relatd: [why]": "'relatd' is not a field, did you mean 'related'?",
    "zebra: 1": "'zebra' is not a field",
    "zebra:": "'zebra' is not a field",
    "now:\n  - Ring: the doctor": "7: item 1 of 'now' " + QUOTES + ", because it holds ': '",
    "now:\n  - Play.\n  - 42": "8: item 2 of 'now' " + QUOTES + ", '42'",
    "now:\n  - true": "7: item 1 of 'now' " + QUOTES + ", 'true'",
    "now:\n  -": "7: item 1 of 'now' is empty",
    "now: Play.": f"'now' {LIST}",
    "now: {a: b}": f"'now' {LIST}",
    "more: 42": f"'more' {QUOTES}, '42'",
    "more: {a: b}": f"'more' {QUOTES}, because it holds ': '",
    "more: [a]": "'more' should be text, not a list: put it on one line, in quotes if it begins with '['",
    'more: ""': "'more' is empty",
    "gravity: grave": "'gravity' should be a whole number",
    "gravity: 1.5": "'gravity' should be a whole number",
    "gravity: 4": "'gravity' should be at most 3",
    "gravity: -1": "'gravity' should be at least 0",
    "ages: {from: young}": "'from' of 'ages' should be a number",
    "ages: {from: 9, to: 6}": "'ages' end before they begin: 'from' is more than 'to'",
    "ages: {until: 6}": "'until' of 'ages' is not a field",
    "ages: {too: 6}": "'too' of 'ages' is not a field, did you mean 'to'?",
    "ages: 6": f"'ages' {BLOCK}",
    "reviewed: soon": "'reviewed' should be a date such as 2026-03-31",
    "reviewed: 2026-13-31": "'reviewed' should be a date such as 2026-03-31",
    "title: Is it normal that my baby goes away backwards?": "'title' has 46 characters, at most 32",
    "aliases: [Old Name]": "item 1 of 'aliases' can't be 'Old Name': use small letters, digits and hyphens, "
    "at most 28 of them",
    "aliases: [normal]": "the id 'normal' is already taken, see line 1",
    "related: [wy]": "'related': there is no entry 'wy', did you mean 'why'?",
    "related: [why, normal]": "'related' names the entry itself",
    "sources: [WHO-2005]": "'sources': there is no source 'WHO-2005', did you mean 'WHO-2006'?",
    "more: <div>x</div>": f"'more' holds <div>, {TAGS}",
    "more: <b>x": "'more' opens <b> and never closes it: add </b>",
    "more: x</b>": "'more' holds </b>, which closes a tag that is not open here",
    "more: <b><i>x</b></i>": "'more' holds </b>, which closes a tag that is not open here",
    "more: <b class=x>x</b>": "'more' holds <b class=x>, where nothing but <b> can stand",
    "more: <a>x</a>": "'more' holds <a>, which needs an address: <a href=\"https://...\">",
    "more: I <3 you": "'more' holds a single < or >: write &lt; or &gt;",
    "more: 3 < 5 and 5 > 3": "'more' holds a single < or >: write &lt; or &gt;",
    "more: Mum & Dad": "'more' holds a single &: write &amp;",
    "now: [Mum & Dad]": "item 1 of 'now' holds a single &: write &amp;",
    "gravity: 1\ngravity: 2": "7: 'gravity' is given twice: keep one",
    "call: [Ring]": "'call' is given twice: keep one",
}


@pytest.mark.parametrize(("lines", "what"), FIELDS.items())
def test_a_mistake_in_a_field_is_told_with_its_line(lines: str, what: str) -> None:
    at, _, rest = what.partition(": ")
    line, what = (at, rest) if at.isdigit() else ("6", what)
    owner = "" if "given twice" in what else "entry 'normal': "
    assert told(faq=entry(lines) + WHY, sources=SOURCES) == [f"faq.yaml:{line}: {owner}{what}"]


# --- Whole files: what is in them, and every line that is told.
FILES: dict[str, tuple[dict[str, str | bytes], list[str]]] = {
    "a question is missing": (
        {"faq": without("question")},
        [
            "faq.yaml:1: entry 'normal': 'question' is missing",
        ],
    ),
    "an id is missing": (
        {"faq": GOOD + "- question: Why?\n  verdict: So.\n"},
        ["faq.yaml:6: entry number 2: 'id' is missing"],
    ),
    "an answer does not say when to call": (
        {"faq": without("call"), **SIGNS},
        [f"faq.yaml:1: entry 'normal': {NO_CALL}"],
    ),
    "a call is empty": (
        {"faq": GOOD.replace("[Ask your doctor.]", ""), **SIGNS},
        [f"faq.yaml:1: entry 'normal': {NO_CALL}"],
    ),
    "in a pack that knows danger signs every entry says when to call": (
        {"faq": GOOD + WHY, **SIGNS},
        [f"faq.yaml:6: entry 'why': {NO_CALL}"],
    ),
    "a pack that knows no danger signs need not say when to call": ({"faq": without("call")}, []),
    "an entry answers nothing": (
        {"faq": GOOD + WHY.replace("  verdict: It is so.\n", "")},
        [
            "faq.yaml:6: entry 'why': answers nothing: give it a 'verdict', and 'now' or 'more' where there is more to say"
        ],
    ),
    "a verdict is too long": (
        {"faq": GOOD.replace("Usually, yes.", "no " * 70)},
        ["faq.yaml:3: entry 'normal': 'verdict' has 209 characters, at most 200 can be read at a glance"],
    ),
    "a verdict has too many lines": (
        {"faq": GOOD.replace("Usually, yes.", "|\n    One.\n    Two.\n    Three.")},
        ["faq.yaml:3: entry 'normal': 'verdict' has 3 lines, at most 2"],
    ),
    "an id is taken twice": (
        {"faq": GOOD + WHY.replace("why", "normal", 1)},
        ["faq.yaml:6: entry 'normal': the id 'normal' is already taken, see line 1"],
    ),
    "a former id is the id of another": (
        {"faq": GOOD + WHY + "  aliases: [old, normal]\n"},
        ["faq.yaml:10: entry 'why': the id 'normal' is already taken, see line 1"],
    ),
    "a wording stands twice under one entry": (
        {"faq": GOOD.replace("[is it normal]", "[is it normal, Is  it NORMAL]")},
        ["faq.yaml:5: 'normal': the wording 'Is  it NORMAL' is already at content/en/faq.yaml:5"],
    ),
    "a wording stands under two entries": (
        {"faq": GOOD + WHY, "phrasings": "why:\n  - what for\n  - ' IS it normal '\n"},
        ["phrasings.yaml:3: 'why': the wording 'IS it normal' is already at content/en/faq.yaml:5 under 'normal'"],
    ),
    "a wording is small talk too": (
        {
            "faq": GOOD,
            "smalltalk": "- id: hello\n  reply: Hello.\n  phrasings:\n    - hi\n    - Is it normal\n",
        },
        ["smalltalk.yaml:5: 'hello': the wording 'Is it normal' is already at content/en/faq.yaml:5 under 'normal'"],
    ),
    "a wording is outside too": (
        {"faq": GOOD, "outside": "near: [sleep]\nfar:\n  - is it normal\n"},
        ["outside.yaml:3: 'far': the wording 'is it normal' is already at content/en/faq.yaml:5 under 'normal'"],
    ),
    "wordings of an entry that is not there": (
        {"faq": GOOD, "phrasings": "normol:\n  - is this right\n"},
        ["phrasings.yaml:1: there is no entry 'normol', did you mean 'normal'?"],
    ),
    "wordings that are no texts": (
        {"faq": GOOD, "phrasings": "normal:\n  - 111\n  - ok: yes\n  - ''\n"},
        [
            "phrasings.yaml:2: entry 'normal': item 1 should be text: put quotes around it, '111'",
            "phrasings.yaml:3: entry 'normal': item 2 should be text: put quotes around it, because it holds ': '",
            "phrasings.yaml:4: entry 'normal': item 3 is empty",
        ],
    ),
    "wordings that are no list": (
        {"faq": GOOD, "phrasings": "normal: is this right\n"},
        [f"phrasings.yaml:1: entry 'normal': this {LIST}"],
    ),
    "a source without its title": (
        {"faq": GOOD, "sources": "#\n" + SOURCES.replace("  title: Windows\n", "")},
        ["sources.yaml:2: source 'WHO-2006': 'title' is missing"],
    ),
    "a source with other slips": (
        {
            "faq": GOOD,
            "sources": SOURCES.replace("own page", "my page") + "  year: old\n  shown: maybe\n  tite: x\n",
        },
        [
            "sources.yaml:5: source 'WHO-2006': 'read' should be 'own page', 'copy' or 'reprint'",
            "sources.yaml:6: source 'WHO-2006': 'year' should be a whole number",
            "sources.yaml:7: source 'WHO-2006': 'shown' should be true or false",
            "sources.yaml:8: source 'WHO-2006': 'tite' is not a field, did you mean 'title'?",
        ],
    ),
    "a section that leads nowhere": (
        {
            "faq": GOOD,
            "sections": "- id: basics\n  title: Basics\n  text: All.\n  entries: [normal, norml]\n",
        },
        ["sections.yaml:4: section 'basics': 'entries': there is no entry 'norml', did you mean 'normal'?"],
    ),
    "an empty section, and one given twice": (
        {
            "faq": GOOD,
            "sections": "- {id: a, title: A, text: A, entries: [normal]}\n- {id: a, title: A, text: A, entries: []}\n",
        },
        [
            "sections.yaml:2: section 'a': 'entries' is empty: give at least one",
            "sections.yaml:2: section 'a': the id 'a' is already taken, see line 1",
        ],
    ),
    "small talk without a reply": (
        {"faq": GOOD, "smalltalk": "- id: hello\n"},
        ["smalltalk.yaml:1: small talk 'hello': 'reply' is missing"],
    ),
    "an empty faq": ({"faq": ""}, ["faq.yaml:1: this file is empty"]),
    "a faq of comments": ({"faq": "# to be written\n"}, ["faq.yaml:1: this file is empty"]),
    "a faq that is no list": ({"faq": "normal: yes\n"}, [f"faq.yaml:1: this file {LIST}"]),
    "an entry that is no block": ({"faq": GOOD + "- why\n"}, [f"faq.yaml:6: entry number 2: this {BLOCK}"]),
    "no faq": ({}, ["faq.yaml:1: this file is missing"]),
    "a command in capitals": (
        {"faq": GOOD, "pages": "- {command: Menu, description: All, text: All.}\n"},
        ["pages.yaml:1: page number 1: 'command' may hold small letters, digits and '_' only, and not too many"],
    ),
    "a command that nothing answers": (
        {"faq": GOOD, "pages": "- command: mneu\n  description: All topics\n"},
        ["pages.yaml:1: page number 1: 'text' is missing: the bot itself has no /mneu, did you mean 'menu'?"],
    ),
    "a text that nobody would see": (
        {"faq": GOOD, "pages": "- command: menu\n  description: All topics\n  text: All.\n"},
        ["pages.yaml:3: page number 1: 'text': /menu is what the bot itself does, so nothing would show this"],
    ),
    "a command given twice": (
        {"faq": GOOD, "pages": "- {command: menu, description: A}\n- {command: menu, description: B}\n"},
        ["pages.yaml:2: page number 2: the command 'menu' is already taken, see line 1"],
    ),
    "a misspelt file name": (
        {"faqs": GOOD},
        [
            "faq.yaml:1: this file is missing",
            "faqs.yaml:1: the bot does not read this file, did you mean 'faq.yaml'?",
        ],
    ),
    "another ending": (
        {"faq": GOOD, "texts.yml": "a: b\n"},
        ["texts.yml:1: the bot does not read this file, did you mean 'texts.yaml'?"],
    ),
    "not UTF-8": (
        {"faq": "- id: normal\n  question: Größe?\n".encode("latin-1")},
        ["faq.yaml:2: this is not UTF-8: save the file as UTF-8"],
    ),
    "a file saved on Windows": ({"faq": b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode()}, []),
    "an invisible sign": (
        {"faq": GOOD.replace("Usually", "Usu\x08ally")},
        ["faq.yaml:3: an invisible sign stands here: write the line anew"],
    ),
    "a file that names itself": (
        {"faq": GOOD, "phrasings": "normal: &x [*x]\n"},
        [
            "phrasings.yaml:1: this line can't be read: a text that begins with '&' needs quotes; to repeat things with '&' and '*' is not possible here"
        ],
    ),
}


@pytest.mark.parametrize(("files", "lines"), FILES.values(), ids=FILES.keys())
def test_a_mistake_in_a_file_is_told_with_its_line(files: dict[str, str | bytes], lines: list[str]) -> None:
    assert told(**files) == lines


def test_an_answer_too_long_for_one_message_is_told_at_its_detail() -> None:
    long = f"now: [{'x' * 1000}]\nmore: {'😀' * 1700}"
    (line,) = told(faq=entry(long))
    assert re.fullmatch(
        r"faq\.yaml:7: entry 'normal': the answer has about 4\d\d\d characters with its headings and sources, "
        r"at most 4096 fit one message: shorten 'more'",
        line,
    )


# --- What YAML itself can't read: the second line of a file after a first one.
BROKEN = {
    "\tquestion: Why?": "2: a tab stands here: use spaces",
    "  question: Why? Well: because": f"2: put quotes around a text that holds ': ', or {SPACES}",
    "   question: Why?": f"2: put quotes around a text that holds ': ', or {SPACES}",
    "  question: 'Why?\n  more: So": "2: the quote that opens here is never closed",
    '  question: "Why?\n  more: So': "2: the quote that opens here is never closed",
    "  question: 'It's why'": f"2: {SPACES}, and put quotes around the whole of a text",
    '  question: "Why" so': f"2: {SPACES}, and put quotes around the whole of a text",
    "  question: *why": "2: a text that begins with '*' needs quotes; to repeat things with '&' and '*' is not possible here",
    "  question: &": "2: a text that begins with '&' needs quotes",
    "  question: !why x": "2: a text that begins with '!' needs quotes",
    "  question: @why": "2: a text can't begin with '@': put quotes around it",
    "  question: %why": "2: a text can't begin with '%': put quotes around it",
    "  question: `why`": "2: a text can't begin with '`': put quotes around it",
    "  question: > why": "2: a text that begins with '>' or '|' needs quotes",
    '  question: "\\why"': "2: a '\\' stands in double quotes: use single quotes, or write it twice",
    "  related: [why, how\n  more: So": "2: the '[' that opens here is never closed by ']'",
    "  related: {why, how\n  more: So": "2: a text that begins with '{' needs quotes",
    "  question Why?\n  more: So": "2: this line should read 'name: value', or begin with '- '",
    "---\n- id: why": "2: '---' begins a second file here: take the line away",
}


@pytest.mark.parametrize(("lines", "what"), BROKEN.items())
def test_a_line_that_is_not_yaml_is_told_with_what_to_do(lines: str, what: str) -> None:
    line, _, hint = what.partition(": ")
    assert told(faq=f"- id: normal\n{lines}\n") == [f"faq.yaml:{line}: this line can't be read: {hint}"]


# --- texts.yaml: the good one is the built-in default.
@pytest.fixture
def texts() -> str:
    return (Path(load.__code__.co_filename).parent / "defaults" / "texts.yaml").read_text(encoding="utf-8")


TEXTS = {
    ("  back: Back\n", "  bck: Back\n  back: Back\n"): "'bck' of 'labels' is not a field, did you mean 'back'?",
    ("  version: 1\n", "  version: 0\n"): "'version' of 'disclaimer' should be at least 1",
    ("menu: <b>Topics.</b>", "menu: <b>Topics."): "'menu' opens <b> and never closes it: add </b>",
    ("  text: Ask me", "  examples: [normol]\n  text: Ask me"): "'examples' of 'welcome': there is no entry 'normol', "
    "did you mean 'normal'?",
}  # fmt: skip


@pytest.mark.parametrize(("change", "what"), TEXTS.items())
def test_a_mistake_in_the_texts_is_told_with_its_line(change: tuple[str, str], what: str, texts: str) -> None:
    good, bad = change
    assert good in texts
    changed = texts.replace(good, bad, 1)
    first = bad.splitlines()[0] if bad else "labels:"
    line = changed.splitlines().index(next(each for each in changed.splitlines() if each.startswith(first))) + 1
    assert told(faq=GOOD, texts=changed) == [f"texts.yaml:{line}: {what}"]


# --- danger.yaml and alarms.yaml
DANGER = {
    ("danger", "reply: urgent", "reply: urgnt"): "12: sign 'fever': 'reply': there is no 'urgnt' in 'replies', did you "
    "mean 'urgent'?",
    ("danger", "reply: urgent", "then: crisis"): "12: sign 'fever': 'then': there is no 'crisis' in 'replies'",
    ("danger", "  urgent: {", "  urgently: {"): "12: sign 'fever': 'reply': there is no 'urgent' in 'replies', did you "
    "mean 'urgently'?",
    ("danger", "reply: urgent", "sources: [NHS]"): "12: sign 'fever': 'sources': there is no source 'NHS'",
    ("danger", "level: urgent", "level: bad"): "10: sign 'fever': 'level' should be 'emergency', 'crisis' or 'urgent'",
    ("danger", "what: A fever", "until: 3"): "9: sign 'fever': 'what' is missing",
    ("danger", "reply: urgent", "until: 3"): "9: sign 'fever': this needs both 'until' and 'older', or neither",
    ("danger", "reply: urgent", "until: 3\n    older: fevr"): "13: sign 'fever': 'older': there is no sign 'fevr', did "
    "you mean 'fever'?",
    ("danger", "entry: normal", "entry: norm"): "1: 'entry': there is no entry 'norm', did you mean 'normal'?",
    ("danger", "help: [normal]", "help: [norm]"): "2: 'help': there is no entry 'norm', did you mean 'normal'?",
    ("danger", "[he is hot]", "[he is] [hot]"): "14: sign 'fever': item 1 of 'en' needs one phrase, or a sentence with "
    "one phrase in [square brackets]",
    ("danger", "[he is hot]", "[ ]"): "14: sign 'fever': item 1 of 'en' needs the words that prove the danger between "
    "'[' and ']'",
    ("danger", "[he is hot] today\"", "[he is hot] today\", he is hot"): "14: sign 'fever': the phrase 'he is hot' is "
    "already in line 14",
    ("alarms", "fever:", "fevr:"): "1: there is no sign 'fevr' in danger.yaml, did you mean 'fever'?",
    ("alarms", "[a hot day]", "[he is so hot]"): "2: 'harmless': the wording 'he is so hot' is already at content/en/alarms.yaml:1 under 'fever'",
}  # fmt: skip


@pytest.mark.parametrize(("change", "what"), DANGER.items())
def test_a_mistake_in_the_danger_signs_is_told_with_its_line(change: tuple[str, str, str], what: str) -> None:
    name, old, new = change
    assert old in SIGNS[name]
    assert told(faq=GOOD, **SIGNS) == []
    assert f"{name}.yaml:{what}" in told(faq=GOOD, **SIGNS | {name: SIGNS[name].replace(old, new, 1)})


def test_a_sign_without_a_reply_gets_that_of_its_level() -> None:
    without_reply = DANGER_SIGNS.replace("    reply: urgent\n", "")
    assert told(faq=GOOD, **SIGNS | {"danger": without_reply}) == []
    found = told(faq=GOOD, **SIGNS | {"danger": without_reply.replace("  urgent: {", "  soon: {")})
    assert found == ["danger.yaml:9: sign 'fever': has no 'reply', and there is no 'urgent' in 'replies'"]


def test_a_sign_that_nothing_could_raise_is_told() -> None:
    again = DANGER_SIGNS + "  - {id: cough, level: urgent, what: A cough, reply: urgent}\n"
    what = "sign 'cough': no message could ever raise it: give it 'phrases', or wordings in alarms.yaml"
    assert told(faq=GOOD, **SIGNS | {"danger": again}) == [f"danger.yaml:15: {what}"]


def test_a_sign_may_not_be_called_what_is_no_sign() -> None:
    found = told(faq=GOOD, danger=DANGER_SIGNS.replace("id: fever", "id: harmless"), alarms="harmless: [a hot day]\n")
    what = "the id 'harmless' has a meaning of its own in alarms.yaml: choose another"
    assert f"danger.yaml:9: sign 'harmless': {what}" in found


# --- regions.yaml, card.yaml and note.yaml, beside good danger signs
NUMBERS = {
    ("regions", "      numbers: ", "      nummers: "): (
        "10: region 'us': 'values' lacks 'numbers', which 'everywhere' has",
        "11: region 'us': 'nummers' of 'values' is not in 'everywhere', did you mean 'numbers'?",
    ),
    ("regions", 'numbers: "911"', "numbers: 912"): (
        "11: region 'us': 'numbers' of 'values' should be text: put quotes around it, '912'",
    ),
    ("regions", 'numbers: "911"', "numbers: call 912"): (
        "11: region 'us': 'numbers' names 912, which no region has in its 'numbers'",
    ),
    ("regions", "[US]", "[us]"): (
        "6: region 'us': item 1 of 'countries' can't be 'us': a country is two capital letters, such as GB",
    ),
    ("regions", "[US]", "[US, US]"): ("6: region 'us': 'US' is already taken, see line 6",),
    ("regions", "[WHO-2006], sure: copy", "[WHO], sure: copy"): (
        "9: region 'us': 'sources': there is no source 'WHO'",
    ),
    ("regions", "sure: copy", "sure: quite"): (
        "9: region 'us': 'sure' of item 2 should be 'own page', 'copy' or 'general knowledge'",
    ),
    ("danger", "'Call {numbers} today.'", '"Call {numbers} or {numbres}."'): (
        "7: 'text' names {numbres}, which is not in 'everywhere' of regions.yaml, did you mean 'numbers'?",
    ),
    ("danger", "'Call {numbers} today.'", '"Call {numbers}. {first_aid}"'): (
        "7: 'text' {first_aid} should be a paragraph of its own, with an empty line above and below",
    ),
    ("card", "sign: fever", "sign: fevr"): (
        "11: box 'hot': 'sign': there is no sign 'fevr' in danger.yaml, did you mean 'fever'?",
    ),
    ("card", "sign: fever", "level: soon"): ("11: box 'hot': 'level': there is no reply 'soon' in danger.yaml",),
    ("card", "    sign: fever\n", ""): ("8: box 'hot': this needs either 'sign' or 'level', and not both",),
    ("card", "label: Hot", "label: Hot to the touch, or cold"): (
        "9: box 'hot': 'label' has 25 characters, at most 17",
    ),
    ("card", "{numbers}", "{number}"): (
        "6: 'text' names {number}, which is not in 'everywhere' of regions.yaml, did you mean 'numbers'?",
    ),
    ("note", "{answer}", "so"): ("9: question 'age': 'says' needs {answer} in it, once",),
    ("note", "under 3 months", "x" * 260): (
        "6: the longest note has 266 characters, at most 256 can be copied: say it shorter",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("change", "lines"), NUMBERS.items())
def test_a_mistake_about_numbers_and_taps_is_told_with_its_line(
    change: tuple[str, str, str], lines: tuple[str, ...]
) -> None:
    good = {**NUMBERED, "regions": REGIONS, "card": CARD, "note": NOTE}
    name, old, new = change
    assert old in good[name]
    assert told(faq=GOOD, sources=SOURCES, **good) == []
    found = told(faq=GOOD, sources=SOURCES, **good | {name: good[name].replace(old, new, 1)})
    assert found == [f"{name}.yaml:{line}" for line in lines]


def test_numbers_in_a_pack_without_regions_are_told() -> None:
    found = told(faq=GOOD, **SIGNS | {"danger": DANGER_SIGNS.replace("Call today.", "'Call {numbers}.'")})
    assert found == ["danger.yaml:7: 'text' names {numbers}, which is not in 'everywhere' of regions.yaml"]


def test_a_card_in_a_pack_without_danger_signs_is_told() -> None:
    found = told(faq=GOOD, sources=SOURCES, regions=REGIONS, card=CARD)
    assert found == ["card.yaml:1: a card needs danger signs: there is no danger.yaml beside it"]


def test_a_box_given_twice_is_told() -> None:
    again = CARD[CARD.index("  - id: hot") :]
    found = told(faq=GOOD, sources=SOURCES, **NUMBERED, regions=REGIONS, card=CARD + again)
    assert found == ["card.yaml:12: the id 'hot' is already taken, see line 8"]


def test_a_danger_sign_given_twice_is_told() -> None:
    again = DANGER_SIGNS[DANGER_SIGNS.index("  - id: fever") :].replace("he is hot", "he is warm")
    what = "sign 'fever': the id 'fever' is already taken, see line 9"
    assert told(faq=GOOD, **SIGNS | {"danger": DANGER_SIGNS + again}) == [f"danger.yaml:15: {what}"]


# --- All together
def test_the_example_of_the_specification_holds_to_the_letter() -> None:
    before = "".join(GOOD.replace("normal", f"entry-{number}") for number in range(7))
    faq = before + "# 36\n" + GOOD + "  relatd: [why]\n" + WHY
    pack(Path("content/en"), faq=faq)
    expected = "content/en/faq.yaml:42: entry 'normal': 'relatd' is not a field, did you mean 'related'?"
    assert mistakes_of(Path("content/en")) == [expected]


def test_all_mistakes_are_told_at_once_by_file_and_line() -> None:
    found = told(
        faq=entry("relatd: [why]\nrelated: [wy]\ngravity: 9")
        + "- id: why\n  phrasings: [is it normal]\n  verdict: So.\n",
        phrasings="why: [so]\nwhy: [what]\n",
        sections="- id: basics\n  titel: Basics\n  text: <b>All.\n  entries: [nowhere]\n",
        sources="A:\n\tname: x\n",
        texts="disclaimer: {version: 1, text: x}\nwelcome: {text: x, examples: [wy]}\n",
        thresholds="answer: 2\n",
        unread="",
    )
    assert [each.split(": ")[0] for each in found if not each.endswith("is missing")] == [
        "faq.yaml:6", "faq.yaml:7", "faq.yaml:8", "faq.yaml:10", "phrasings.yaml:2",
        "sections.yaml:2", "sections.yaml:3", "sections.yaml:4", "sources.yaml:2", "texts.yaml:2",
        "thresholds.yaml:1", "unread.yaml:1",
    ]  # fmt: skip
    assert "faq.yaml:9: entry 'why': 'question' is missing" in found
    assert "unread.yaml:1: the bot does not read this file" in found
    assert "faq.yaml:7: entry 'normal': 'related': there is no entry 'wy', did you mean 'why'?" in found
    assert "sources.yaml:2: this line can't be read: a tab stands here: use spaces" in found


def test_a_file_that_cannot_be_read_raises_no_false_alarms_elsewhere() -> None:
    found = told(faq=entry("sources: [WHO-2006]"), sources="A:\n\tb: c\n", sections="- {id: a")
    assert [each.split(":")[0] for each in found] == ["sections.yaml", "sources.yaml"]


# --- Whatever is written, the author gets plain words.
JARGON = (
    "input",
    "valid",
    "pydantic",
    "none",
    "dict",
    "tuple",
    "str ",
    "traceback",
    "'type'",
    "mapping",
    "instance",
    "schema",
)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=3,
)


@given(name=st.sampled_from([*KINDS]), data=st.data())
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_slip_is_told_in_the_words_of_a_programmer(
    name: str, data: st.DataObject, texts: str, tmp_path: Path
) -> None:
    section = "- {id: basics, title: Basics, text: All., entries: [normal]}"
    talk = "- {id: hello, reply: Hi., phrasings: [hi]}"
    good = {"faq.yaml": entry("now: [Play.]\nages: {from: 3}\nreviewed: 2026-01-01"), "sources.yaml": SOURCES} | {
        "danger.yaml": DANGER_SIGNS, "alarms.yaml": ALARMS, "texts.yaml": texts, "sections.yaml": section, "smalltalk.yaml": talk,
        "phrasings.yaml": "normal: [is this right]", "outside.yaml": "{near: [sleep], far: [tax]}",
        "regions.yaml": REGIONS, "card.yaml": CARD, "note.yaml": NOTE,
        "thresholds.yaml": "{answer: 0.5, choices: 0.1, also: 0.1}",
    }  # fmt: skip
    tree = yaml.safe_load(good.get(name, "{}"))
    holder = tree
    while True:
        keys = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
        key = data.draw(st.sampled_from(keys)) if keys else None
        deeper = key is not None and isinstance(holder[key], dict | list) and holder[key]
        if not deeper or data.draw(st.booleans()):
            break
        holder = holder[key]
    if key is not None:
        holder[key] = data.draw(values)
    pack(tmp_path, **good | {name: yaml.safe_dump(tree, allow_unicode=True)})
    for line in mistakes_of(tmp_path):
        what = line.split(": ", 1)[1].lower()
        assert not any(word in what for word in JARGON if word not in str(tree).lower()), line


@pytest.mark.parametrize(("kept", "lost"), [("alarms", "danger"), ("danger", "alarms")])
def test_danger_signs_that_were_lost_are_missed(kept: str, lost: str) -> None:
    found = told(faq=GOOD, **{kept: SIGNS[kept]})
    assert f"{lost}.yaml:1: this file is missing, but there is {kept}.yaml: bring it back" in found


@pytest.mark.parametrize("name", ["danger", "alarms"])
@pytest.mark.parametrize("text", ["", "\n \n"])
def test_empty_danger_signs_are_no_danger_signs(name: str, text: str) -> None:
    what = "this file is empty: bring the danger signs back, or delete both files"
    assert f"{name}.yaml:1: {what}" in told(faq=GOOD, **SIGNS | {name: text})


def test_danger_without_a_sign_is_refused() -> None:
    found = told(faq=GOOD, **SIGNS | {"danger": DANGER_SIGNS.partition("signs:")[0] + "signs: []\n"})
    assert any("'signs' is empty" in each for each in found)
