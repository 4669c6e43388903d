"""Inline mode: what somebody is offered who types the bot's name and a question in any chat."""

import asyncio
import logging
from pathlib import Path
from typing import Any

import pytest

from bot.content import Content
from bot.delivery.backoff import RetryPolicy
from bot.preview.faults import Fault, Trouble
from bot.preview.inline import InlineOffer
from bot.preview.people import Person
from bot.preview.server import PretendTelegram
from bot.replies import Speaker
from bot.replies.shared import InlineAnswers
from bot.store import Store
from bot.telegram.api import CACHED
from bot.telegram.application import Application, Wire
from bot.telegram.conversation import QUERIES
from bot.understanding import Understanding
from tests.store.test_store import all_bytes, all_rows
from tests.telegram.conftest import UNLIMITED, Chat, Clock
from tests.telegram.house import house_of
from tests.telegram.test_polling import meet

QUESTION = "is it normal to crawl backwards"
ALARM = "my baby is not breathing"
UNKNOWN = "asdf qwerty zxcv"
CARE = "my baby is hot"
EVERYBODY = ("911", "999", "000", "111", "112")
ASK = ("Ask in private", "menu")
DISCLAIMER = "From an automated guide, not a doctor."
TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"
METHOD = "answerInlineQuery"


class ListeningSpeaker(Speaker):
    """Knows what it was asked for inline mode."""

    def __init__(self, content: Content, understanding: Understanding) -> None:
        super().__init__(content, understanding)
        self.asked: list[str] = []
        self.is_broken = False

    def to_inline(self, text: str) -> InlineAnswers:
        self.asked.append(text)
        if self.is_broken:
            raise RuntimeError(f"could not read {text}")
        return super().to_inline(text)


@pytest.fixture
def speaker(content: Content, understanding: Understanding) -> ListeningSpeaker:
    return ListeningSpeaker(content, understanding)


@pytest.fixture
def person(telegram: PretendTelegram) -> Person:
    return telegram.person()


@pytest.fixture
def offered(telegram: PretendTelegram, person: Person) -> Any:
    async def offered(text: str, by: Person = person) -> InlineOffer:
        return telegram.inline_results(await by.query_inline(text))

    return offered


def calls(telegram: PretendTelegram, method: str = METHOD) -> int:
    return sum(call.method == method for call in telegram.calls)


def ids(offer: InlineOffer) -> list[str]:
    return [each.id for each in offer.articles]


def is_answered(telegram: PretendTelegram, query: str) -> bool:
    return telegram.world.inline_queries[query].answer is not None


async def type_too_fast(telegram: PretendTelegram, person: Person) -> None:
    for number in range(QUERIES):
        assert is_answered(telegram, await person.query_inline(f"{QUESTION} {number % 3}"))


# --- What is offered


async def test_a_question_is_offered_its_answers_short_with_one_link_each(offered: Any, content: Content) -> None:
    offer = await offered(QUESTION)
    assert ids(offer)[0] == "normal"
    for article in offer.articles:
        entry = content.by_id[article.id]
        assert article.title == entry.question
        assert article.description
        assert article.text.split("\n")[:2] == [entry.question, article.description]
        assert "When to call" in article.text
        assert article.text.endswith(DISCLAIMER)
        assert article.html.startswith(f"<b>{entry.question}</b>")
        ((button,),) = article.buttons
        assert (button.text, button.url) == ("More in private", f"https://t.me/preview_bot?start={entry.id}")
        assert button.data is None
    assert offer.button == ASK
    assert (offer.is_personal, offer.cache_time, offer.next_offset) == (False, 300, "")


@pytest.mark.parametrize("text", ["", "  ", "\u00a0"])
async def test_before_anything_is_typed_the_favourites_are_offered(offered: Any, content: Content, text: str) -> None:
    assert tuple(ids(await offered(text))) == content.texts.shared.favourites


async def test_to_an_entrys_own_question_its_answer_is_offered_alone(offered: Any, content: Content) -> None:
    """That is what "Share" puts there."""
    assert ids(await offered(f" {content.by_id['normal'].question} ")) == ["normal"]


async def test_whatever_is_sent_on_names_the_numbers_of_all_countries_and_leaves_no_gap(
    telegram: PretendTelegram, content: Content, offered: Any
) -> None:
    named = 0
    for entry in content.entries:
        offer = await offered(entry.question, telegram.person(language_code="en-GB"))
        (article,) = offer.articles
        assert article.id == entry.id
        assert not {"{", "}"} & set(article.text + article.description)
        named += "911, 999, 112 or your local emergency number" in article.text
    assert named


@pytest.mark.parametrize("code", ["en", "en-GB", "pl", None])
async def test_danger_is_offered_its_card_alone_with_the_numbers_of_all_countries(
    offered: Any, telegram: PretendTelegram, code: str | None
) -> None:
    offer = await offered(ALARM, telegram.person(language_code=code))
    (card,) = offer.articles
    assert card.title == "Emergency? Send whom to call"
    assert card.text.startswith("Call now: 911, 999, 112 or your local emergency number.")
    assert all(number in card.text for number in EVERYBODY)
    assert [button.url for row in card.buttons for button in row] == ["https://t.me/preview_bot?start=check"]
    assert (offer.is_personal, offer.cache_time) == (False, CACHED)


async def test_a_country_that_was_chosen_changes_nothing_for_whoever_reads_along(chat: Chat, offered: Any) -> None:
    await chat.meet()
    await chat.say("/country")
    await chat.press("Australia")
    (card,) = (await offered(ALARM, chat.person)).articles
    assert card.text.startswith("Call now: 911, 999, 112")


async def test_under_caution_the_card_goes_first_and_says_whom_to_call(offered: Any) -> None:
    offer = await offered(CARE)
    assert offer.titles[0] == "Is someone in danger?"
    assert all(number in offer.articles[0].text for number in EVERYBODY)
    more = await offered("what does choking first aid look like")
    assert (more.titles[0], len(more.articles) > 1) == ("Is someone in danger?", True)


@pytest.mark.parametrize("text", [UNKNOWN, "230", "what is the capital of peru", "💥", "hello"])
async def test_to_what_it_does_not_know_only_the_way_to_the_private_chat_is_offered(offered: Any, text: str) -> None:
    offer = await offered(text)
    assert (offer.articles, offer.button) == ((), ASK)


async def test_the_button_above_them_opens_the_menu(chat: Chat, offered: Any) -> None:
    _label, payload = (await offered(UNKNOWN, chat.person)).button
    await chat.meet()
    await chat.person.start(payload)
    assert chat.seen[-1].startswith("What would you like to know about?")


async def test_an_age_is_met_by_the_first_answer(offered: Any) -> None:
    first = (await offered("9 month old not crawling")).articles[0]
    assert first.id == "not-crawling-yet"
    assert first.description.startswith("At 9 months")
    assert first.description in first.text


async def test_the_longest_query_is_answered(offered: Any) -> None:
    assert (await offered(("my baby " * 40)[:256])).button == ASK


# --- Who types too fast


async def test_who_types_too_fast_is_offered_nothing_until_it_calms(
    telegram: PretendTelegram, person: Person, clock: Clock
) -> None:
    await type_too_fast(telegram, person)
    for text in (QUESTION, "how long does it last", QUESTION):
        assert not is_answered(telegram, await person.query_inline(text))
    assert is_answered(telegram, await telegram.person().query_inline(QUESTION))
    clock.now += 31
    assert is_answered(telegram, await person.query_inline(QUESTION))


async def test_nothing_empty_is_left_with_telegram_for_others_who_type_the_same(
    telegram: PretendTelegram, person: Person
) -> None:
    """Telegram keeps what is offered, for everybody: who types too fast must not take it from others."""
    await type_too_fast(telegram, person)
    before = calls(telegram)
    for _ in range(3):
        await person.query_inline("how long does crawling backwards last")
    assert calls(telegram) == before


async def test_danger_is_offered_its_card_however_fast_it_is_typed(
    telegram: PretendTelegram, person: Person, offered: Any
) -> None:
    await type_too_fast(telegram, person)
    for text in (ALARM, ALARM, "she is turning blue", "help my baby is unconscious"):
        (card,) = (await offered(text)).articles
        assert card.text.startswith("Call now: 911, 999, 112")


async def test_danger_that_was_understood_before_is_offered_its_card_also_to_who_types_too_fast(
    telegram: PretendTelegram, person: Person, offered: Any
) -> None:
    words = "my baby choking"
    await offered(words, telegram.person())
    await type_too_fast(telegram, person)
    assert (await offered(words)).titles == ("Emergency? Send whom to call",)


async def test_who_types_too_fast_can_still_write_and_be_answered_and_so_can_others(
    chat: Chat, telegram: PretendTelegram
) -> None:
    await chat.meet()
    for number in range(QUERIES + 30):
        await chat.person.query_inline(f"{QUESTION} {number % 3}")
    assert "Is it normal" in (await chat.say(QUESTION))[-1]
    assert "911" in (await chat.say(ALARM))[-1]
    other = await Chat(telegram.person()).meet()
    assert "Is it normal" in (await other.say(QUESTION))[-1]


# --- What goes wrong


@pytest.mark.parametrize(
    "fault", [Fault(400, TOO_OLD), Fault(500), Fault(None), Fault(429, retry_after=30), Fault(403)]
)
async def test_a_query_that_fails_disturbs_nobody(
    chat: Chat, telegram: PretendTelegram, caplog: pytest.LogCaptureFixture, fault: Fault
) -> None:
    caplog.set_level(logging.INFO)
    await chat.meet()
    seen = len(chat.seen)
    telegram.fail(METHOD, fault, times=2)
    await chat.person.query_inline("zebulon crawls backwards")
    assert len(chat.seen) == seen
    telegram.recover()
    assert "Is it normal" in (await chat.say(QUESTION))[-1]
    assert is_answered(telegram, await chat.person.query_inline("zebulon crawls backwards"))
    assert "zebulon" not in caplog.text
    assert str(chat.person.id) not in caplog.text


async def test_a_query_that_grew_old_is_not_tried_again(telegram: PretendTelegram, person: Person) -> None:
    telegram.fail(METHOD, Fault(400, TOO_OLD))
    await person.query_inline(QUESTION)
    assert calls(telegram) == 1


async def test_one_that_telegram_did_not_hear_is_tried_once_more(telegram: PretendTelegram, person: Person) -> None:
    telegram.fail(METHOD, Fault(502))
    assert is_answered(telegram, await person.query_inline(QUESTION))


async def test_something_broken_is_told_to_nobody_and_logged_without_words(
    chat: Chat, telegram: PretendTelegram, speaker: ListeningSpeaker, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    await chat.meet()
    seen = len(chat.seen)
    speaker.is_broken = True
    query = await chat.person.query_inline("zebulon crawls backwards")
    assert not is_answered(telegram, query)
    assert len(chat.seen) == seen
    assert "RuntimeError" in caplog.text
    assert "zebulon" not in caplog.text
    speaker.is_broken = False
    assert is_answered(telegram, await chat.person.query_inline("zebulon crawls backwards"))


async def test_where_the_danger_check_breaks_the_card_is_offered_and_not_remembered(
    offered: Any,
    understanding: Understanding,
    application: Application,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as patched:
        patched.setattr(understanding, "meaning", broken)
        offer = await offered(QUESTION)
    assert offer.titles == ("Emergency? Send whom to call",)
    assert "911, 999, 112" in offer.articles[0].text
    assert "the danger check broke" in caplog.text
    assert ids(await offered(QUESTION))[0] == "normal"
    assert application.bot


async def test_nobody_in_danger_waits_for_what_they_typed_before(
    server: PretendTelegram, speaker: ListeningSpeaker, store: Store
) -> None:
    async with house_of(server, speaker, store):
        (maya,) = await meet(server, "Maya")
        server.fail(METHOD, Fault(200, delay=1.0), times=20)
        for number in range(20):
            await maya.query_inline(f"{QUESTION} {number % 3}")
        await maya.say(ALARM)
        await server.until(lambda: maya.replies[-1].text.startswith("Call now"), 0.9)
        server.recover()


async def test_where_inline_mode_alone_fails_messages_are_answered_at_once_however_many_type(
    server: PretendTelegram, speaker: ListeningSpeaker, store: Store
) -> None:
    patience = RetryPolicy(0.2, 2.0, 0.2)
    async with house_of(server, speaker, store, Wire(patience=patience, limits=UNLIMITED)):
        maya, *others = await meet(server, "Maya", *(f"Person {number}" for number in range(10)))
        server.trouble(Trouble(Fault(500), frozenset({METHOD.lower()})))
        for number in range(5):
            for other in others:
                await other.query_inline(f"{QUESTION} {number}")
        await asyncio.sleep(0.3)
        await maya.say(ALARM)
        await server.until(lambda: maya.replies[-1].text.startswith("Call now"), 1.0)
        server.recover()


# --- What is kept


async def test_nothing_of_a_query_and_no_id_gets_into_the_database(
    telegram: PretendTelegram, person: Person, store: Store, application: Application, tmp_path: Path
) -> None:
    typed = ["zebulon crawls backwards", ALARM, CARE, "when do babies start teething", QUESTION]
    for text in typed:
        await person.query_inline(text)
    telegram.fail(METHOD, Fault(500), times=2)
    await person.query_inline("zebulon goes sideways")
    await application.users.write_counts()
    await store.close()
    held = all_bytes(tmp_path)
    assert [text for text in (*typed, "zebulon", str(person.id)) if text.encode() in held] == []
    assert [row for row in all_rows(f"sqlite:///{tmp_path / 'bot.db'}")["seen"] if row] == []


async def test_a_query_is_no_first_contact_and_no_question(
    chat: Chat, store: Store, application: Application, offered: Any
) -> None:
    await offered(QUESTION, chat.person)
    assert chat.seen == []
    await application.users.write_counts()
    assert await store.counts() == {}
    disclaimer, _answer = await chat.say(QUESTION)
    assert disclaimer.startswith("Hello. I answer common questions")


async def test_the_same_words_are_understood_once(speaker: ListeningSpeaker, telegram: PretendTelegram) -> None:
    for _ in range(3):
        await telegram.person().query_inline(QUESTION)
    assert speaker.asked == [QUESTION]
    assert calls(telegram) == 3


async def test_once_the_content_is_changed_they_are_understood_anew(
    speaker: ListeningSpeaker, application: Application, offered: Any, content: Content, understanding: Understanding
) -> None:
    await offered(QUESTION)
    other = application.conversation.speaker = ListeningSpeaker(content, understanding)
    await offered(QUESTION)
    assert (speaker.asked, other.asked) == ([QUESTION], [QUESTION])


# --- What becomes of it


@pytest.mark.parametrize("text", [QUESTION, ALARM])
async def test_one_that_is_sent_into_the_private_chat_with_the_bot_is_not_answered(
    chat: Chat, telegram: PretendTelegram, text: str
) -> None:
    await chat.meet()
    seen = len(chat.seen)
    query = await chat.person.query_inline(text, chat_type="sender")
    await chat.person.choose_inline(query, telegram.inline_results(query).articles[0].id)
    assert len(chat.seen) == seen


async def test_one_that_is_sent_into_a_group_is_not_answered_there_though_the_bot_reads_along(
    telegram: PretendTelegram, person: Person
) -> None:
    group = telegram.group("Parents", hears_all=True)
    for text in (QUESTION, ALARM):
        query = await person.query_inline(text, chat_type="supergroup")
        await person.choose_inline(query, telegram.inline_results(query).articles[0].id, chat=group)
    assert group.replies == ()
    assert [message.labels for message in group.messages] == [("More in private",), ("More in private",)]


async def test_a_second_copy_of_an_update_is_not_answered_twice(
    telegram: PretendTelegram, application: Application, person: Person
) -> None:
    user = {"id": person.id, "is_bot": False, "first_name": "Sam"}
    query = {"id": "777", "from": user, "query": QUESTION, "offset": ""}
    row = {"update_id": 9_000_001, "inline_query": query}
    for _ in range(2):
        await application.process_update(row)
    assert calls(telegram) == 1


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"id": "1"},
        {"id": 1, "from": {"id": 5}},
        {"id": "1", "from": {"id": "5"}, "query": "x"},
        {"id": "", "from": {"id": 5}, "query": "x"},
        {"id": "1", "from": [], "query": {}},
    ],
)
async def test_an_odd_query_is_let_go(telegram: PretendTelegram, application: Application, query: Any) -> None:
    await application.process_update({"update_id": 9_000_002, "inline_query": query})
    assert calls(telegram) == 0
