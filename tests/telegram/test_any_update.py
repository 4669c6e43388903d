"""Whatever Telegram brings, as raw JSON: each message of a person gets an answer, for a bounded amount of work."""

import asyncio
import itertools
import json
import logging
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.preview.server import PretendTelegram
from bot.preview.world import World
from bot.telegram.application import Application
from bot.telegram.incoming import SERVICE
from tests.telegram.conftest import Chat
from tests.work import work

NAME = "@preview_bot"
LONG = 4096
MOST_CALLS = 200_000  # of functions for one update; a long ordinary story takes a third of it
NUMBERS = itertools.count(5_000_000)
Json = dict[str, Any]

# Every sign there is, lone surrogates too, and those that have hurt other bots.
SIGNS = st.characters()
NASTY = st.sampled_from(
    [
        "İ",
        "ı",
        "ﷺ",
        "ﬃ",
        "½",
        "ß",
        "\u0300",
        "\u202e",
        "\u200b",
        "\ufe0f",
        "👨‍👩‍👧‍👦",
        "\ud83d",
        "\x00",
        "\n",
        "<b>",
        "&amp;",
        "/",
        "@",
    ]
)
WORDS = st.sampled_from(
    [NAME, NAME.upper(), "my baby", "crawls", "backwards", "not breathing", "8 months", "3m", "?", "/start", "/ban 1"]
)
TEXTS = st.one_of(
    st.text(SIGNS, max_size=300),
    st.lists(st.one_of(NASTY, WORDS), max_size=60).map(" ".join),
    st.lists(st.one_of(NASTY, WORDS), max_size=60).map("".join),
    st.builds(
        lambda sign, end: (sign * LONG)[: LONG - len(end)] + end,
        st.one_of(NASTY, SIGNS),
        st.sampled_from(["", NAME, "3m"]),
    ),
)
ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
ENTITIES = st.one_of(
    ODD,
    st.lists(
        st.fixed_dictionaries(
            {"type": st.sampled_from(["mention", "bot_command", "bold", "new_kind", "text_mention"])},
            optional={"offset": st.integers(-5, 9000), "length": st.integers(-5, 9000), "user": ODD},
        ),
        max_size=4,
    ),
)
PARTS = st.fixed_dictionaries(
    {},
    optional={
        "entities": ENTITIES, "caption_entities": ENTITIES, "reply_to_message": ODD, "photo": ODD, "poll": ODD,
        "link_preview_options": ODD, "rich_message": ODD, "media_group_id": ODD, "message_thread_id": ODD,
        "is_topic_message": ODD, "via_bot": ODD, "date": ODD, "from": ODD, "sender_chat": st.none(), "effect_id": ODD,
    },
)  # fmt: skip


async def brought(server: PretendTelegram, kind: str, body: Json, chat_id: int) -> Json:
    """An update to the bot as Telegram's JSON has it, in a chat to which the bot may write."""
    world: World = server.world
    world.post(world.chat(chat_id), None)
    assert world.deliver
    row = json.loads(json.dumps({"update_id": next(NUMBERS), kind: body}))
    await world.deliver(row)
    return row  # type: ignore[no-any-return]


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=TEXTS, parts=PARTS, kind=st.sampled_from(["text", "caption"]))
async def test_every_message_of_a_person_gets_an_answer(
    telegram: PretendTelegram, text: str, parts: Json, kind: str
) -> None:
    person = telegram.person()
    message = {
        "message_id": 5,
        "date": 1,
        "from": person.user.to_json(),
        kind: text,
        **parts,
        "chat": {"id": person.id, "type": "private"},
    }
    async with asyncio.timeout(30):
        await brought(telegram, "message", message, person.id)
    assert person.replies
    assert all(each.text.strip() for each in person.replies)
    assert telegram.violations == []


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=TEXTS)
def test_no_update_costs_more_than_so_many_calls(application: Application, text: str) -> None:
    row = {
        "update_id": 1,
        "message": {"message_id": 5, "date": 1, "from": {"id": 7}, "text": text, "chat": {"id": 7, "type": "private"}},
    }
    conversation = application.conversation
    conversation.speaker.for_person("es")  # a translation is read when it is first needed, once
    assert work(lambda: conversation.parse(row, is_new=False)) < MOST_CALLS


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    row=st.dictionaries(st.sampled_from(["message", "edited_message", "callback_query", "new_kind"]), ODD, max_size=3)
)
async def test_no_json_breaks_the_bot(telegram: PretendTelegram, row: Json) -> None:
    assert telegram.world.deliver
    await telegram.world.deliver({**row, "update_id": next(NUMBERS)})


@pytest.mark.parametrize("sign", ["İ", "I\u0307", "ǰ", "ΐ"])
@pytest.mark.parametrize("number", [1, 4, 10, 20, 2000])
async def test_signs_that_grow_before_the_bots_name_stop_nothing(
    telegram: PretendTelegram, sign: str, number: int
) -> None:
    sender, other = telegram.person(), telegram.person()
    async with asyncio.timeout(30):
        await sender.say(sign * number + NAME)
        await sender.say(f"{sign * number} {NAME} is it normal to crawl backwards")
        await other.say("is it normal to crawl backwards")
    assert len(sender.replies) == 3
    assert "Is it normal" in other.replies[-1].text


async def test_danger_after_signs_that_grow_is_heard(telegram: PretendTelegram, chat: Chat) -> None:
    await chat.meet()
    for text in (f"İİ {NAME} my baby is choking and can not breathe", "İMDAT YARDIM EDİN BEBEĞİM nefes almıyor"):
        assert "911" in (await chat.say(text))[-1]
    group = telegram.group("Parents", hears_all=True)
    await chat.person.say(f"İİİİ {NAME} my baby is not breathing", chat=group)
    assert "911" in group.replies[0].text


async def test_what_the_library_can_not_read_is_answered_all_the_same(telegram: PretendTelegram, chat: Chat) -> None:
    await chat.meet()
    person = {"id": chat.person.id, "is_bot": False, "first_name": "Sam"}
    for odd in (
        {"entities": [{"type": "bold"}]},
        {"link_preview_options": 7},
        {"reply_to_message": {"message_id": "x"}},
    ):
        before = len(chat.seen)
        message = {"message_id": 9, "date": 1, "from": person, "chat": {"id": chat.person.id, "type": "private"}}
        await brought(telegram, "message", {**message, "text": "he is not breathing", **odd}, chat.person.id)
        assert "911" in chat.seen[before]


async def test_a_kind_of_message_that_the_bot_does_not_know_gets_the_line_on_text(chat: Chat) -> None:
    await chat.meet()
    for content in ({"rich_message": {"blocks": []}}, {"live_photo": {"x": 1}}, {}):
        await chat.person.send_content(**content)
        assert chat.seen[-1].startswith("I can only read text.")
    assert len(chat.seen) == 5


async def test_what_telegram_itself_puts_into_a_chat_is_not_answered(chat: Chat) -> None:
    await chat.meet()
    for name in sorted(SERVICE):
        await chat.person.send_content(**{name: {"x": 1}})
    assert len(chat.seen) == 2


async def test_a_press_without_a_message_or_with_an_odd_one_is_answered(telegram: PretendTelegram) -> None:
    person = telegram.person()
    for message in (None, {}, {"chat": {}}, {"chat": {"id": "x"}}, 7):
        query = await person.press(999, "m")
        body = {"id": query, "from": person.user.to_json(), "data": "m", "chat_instance": "1", "message": message}
        await brought(telegram, "callback_query", body, person.id)
    assert telegram.unanswered() == ()


async def test_nothing_that_was_written_is_in_the_log(
    telegram: PretendTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    person = telegram.person()
    with caplog.at_level(logging.DEBUG, "bot"):  # the library's own log is switched off: tests/security/test_live.py
        await brought(
            telegram,
            "message",
            {"message_id": 1, "from": "zqxmark", "text": ["zqxmark"], "chat": {"id": person.id, "type": "private"}},
            person.id,
        )
        await person.say("zqxmark \ud83d")
    assert "zqxmark" not in caplog.text
