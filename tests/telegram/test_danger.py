"""What a person sees around danger, read as transcripts."""

import re

import pytest

from bot.preview.server import PretendTelegram
from bot.store import Store
from bot.telegram.application import Application
from tests.telegram.conftest import Chat

QUESTION = "my lo only goes in reverse, 8 months, normal??"
BATTERY = "I think he swallowed a button battery, is it normal that he crawls backwards?"


async def at_home_in(telegram: PretendTelegram, language: str | None) -> Chat:
    """Somebody whose app is set to a language, past the first contact."""
    return await Chat(telegram.person(language_code=language)).meet()


def labels(chat: Chat) -> list[str]:
    return [button.text for row in chat.last.buttons for button in row]


# --- A false alarm


async def test_not_what_i_meant_gives_the_answer_below_and_leaves_the_numbers_standing(chat: Chat) -> None:
    await chat.meet()
    (alarm,) = await chat.say(
        "My baby only ever crawls backwards, is it normal to crawl backwards? He is not breathing"
    )
    assert alarm.startswith("Call now: 911, 999, 112 or your local emergency number.")
    answer = await chat.press("Not what I meant")
    assert chat.seen[-2] == alarm
    assert answer.startswith("If anyone is in danger, call first: 911, 999, 112 or your local emergency number.")
    assert "\n\nIs it normal for my baby to crawl backwards?\n" in answer


async def test_not_what_i_meant_of_a_message_that_asks_nothing_else_gives_the_topics(chat: Chat) -> None:
    await chat.meet()
    (alarm,) = await chat.say("my baby stopped breathing")
    topics = await chat.press("Not what I meant")
    assert chat.seen[-2] == alarm
    assert topics.startswith("If anyone is in danger, call first: 911")
    assert "What would you like to know about?" in topics


async def test_a_false_alarm_is_counted_and_nothing_of_it_kept(
    chat: Chat, store: Store, application: Application
) -> None:
    await chat.meet()
    await chat.say("my baby stopped breathing")
    await chat.press("Not what I meant")
    await application.users.write_counts()
    assert (await store.counts())["not_meant:not_breathing"] == 1


@pytest.mark.parametrize(
    "danger",
    [
        "my baby stopped breathing",
        "he hit his head on the floor but seems fine, 8 months",
        "i want to kill myself",
        "i feel like a failure as a mum",
    ],
)
async def test_under_every_danger_there_is_a_way_back_and_neither_vote_nor_tip_nor_menu(
    chat: Chat, danger: str
) -> None:
    await chat.meet()
    await chat.say(danger)
    assert "Not what I meant" in labels(chat)
    assert not {"Helpful", "Not helpful", "Menu"} & set(labels(chat))


# --- First aid


async def test_each_sign_brings_its_first_aid_before_the_small_print(chat: Chat) -> None:
    await chat.meet()
    (alarm,) = await chat.say("he is choking and now he is having a seizure")
    choking, fit, robot = (alarm.index(word) for word in ("firm blows", "Fit or seizure", "automated helper"))
    assert max(choking, fit) < robot
    assert alarm.count("This could be an emergency") == 1


async def test_i_shook_him_is_an_emergency_first_and_then_help_for_the_parent(chat: Chat) -> None:
    await chat.meet()
    (alarm,) = await chat.say("I shook him")
    assert alarm.startswith("Call now: 911, 999, 112")
    assert alarm.index("Go even if your baby looks well.") < alarm.index("988 US, Canada: call or text")
    assert alarm.index("988 US, Canada: call or text") < alarm.index("lay your baby on the back")
    assert "Help for me" in labels(chat)


# --- Whose numbers


@pytest.mark.parametrize(
    ("language", "number", "others"),
    [
        ("en-US", "911", "999 in the UK"), ("en-GB", "999", "112 in the EU"), ("pl", "112", "911 in the US"),
        ("en-CA", "911", "999 in the UK"), ("en-AU", "000", "111 in New Zealand"), ("mi", "111", "000 in Australia"),
    ],
)  # fmt: skip
async def test_where_the_region_is_clear_its_number_comes_first_and_a_line_tells_the_others(
    telegram: PretendTelegram, language: str, number: str, others: str
) -> None:
    chat = await at_home_in(telegram, language)
    (alarm,) = await chat.say("my baby is choking")
    assert alarm.startswith(f"Call now: {number} (elsewhere: your local emergency number).")
    lines = alarm.splitlines()
    assert others in lines[lines.index(number) + 1]


@pytest.mark.parametrize("language", [None, "en", "es", "pt-br", "en-KE", "en-SG", "uk", "zh-hans"])
async def test_where_it_is_not_clear_all_numbers_are_named(telegram: PretendTelegram, language: str | None) -> None:
    chat = await at_home_in(telegram, language)
    (alarm,) = await chat.say("my baby is choking")
    assert alarm.startswith("Call now: 911, 999, 112 or your local emergency number.")
    lines = alarm.splitlines()
    first = lines.index("911 US, Canada, Mexico, Philippines")
    assert [line.split()[0] for line in lines[first : first + 3]] == ["911", "999", "112"]
    for number in ("000 Australia", "111 New Zealand"):
        assert number in alarm
    assert "Other country" not in labels(chat)


async def test_who_writes_spanish_is_told_the_numbers_of_where_it_is_spoken(telegram: PretendTelegram) -> None:
    chat = await at_home_in(telegram, "es")
    (alarm,) = await chat.say("mi bebé se está ahogando, no respira")
    assert alarm.startswith("Llama ahora: 911, 112, 123 o tu número local de emergencias.")
    for number in ("911 México", "112 España", "123 Colombia", "131 Chile"):
        assert number in alarm
    chat = await at_home_in(telegram, "es-CL")
    (alarm,) = await chat.say("mi bebé se está ahogando, no respira")
    assert alarm.startswith("Llama ahora: 131, policía 133 (en otro lugar")


async def test_other_country_shows_all_numbers_below_and_leaves_the_reply_standing(
    telegram: PretendTelegram,
) -> None:
    chat = await at_home_in(telegram, "en-GB")
    (alarm,) = await chat.say("he drank some bleach under the sink")
    assert "800" not in alarm
    numbers = await chat.press("Other country")
    assert chat.seen[-2] == alarm
    for number in (
        "911", "999", "112", "000", "111", "988", "116 123", "14416", "+1-833-852-6262", "+1-800-222-1222",
        "+353-1-809-2166", "13 11 26", "+64-800-764-766", "+27-861-555-777",
    ):  # fmt: skip
        assert number in numbers


async def test_a_reply_of_one_region_names_nobody_elses_helplines(telegram: PretendTelegram) -> None:
    chat = await at_home_in(telegram, "en-US")
    (alarm,) = await chat.say("i want to kill myself")
    assert "988" in alarm
    assert "Samaritans" not in alarm
    assert "111" not in alarm


async def test_long_numbers_are_links_and_short_ones_stand_alone_in_bold(chat: Chat) -> None:
    await chat.meet()
    await chat.say("i feel like a failure as a mum")
    links = [entity for entity in chat.last.entities if entity.type == "phone_number"]
    linked = [chat.last.text[each.offset : each.offset + each.length] for each in links]
    assert linked == re.findall(r"\+\d[\d-]+", chat.last.text)
    assert "+1-833-852-6262" in linked
    assert "<b>988</b>" in chat.last.html


# --- A parent in distress


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("i want to kill myself", "988"),
        ("i cry every day since having the baby", "+1-833-852-6262"),
        ("my partner hits me and I'm scared for the baby", "press 55 when asked"),
    ],
)
async def test_a_parent_in_distress_gets_help_and_nothing_about_crawling(chat: Chat, words: str, number: str) -> None:
    await chat.meet()
    (reply,) = await chat.say(words)
    assert number in reply
    assert labels(chat) == ["Help for me", "Not what I meant"]
    more = await chat.press("Help for me")
    assert chat.seen[-2] == reply
    assert "988" in more
    assert "+1-833-852-6262" in more
    assert "crawl" not in reply + more
    assert labels(chat) == []


@pytest.mark.parametrize("cry", ["🆘", "🚑", "😭", "🆘🆘🆘", "...!!!"])
async def test_a_cry_without_words_is_told_the_numbers(chat: Chat, cry: str) -> None:
    await chat.meet()
    (told,) = await chat.say(cry)
    assert "call 911, 999, 112 or your local emergency number" in told
