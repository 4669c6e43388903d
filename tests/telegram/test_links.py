"""Links to the bot that open an answer or a page, and the button that sends an answer on."""

from collections import Counter
from dataclasses import replace

import pytest

from bot.content import Content
from bot.preview.chats import ChatMessage
from bot.preview.keyboards import KeyboardButton
from bot.preview.server import PretendTelegram
from bot.replies import Speaker
from bot.store import Store
from bot.telegram.application import Application
from bot.understanding import Understanding
from tests.telegram.conftest import Chat, Clock
from tests.telegram.test_counting import counts

DISCLAIMER = "Hello. I answer common questions"
WELCOME = "Ask me in your own words"
FORMER = "former-id"
OFF = pytest.mark.parametrize("server", [False], indirect=True)


@pytest.fixture
def server(request: pytest.FixtureRequest) -> PretendTelegram:
    """With inline mode, where a test does not say otherwise."""
    return PretendTelegram(has_inline_mode=getattr(request, "param", True))


@pytest.fixture
def speaker(content: Content, understanding: Understanding) -> Speaker:
    """Of a content in which one answer had another id before."""
    entries = tuple(
        entry.model_copy(update={"aliases": (FORMER,)}) if entry.id == "normal" else entry for entry in content.entries
    )
    return Speaker(replace(content, entries=entries), understanding)


def share(message: ChatMessage) -> KeyboardButton:
    (found,) = (button for row in message.buttons for button in row if button.text == "Share")
    return found


async def follow(chat: Chat, payload: str) -> list[str]:
    """What comes back once a link is followed."""
    before = len(chat.seen)
    await chat.person.start(payload)
    return chat.seen[before:]


# --- Where a link leads


async def test_a_link_as_first_contact_gets_the_disclaimer_then_the_whole_answer(chat: Chat, content: Content) -> None:
    disclaimer, answer = await follow(chat, "normal")
    assert disclaimer.startswith(DISCLAIMER)
    assert answer.startswith(content.by_id["normal"].question)
    for part in ("Now\n", "When to call", "More about this", "From: "):
        assert part in answer
    assert {"Helpful", "Share", "Check warning signs", "Menu"} <= set(chat.last.labels)


async def test_a_second_link_gets_its_answer_alone(chat: Chat, content: Content) -> None:
    await follow(chat, "normal")
    (answer,) = await follow(chat, "why")
    assert answer.startswith(content.by_id["why"].question)


async def test_a_link_to_a_former_id_leads_to_the_same_answer(chat: Chat, content: Content) -> None:
    await chat.meet()
    (answer,) = await follow(chat, FORMER)
    assert answer.startswith(content.by_id["normal"].question)
    await chat.press("Helpful")
    assert chat.person.queries[-1].text == "Thank you. Glad it helped."


async def test_every_answer_has_a_link_that_is_no_alarm(
    chat: Chat, speaker: Speaker, content: Content, clock: Clock
) -> None:
    """Some ids sound like danger."""
    await chat.meet()
    for entry in content.entries:
        clock.now += 5
        (answer,) = await follow(chat, entry.id)
        assert answer.startswith(entry.question)
        assert speaker.to_plain_danger(f"/start {entry.id}") is None


async def test_what_an_id_says_is_no_alarm(chat: Chat, content: Content) -> None:
    _disclaimer, answer = await follow(chat, "stopped-crawling")
    assert answer.startswith(content.by_id["stopped-crawling"].question)
    assert "Call now" not in answer


@pytest.mark.parametrize(
    ("payload", "beginning"),
    [
        ("check", "What do you see right now?"),
        ("menu", "What would you like to know about?"),
        ("note", "A note for the doctor"),
        ("country", "Which country are you in?"),
        ("ages", "How old is your baby?"),
        ("start", WELCOME),
    ],
)
async def test_a_link_leads_to_a_page(chat: Chat, payload: str, beginning: str) -> None:
    disclaimer, page = await follow(chat, payload)
    assert disclaimer.startswith(DISCLAIMER)
    assert page.startswith(beginning)


@pytest.mark.parametrize(
    "payload", ["nothing", "NORMAL", "normal-", "e-normal", "forget", "quiet", "status", "inbox", "x" * 64, "__", "-"]
)
async def test_a_link_that_leads_nowhere_gets_the_welcome(chat: Chat, payload: str) -> None:
    disclaimer, page = await follow(chat, payload)
    assert disclaimer.startswith(DISCLAIMER)
    assert page.startswith(WELCOME)


@pytest.mark.parametrize(
    "payload",
    [
        "my baby is not breathing",
        "normal my baby is not breathing",
        "check\nmy baby is not breathing",
        "he stopped breathing",
    ],
)
async def test_words_of_danger_behind_a_start_are_danger(chat: Chat, payload: str) -> None:
    alarm, disclaimer = await follow(chat, payload)
    assert "911" in alarm
    assert alarm.startswith("Call now")
    assert disclaimer.startswith(DISCLAIMER)


async def test_a_link_forgets_nobody(chat: Chat) -> None:
    """A stranger may have written it."""
    await chat.meet()
    await follow(chat, "forget")
    (answer,) = await chat.say("is it normal to crawl backwards")
    assert "Is it normal" in answer


async def test_a_link_into_a_group_gets_the_short_answer(telegram: PretendTelegram, content: Content) -> None:
    group, sam = telegram.group("Parents"), telegram.person()
    await sam.say("/start@preview_bot normal", chat=group)
    (answer,) = group.replies
    assert answer.text.startswith(content.by_id["normal"].question)
    assert "More about this" not in answer.text
    assert [button.url for row in answer.buttons for button in row] == ["https://t.me/preview_bot?start=normal"]


async def test_after_a_link_one_can_ask_on(chat: Chat) -> None:
    await chat.meet()
    await follow(chat, "normal")
    (answer,) = await chat.say("why?")
    assert answer.startswith("Why does my baby crawl backwards?")


# --- What is counted


async def test_an_answer_behind_a_link_is_shown_and_no_question(
    chat: Chat, application: Application, store: Store
) -> None:
    await chat.meet()
    for payload in ("normal", "stopped-crawling", FORMER):
        await follow(chat, payload)
    assert await counts(application, store) == Counter({"page": 1, "shown:normal": 2, "shown:stopped-crawling": 1})
    assert not [name for name in await store.counts() if name.startswith("hour:")]


async def test_a_page_behind_a_link_is_a_page_and_danger_behind_one_a_question(
    chat: Chat, application: Application, store: Store
) -> None:
    await chat.meet()
    await follow(chat, "menu")
    await follow(chat, "check")
    await follow(chat, "my baby is not breathing")
    found = await counts(application, store)
    assert found == {"page": 2, "question:danger": 1, "danger:emergency/not_breathing": 1}


# --- Share


async def test_where_inline_mode_is_on_share_puts_the_question_into_a_chat_that_one_chooses(
    chat: Chat, content: Content, telegram: PretendTelegram
) -> None:
    await chat.meet()
    await chat.say("is it normal to crawl backwards")
    button = share(chat.last)
    assert (button.query, button.url, button.data) == (content.by_id["normal"].question, None, None)
    offer = telegram.inline_results(await chat.person.query_inline(button.query or ""))
    assert [article.id for article in offer.articles] == ["normal"]


@OFF
async def test_where_it_is_off_share_sends_the_link_on(chat: Chat) -> None:
    await chat.meet()
    await chat.say("is it normal to crawl backwards")
    button = share(chat.last)
    assert button.url == "https://t.me/share/url?url=https%3A%2F%2Ft.me%2Fpreview_bot%3Fstart%3Dnormal"
    assert (button.query, button.data) == (None, None)


@pytest.mark.parametrize("server", [True, False], indirect=True)
async def test_the_vote_takes_the_votes_away_and_leaves_share(chat: Chat) -> None:
    await chat.meet()
    await chat.say("is it normal to crawl backwards")
    answer, before = chat.last.id, share(chat.last)
    for label in ("Helpful", "Not helpful"):
        assert label in chat.last.labels
    await chat.press("Helpful")
    (now,) = (message for message in chat.person.replies if message.id == answer)
    assert share(now) == before
    assert [button.text for button in now.buttons[0]] == ["Share"]
    assert not {"Helpful", "Not helpful"} & set(now.labels)


async def test_there_is_nothing_to_share_under_danger(chat: Chat) -> None:
    await chat.meet()
    await chat.say("my baby is not breathing")
    assert "Share" not in chat.last.labels
