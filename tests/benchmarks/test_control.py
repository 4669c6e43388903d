"""The pretend Telegram as a process: orders in, ledger out; trouble by chance."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.preview.faults import Fault, Faults, Trouble

pytestmark = pytest.mark.long
ROOT = Path(__file__).parents[2]


class Process:
    """`python -m benchmarks.telegram` and a way to talk to both of its ports."""

    def __init__(self, process: asyncio.subprocess.Process, addresses: dict[str, str]) -> None:
        self.process = process
        self.addresses = addresses
        self.http = httpx.AsyncClient(timeout=10)

    async def bot(self, method: str, **parameters: Any) -> dict[str, Any]:
        address = f"{self.addresses['api']}/bot{self.addresses['token']}/{method}"
        found: dict[str, Any] = (await self.http.post(address, json=parameters)).json()
        return found

    async def order(self, order: str, **given: Any) -> httpx.Response:
        return await self.http.post(f"{self.addresses['control']}/{order}", json=given)

    async def look(self, what: str) -> Any:
        return (await self.http.get(f"{self.addresses['control']}/{what}")).json()


@pytest.fixture
async def telegram() -> AsyncIterator[Process]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "benchmarks.telegram",
        cwd=ROOT, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdin is not None
    async with asyncio.timeout(60):
        found = Process(process, json.loads(await process.stdout.readline()))
    yield found
    await found.http.aclose()
    process.stdin.close()  # the end of its standard input is the end of it
    async with asyncio.timeout(30):
        assert await process.wait() == 0


async def test_questions_and_answers_stand_in_the_ledger(telegram: Process) -> None:
    ann, ben = (await telegram.order("people", count=2)).json()
    await telegram.order("ask", asks=[[ann, "hello"], [ben, "who are you?"]])
    updates = (await telegram.bot("getUpdates"))["result"]
    assert [update["message"]["text"] for update in updates] == ["hello", "who are you?"]
    await telegram.bot("sendMessage", chat_id=ann, text="<b>Hi</b>", parse_mode="HTML")
    await telegram.bot("sendMessage", chat_id=ann, text="<b>Hi", parse_mode="HTML")
    ledger = await telegram.look("ledger")
    assert [line[2:] for line in ledger["asked"]] == [
        [ann, 1, "hello", "message"],
        [ben, 1, "who are you?", "message"],
    ]
    assert [line[1:] for line in ledger["called"]] == [
        ["sendMessage", ann, 2, "Hi", 200, True],
        ["sendMessage", ann, 0, "", 400, False],
    ]
    state = await telegram.look("state")
    assert (state["asked"], state["said"], state["waiting"], state["polls"]) == (2, 1, 2, 1)
    assert len(state["violations"]) == 1


async def test_questions_come_at_their_rate_whether_or_not_anybody_answers(telegram: Process) -> None:
    [ann] = (await telegram.order("people", count=1)).json()
    await telegram.order("stream", asks=[[ann, f"question {number}"] for number in range(10)], rate=100)
    async with asyncio.timeout(30):
        while (await telegram.look("state"))["streaming"]:  # noqa: ASYNC110 - another process's state
            await asyncio.sleep(0.02)
    due = [line[0] for line in (await telegram.look("ledger"))["asked"]]
    assert [round(later - due[0], 3) for later in due] == [number / 100 for number in range(10)]


async def test_presses_spin_until_they_are_answered(telegram: Process) -> None:
    [ann] = (await telegram.order("people", count=1)).json()
    await telegram.order("ask", asks=[[ann, "hello"]])
    keyboard = {"inline_keyboard": [[{"text": "Menu", "callback_data": "m"}]]}
    await telegram.bot("sendMessage", chat_id=ann, text="Hi", reply_markup=keyboard)
    await telegram.order("press", asks=[[ann, "Menu"]])
    await telegram.order("press", asks=[[ann, ""]])
    assert (await telegram.look("state"))["spinning"] == 2
    query = (await telegram.bot("getUpdates"))["result"][-1]["callback_query"]
    assert query["data"] == "m"
    await telegram.bot("answerCallbackQuery", callback_query_id=query["id"])
    assert (await telegram.look("state"))["spinning"] == 1


async def test_trouble_is_seen_by_the_bot_and_noted(telegram: Process) -> None:
    ann, ben = (await telegram.order("people", count=2)).json()
    await telegram.order("ask", asks=[[ann, "hello"], [ben, "hello"]])
    await telegram.order("trouble", fault={"code": 429, "retry_after": 3}, chat=ann)
    await telegram.order("trouble", fault={"code": None, "done": True}, methods=["sendMessage"], times=1)
    refused = await telegram.bot("sendMessage", chat_id=ann, text="Hi")
    assert (refused["error_code"], refused["parameters"]) == (429, {"retry_after": 3})
    with pytest.raises(httpx.RemoteProtocolError):
        await telegram.bot("sendMessage", chat_id=ben, text="lost on the way back")
    assert (await telegram.bot("sendMessage", chat_id=ben, text="heard"))["ok"]
    await telegram.order("recover")
    await telegram.order("trouble", fault={"code": None, "reset": True}, methods=["getMe"])
    with pytest.raises(httpx.ReadError):
        await telegram.bot("getMe")
    called = (await telegram.look("ledger"))["called"]
    assert [(line[1], line[4], line[5], line[6]) for line in called] == [
        ("sendMessage", "", 429, False),
        ("sendMessage", "lost on the way back", None, True),
        ("sendMessage", "heard", 200, True),
        ("getMe", "", None, False),
    ]


async def test_an_order_that_makes_no_sense_is_refused(telegram: Process) -> None:
    assert (await telegram.order("ask", asks=[[1, "from nobody"]])).status_code == 400
    assert (await telegram.order("dance")).status_code == 404
    stranger = await telegram.http.get(f"{telegram.addresses['control']}/state", headers={"Host": "example.com"})
    assert stranger.status_code == 403


def test_trouble_hits_its_share_of_the_calls_and_the_same_ones_every_time() -> None:
    def hits() -> list[bool]:
        faults = Faults()
        faults.trouble(Trouble(Fault(500), frozenset({"sendmessage"}), share=0.25))
        return [faults.take("sendMessage", 1) is not None for _ in range(1000)]

    assert 200 < sum(hits()) < 300
    assert hits() == hits()


def test_trouble_ends_after_so_many_times_and_leaves_other_methods_alone() -> None:
    faults = Faults()
    faults.trouble(Trouble(Fault(500), frozenset({"sendmessage"}), times=2))
    assert faults.take("getMe") is None
    assert [faults.take("sendMessage") is not None for _ in range(3)] == [True, True, False]
