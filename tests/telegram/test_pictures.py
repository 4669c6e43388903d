"""Pictures in a chat: sent once, then by Telegram's own name for them; and where one can't be shown its words are."""

import contextlib
import hashlib
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from pathlib import Path

import pytest

from bot.content import Content
from bot.delivery.albums import Albums
from bot.delivery.backoff import RetryPolicy
from bot.preview.faults import Fault
from bot.preview.server import TOKEN, PretendTelegram
from bot.preview.transport import PreviewRequest, connect
from bot.replies import Speaker
from bot.store import Store, StoreError
from bot.telegram.application import Wire, build_application
from bot.understanding import Understanding
from tests.preview.pictures import png
from tests.telegram.conftest import KEY, UNLIMITED, Chat, Clock

UPLOADED = "attach://"
UNKNOWN_FILE = Fault(400, "Bad Request: wrong file identifier/HTTP URL specified")
BUSY = Fault(429, "Too Many Requests: retry after 0", retry_after=0)
DRAWN = "tummy-time"
Opened = Callable[..., AbstractAsyncContextManager[PretendTelegram]]


@pytest.fixture
def opened(speaker: Speaker, store: Store, clock: Clock) -> Opened:
    """Another process of the bot, on the same store."""

    @contextlib.asynccontextmanager
    async def open_bot(server: PretendTelegram, says: Speaker = speaker) -> AsyncIterator[PretendTelegram]:
        requests = PreviewRequest(server), PreviewRequest(server)
        patience = RetryPolicy(0.0, 0.0, 0.0)
        wire = Wire(*requests, clock=clock, patience=patience, limits=UNLIMITED, albums=Albums(0.05))
        application = build_application(TOKEN, says, store, KEY, wire)
        connect(application, server)
        async with application:
            yield server

    return open_bot


def photos(server: PretendTelegram) -> list[str]:
    """What was sent as a picture: a file, or Telegram's name for one."""
    return [str(call.parameters["photo"]) for call in server.calls if call.method == "sendPhoto"]


def uploads(server: PretendTelegram) -> list[bool]:
    return [photo.startswith(UPLOADED) for photo in photos(server)]


def with_pictures(content: Content, understanding: Understanding, **pictures: Path) -> Speaker:
    return Speaker(replace(content, pictures={**content.pictures, **pictures}), understanding)


# --- What is seen
async def test_the_command_asks_and_a_month_is_marked_on_the_chart(chat: Chat, content: Content) -> None:
    await chat.meet()
    await chat.say("/ages")
    asked = chat.last
    assert asked.photo is None
    assert asked.text.startswith("How old is your baby?")
    await chat.press("8 mo")
    assert chat.last.id != asked.id
    assert chat.last.photo is not None
    assert chat.last.photo.content == content.pictures["ages-16"].read_bytes()
    assert chat.last.caption.startswith("8 months: six first moves")
    assert chat.last.labels == ("Another age", "Menu")


@pytest.mark.parametrize(
    ("said", "name"),
    [("8", "ages-16"), ("8.5", "ages-17"), ("8,5", "ages-17"), ("38 weeks", "ages-17"), ("10 months, 8 weeks early", "ages-16")],
)  # fmt: skip
async def test_an_age_after_the_command_is_marked_at_once(said: str, name: str, chat: Chat, content: Content) -> None:
    await chat.meet()
    await chat.say(f"/ages {said}")
    assert chat.last.photo is not None
    assert chat.last.photo.content == content.pictures[name].read_bytes()
    assert "born" not in chat.last.caption


async def test_an_age_beyond_the_chart_gets_words_alone(chat: Chat) -> None:
    await chat.meet()
    (answer,) = await chat.say("/ages 30")
    assert answer.startswith("At 2½ years the chart has ended.")
    assert chat.last.photo is None


async def test_danger_after_the_command_is_answered_as_danger(chat: Chat, server: PretendTelegram) -> None:
    await chat.meet()
    (alarm,) = await chat.say("/ages my baby is not breathing")
    assert "911" in alarm
    assert photos(server) == []


async def test_a_first_contact_by_the_command_gets_the_disclaimer_before_the_picture(chat: Chat) -> None:
    await chat.say("/ages 8")
    assert chat.seen[0].startswith("Hello. I answer common questions")
    assert chat.last.photo is not None


async def test_the_chart_button_under_an_answer_shows_the_age_that_was_told(chat: Chat, content: Content) -> None:
    await chat.meet()
    await chat.say("my baby is not crawling yet, 8 months old")
    answer = chat.last
    await chat.press(content.texts.labels.chart)
    assert chat.last.caption.startswith("8 months: six first moves")
    assert answer in chat.person.replies  # the answer stays as it was


async def test_the_drawing_of_an_answer_leads_back_to_it_and_stays(chat: Chat, content: Content) -> None:
    entry = content.by_id[DRAWN]
    assert entry.picture is not None
    await chat.meet()
    await chat.person.say("/start " + DRAWN)
    await chat.press(content.texts.labels.show)
    drawing = chat.last
    assert drawing.photo is not None
    assert drawing.photo.content == content.pictures[entry.picture.name].read_bytes()
    assert drawing.html == entry.picture.caption
    before = len(chat.seen)
    assert entry.question in await chat.press(entry.title)
    assert len(chat.seen) == before + 1


@pytest.mark.parametrize("label", ["Menu", "Another age"])
async def test_a_press_under_a_picture_sends_a_new_message(label: str, chat: Chat, server: PretendTelegram) -> None:
    await chat.meet()
    await chat.say("/ages 8")
    picture, before = chat.last, len(chat.seen)
    await chat.press(label)
    assert len(chat.seen) == before + 1
    assert picture in chat.person.replies
    assert not picture.edited
    assert [call.method for call in server.calls if call.method.startswith("edit")] == []
    assert chat.last.photo is None


async def test_a_question_edited_into_the_command_is_answered_with_a_picture(chat: Chat) -> None:
    await chat.meet()
    question = await chat.person.say("is it normal to crawl backwards")
    before = len(chat.seen)
    await chat.person.edit(question.id, "/ages 8")
    assert len(chat.seen) == before + 1
    assert chat.last.photo is not None


async def test_a_picture_that_an_edit_would_replace_stays_and_the_answer_is_new(chat: Chat) -> None:
    await chat.meet()
    question = await chat.person.say("/ages 8")
    before = len(chat.seen)
    await chat.person.edit(question.id, "is it normal to crawl backwards")
    assert len(chat.seen) == before + 1
    assert "Is it normal" in chat.seen[-1]


async def test_in_a_group_the_chart_comes_with_a_link_to_the_private_chat(telegram: PretendTelegram) -> None:
    group, mother = telegram.group("Baby group"), telegram.person("Maya")
    await group.add(mother)
    question = await mother.say("/ages@preview_bot 8", chat=group)
    (picture,) = group.replies
    assert picture.photo is not None
    assert picture.reply_to == question.id
    assert all(button.data is None for row in picture.buttons for button in row)


# --- Sent once
async def test_a_picture_is_sent_once_as_a_file_and_after_that_by_its_name(chat: Chat, server: PretendTelegram) -> None:
    await chat.meet()
    for _ in range(3):
        await chat.say("/ages 8")
    assert uploads(server) == [True, False, False]
    assert len(set(photos(server)[1:])) == 1
    await chat.say("/ages 9")
    assert uploads(server)[-1]


async def test_what_was_sent_to_one_person_is_not_sent_again_to_another(chat: Chat, telegram: PretendTelegram) -> None:
    await chat.say("/ages 8")
    other = Chat(telegram.person("Ola"))
    await other.say("/ages 8")
    assert uploads(telegram) == [True, False]
    assert other.last.photo is not None


async def test_another_process_on_the_same_store_sends_it_by_its_name(opened: Opened, server: PretendTelegram) -> None:
    person = server.person()
    for _ in range(2):
        async with opened(server):
            await person.say("/ages 8")
    assert uploads(server) == [True, False]


async def test_a_name_that_telegram_no_longer_knows_is_replaced(opened: Opened, server: PretendTelegram) -> None:
    async with opened(server):
        await server.person().say("/ages 8")
    forgetful = PretendTelegram()
    person = forgetful.person()
    await person.start()  # its updates have numbers that the store knows already: these count on
    await person.start()
    async with opened(forgetful):
        await person.say("/ages 8")
        await person.say("/ages 8")
    assert uploads(forgetful) == [False, True, False]
    assert photos(forgetful)[0] != photos(forgetful)[2]
    assert [message.photo is not None for message in person.replies] == [True, True]
    async with opened(forgetful):  # the new name is held, too
        await person.say("/ages 8")
    assert uploads(forgetful)[-1] is False
    assert photos(forgetful)[-1] == photos(forgetful)[2]
    assert forgetful.violations == []


async def test_a_name_that_is_refused_within_a_run_is_replaced(chat: Chat, telegram: PretendTelegram) -> None:
    await chat.meet()
    await chat.say("/ages 8")
    telegram.fail("sendPhoto", UNKNOWN_FILE)
    await chat.say("/ages 8")
    assert uploads(telegram) == [True, False, True]
    assert chat.last.photo is not None


async def test_a_picture_that_was_made_anew_is_sent_anew(
    opened: Opened, server: PretendTelegram, content: Content, understanding: Understanding, tmp_path: Path
) -> None:
    file, person = tmp_path / "chart.png", server.person()
    async with opened(server, with_pictures(content, understanding, **{"ages-16": file})):
        for more in (b"1", b"1", b"2"):
            file.write_bytes(png(more=more))
            await person.say("/ages 8")
    assert uploads(server) == [True, False, True]


async def test_a_store_that_fails_keeps_no_picture_back(
    chat: Chat, telegram: PretendTelegram, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> None:
        raise StoreError("down")

    await chat.meet()
    for name in ("find", "put"):
        monkeypatch.setattr(store.pictures, name, broken)
    for _ in range(2):
        await chat.say("/ages 8")
    assert [message.photo is not None for message in chat.person.replies[-2:]] == [True, True]
    assert uploads(telegram) == [True, False]  # in memory its name is known all the same


async def test_nothing_of_a_person_is_held_with_a_picture(chat: Chat, store: Store, content: Content) -> None:
    await chat.say("/ages 8")
    assert chat.last.photo is not None
    digest = hashlib.sha256(content.pictures["ages-16"].read_bytes()).hexdigest()
    name = await store.pictures.find(digest)
    assert name is not None
    assert name.startswith(chat.last.photo.file_id)


# --- Where it can't be shown
async def test_a_picture_whose_file_is_gone_leaves_its_words_and_a_line_in_the_log(
    opened: Opened,
    server: PretendTelegram,
    content: Content,
    understanding: Understanding,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    chat = Chat(server.person())
    async with opened(server, with_pictures(content, understanding, **{"ages-16": tmp_path / "gone.png"})):
        await chat.meet()
        (answer,) = await chat.say("/ages 8")
        assert answer.startswith("8 months: six first moves")
        assert chat.last.labels == ("Another age", "Menu")
        await chat.press("Menu")
        assert chat.last.text == chat.seen[-1]
    assert "the picture ages-16 can't be read: No such file or directory" in caplog.text
    assert photos(server) == []
    assert server.violations == []


@pytest.mark.parametrize(
    "reason",
    ["IMAGE_PROCESS_FAILED", "file must be non-empty", "not enough rights to send photos to the chat", "PHOTO_INVALID_DIMENSIONS"],
)  # fmt: skip
async def test_a_picture_that_telegram_does_not_take_leaves_its_words(
    reason: str, chat: Chat, telegram: PretendTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    await chat.meet()
    telegram.fail("sendPhoto", Fault(400, f"Bad Request: {reason}"))
    with caplog.at_level(logging.WARNING):
        (answer,) = await chat.say("/ages 8")
    assert answer.startswith("8 months: six first moves")
    assert chat.last.labels == ("Another age", "Menu")
    assert "the picture ages-16 was refused" in caplog.text
    await chat.say("/ages 8")
    assert chat.last.photo is not None  # another time it may do


async def test_a_picture_for_somebody_who_blocked_the_bot_is_no_error(chat: Chat, telegram: PretendTelegram) -> None:
    await chat.meet()
    telegram.fail("sendPhoto", Fault(403, "Forbidden: bot was blocked by the user"))
    assert await chat.say("/ages 8") == []


@pytest.mark.parametrize("fault", [Fault(502, "Bad Gateway"), BUSY])
async def test_a_picture_that_fails_on_the_way_is_sent_again(
    fault: Fault, chat: Chat, telegram: PretendTelegram
) -> None:
    await chat.meet()
    telegram.fail("sendPhoto", fault)
    await chat.say("/ages 8")
    assert chat.last.photo is not None
    assert chat.last.caption.startswith("8 months")


async def test_words_that_telegram_cannot_read_go_as_plain_text_under_the_picture(
    chat: Chat, telegram: PretendTelegram
) -> None:
    await chat.meet()
    telegram.fail("sendPhoto", Fault(400, "Bad Request: can't parse entities: Unsupported start tag"))
    await chat.say("/ages 8")
    assert chat.last.photo is not None
    assert chat.last.caption.startswith("8 months: six first moves")
    assert chat.last.entities == ()


async def test_words_too_long_for_a_picture_follow_it_with_the_buttons(
    opened: Opened, server: PretendTelegram, content: Content, understanding: Understanding
) -> None:
    assert content.ages is not None
    assert content.ages.chart is not None
    chart = content.ages.chart
    texts = chart.texts.model_copy(update={"caption": chart.texts.caption + "x" * 1024})
    long = replace(content, ages=content.ages.model_copy(update={"chart": chart.model_copy(update={"texts": texts})}))
    person = server.person()
    async with opened(server, Speaker(long, understanding)):
        await person.say("/start")
        await person.say("/ages 8")
    picture, words = person.replies[-2:]
    assert picture.photo is not None
    assert (picture.caption, picture.labels) == ("", ())
    assert words.text.startswith("8 months: six first moves")
    assert words.labels == ("Another age", "Menu")
    assert server.violations == []


@pytest.mark.parametrize("is_there", [True, False])
async def test_words_too_long_for_one_message_are_all_sent(
    is_there: bool,
    opened: Opened,
    server: PretendTelegram,
    content: Content,
    understanding: Understanding,
    tmp_path: Path,
) -> None:
    drawn = content.by_id[DRAWN]
    assert drawn.picture is not None
    long = "\n\n".join(f"{number} " + "word " * 150 for number in range(10))
    entry = drawn.model_copy(update={"picture": drawn.picture.model_copy(update={"caption": long})})
    entries = tuple(entry if each.id == DRAWN else each for each in content.entries)
    pictures = content.pictures if is_there else {**content.pictures, drawn.picture.name: tmp_path / "gone.png"}
    person = server.person()
    async with opened(server, Speaker(replace(content, entries=entries, pictures=pictures), understanding)):
        await person.say(f"/start {DRAWN}")
        await person.press_label(content.texts.labels.show)
    words = [message for message in person.replies[2:] if message.photo is None]
    assert [message.photo is not None for message in person.replies[2:3]] == [is_there]
    assert [word for message in words for word in message.text.split() if word.isdigit()] == [*map(str, range(10))]
    assert [bool(message.labels) for message in words] == [False] * (len(words) - 1) + [True]


async def test_a_pack_without_pictures_answers_the_command_in_words(
    opened: Opened, server: PretendTelegram, content: Content, understanding: Understanding
) -> None:
    chat = Chat(server.person())
    async with opened(server, Speaker(replace(content, pictures={}), understanding)):
        await chat.meet()
        await chat.say("/ages")
        await chat.say("/ages 8")
        await chat.say("my baby is not crawling yet, 8 months old")
        assert content.texts.labels.chart not in chat.last.labels
    assert photos(server) == []
    assert server.violations == []
