"""The webhook: who is let in, what they are told, and that no update is lost or answered twice."""

import asyncio
import json
from collections.abc import AsyncIterator
from ipaddress import ip_network
from typing import Any

import httpx
import pytest

from bot.preview.faults import Fault
from bot.preview.people import Person
from bot.preview.server import PretendTelegram
from bot.replies import Speaker
from bot.store import Store
from bot.telegram import webhook as module
from bot.telegram.application import Wire
from bot.telegram.origin import is_telegram
from bot.telegram.startup_errors import StartupError
from bot.telegram.webhook_server import WebhookConfig
from tests.telegram.conftest import UNLIMITED
from tests.telegram.house import QUICK, House, house_of

SECRET = "a-secret_of-Telegram"
PLACE = WebhookConfig("http://localhost:8443/hook", SECRET, "127.0.0.1", 0)
HEADERS = {"X-Telegram-Bot-Api-Secret-Token": SECRET, "Content-Type": "application/json"}
QUESTION = "is it normal to crawl backwards"


class Carrier:
    """Brings updates as a Bot API server does: one of a chat at a time, again until it is told 2xx."""

    def __init__(self, server: PretendTelegram, *houses: House) -> None:
        self.houses = houses
        self.statuses: list[int] = []
        self.again: list[str] = []
        self._queues: dict[int, asyncio.Queue[dict[str, Any]]] = {}
        self._tasks: list[asyncio.Task[None]] = []
        self._client = httpx.AsyncClient(timeout=60)
        self._turn = 0
        server.deliver_to(self._add)

    async def post(self, body: Any, headers: dict[str, str] | None = None, path: str = "/hook") -> httpx.Response:
        self._turn += 1
        house = self.houses[self._turn % len(self.houses)]
        assert isinstance(house.source, module.WebhookSource)
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        url = f"http://127.0.0.1:{house.source.port}{path}"
        return await self._client.post(url, content=content, headers=HEADERS if headers is None else headers)

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._client.aclose()

    async def _add(self, update: dict[str, Any]) -> None:
        said = update.get("message") or update.get("edited_message") or update["callback_query"]["message"]
        chat = said["chat"]["id"]
        if chat not in self._queues:
            self._queues[chat] = asyncio.Queue()
            self._tasks.append(asyncio.create_task(self._bring(self._queues[chat])))
        await self._queues[chat].put(update)

    async def _bring(self, queue: asyncio.Queue[dict[str, Any]]) -> None:
        while True:
            update = await queue.get()
            while True:
                try:
                    answer = await self.post(update)
                except httpx.HTTPError:
                    await asyncio.sleep(0.05)
                    continue
                self.statuses.append(answer.status_code)
                if answer.is_success:
                    break
                self.again.append(answer.headers["Retry-After"])
                await asyncio.sleep(0.05)


@pytest.fixture
def server() -> PretendTelegram:
    return PretendTelegram()


@pytest.fixture
async def house(server: PretendTelegram, speaker: Speaker, store: Store) -> AsyncIterator[House]:
    wire = Wire(patience=QUICK, limits=UNLIMITED, holder="one")
    async with house_of(server, speaker, store, wire, PLACE) as house:
        yield house
    assert server.violations == []


@pytest.fixture
async def carrier(server: PretendTelegram, house: House) -> AsyncIterator[Carrier]:
    carrier = Carrier(server, house)
    yield carrier
    await carrier.close()


async def met(server: PretendTelegram, name: str = "Maya") -> Person:
    person = server.person(name)
    await person.say("/start")
    await server.until(lambda: len(person.replies) == 2)
    return person


async def hook_of(server: PretendTelegram) -> dict[str, Any]:
    found: dict[str, Any] = (await server.call(server.token, "getWebhookInfo", {}))["result"]
    return found


async def test_a_conversation_goes_through_the_webhook(server: PretendTelegram, carrier: Carrier) -> None:
    maya = await met(server)
    await maya.say(QUESTION)
    await server.until(lambda: len(maya.replies) == 3)
    await maya.press_label("Menu")
    await server.until(lambda: maya.queries[-1].answered)
    assert set(carrier.statuses) == {200}


async def test_the_webhook_is_set_once_and_only_where_it_differs(
    server: PretendTelegram, house: House, speaker: Speaker, store: Store
) -> None:
    await house.calls("setWebhook")
    info = await hook_of(server)
    assert (info["url"], info["max_connections"]) == (PLACE.url, 100)
    assert info["allowed_updates"] == ["callback_query", "edited_message", "inline_query", "message", "my_chat_member"]
    assert next(call for call in server.calls if call.method == "setWebhook").parameters["secret_token"] == SECRET
    async with house_of(server, speaker, store, Wire(holder="two"), PLACE):
        await asyncio.sleep(0.05)
        assert not any(call.method == "setWebhook" for call in server.calls)


UPDATE = {"update_id": 1}
TURNED_AWAY: list[tuple[str, Any, dict[str, str], int]] = [
    ("a wrong secret", UPDATE, HEADERS | {"X-Telegram-Bot-Api-Secret-Token": "no"}, 403),
    ("no secret", UPDATE, {"Content-Type": "application/json"}, 403),
    (
        "a wrong secret and no JSON",
        b"{",
        {"X-Telegram-Bot-Api-Secret-Token": "no"},
        403,
    ),
    ("another type", UPDATE, HEADERS | {"Content-Type": "text/plain"}, 415),
    ("no JSON", b"{", HEADERS, 400),
    ("not UTF-8", b"\xff\xfe", HEADERS, 400),
    ("no object", [1], HEADERS, 400),
    ("no number", {}, HEADERS, 400),
    ("a number that is none", {"update_id": "1"}, HEADERS, 400),
    ("too deep", b"[" * 100_000, HEADERS, 400),
]


@pytest.mark.parametrize(
    ("body", "headers", "status"), [each[1:] for each in TURNED_AWAY], ids=[each[0] for each in TURNED_AWAY]
)
async def test_who_is_not_telegram_is_turned_away_and_told_nothing(
    carrier: Carrier, body: Any, headers: dict[str, str], status: int
) -> None:
    answer = await carrier.post(body, headers)
    assert (answer.status_code, answer.content) == (status, b"")
    assert "Server" not in answer.headers


async def test_more_than_a_megabyte_is_not_read(carrier: Carrier) -> None:
    try:
        answer = await carrier.post(b" " * (1024 * 1024 + 1))
    except httpx.HTTPError:
        return  # the line is cut while we still write
    assert answer.status_code == 413


async def test_other_methods_and_addresses_are_turned_away(carrier: Carrier, house: House) -> None:
    assert isinstance(house.source, module.WebhookSource)
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{house.source.port}") as client:
        assert (await client.get("/hook", headers=HEADERS)).status_code == 405
        assert (await client.put("/hook", headers=HEADERS)).status_code == 405
        for path in ("/", "/hook/", "/hooks", "/metrics", "/..%2fhook"):
            assert (await client.post(path, headers=HEADERS, content="{}")).status_code == 404


async def test_an_update_that_can_not_be_read_is_not_brought_again(carrier: Carrier) -> None:
    assert (await carrier.post({"update_id": 7, "message": {"strange": True}})).status_code == 200
    assert (await carrier.post({"update_id": 8, "something_new": {}})).status_code == 200


async def test_an_update_brought_twice_is_answered_once(
    server: PretendTelegram, house: House, carrier: Carrier
) -> None:
    maya = await met(server)
    kept: list[dict[str, Any]] = []

    async def keep(update: dict[str, Any]) -> None:
        kept.append(update)

    server.deliver_to(keep)
    await maya.say(QUESTION)
    house.request.gates[maya.id] = asyncio.Event()
    twice = [asyncio.create_task(carrier.post(kept[0])) for _ in range(3)]
    await asyncio.sleep(0.1)
    house.request.gates[maya.id].set()
    assert [(await each).status_code for each in twice] == [200, 200, 200]
    assert (await carrier.post(kept[0])).status_code == 200
    assert len(maya.replies) == 3


async def test_what_takes_too_long_is_brought_again_and_answered_once(
    server: PretendTelegram, house: House, carrier: Carrier, monkeypatch: pytest.MonkeyPatch
) -> None:
    maya = await met(server)
    monkeypatch.setattr(module, "WAIT", 0.1)
    house.request.gates[maya.id] = asyncio.Event()
    await maya.say(QUESTION)
    async with asyncio.timeout(30):
        while 503 not in carrier.statuses:  # noqa: ASYNC110 - no event tells
            await asyncio.sleep(0.01)
    house.request.gates[maya.id].set()
    await server.until(lambda: len(maya.replies) == 3)
    await asyncio.sleep(0.1)
    assert len(maya.replies) == 3
    assert carrier.statuses[-1] == 200
    assert set(carrier.again) == {"2"}


async def test_a_question_in_hand_when_the_bot_stops_is_answered_by_the_next(
    server: PretendTelegram, house: House, carrier: Carrier
) -> None:
    maya = await met(server)
    async with asyncio.timeout(30):
        while len(house.bot.dispatcher):  # noqa: ASYNC110 - until the greeting is noted, too; no event tells
            await asyncio.sleep(0.01)
    server.fail("sendMessage", Fault(502), times=10_000)
    await maya.say(QUESTION)
    async with asyncio.timeout(30):
        while not len(house.bot.dispatcher):  # noqa: ASYNC110 - no event tells
            await asyncio.sleep(0.01)
    await house.kill()
    server.recover()
    await house.start()
    await server.until(lambda: len(maya.replies) == 3)


async def test_copies_of_the_bot_share_the_work_and_nothing_is_answered_twice(
    server: PretendTelegram, house: House, speaker: Speaker, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "WAIT", 0.1)
    wire = Wire(patience=QUICK, limits=UNLIMITED, holder="two")
    async with house_of(server, speaker, store, wire, PLACE) as other:
        carrier = Carrier(server, house, other)
        people = [await met(server, f"Person {number}") for number in range(6)]
        for gates in (house.request.gates, other.request.gates):
            gates[people[0].id] = asyncio.Event()
        for _ in range(4):
            for person in people:
                await person.say(QUESTION)
        await server.until(lambda: all(len(person.replies) == 6 for person in people[1:]))
        await asyncio.sleep(0.3)  # both copies were brought the first person's question by now
        for gates in (house.request.gates, other.request.gates):
            gates[people[0].id].set()
        await server.until(lambda: len(people[0].replies) == 6)
        await carrier.close()
        assert all(len(person.replies) == 6 for person in people)
        assert house.bot.metrics.answered
        assert other.bot.metrics.answered


async def test_when_there_is_no_room_telegram_is_asked_to_come_again_but_an_emergency_is_let_in(
    server: PretendTelegram, house: House, carrier: Carrier, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = [await met(server, f"Person {number}") for number in range(4)]
    async with asyncio.timeout(30):
        while len(house.bot.dispatcher):  # noqa: ASYNC110 - no event tells
            await asyncio.sleep(0.01)
    monkeypatch.setattr("bot.delivery.dispatcher.MOST", 2)
    for person in people[:2]:
        house.request.gates[person.id] = asyncio.Event()
        await person.say(QUESTION)
    async with asyncio.timeout(30):
        while len(house.bot.dispatcher) < 2:  # noqa: ASYNC110 - no event tells
            await asyncio.sleep(0.01)
    await people[2].say(QUESTION)
    await people[3].say("my baby is not breathing")
    await server.until(lambda: len(people[3].replies) == 3)
    assert len(people[2].replies) == 2
    for gate in house.request.gates.values():
        gate.set()
    await server.until(lambda: all(len(person.replies) == 3 for person in people))
    assert 503 in carrier.statuses


async def test_a_port_that_is_taken_ends_the_bot_with_a_clear_word(
    server: PretendTelegram, house: House, speaker: Speaker, store: Store
) -> None:
    assert isinstance(house.source, module.WebhookSource)
    taken = WebhookConfig(PLACE.url, SECRET, "127.0.0.1", house.source.port)
    other = House(server, speaker, store, Wire(holder="two"), taken)
    with pytest.raises(StartupError, match=r"HOST 127\.0\.0\.1 and PORT \d+ can't be listened on"):
        async with asyncio.timeout(30):
            await other.start_and_end()


async def test_an_address_that_telegram_refuses_ends_the_bot_with_a_clear_word(
    server: PretendTelegram, speaker: Speaker, store: Store
) -> None:
    server.fail("setWebhook", Fault(400, "Bad Request: bad webhook: HTTPS url must be provided for webhook"))
    other = House(server, speaker, store, Wire(holder="two"), PLACE)
    with pytest.raises(StartupError, match="Telegram does not take WEBHOOK_URL"):
        async with asyncio.timeout(30):
            await other.start_and_end()


PROXIES = (ip_network("127.0.0.1"), ip_network("10.0.0.0/8"))


@pytest.mark.parametrize(
    ("peer", "forwarded", "proxies", "trusted"),
    [
        ("149.154.167.220", "", (), True),
        ("91.108.4.1", "", (), True),
        ("91.108.8.1", "", (), False),
        ("127.0.0.1", "149.154.167.220", PROXIES, True),
        ("127.0.0.1", "149.154.167.220", (), False),
        ("127.0.0.1", "149.154.167.220, 10.1.2.3", PROXIES, True),
        ("127.0.0.1", "149.154.167.220, 8.8.8.8", PROXIES, False),
        ("8.8.8.8", "149.154.167.220", PROXIES, False),
        ("127.0.0.1", "nonsense", PROXIES, False),
        ("127.0.0.1", "", PROXIES, False),
        ("::ffff:149.154.167.220", "", (), True),
    ],
)
def test_only_what_trusted_proxies_vouch_for_is_believed(
    peer: str, forwarded: str, proxies: tuple[Any, ...], trusted: bool
) -> None:
    assert is_telegram(peer, forwarded, proxies) is trusted
