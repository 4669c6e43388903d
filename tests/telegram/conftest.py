"""A chat with the real Application, over a pretend Telegram without a socket."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.delivery.albums import Albums
from bot.delivery.backoff import RetryPolicy
from bot.delivery.rate_limiter import Limits, Rate
from bot.preview.chats import ChatMessage
from bot.preview.people import Person
from bot.preview.server import TOKEN, PretendTelegram
from bot.preview.transport import PreviewRequest, connect
from bot.replies import Speaker
from bot.store import Store, open_store
from bot.telegram.application import Application, Wire, build_application

UNLIMITED = Limits(*[Rate(1000, 0.001)] * 3)
KEY = b"a key for tests only"


class Clock:
    """Seconds that pass only when a test says so."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Chat:
    """One person's side of a private conversation, and what they see."""

    def __init__(self, person: Person) -> None:
        self.person = person

    @property
    def seen(self) -> list[str]:
        """The bot's messages as they stand now, oldest first, as plain text."""
        return [message.text for message in self.person.replies]

    @property
    def last(self) -> ChatMessage:
        return self.person.replies[-1]

    async def say(self, text: str) -> list[str]:
        """Write something; the new messages that came back."""
        before = len(self.person.replies)
        await self.person.say(text)
        return self.seen[before:]

    async def press(self, label: str) -> str:
        """Press the newest button of that label; the last message as it stands then."""
        await self.person.press_label(label)
        return self.seen[-1]

    async def meet(self) -> "Chat":
        """Get the disclaimer out of the way."""
        await self.person.say("/start")
        return self


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def store(tables: Path, tmp_path: Path) -> AsyncIterator[Store]:
    """In a file: what is held in memory is lost with a call that is killed in the middle."""
    shutil.copyfile(tables, tmp_path / "bot.db")
    store = await open_store(f"sqlite:///{tmp_path / 'bot.db'}")
    yield store
    await store.close()


@pytest.fixture
def server() -> PretendTelegram:
    return PretendTelegram()


@pytest.fixture
async def application(
    speaker: Speaker, store: Store, clock: Clock, server: PretendTelegram
) -> AsyncIterator[Application]:
    """The bot behind it. Whatever a test does, it must break no rule of the Bot API."""
    wire = Wire(
        PreviewRequest(server),
        PreviewRequest(server),
        clock=clock,
        patience=RetryPolicy(0.0, 0.0, 0.0),
        limits=UNLIMITED,
        albums=Albums(0.05),
    )
    application = build_application(TOKEN, speaker, store, KEY, wire)
    connect(application, server)
    async with application:
        yield application
    assert server.violations == []
    assert server.unanswered() == ()


@pytest.fixture
def telegram(server: PretendTelegram, application: Application) -> PretendTelegram:
    """A pretend Telegram with the bot behind it."""
    assert application.bot
    return server


@pytest.fixture
def chat(telegram: PretendTelegram) -> Chat:
    """Somebody the bot has never met."""
    return Chat(telegram.person())
