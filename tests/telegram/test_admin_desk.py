"""What whoever runs the bot is told in Telegram; and that nobody else is, and nothing of anybody."""

import asyncio
import logging

import pytest
from sqlalchemy import text

from bot.operation import admin_desk as module
from bot.operation import hourly
from bot.operation.admin_desk import CHECK_FAILED, RELOAD_REFUSED, AdminDesk, last_digest
from bot.preview.server import PretendTelegram
from bot.replies import Speaker
from bot.store import Store, StoreError, person_code
from bot.telegram.application import Application
from tests.telegram.conftest import KEY, Chat

QUESTION = "is it normal to crawl backwards"
ALARM = "my baby is not breathing"
ON, OFF = "On. Each Monday", "The weekly figures and the warnings are switched off."
DAY = 86400


@pytest.fixture
async def admin(telegram: PretendTelegram, application: Application) -> Chat:
    return await Chat(telegram.person("Ada")).meet()


@pytest.fixture
async def desk(admin: Chat, application: Application, store: Store) -> AdminDesk:
    desk = AdminDesk(application, store, (admin.person.id, 999))
    application.conversation.admins = desk.admins(dict)
    await desk.look()
    return desk


async def shift(store: Store, kind: str, seconds: float) -> None:
    statement = text("UPDATE notices SET at = at - :seconds WHERE kind = :kind").bindparams(seconds=seconds, kind=kind)
    await store._database.do(lambda to: to.execute(statement))


async def told(desk: AdminDesk, chat: Chat) -> list[str]:
    """What somebody is told by themselves."""
    before = len(chat.seen)
    await desk.look()
    await asyncio.gather(*desk._letters)
    return chat.seen[before:]


# --- Asked for


async def test_the_report_fits_a_phones_screen_and_tells_the_last_seven_days(
    admin: Chat, desk: AdminDesk, chat: Chat
) -> None:
    await chat.meet()
    for words in (QUESTION, QUESTION, "why does he only go backwards", ALARM):
        await chat.say(words)
    await chat.press("Not what I meant")
    await chat.say(QUESTION)
    await chat.press("Helpful")
    (report,) = await admin.say("/report")
    assert report.startswith("The last 7 days\nPeople: 2 a day, 2 since Monday\n\nQuestions: 5\nanswered: 4\n")
    assert "danger: 1" in report
    assert '"Not what I meant": 1' in report
    assert "Helpful: 1, not helpful: 0" in report
    assert "not breathing: 1" in report
    assert "Is it normal?: 3" in report or "normal" in report.lower()
    assert "{" not in report
    lines = report.splitlines()
    assert len(lines) <= 28
    assert max(map(len, lines)) <= 45


async def test_a_report_on_nothing_says_so_in_numbers(admin: Chat, desk: AdminDesk) -> None:
    (report,) = await admin.say("/report")
    assert "Questions: 0" in report
    assert report.splitlines()[-1] == "-"


async def test_nobody_else_gets_a_report_or_a_digest(desk: AdminDesk, chat: Chat, store: Store) -> None:
    await chat.meet()
    for command in ("/report", "/digest"):
        (answer,) = await chat.say(command)
        assert "7 days" not in answer
        assert ON not in answer
    assert await store.notices.digest_wanted([person_code(KEY, chat.person.id)]) == set()


async def test_in_a_group_not_even_an_admin_gets_one(admin: Chat, desk: AdminDesk, telegram: PretendTelegram) -> None:
    group = telegram.group("Parents", hears_all=True)
    await group.add(admin.person)
    await admin.person.say("/report@preview_bot", chat=group)
    assert "7 days" not in group.replies[-1].text


async def test_asking_for_a_report_is_not_counted(
    admin: Chat, desk: AdminDesk, application: Application, store: Store
) -> None:
    await application.users.write_counts()
    before = await store.counts()
    for command in ("/report", "/digest", "/status"):
        await admin.say(command)
    await application.users.write_counts()
    assert await store.counts() == before


async def test_a_store_that_does_not_answer_is_told_to_the_admin(
    admin: Chat, desk: AdminDesk, application: Application
) -> None:
    application.breaker.open()
    for command in ("/report", "/digest"):
        assert await admin.say(command) == [
            "My records do not answer just now. Please try again in a few minutes.\n"[:-1]
        ]


# --- The switch


async def test_the_digest_is_switched_on_and_off_and_forgotten(admin: Chat, desk: AdminDesk, store: Store) -> None:
    code = person_code(KEY, admin.person.id)
    assert (await admin.say("/digest"))[0].startswith(ON)
    assert await store.notices.digest_wanted([code]) == {code}
    assert await admin.say("/digest") == [OFF]
    await admin.say("/digest")
    (gone,) = await admin.say("/forget")
    assert gone.startswith("Done.")
    assert gone.endswith(OFF)
    assert await store.notices.digest_wanted([code]) == set()


# --- Told by itself


async def test_the_digest_comes_once_a_week_with_last_weeks_figures_to_whoever_wants_it(
    admin: Chat, desk: AdminDesk, store: Store, application: Application, chat: Chat
) -> None:
    assert await told(desk, admin) == []
    await admin.say("/digest")
    assert await told(desk, admin) == []  # this week's is over
    await shift(store, "digest", 7 * DAY)
    (digest,) = await told(desk, admin)
    assert digest.startswith("The week from ")
    assert digest.endswith("/digest switches this off.")
    assert await told(desk, admin) == []
    assert chat.seen == []


def test_it_is_due_on_mondays_at_seven() -> None:
    monday_at_seven = 1_795_417_200  # 2026-11-23 07:00 UTC
    assert last_digest(monday_at_seven) == monday_at_seven
    assert last_digest(monday_at_seven - 1) == monday_at_seven - 7 * DAY
    assert last_digest(monday_at_seven + 3 * DAY) == monday_at_seven


@pytest.mark.parametrize(
    ("news", "begins"),
    [(RELOAD_REFUSED, "A changed content was refused."), (CHECK_FAILED, "The danger check failed.")],
)
async def test_news_is_told_once_an_hour_to_whoever_wants_it(
    admin: Chat, desk: AdminDesk, store: Store, news: module.News, begins: str
) -> None:
    desk.note(news)
    assert await told(desk, admin) == []  # not switched on
    await admin.say("/digest")
    desk.note(news)
    assert await told(desk, admin) == []  # nor within the hour
    await shift(store, news.kind, 3601)
    desk.note(news)
    desk.note(news)
    (letter,) = await told(desk, admin)
    assert letter.startswith(begins)
    assert await told(desk, admin) == []


async def test_a_broken_danger_check_is_told_without_a_word_of_the_message(
    admin: Chat, desk: AdminDesk, chat: Chat, speaker: Speaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("secret words of a parent")

    await admin.say("/digest")
    monkeypatch.setattr(speaker._understanding._danger, "find", broken)
    await chat.say(QUESTION)
    (letter,) = await told(desk, admin)
    assert letter.startswith("The danger check failed.")
    assert "secret" not in letter
    assert str(chat.person.id) not in letter
    assert "backwards" not in letter


async def test_several_copies_of_the_bot_send_one(
    admin: Chat, desk: AdminDesk, application: Application, store: Store
) -> None:
    await admin.say("/digest")
    other = AdminDesk(application, store, (admin.person.id,))
    letters = []
    for each in (desk, other):
        each.note(RELOAD_REFUSED)
        letters += await told(each, admin)
    assert len(letters) == 1


async def test_ten_minutes_without_any_copy_alive_are_told_by_the_next(
    admin: Chat, desk: AdminDesk, application: Application, store: Store
) -> None:
    await admin.say("/digest")
    for away, expected in ((500, []), (1500, ["I was away for 25 minutes, and am back."])):
        await shift(store, "alive", away)
        next_one = AdminDesk(application, store, (admin.person.id,))
        found = await told(next_one, admin)
        assert [each[: len(expected[0])] for each in found] == expected if expected else found == []
    await shift(store, "alive", 1500)
    assert await told(next_one, admin) == []  # it has been alive all the while, only the store was not


async def test_a_store_that_fails_keeps_news_until_it_works_and_an_admin_out_of_reach_stops_nobody(
    admin: Chat, desk: AdminDesk, store: Store, monkeypatch: pytest.MonkeyPatch, telegram: PretendTelegram
) -> None:
    async def down(*_: object) -> None:
        raise StoreError("down")

    await admin.say("/digest")
    await store.notices.toggle_digest(person_code(KEY, 999))  # whom Telegram does not know
    desk.note(RELOAD_REFUSED)
    with monkeypatch.context() as broken:
        broken.setattr(store.notices, "claim", down)
        assert await told(desk, admin) == []
    (letter,) = await told(desk, admin)
    assert letter.startswith("A changed content was refused.")
    telegram.violations.clear()


# --- The hourly line


async def test_an_hour_is_told_in_one_line_and_a_silent_one_in_none(
    chat: Chat, application: Application, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.INFO)
    await chat.meet()
    for words in (QUESTION, QUESTION, ALARM, "what is the capital of peru", "thank you"):
        await chat.say(words)
    monkeypatch.setattr(hourly, "HOUR", 0.0)
    task = asyncio.create_task(hourly.tell_hourly(application.metrics))
    for _ in range(10):
        await asyncio.sleep(0)
    task.cancel()
    lines = [record.getMessage() for record in caplog.records if "last hour" in record.getMessage()]
    assert lines == ["in the last hour: 2 answered, 1 danger, 1 unknown, 1 small talk"]
    assert str(chat.person.id) not in caplog.text
