"""A pretend Telegram in a process of its own, bots around it, and the questions whose answers are known."""

import asyncio
import contextlib
import itertools
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.content import Content
from bot.understanding import Understanding
from tests.delivery.database import fresh_database, url_of
from tests.delivery.processes import START_SECONDS, BotProcess, TelegramProcess
from tests.delivery.proxy import Proxy
from tests.delivery.stage import GLANCE, Telegram
from tests.delivery.tally import Expected, learnt
from tests.http import free_ports

LESSON = 15.0  # questions a second while the answers are learnt: a rate that nobody limits
PERSON_KEY = "a key that only these tests use"
WEBHOOK_URL, WEBHOOK_SECRET = "https://bot.example/telegram", "a-secret-that-only-these-tests-use"

REPLICAS = 3

StartBot = Callable[..., BotProcess]
NewProxy = Callable[[Sequence[int]], Proxy]


@pytest.fixture
async def telegram() -> AsyncIterator[Telegram]:
    process = TelegramProcess()
    try:
        await process.start()
        yield Telegram(process.addresses)
    finally:
        await process.clear_away()


@pytest.fixture
async def new_bot(telegram: Telegram, tmp_path: Path, understanding: Understanding) -> AsyncIterator[StartBot]:
    """Makes bots (not started), each in a folder of its own; whatever runs at the end is killed."""
    made: list[BotProcess] = []

    def new_bot(**environment: str) -> BotProcess:
        bot = BotProcess(
            tmp_path / f"bot-{len(made)}",
            {
                "TELEGRAM_BOT_TOKEN": telegram.token,
                "TELEGRAM_API_URL": telegram.api,
                "PERSON_KEY": PERSON_KEY,
                "METRICS_PORT": "0",  # off: several bots at once
                **environment,
            },
        )
        made.append(bot)
        return bot

    try:
        yield new_bot
    finally:
        for bot in made:
            await bot.clear_away()


@pytest.fixture
def database() -> Iterator[str]:
    with fresh_database() as name:
        yield name


@pytest.fixture
async def new_proxy() -> AsyncIterator[NewProxy]:
    made: list[Proxy] = []

    def new_proxy(ports: Sequence[int]) -> Proxy:
        made.append(Proxy(ports))
        return made[-1]

    try:
        yield new_proxy
    finally:
        for proxy in made:
            await proxy.stop()


@pytest.fixture
def questions(content: Content) -> tuple[str, ...]:
    """One for each entry, in the words of its own title."""
    return tuple(entry.question for entry in content.entries)


async def polling(telegram: Telegram, bot: BotProcess) -> None:
    """Start a bot and wait until it asks for updates."""
    before = (await telegram.state())["polls"]
    await bot.start()
    await telegram.until(lambda state: state["polls"] > before or not bot.is_running, START_SECONDS, "no poll came")
    assert bot.is_running, f"the bot ended at its start: {bot.log[-2000:]}"


@dataclass
class Replicas:
    """Several bots behind one webhook, with one database."""

    bots: list[BotProcess]
    ports: list[int]
    proxy: Proxy

    async def start(self) -> None:
        """All together, until each takes connections."""
        await asyncio.gather(*(bot.start() for bot in self.bots))
        await asyncio.gather(*map(self.listening, range(len(self.bots))))

    async def listening(self, number: int) -> None:
        """Wait until one of them takes connections."""
        bot = self.bots[number]
        async with asyncio.timeout(START_SECONDS):
            while bot.is_running:
                with contextlib.suppress(OSError):
                    _, writer = await asyncio.open_connection("127.0.0.1", self.ports[number])
                    writer.close()
                    return
                await asyncio.sleep(GLANCE)
        pytest.fail(f"replica {number} ended at its start: {bot.log[-2000:]}")


@pytest.fixture
async def replicas(telegram: Telegram, new_bot: StartBot, new_proxy: NewProxy, database: str) -> Replicas:
    """Three of them, not started."""
    ports = free_ports(REPLICAS)
    proxy = new_proxy(ports)
    await proxy.start()
    await telegram.relay(f"http://127.0.0.1:{proxy.port}")
    bots = [
        new_bot(
            DATABASE_URL=url_of(database),
            WEBHOOK_URL=WEBHOOK_URL,
            WEBHOOK_SECRET=WEBHOOK_SECRET,
            HOST="127.0.0.1",
            PORT=str(port),
        )
        for port in ports
    ]
    return Replicas(bots, ports, proxy)


async def learn(telegram: Telegram, questions: Sequence[str]) -> Expected:
    """Ask a running bot every question once, each by another person."""
    teachers = dict(zip(await telegram.people(len(questions)), questions, strict=True))
    said = (await telegram.state())["said"]
    await telegram.stream(list(teachers.items()), LESSON)
    await telegram.until(
        lambda state: state["said"] >= said + 2 * len(questions), 60.0, "the bot did not answer all questions"
    )
    return learnt(await telegram.ledger(), teachers)


def asks(people: Sequence[int], questions: Sequence[str], total: int) -> list[tuple[int, str]]:
    """So many questions, by everybody in turn; nobody asks the same twice."""
    each, rest = divmod(total, len(people))
    assert each + bool(rest) <= len(questions), "more questions a person than there are"
    rounds = ((person, text) for text in questions for person in people)
    return list(itertools.islice(rounds, total))
