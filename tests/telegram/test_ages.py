"""An age told or tapped, read as transcripts: the answer speaks to it, in place, and nothing else changes."""

import pytest

from bot.content import Content
from bot.preview.server import PretendTelegram
from bot.store import Store
from tests.telegram.conftest import Chat

QUESTION, ENTRY = "my baby is not crawling yet", "not-crawling-yet"


def line(content: Content, band: str, age: str) -> str:
    return content.by_id[ENTRY].at_age[band].verdict.replace("{age}", age)


async def test_a_question_without_an_age_asks_for_it_and_a_tap_answers_in_place(chat: Chat, content: Content) -> None:
    assert content.ages is not None
    await chat.meet()
    (answer,) = await chat.say(QUESTION)
    assert [button.text for button in chat.last.buttons[0]] == [band.button for band in content.ages.asked]
    asked, others = chat.last, chat.last.labels[4:7]  # with an age told others are the likeliest beside it
    shown_before = len(chat.seen)
    shown = await chat.press("9–12 mo")
    assert chat.last.id == asked.id
    assert shown.splitlines() == [
        line_ if number != 1 else line(content, "9-12", "9 to 12 months")
        for number, line_ in enumerate(answer.splitlines())
    ]
    assert chat.last.labels[:3] == others
    await chat.person.press(asked.id, "u:not-crawling-yet/6-9")  # the tap was seen twice, or is an old one
    assert line(content, "6-9", "6 to 9 months") in chat.seen[-1]
    assert chat.last.id == asked.id
    assert len(chat.seen) == shown_before


@pytest.mark.parametrize(
    ("age", "band", "said"),
    [("9 months old", "9-12", "9 months"), ("38 weeks old", "6-9", "38 weeks (about 8½ months)"), ("nearly one", "9-12", "11½ months")],
)  # fmt: skip
async def test_a_question_with_an_age_is_answered_to_it(
    age: str, band: str, said: str, chat: Chat, content: Content
) -> None:
    await chat.meet()
    (answer,) = await chat.say(f"{QUESTION}, {age}")
    assert answer.splitlines()[:2] == [content.by_id[ENTRY].question, line(content, band, said)]
    assert [button.text for button in chat.last.buttons[0]] == ["Helpful", "Not helpful", "Share"]


async def test_an_answer_at_an_age_is_voted_on_as_the_answer_that_it_is(chat: Chat, store: Store) -> None:
    await chat.meet()
    await chat.say(QUESTION)
    await chat.press("6–9 mo")
    await chat.press("Helpful")
    assert await store.votes() == {ENTRY: (1, 0)}


@pytest.mark.parametrize(
    "data", ["u:gone/6-9", "u:not-crawling-yet", "u:not-crawling-yet/6-9/x", "p:999999", "p:08", "j:gone", "p:8/1"]
)
async def test_forged_ages_lead_home(data: str, chat: Chat) -> None:
    await chat.meet()
    await chat.person.press(chat.last.id, data)
    assert chat.seen[-1].startswith("That button is from an older chat")
    assert chat.last.buttons


async def test_a_band_that_is_gone_leads_to_the_plain_answer(chat: Chat, content: Content) -> None:
    await chat.meet()
    (answer,) = await chat.say(QUESTION)
    await chat.person.press(chat.last.id, f"u:{ENTRY}/gone")
    assert chat.seen[-1] == answer


async def test_in_a_group_nobody_is_asked_for_an_age_and_one_that_is_told_is_met(
    telegram: PretendTelegram, content: Content
) -> None:
    group, mother = telegram.group("Baby group"), telegram.person("Maya")
    await group.add(mother)
    await mother.say(f"@preview_bot {QUESTION}", chat=group)
    await mother.say(f"@preview_bot {QUESTION}, 9 months old", chat=group)
    plain, met = group.replies
    assert content.by_id[ENTRY].verdict in plain.text.splitlines()
    assert line(content, "9-12", "9 months") in met.text
    for message in (plain, met):
        assert all(button.data is None for row in message.buttons for button in row)


async def test_an_age_is_not_remembered(chat: Chat, content: Content) -> None:
    await chat.meet()
    await chat.say("my son is 9 months old, is it normal that he crawls backwards")
    (answer,) = await chat.say(QUESTION)
    assert content.by_id[ENTRY].verdict in answer.splitlines()


@pytest.mark.parametrize("early", ["", ", born 8 weeks early", ", 3 months corrected"])
async def test_a_fever_goes_by_the_birthday(early: str, chat: Chat) -> None:
    await chat.meet()
    (plain,) = await chat.say("he has a fever of 38.5, he is 5 months old")
    (answer,) = await chat.say(f"he has a fever of 38.5, he is 5 months old{early}")
    assert answer == plain
