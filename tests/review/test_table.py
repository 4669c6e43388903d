"""The page for a clinician holds every sign, reply, source and sample, and says that nobody has reviewed it."""

import datetime
import re

import pytest

from bot.content import Content
from bot.content.danger import LEVELS, DangerReply, DangerRules, DangerSign, Level, Rule
from bot.content.entries import Source
from bot.content.markup import plain
from bot.content.samples import DangerSamples, SignSamples
from bot.review import Page, triage_table

DAY = datetime.date(2026, 11, 22)
CELLS = 4  # of a row of a rule


def page_of(content: Content, level: Level | None = None) -> str:
    assert content.danger is not None
    return triage_table(content, content.danger, Page("pack-code", "rules-code", DAY, level))


@pytest.fixture(scope="module")
def page(content: Content) -> str:
    return page_of(content)


def unmarked(page: str) -> str:
    """The page without the signs of Markdown, as one row of words."""
    bare = re.sub(r"\\(.)", r"\1", re.sub(r"(?m)^>", "", page.replace("**", "")).replace("&lt;", "<"))
    return " ".join(bare.split())


def test_the_page_says_what_it_is_and_leaves_room_to_sign(page: str) -> None:
    for said in (
        "**Not reviewed by a clinician.**",
        "`pack-code`",
        "`rules-code`",
        "2026-11-22",
        "49 of 49 signs",
    ):
        assert said in page
    assert page.index("| Name | |") < page.index("| Role and registration | |") < page.index("| Signature | |")


def named(text: str) -> str:
    """A text without markup, as one row of words, where placeholders stand by their name."""
    bare = re.sub(r"\{(\w+)\}", lambda found: f"‹{found[1].replace('_', ' ')}›", plain(text))
    return " ".join(bare.split())


def test_every_sign_stands_under_its_level_with_all_that_belongs_to_it(page: str, content: Content) -> None:
    assert content.danger is not None
    blocks = {found[1]: found[0] for found in re.finditer(r"### [^\n]* \(`(\w+)`\)\n.*?(?=\n##)", page, re.DOTALL)}
    assert list(blocks) == [sign.id for level in LEVELS for sign in content.danger.signs if sign.level == level]
    for sign in content.danger.signs:
        said = unmarked(blocks[sign.id])
        assert len(re.findall(r"^\| \d+ \|", blocks[sign.id], re.MULTILINE)) == len(sign.rules)
        assert f"Reply: {sign.reply}" in said
        assert named(sign.extra or "") in said
        assert all(content.sources[each].title in said for each in sign.sources)
        samples = content.danger_samples.signs[sign.id]
        assert all(" ".join(each.split()) in said for each in (*samples.triggers, *samples.lookalikes))


def test_every_reply_and_every_general_sample_is_there(page: str, content: Content) -> None:
    assert content.danger is not None
    said = unmarked(page)
    used = {name for sign in content.danger.signs for name in (sign.reply, sign.then) if name}
    for name in used:
        assert named(content.danger.replies[name].text) in said
    assert all(each in said for each in content.danger_samples.nothing)


def test_no_notation_of_the_rules_is_left(page: str) -> None:
    assert not re.search(r"[{}]| ~|\w\+", re.sub(r"`[^`]*`", "", page))


def test_every_row_of_a_rule_has_its_four_cells(page: str) -> None:
    rows = re.findall(r"^\| \d+ \|.*", page, re.MULTILINE)
    assert {len(re.findall(r"(?<!\\)\|", row)) - 1 for row in rows} == {CELLS}


def test_one_level_alone_can_be_had(content: Content) -> None:
    page = page_of(content, "soon")
    assert "## Soon" in page
    assert "## Emergency" not in page
    assert "Reply: emergency" not in page
    assert "13 of 49 signs" in page


def test_marks_of_markdown_in_the_content_do_no_harm() -> None:
    rule = Rule.model_validate({"all": ["{odd} | b+"], "unless": "c?", "to": 3, "known_age": True})
    sign = DangerSign(id="s", level="soon", reply="r", sources=("X",), rules=(rule,))
    rules = DangerRules(
        entry="e", classes={"odd": ("a",)}, general_note="n", replies={"r": DangerReply(text="<b>go</b> | *now*")},
        signs=(sign,),
    )  # fmt: skip
    samples = DangerSamples(signs={"s": SignSamples(triggers=("x | y <b>", "_a_ `b` #1"))})
    content = Content(
        (), (), {"X": Source(name="x", organisation="A|B", title="t", read="copy")}, None, None,  # type: ignore[arg-type]
        danger=rules, danger_samples=samples,
    )  # fmt: skip
    page = page_of(content)
    assert r"| 1 | ‹odd›; b\* | (c) | under 3 months; the age must be told |" in page
    assert r"**go** \| \*now\*" in page
    assert r"- x \| y &lt;b>" in page
    assert r"- \_a\_ \`b\` \#1" in page
    assert r"A\|B: t" in page


def test_placeholders_of_a_reply_are_filled_or_named() -> None:
    sign = DangerSign(id="s", level="soon", reply="r", rules=(Rule(all=("a",)),))
    rules = DangerRules(
        entry="e", classes={}, general_note="n", replies={"r": DangerReply(text="ring {call}, {first_aid}")},
        signs=(sign,),
    )  # fmt: skip
    content = Content((), (), {}, None, None, danger=rules)  # type: ignore[arg-type]
    page = triage_table(content, rules, Page("p", "r", DAY, values={"call": "<b>999</b>"}))
    assert "> ring **999**, ‹first aid›" in page


def test_a_sign_without_source_or_samples_says_so() -> None:
    sign = DangerSign(id="s", level="soon", reply="r", rules=(Rule(all=("a",)),))
    rules = DangerRules(entry="e", classes={}, general_note="n", replies={"r": DangerReply(text="go")}, signs=(sign,))
    page = page_of(Content((), (), {}, None, None, danger=rules))  # type: ignore[arg-type]
    assert "Sources: none was read for this sign" in page
    assert page.count("- no sample") == 2


def test_the_page_holds_every_phrase_of_other_languages(page: str, content: Content) -> None:
    phrases = [phrase for signs in content.abroad.values() for each in signs.values() for phrase in each]
    assert phrases
    assert [phrase for phrase in phrases if phrase not in page.replace("\\", "")] == []
