"""An age told, or tapped, opens an answer with what holds at that age; about danger it changes nothing."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content import Content
from bot.content.ages import Ages
from bot.content.entries import Entry
from bot.content.markup import markup_fault, plain
from bot.replies import Reply, Speaker
from bot.replies.ages import met, said, tapped, verdict_of
from bot.replies.answers import to_entry, unfolded
from bot.replies.presses import MeetAge, OpenChart, OpenEntry, read_press
from bot.understanding import Understanding
from bot.understanding.ages import WEEKS_A_MONTH, Age
from tests.replies.test_replies import markup_fault_of

ASKED = "is it normal to crawl backwards"
ASKS, PLAIN = "not-crawling-yet", "w-sitting"  # an entry that asks for the age, and one that speaks to none
# What is written of the age, the band that it is in, and how the answer says it.
TOLD = {
    "my 8 month old": ("6-9", "8 months"),
    "at 38 weeks": ("6-9", "38 weeks (about 8½ months)"),
    "at 8½ months": ("6-9", "8½ months"),
    "at 8,5 months": ("6-9", "8½ months"),
    "he is 10 months old, born 8 weeks early": ("6-9", "8 months from the due date (10 months old)"),
    "he is 10 months old, 8 months corrected": ("6-9", "8 months from the due date (10 months old)"),
    "he is 15 months old": ("over-12", "15 months"),
    "1 week old": ("first-weeks", "1 week"),
    "my son is 4 years old": ("older", "4 years"),
    "she is nearly one": ("9-12", "11½ months"),
    "my 9 month old": ("9-12", "9 months"),
    "at 12 months old": ("over-12", "12 months"),
    "my 20 month old": ("over-18", "20 months"),
}
SAID = {
    Age(0.23): "1 week", Age(0.0): "1 week", Age(1.0): "4 weeks", Age(2.4): "10 weeks (about 2½ months)", Age(2.5): "2½ months",
    Age(8.0): "8 months", Age(8.5): "8½ months", Age(8.75): "9 months", Age(11.75): "12 months", Age(12.0): "12 months",
    Age(15.0): "15 months", Age(23.5): "23½ months", Age(24.0): "2 years", Age(30.0): "2½ years", Age(48.0): "4 years",
    Age(1 / WEEKS_A_MONTH, weeks=1): "1 week", Age(8 / WEEKS_A_MONTH, weeks=8): "8 weeks",
    Age(9 / WEEKS_A_MONTH, weeks=9): "9 weeks (about 2 months)", Age(38 / WEEKS_A_MONTH, weeks=38): "38 weeks (about 8½ months)",
    Age(10.0, 10 - 8 / WEEKS_A_MONTH): "8 months from the due date (10 months old)", Age(10.0, 10.0): "10 months",
    Age(38 / WEEKS_A_MONTH, 7.0, 38): "7 months from the due date (38 weeks old)",
    Age(4.0, 2.2): "10 weeks from the due date (4 months old)",
    Age(4 / WEEKS_A_MONTH, 0.0, 4): "4 weeks",  # before the due date nothing counts from it
}  # fmt: skip


def ages_of(content: Content) -> Ages:
    assert content.ages is not None
    return content.ages


def line(content: Content, entry: Entry, band: str, words: str) -> str:
    """What an entry says at a band."""
    found = ages_of(content).band(band)
    assert found is not None
    told = entry.at_age.get(band, found.line)
    assert told is not None
    return told.verdict.replace("{age}", words)


def asking(content: Content, reply: Reply) -> list[str]:
    """The bands that can be tapped, if any, and only in the first row."""
    presses = [[read_press(button.data) for button in row] for row in reply.rows]
    rows = [number for number, row in enumerate(presses) if any(isinstance(press, MeetAge) for press in row)]
    assert rows in ([], [0])
    return [press.band for press in presses[0] if isinstance(press, MeetAge)] if rows else []


@pytest.mark.parametrize(("age", "expected"), TOLD.items())
def test_an_age_told_opens_the_answer_in_place_of_the_verdict(
    age: str, expected: tuple[str, str], speaker: Speaker, understanding: Understanding, content: Content
) -> None:
    found = met(content, understanding.meaning(f"{ASKED}, {age}").age)
    assert found is not None
    assert (found.band.id, found.said) == expected
    entry = content.by_id["normal"]
    reply = to_entry(content, entry, age=found)
    assert reply.verdict == line(content, entry, *expected)
    assert plain(reply.text).splitlines()[:2] == [entry.question, reply.verdict]
    assert entry.verdict is not None
    assert entry.verdict not in reply.text


@pytest.mark.parametrize("age", [age for age in TOLD if "early" not in age and "15" not in age])
def test_whatever_answer_is_found_it_speaks_to_the_age(age: str, speaker: Speaker, content: Content) -> None:
    reply = speaker.to_text(f"{ASKED}, {age}")
    entry = content.by_id[reply.entry or ""]
    assert reply.verdict == (line(content, entry, *TOLD[age]) if entry.at_age else entry.verdict)
    assert reply.entry == "normal"


def test_without_an_age_an_answer_opens_with_its_verdict(speaker: Speaker, content: Content) -> None:
    reply = speaker.to_text(ASKED)
    assert (reply.entry, reply.verdict) == ("normal", content.by_id["normal"].verdict)


def test_an_entry_that_speaks_to_no_age_is_the_same_at_any(speaker: Speaker, content: Content) -> None:
    entry = content.by_id[PLAIN]
    assert not entry.at_age
    for age in (None, Age(8), Age(40)):
        assert to_entry(content, entry, age=met(content, age)) == to_entry(content, entry)
    told = speaker.to_text("is it bad to sit in a w, 8 months")
    assert (told.entry, told.verdict) == (PLAIN, entry.verdict)


def test_in_a_pack_without_ages_nothing_is_met(content: Content, understanding: Understanding) -> None:
    bare = Speaker(replace(content, ages=None), understanding)
    for entry in content.entries:
        told = bare.to_text(f"{ASKED}, 8 months")
        assert told.verdict == content.by_id[told.entry or ""].verdict
        assert asking(content, bare.to_press(OpenEntry(entry.id))) == []
        assert bare.to_press(MeetAge(entry.id, "6-9")).verdict == entry.verdict


def test_only_an_entry_that_asks_has_the_row_of_ages_and_only_where_none_was_told(
    speaker: Speaker, content: Content
) -> None:
    bands = [band.id for band in ages_of(content).asked]
    assert len(bands) == 4
    for entry in content.entries:
        assert asking(content, speaker.to_press(OpenEntry(entry.id))) == (bands if entry.asks_age else [])
        assert asking(content, to_entry(content, entry, age=met(content, Age(8)))) == []
    assert any(entry.asks_age for entry in content.entries)


def test_a_question_without_an_age_is_asked_for_it_and_one_with_it_is_not(speaker: Speaker, content: Content) -> None:
    asked, told = (speaker.to_text(f"my baby is not crawling yet{age}") for age in ("", ", 8 months old"))
    assert (asked.entry, told.entry) == (ASKS, ASKS)
    assert [button.label for button in asked.rows[0]] == [band.button for band in ages_of(content).asked]
    assert asking(content, told) == []
    assert told.rows == asked.rows[1:] or len(told.rows) == len(asked.rows) - 1


def test_a_tapped_band_is_met_by_its_name_and_asks_no_more(speaker: Speaker, content: Content) -> None:
    asked = speaker.to_press(OpenEntry(ASKS))
    for button, band in zip(asked.rows[0], ages_of(content).asked, strict=True):
        reply = speaker.to_press(read_press(button.data))
        assert reply.verdict == line(content, content.by_id[ASKS], band.id, band.name or "")
        assert reply.verdict in plain(reply.text)
        assert asking(content, reply) == []
        assert reply.rows == asked.rows[1:]


def test_every_line_of_every_entry_is_markup_that_telegram_takes(content: Content) -> None:
    for entry in content.entries:
        for band in ages_of(content).bands if entry.at_age else ():
            for age in (Age(band.start), Age((band.start + band.end) / 2, band.start)):
                text = to_entry(content, entry, age=met(content, age)).text
                assert markup_fault_of(text) is None
                assert "{age}" not in text


def test_every_answer_can_be_unfolded_at_any_age_and_still_says_all_that_it_says(content: Content) -> None:
    """As whoever asks on sees it: in another order, with its verdict on top."""
    for entry in content.entries:
        for age in (None, Age(8), Age(30)):
            reply = to_entry(content, entry, age=met(content, age))
            shown = unfolded(content, entry, reply)
            assert markup_fault_of(shown.text) is None
            assert (shown.rows, shown.verdict, shown.entry) == (reply.rows, reply.verdict, reply.entry)
            before, _, fold = shown.text.partition("<blockquote expandable>")
            assert (reply.verdict or "") in before
            assert (entry.more or "") in before
            assert all(line in fold for line in (*entry.call, *entry.now))
            assert all(
                content.sources[each].name in plain(fold) for each in entry.sources if content.sources[each].shown
            )


STALE = (MeetAge("gone", "6-9"), MeetAge("gone", "gone"))
UNMET = (MeetAge(ASKS, "gone"), MeetAge(ASKS, "first-weeks"), MeetAge(ASKS, "older"))


@pytest.mark.parametrize("press", STALE)
def test_an_age_for_an_entry_that_is_gone_leads_to_the_menu(press: MeetAge, speaker: Speaker, content: Content) -> None:
    assert speaker.to_press(press).text == content.texts.stale


@pytest.mark.parametrize("press", UNMET)
def test_a_band_that_is_gone_or_cannot_be_tapped_leads_to_the_plain_answer(press: MeetAge, speaker: Speaker) -> None:
    assert speaker.to_press(press) == speaker.to_press(OpenEntry(ASKS))


@given(
    data=st.from_regex(r"u:[a-z0-9_/-]{0,40}", fullmatch=True)
    | st.from_regex(r"p(:[0-9]{0,5}(/[a-z0-9]*)?)?", fullmatch=True)
    | st.builds(lambda entry, band: f"u:{entry}/{band}", st.sampled_from([ASKS, PLAIN, "gone"]), st.from_regex(r"[a-z0-9-]{1,9}", fullmatch=True))
)  # fmt: skip
def test_forged_ages_lead_to_the_menu_or_a_page_and_never_break(data: str, speaker: Speaker, content: Content) -> None:
    press = read_press(data)
    assert press is None or press.data() == data
    reply = speaker.to_press(press)
    assert reply.text
    assert not reply.failed
    if press is None:
        assert reply.text == content.texts.stale
    elif isinstance(press, OpenChart):
        assert reply.kind in ("picture", "text")
    else:
        assert reply.kind in ("answer", "menu")


@pytest.mark.parametrize(
    "data", ["p:00", "p:08", "p:1000", "p:-1", "p:8/1", "p:x", "p:", "u", "u:normal", "u:/6-9", "u:normal/"]
)
def test_data_that_the_bot_never_wrote_is_refused(data: str) -> None:
    assert read_press(data) is None


# --- Danger
EARLY = {
    "he has a fever of 38.5, 5 months old": ", 3 months corrected",
    "he has a fever of 38.5, he is 5 months old": ", 2 months corrected",
    "fever 38.3, 4 months old": ", born 8 weeks early",
    "fever 38.3, he is 2 months old": ", born 4 weeks early",
    "she has a temperature of 39, she is 3 months old": ", born at 34 weeks",
}


@pytest.mark.parametrize(("told", "early"), EARLY.items())
def test_danger_goes_by_the_age_since_birth_never_by_the_corrected_one(
    told: str, early: str, speaker: Speaker, understanding: Understanding
) -> None:
    age = understanding.meaning(told + early).age
    assert age is not None
    assert age.corrected is not None
    assert age.corrected < age.months
    plainly, corrected = speaker.to_text(told), speaker.to_text(told + early)
    assert plainly.is_danger
    assert (corrected.level, corrected.sign) == (plainly.level, plainly.sign)


@pytest.mark.parametrize(
    "told",
    ["he is not breathing, 8 months old", "fever of 40 at 2 months", "my 9 month old fell off the bed and is vomiting"],
)
def test_danger_is_told_in_the_same_words_with_ages_and_without(
    told: str, speaker: Speaker, content: Content, understanding: Understanding
) -> None:
    reply = speaker.to_text(told)
    assert reply.is_danger
    assert reply.verdict is None
    assert reply == Speaker(replace(content, ages=None), understanding).to_text(told)


# --- How an age is said
@pytest.mark.parametrize(("age", "words"), SAID.items())
def test_an_age_is_said_in_the_unit_that_fits_it(age: Age, words: str, content: Content) -> None:
    assert said(age, ages_of(content).words) == words


@given(months=st.floats(0, 1200), corrected=st.none() | st.floats(0, 1200), weeks=st.none() | st.floats(0, 400))
def test_any_age_can_be_said(months: float, corrected: float | None, weeks: float | None, content: Content) -> None:
    words = said(Age(months, corrected, weeks), ages_of(content).words)
    assert "{" not in words
    assert words.count("(") <= 1
    assert not words.startswith("0 ")


def test_words_for_an_age_are_plain_text_wherever_they_are_shown(content: Content) -> None:
    strange = "<9 months & more"
    ages = ages_of(content)
    bands = tuple(band.model_copy(update={"name": strange}) if band.name else band for band in ages.bands)
    words = ages.words.model_copy(update={"months": "{number} <months> & more"})
    odd = replace(content, ages=ages.model_copy(update={"bands": bands, "words": words}))
    entry = odd.by_id[ASKS]
    for age, shown in ((tapped(odd, "6-9"), strange), (met(odd, Age(8)), "8 <months> & more")):
        verdict = verdict_of(entry, age)
        assert verdict is not None
        assert markup_fault(verdict) is None
        assert shown in plain(verdict)
