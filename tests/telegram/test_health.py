"""What the bot tells those who watch over it, and nobody else."""

from collections.abc import AsyncIterator

import httpx
import pytest

from bot.operation.health import Health
from bot.operation.reload import Reloader, state_of
from bot.operation.status import Status
from bot.preview.server import PretendTelegram
from bot.replies import Speaker
from bot.store import Store
from bot.telegram.conversation import Admins
from tests.conftest import ROOT
from tests.telegram.conftest import Chat
from tests.telegram.house import House, house_of
from tests.telegram.test_polling import meet, until

CONTENT = ROOT / "content" / "en"


@pytest.fixture
def server() -> PretendTelegram:
    return PretendTelegram()


@pytest.fixture
async def house(server: PretendTelegram, speaker: Speaker, store: Store) -> AsyncIterator[House]:
    async with house_of(server, speaker, store) as house:
        yield house


@pytest.fixture
async def status(house: House) -> Status:
    async def ignore(_: Speaker) -> None: ...

    reloader = Reloader(CONTENT, ROOT / "data", state_of(CONTENT), ignore, lambda _: None)
    return Status(house.bot, house.source, reloader, "polling")


@pytest.fixture
async def health(house: House, status: Status) -> AsyncIterator[httpx.AsyncClient]:
    health = Health("127.0.0.1", 0, house.bot.metrics, status.checks)
    await health.start()
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{health.port}") as client:
        yield client
    await health.stop()


async def test_a_bot_that_answers_is_alive_and_ready(health: httpx.AsyncClient, server: PretendTelegram) -> None:
    await meet(server, "Maya")
    assert (await health.get("/healthz")).text == "ok\n"
    ready = await health.get("/readyz")
    assert (ready.status_code, ready.json()) == (200, {"ready": True, "not_ready": []})


async def test_a_store_that_is_down_and_a_telegram_out_of_reach_are_named(
    health: httpx.AsyncClient, house: House, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    await until(lambda: house.source.reached_at >= 0)
    monkeypatch.setattr("bot.operation.status.LATELY", -1.0)
    house.bot.breaker.open()
    ready = await health.get("/readyz")
    assert (ready.status_code, ready.json()) == (503, {"ready": False, "not_ready": ["store", "telegram"]})
    assert (await health.get("/healthz")).status_code == 200


async def test_the_figures_tell_what_happened_and_of_nobody(health: httpx.AsyncClient, server: PretendTelegram) -> None:
    (maya,) = await meet(server, "Maya")
    await maya.say("is it normal to crawl backwards")
    await maya.say("she is not breathing")
    await server.until(lambda: len(maya.replies) == 4)
    await until(lambda: len(server.world.updates) == 0)
    page = (await health.get("/metrics")).text
    for line in (
        'bot_updates_total{kind="message"} 3.0',
        'bot_replies_total{kind="answer",level="none"} 1.0',
        'bot_replies_total{kind="triage",level="emergency"} 1.0',
        "bot_confidence_count 1.0",
        "bot_latency_seconds_count 3.0",
        "bot_in_hand 0.0",
        "bot_store_up 1.0",
    ):
        assert f"{line}\n" in page
    assert str(maya.id) not in page
    assert (await health.get("/")).status_code == 404
    assert (await health.post("/metrics")).status_code == 405


async def test_a_port_that_is_taken_is_told_and_stops_nothing(
    health: httpx.AsyncClient, house: House, status: Status, caplog: pytest.LogCaptureFixture
) -> None:
    other = Health("127.0.0.1", int(health.base_url.port or 0), house.bot.metrics, status.checks)
    await other.start()
    assert f"METRICS_HOST 127.0.0.1 and METRICS_PORT {health.base_url.port} can't be listened on" in caplog.text
    await other.stop()


async def test_an_admin_is_told_how_the_bot_is_in_private_and_nobody_else_is(
    house: House, server: PretendTelegram, status: Status
) -> None:
    maya, noor = await meet(server, "Maya", "Noor")
    house.bot.conversation.admins = Admins((maya.id,), status.told)
    group = server.group("Baby group", hears_all=True)
    await group.add(maya)
    await maya.say("/status")
    await noor.say("/status")
    await maya.say("/status@preview_bot", chat=group)
    await server.until(lambda: len(maya.replies) == len(noor.replies) == 3 and len(group.replies) >= 1)
    told = maya.replies[2].text
    assert told.startswith("Status\nVersion ")
    assert "Mode: polling, running for 0 d 0 h 0 min" in told
    assert "{" not in told
    assert not noor.replies[2].text.startswith("Status")
    assert not group.replies[-1].text.startswith("Status")


async def test_a_broken_danger_check_is_logged_counted_and_answered_with_the_warning_signs(
    house: House,
    server: PretendTelegram,
    speaker: Speaker,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    (maya,) = await meet(server, "Maya")

    def broken(*_: object) -> None:
        raise RuntimeError("secret words of a parent")

    monkeypatch.setattr(speaker._understanding._danger, "find", broken)
    await Chat(maya).person.say("is it normal to crawl backwards")
    await server.until(lambda: len(maya.replies) == 3)
    assert "the danger check broke" in caplog.text
    assert "secret words" not in caplog.text
    assert b"bot_check_failures_total 1.0" in house.bot.metrics.page()
