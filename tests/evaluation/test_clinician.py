"""The page for a clinician holds every sign, reply, source and phrase, and says that nobody has reviewed it."""

import datetime
import re

import pytest

from bot.content import Content
from bot.content.danger import LEVELS, Danger, DangerReply, Level, Sign, phrase_of, sentence_of
from bot.content.entries import Source
from bot.content.markup import plain
from bot.evaluation.clinician import ClinicianPage, clinicians_page
from bot.understanding import Meaning, Understanding
from bot.understanding.danger import Finding

DAY = datetime.date(2026, 11, 22)
CELLS = 3  # of a row of a phrase


def unheard(_: str) -> Meaning:
    return Meaning()


def page_of(content: Content, level: Level | None = None) -> str:
    assert content.danger is not None
    return clinicians_page(content, content.danger, ClinicianPage("pack-code", "signs-code", DAY, level), unheard)


@pytest.fixture(scope="module")
def page(content: Content) -> str:
    return page_of(content)


def test_it_is_printed_the_same_each_time(page: str, content: Content) -> None:
    assert page_of(content) == page


def unmarked(page: str) -> str:
    """The page without the signs of Markdown, as one row of words."""
    bare = re.sub(r"\\(.)", r"\1", re.sub(r"(?m)^>", "", page.replace("**", "")).replace("&lt;", "<"))
    return " ".join(bare.split())


def named(text: str) -> str:
    """A text without markup, as one row of words, where placeholders stand by their name."""
    bare = re.sub(r"\{(\w+)\}", lambda found: f"‹{found[1].replace('_', ' ')}›", plain(text))
    return " ".join(bare.split())


def test_the_page_says_what_it_is_and_leaves_room_to_sign(page: str, content: Content) -> None:
    assert content.danger is not None
    count = len(content.danger.signs)
    told = (
        "**Not reviewed by a clinician.**",
        "`pack-code`",
        "`signs-code`",
        "2026-11-22",
        f"{count} of {count} signs",
    )
    assert [said for said in told if said not in page] == []
    assert page.index("| Name | |") < page.index("| Role and registration | |") < page.index("| Signature | |")


def test_every_sign_stands_under_its_level_with_all_that_belongs_to_it(page: str, content: Content) -> None:
    assert content.danger is not None
    blocks = {found[1]: found[0] for found in re.finditer(r"### [^\n]* \(`(\w+)`\)\n.*?(?=\n##)", page, re.DOTALL)}
    assert list(blocks) == [sign.id for level in LEVELS for sign in content.danger.signs if sign.level == level]
    for sign in content.danger.signs:
        said = unmarked(blocks[sign.id])
        assert f"Reply: {sign.reply_name}" in said
        assert named(sign.first_aid or "") in said
        assert all(content.sources[each].title in said for each in sign.sources)
        samples = [sample for each in sign.phrases.values() for sample in each]
        assert [phrase_of(each) for each in samples if phrase_of(each) not in said] == []
        assert all(sentence_of(each) in said for each in sign.phrases.get("en", ()))


def test_every_reply_that_a_sign_has_is_there(page: str, content: Content) -> None:
    assert content.danger is not None
    said = unmarked(page)
    for name in {name for sign in content.danger.signs for name in (sign.reply_name, sign.then) if name}:
        assert named(content.danger.replies[name].text) in said


def test_every_row_of_a_phrase_has_its_cells(page: str) -> None:
    rows = [line for line in page.splitlines() if line.endswith("| no danger |")]
    assert len(rows) > 100
    assert {len(re.findall(r"(?<!\\)\|", row)) - 1 for row in rows} == {CELLS}


def test_after_each_sample_stands_what_the_bot_makes_of_it(content: Content, understanding: Understanding) -> None:
    assert content.danger is not None
    page = clinicians_page(content, content.danger, ClinicianPage("p", "s", DAY, "crisis"), understanding.meaning)
    heard = [line.rsplit("|", 2)[1].strip() for line in page.splitlines() if re.match(r"\| .* \| .* \| .* \|$", line)]
    assert sum(each.startswith("crisis: ") for each in heard) > 40


def test_one_level_alone_can_be_had(content: Content) -> None:
    page = page_of(content, "crisis")
    assert "## Crisis" in page
    assert "## Emergency" not in page
    assert "Reply: emergency\n" not in page


def small(sign: Sign, reply: str = "go", **more: str) -> Content:
    danger = Danger(
        entry="e", caution="care", general="n", cry="c", replies={"urgent": DangerReply(text=reply)}, signs=(sign,)
    )
    sources = {"X": Source(name="x", organisation="A|B", title="t", read="copy")}
    return Content((), (), sources, None, None, None, danger=danger, alarms={"s": ("x | y <b>", "_a_ `b` #1")})  # type: ignore[arg-type]


def test_marks_of_markdown_in_the_content_do_no_harm() -> None:
    sign = Sign(id="s", level="urgent", what="a | b", sources=("X",), phrases={"en": ("so [he | is] <b>",)})
    page = page_of(small(sign, "<b>go</b> | *now*"))
    assert r"- What: a \| b" in page
    assert r"**go** \| \*now\*" in page
    assert r"| he \| is | so he \| is &lt;b> | no danger |" in page
    assert r"x \| y &lt;b> / \_a\_ \`b\` \#1" in page
    assert r"A\|B: t" in page


def test_placeholders_of_a_reply_are_filled_or_named() -> None:
    content = small(Sign(id="s", level="urgent", what="w"), "ring {call}, {first_aid}")
    assert content.danger is not None
    page = clinicians_page(
        content, content.danger, ClinicianPage("p", "r", DAY, values={"call": "<b>999</b>"}), unheard
    )
    assert "> ring **999**, ‹first aid›" in page


def test_a_sign_without_source_or_phrases_says_so() -> None:
    page = page_of(small(Sign(id="s", level="urgent", what="w")))
    assert "Sources: none was read for this sign" in page
    assert "In other languages: none" in page


@pytest.mark.parametrize(
    ("finding", "told"),
    [(Finding(), "no danger"), (Finding(caution=True), "caution"), (Finding("urgent", ("s",)), "urgent: s")],
)
def test_what_is_heard_is_said_in_a_word(finding: Finding, told: str) -> None:
    content = small(Sign(id="s", level="urgent", what="w", phrases={"en": ("he",)}))
    assert content.danger is not None
    page = clinicians_page(content, content.danger, ClinicianPage("p", "r", DAY), lambda _: Meaning(finding=finding))
    assert f"| he | he | {told} |" in page
