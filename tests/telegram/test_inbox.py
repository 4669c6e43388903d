"""The inbox in Telegram, read as a transcript: from a question nobody could answer to a bot that can."""

from pathlib import Path

import pytest

from bot.operation.inbox import AcceptedWatch, WordingInbox
from bot.operation.telegram_inbox import TelegramInbox
from bot.preview.server import PretendTelegram
from bot.store import Store, StoreError
from bot.telegram.application import Application
from bot.telegram.conversation import Admins
from tests.telegram.conftest import Chat
from tests.telegram.test_sharing import SHARE, labels

QUESTION = "does the wobble board at soft play do anything"  # nothing in the content is about it
SECOND = "is the wobble board at soft play any good"


@pytest.fixture
async def watch(application: Application, store: Store) -> AcceptedWatch:
    """The bot as it runs live: with an inbox for admins, and a look at what they accepted."""

    def take_over(accepted) -> None:  # type: ignore[no-untyped-def]
        application.conversation.speaker = application.conversation.speaker.with_accepted(accepted)

    return AcceptedWatch(store, lambda: application.conversation.speaker, take_over)


@pytest.fixture
async def admin(application: Application, telegram: PretendTelegram, store: Store, tmp_path: Path) -> Chat:
    inbox = WordingInbox(store, lambda: application.conversation.speaker, pack_with_questions(tmp_path))
    chat = Chat(telegram.person())
    application.conversation.admins = Admins([chat.person.id], dict, inbox=TelegramInbox(inbox).to_press)
    return await chat.meet()


def pack_with_questions(folder: Path) -> Path:
    """A folder with few questions: those of the project take seconds to read."""
    (folder / "questions").mkdir()
    lines = ['{"q": "my baby crawls backwards, is that ok", "labels": ["normal"]}']
    lines += ['{"q": "what does the wobble board at soft play do for him", "labels": ["tummy-time"]}']
    lines += ['{"q": "what is the capital of France", "labels": ["oos"]}']
    (folder / "questions" / "few.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder


async def share(chat: Chat, *said: str) -> None:
    await chat.meet()
    for text in said:
        await chat.say(text)
        if SHARE not in labels(chat):
            await chat.press("None of these")
        await chat.press(SHARE)


async def test_from_an_unanswered_question_to_a_better_bot_without_a_restart(
    chat: Chat, admin: Chat, watch: AcceptedWatch
) -> None:
    await share(chat, QUESTION, SECOND)
    await admin.say("/inbox")
    assert "1 of 1" in admin.seen[-1]
    assert "asked 2×" in admin.seen[-1]
    assert QUESTION in admin.seen[-1]
    await admin.person.press(admin.last.id, f"t:{wording_of(admin)}/tummy-time")
    assert "Of 3 test questions: +1 better, 0 broken" in admin.seen[-1]
    assert "Done" in await admin.press("Make it live")
    assert "Nothing waits" in admin.seen[-1]
    await watch.look()
    await chat.say("does a wobble board at the soft play do anything for a baby")
    assert "tummy time" in chat.seen[-1].lower()


async def test_what_would_break_a_known_question_is_refused_with_the_question(
    chat: Chat, admin: Chat, store: Store
) -> None:
    await share(chat, QUESTION)
    await store.wordings.keep("my baby crawls backwards, is that okay", "no", "normal", 0.9)
    await admin.say("/inbox")
    while "crawls backwards" not in admin.seen[-1]:
        await admin.press("Next")
    await admin.person.press(admin.last.id, f"t:{wording_of(admin)}/tummy-time")
    assert "Not possible" in admin.seen[-1]
    assert "my baby crawls backwards, is that ok" in admin.seen[-1]
    assert labels(admin) == ["Back"]
    forged = f"a:{(await store.wordings.waiting())[0].id}/tummy-time"
    for each in await store.wordings.waiting():
        if "crawls" in each.text:
            forged = f"a:{each.id}/tummy-time"
    await admin.person.press(admin.last.id, forged)
    assert await store.wordings.accepted() == []


async def test_what_is_not_for_us_is_refused_from_then_on(chat: Chat, admin: Chat, watch: AcceptedWatch) -> None:
    await share(chat, QUESTION)
    await admin.say("/inbox")
    await admin.press("Not for us")
    await admin.press("Make it live")
    await watch.look()
    assert watch.accepted.answers == ("*outside",)


async def test_one_can_be_deleted_or_set_aside(chat: Chat, admin: Chat, store: Store) -> None:
    await share(chat, QUESTION, "when do babies start teething")
    await admin.say("/inbox")
    assert "Deleted" in await admin.press("Delete")
    assert "1 of 1" in admin.seen[-1]
    assert "Kept" in await admin.press("Needs a new answer")
    assert await store.wordings.waiting() == []
    assert len(await store.wordings.aside()) == 1
    assert await store.wordings.accepted() == []


async def test_what_joined_meanwhile_is_shown_before_anything_is_done_with_it(
    chat: Chat, admin: Chat, store: Store
) -> None:
    await share(chat, QUESTION)
    await admin.say("/inbox")
    await store.wordings.keep(SECOND, "unknown", None, 0.0)
    assert SECOND in await admin.press("Delete")
    assert len(await store.wordings.waiting()) == 2
    assert "Deleted" in await admin.press("Delete")
    assert await store.wordings.waiting() == []


async def test_two_admins_at_once_do_no_harm(chat: Chat, admin: Chat, store: Store) -> None:
    await share(chat, QUESTION)
    await admin.say("/inbox")
    await store.wordings.drop([each.id for each in await store.wordings.waiting()])
    assert "dealt with already" in await admin.press("Delete")


async def test_nobody_else_has_an_inbox(chat: Chat, admin: Chat, store: Store) -> None:
    await share(chat, QUESTION)
    (waiting,) = await store.wordings.waiting()
    await chat.say("/inbox")
    assert QUESTION not in chat.seen[-1]
    await chat.person.press(chat.last.id, f"g:{waiting.id}")
    assert len(await store.wordings.waiting()) == 1
    assert admin.person.id != chat.person.id


async def test_without_a_store_it_is_said(admin: Chat, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    async def away() -> None:
        raise StoreError("away")

    monkeypatch.setattr(store.wordings, "waiting", away)
    await admin.say("/inbox")
    assert "do not answer just now" in admin.seen[-1]


def wording_of(chat: Chat) -> str:
    """The wording that the page shown last is about, as its buttons say."""
    data = next(button.data for row in chat.last.buttons for button in row if str(button.data).startswith("g:"))
    return str(data)[2:].partition("-")[0]
