"""The chart of ages and the drawings: which picture, which words under it, which buttons, and the files as they are."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from bot.content import Content
from bot.content.ages import MilestoneChart
from bot.content.fields import MESSAGE_UNITS
from bot.content.markup import markup_fault, plain, units
from bot.content.pictures import HALVES, chart_name, halves_of, sources_of, stale
from bot.preview.pictures import measured
from bot.replies import Reply, Request, Speaker
from bot.replies.ages import met
from bot.replies.answers import to_entry
from bot.replies.pictures import to_chart
from bot.replies.presses import MeetAge, OpenChart, OpenEntry, OpenMenu, ShowDrawing, read_press
from bot.understanding import Understanding
from bot.understanding.ages import Age
from tests.conftest import ROOT

CAPTION = 1024  # UTF-16 units that Telegram shows under a picture
MOST_BYTES = 100_000
PICTURES = ROOT / "content" / "en" / "pictures"


def chart_of(content: Content) -> MilestoneChart:
    assert content.ages is not None
    assert content.ages.chart is not None
    return content.ages.chart


def ages(speaker: Speaker, argument: str = "") -> Reply:
    """The reply to /ages."""
    return speaker.to_request(Request(f"/ages {argument}".strip(), "ages", argument))


def data_of(reply: Reply) -> list[str]:
    return [button.data for row in reply.rows for button in row]


def group(text: str, caption: str) -> str:
    """What stands in a caption's line that begins as a text of the content does; nothing where there is no such line."""
    start = plain(text).partition("{")[0]
    return next((line for line in plain(caption).splitlines() if line.startswith(start)), "")


# --- /ages
@pytest.mark.parametrize("argument", ["", "hello", "8 bananas", "?", "0x8", "8.55", "1e3", "-8"])
def test_without_an_age_the_command_asks_for_it(argument: str, speaker: Speaker, content: Content) -> None:
    reply, chart = ages(speaker, argument), chart_of(content)
    assert (reply.kind, reply.text, reply.picture) == ("text", chart.texts.ask, None)
    assert data_of(reply) == [*(OpenChart(months * HALVES).data() for months in chart.asked), OpenMenu().data()]
    assert {len(row) for row in reply.rows[:-1]} == {5}


MARKED = {
    "8": (16, "8 months"), "8.5": (17, "8½ months"), "8,5": (17, "8½ months"), "38 weeks": (17, "38 weeks (about 8½ months)"),
    "10 months, 8 weeks early": (16, "8 months from the due date (10 months old)"), "8 months": (16, "8 months"),
    "my son is 8 months old": (16, "8 months"), "0": (0, "1 week"), "20": (40, "20 months"), "nearly one": (23, "11½ months"),
    "3": (6, "3 months"), "1": (2, "4 weeks"),
}  # fmt: skip


@pytest.mark.parametrize(("argument", "expected"), MARKED.items())
def test_an_age_is_marked_on_the_chart(argument: str, expected: tuple[int, str], speaker: Speaker) -> None:
    reply = ages(speaker, argument)
    halves, words = expected
    assert reply.kind == "picture"
    assert reply.picture is not None
    assert reply.picture.name == chart_name(halves)
    assert plain(reply.text).startswith(words)
    assert data_of(reply) == [OpenChart().data(), OpenMenu().data()]


@pytest.mark.parametrize(
    ("argument", "words"),
    {"30": "2½ years", "21": "21 months", "20.5": "20½ months", "3 years old": "3 years", "300": "25 years"}.items(),
)
def test_an_age_beyond_the_chart_gets_words_and_the_months_to_tap(
    argument: str, words: str, speaker: Speaker, content: Content
) -> None:
    reply, chart = ages(speaker, argument), chart_of(content)
    assert (reply.kind, reply.picture) == ("text", None)
    assert reply.text == chart.texts.beyond.replace("{age}", words)
    assert OpenChart(8 * HALVES).data() in data_of(reply)


@pytest.mark.parametrize("argument", ["my baby is not breathing", "he is 2 months old with a fever of 39"])
def test_danger_after_the_command_is_danger(argument: str, speaker: Speaker) -> None:
    reply = ages(speaker, argument)
    assert reply.is_danger
    assert reply.picture is None
    assert reply == speaker.to_text(argument)


def test_what_is_tapped_is_what_is_written(speaker: Speaker, content: Content) -> None:
    asked = ages(speaker)
    buttons = [button for row in asked.rows[:-1] for button in row]
    assert [button.label for button in buttons] == [f"{months} mo" for months in chart_of(content).asked]
    for button, months in zip(buttons, chart_of(content).asked, strict=True):
        assert speaker.to_press(read_press(button.data)) == ages(speaker, str(months))
    assert speaker.to_press(OpenChart()) == asked


def test_a_picture_never_takes_the_place_of_an_answer() -> None:
    assert OpenChart().keeps_message
    assert OpenChart(16).keeps_message
    assert ShowDrawing("normal").keeps_message


# --- The words under the chart
def test_the_words_under_every_half_month_fit_under_a_picture(content: Content) -> None:
    chart = chart_of(content)
    texts = [to_chart(content, chart, Age(halves / HALVES)).text for halves in range(halves_of(chart.until) + 1)]
    texts += [to_chart(content, chart, Age(min(20, halves / HALVES + 4), halves / HALVES)).text for halves in range(41)]
    for text in texts:
        assert markup_fault(text) is None
        assert 0 < units(plain(text)) <= CAPTION
        assert not re.search(r"[{}]", plain(text))


def test_every_window_stands_in_the_group_that_fits_the_age(content: Content) -> None:
    chart = chart_of(content)
    for halves in range(halves_of(chart.until) + 1):
        months = halves / HALVES
        caption = to_chart(content, chart, Age(months)).text
        for window in chart.windows:
            named = f"{window.says} ({window.start:g} to {window.end:g})"
            is_in = {
                "before": named in group(chart.texts.before, caption),
                "within": named in group(chart.texts.within, caption),
                "after": named in group(chart.texts.after, caption),
            }
            right = "before" if months < window.start else "after" if months > window.end else "within"
            assert [name for name, found in is_in.items() if found] == [right], (months, window.id)


@pytest.mark.parametrize(
    ("months", "sits", "crawls"),
    [(3, "before", "before"), (5, "within", "before"), (8, "within", "within"), (10, "after", "within"), (14, "after", "after")],
)  # fmt: skip
def test_sitting_and_crawling_stand_where_a_parent_looks_for_them(
    months: float, sits: str, crawls: str, content: Content
) -> None:
    chart = chart_of(content)
    caption = to_chart(content, chart, Age(months)).text
    assert "sits alone (3.8 to 9.2)" in group(getattr(chart.texts, sits), caption)
    assert "crawls on hands and knees (5.2 to 13.5)" in group(getattr(chart.texts, crawls), caption)


def test_the_corrected_age_decides_the_groups(content: Content) -> None:
    chart = chart_of(content)
    caption = to_chart(content, chart, Age(10, 8)).text
    assert group(chart.texts.within, caption) == group(chart.texts.within, to_chart(content, chart, Age(8)).text)
    assert "10 months old" in caption


def test_names_are_plain_text_wherever_they_are_shown(content: Content) -> None:
    strange = "sits & <stands>"
    assert content.ages is not None
    chart = chart_of(content)
    windows = tuple(each.model_copy(update={"says": strange}) for each in chart.windows)
    words = content.ages.words.model_copy(update={"months": "{number} <months> & more"})
    odd_chart = chart.model_copy(update={"windows": windows})
    odd = replace(content, ages=content.ages.model_copy(update={"words": words, "chart": odd_chart}))
    for age in (Age(8), Age(22)):
        text = to_chart(odd, odd_chart, age).text
        assert markup_fault(text) is None
        assert "<months> & more" in plain(text)
    assert strange in plain(to_chart(odd, odd_chart, Age(8)).text)


# --- Under an answer
def test_the_chart_button_carries_a_told_age(speaker: Speaker, content: Content) -> None:
    entry = content.by_id["not-crawling-yet"]
    assert entry.chart
    assert OpenChart().data() in data_of(to_entry(content, entry))
    for age, halves in ((Age(8), 16), (Age(8.6), 17), (Age(10, 8), 16), (Age(30), 60)):
        assert OpenChart(halves).data() in data_of(to_entry(content, entry, age=met(content, age)))
    assert OpenChart(16).data() in data_of(speaker.to_text("my baby is not crawling yet, 8 months old"))
    assert OpenChart().data() in data_of(speaker.to_press(MeetAge(entry.id, "6-9")))


def test_an_entry_has_the_buttons_of_its_pictures_and_no_others(speaker: Speaker, content: Content) -> None:
    for entry in content.entries:
        presses = [read_press(data) for data in data_of(speaker.to_press(OpenEntry(entry.id))) if data]
        assert any(isinstance(press, OpenChart) for press in presses) == entry.chart
        assert (ShowDrawing(entry.id) in presses) == (entry.picture is not None)


def test_a_drawing_has_its_words_and_the_way_back(speaker: Speaker, content: Content) -> None:
    drawn = [entry for entry in content.entries if entry.picture]
    assert drawn
    for entry in drawn:
        assert entry.picture is not None
        reply = speaker.to_press(ShowDrawing(entry.id))
        assert reply.kind == "picture"
        assert reply.picture is not None
        assert (reply.picture.name, reply.text, reply.entry) == (entry.picture.name, entry.picture.caption, entry.id)
        assert markup_fault(reply.text) is None
        assert units(plain(reply.text)) <= CAPTION
        back, menu = (read_press(data) for data in data_of(reply))
        assert (back, menu) == (OpenEntry(entry.id, kept=True), OpenMenu())


def test_a_drawing_of_an_entry_that_is_gone_or_has_none_leads_to_the_menu(speaker: Speaker, content: Content) -> None:
    for name in ("gone", "normal"):
        assert speaker.to_press(ShowDrawing(name)).text == content.texts.stale


# --- Where pictures are not made
def test_a_pack_without_pictures_offers_none(content: Content, understanding: Understanding) -> None:
    bare = Speaker(replace(content, pictures={}), understanding)
    assert "ages" not in bare.commands
    for entry in content.entries:
        presses = [read_press(data) for data in data_of(bare.to_press(OpenEntry(entry.id))) if data]
        assert not any(isinstance(press, OpenChart | ShowDrawing) for press in presses)
    assert bare.to_press(OpenChart(16)).text == content.texts.stale
    for argument in ("", "8", "hello"):
        assert ages(bare, argument).picture is None
    drawn = next(entry for entry in content.entries if entry.picture)
    assert drawn.picture is not None
    old = bare.to_press(ShowDrawing(drawn.id))
    assert (old.kind, old.text, old.picture) == ("text", drawn.picture.caption, None)


def test_a_chart_that_is_not_made_at_an_age_leaves_its_words_alone(content: Content) -> None:
    """It must not say that the chart ended before that age."""
    chart = chart_of(content)
    partly = replace(content, pictures={chart_name(0): content.pictures[chart_name(0)]})
    whole, bare = to_chart(content, chart, Age(8)), to_chart(partly, chart, Age(8))
    assert bare == replace(whole, kind="text", picture=None)


# --- The files
def test_every_picture_that_the_content_names_is_made_and_fresh(content: Content) -> None:
    assert stale(PICTURES, content.ages) == ()
    assert {source.name for source in sources_of(PICTURES, content.ages)} == set(content.pictures)
    assert {entry.picture.name for entry in content.entries if entry.picture} <= set(content.pictures)
    assert {chart_name(halves) for halves in range(41)} <= set(content.pictures)


def test_every_drawing_is_of_some_entry(content: Content) -> None:
    assert {path.stem for path in PICTURES.glob("*.svg")} == {e.picture.name for e in content.entries if e.picture}


def test_every_picture_is_small_and_one_that_telegram_takes(content: Content) -> None:
    for path in content.pictures.values():
        found = path.read_bytes()
        kind, width, height = measured(found)
        assert kind == "image/png"
        assert len(found) < MOST_BYTES, path
        assert 400 <= width <= 1280
        assert 300 <= height <= 1280


def test_what_is_said_under_a_picture_would_do_by_itself(speaker: Speaker) -> None:
    """Where it can't be shown, or seen, the words stand alone."""
    for argument in ("", "8", "30"):
        assert 0 < units(plain(ages(speaker, argument).text)) <= MESSAGE_UNITS


@pytest.mark.parametrize("missing", ["png", "made.json"])
def test_a_picture_that_lost_its_file_or_its_note_is_stale(missing: str, content: Content, tmp_path: Path) -> None:
    for path in PICTURES.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    assert stale(tmp_path, content.ages) == ()
    if missing == "png":
        (tmp_path / "ages-16.png").unlink()
        assert stale(tmp_path, content.ages) == ("ages-16",)
        return
    for spoilt in ("", "{", "[]", "null"):
        (tmp_path / "made.json").write_text(spoilt)
        assert len(stale(tmp_path, content.ages)) == len(content.pictures)


def test_a_changed_drawing_or_chart_is_stale_and_words_around_it_are_not(content: Content, tmp_path: Path) -> None:
    for path in PICTURES.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "tummy-time.svg").write_text("<svg/>")
    assert stale(tmp_path, content.ages) == ("tummy-time",)
    assert content.ages is not None
    chart = chart_of(content)

    def changed(**update: object) -> tuple[str, ...]:
        return stale(
            PICTURES, content.ages and content.ages.model_copy(update={"chart": chart.model_copy(update=update)})
        )

    assert changed(texts=chart.texts.model_copy(update={"ask": "?", "caption": "{age} {groups}"})) == ()
    assert len(changed(texts=chart.texts.model_copy(update={"note": "Otherwise."}))) == 41
    assert len(changed(bold=None)) == 41
