"""The live bot answers, is killed, stops in order, behind polling and a webhook: as a process, from outside."""

import asyncio
import json
import os
import signal
import sys
from pathlib import Path

import httpx
import pytest

from bot.preview.faults import Fault
from bot.preview.server import PretendTelegram
from bot.preview.web import Served
from tests.http import free_port
from tests.live.conftest import PATIENCE, ROOT, TOKEN, WRONG_TOKEN, ended, ready, start


@pytest.mark.long
async def test_a_whole_conversation_breaks_no_rule_and_a_restart_forgets_nothing(
    telegram: PretendTelegram, served: Served, full_home: Path
) -> None:
    home = full_home
    process = await start(home, served)
    await ready(telegram)
    mother = telegram.person("Maya")
    await mother.start()
    await telegram.until(lambda: len(mother.replies) == 2)
    for number, said in enumerate(
        ["my lo only goes in reverse, 8 months, normal??", "/menu", "he is not breathing", "/privacy"], 3
    ):
        await mother.say(said)
        await telegram.until(lambda number=number: len(mother.replies) == number)
    await mother.press_label("Menu")
    await telegram.until(lambda: mother.queries[-1].answered)
    process.send_signal(signal.SIGTERM)
    code, errors = await ended(process)
    assert code == 0, errors
    assert TOKEN not in errors
    assert "reverse" not in errors
    assert (home / "data" / "bot.db").exists()
    assert (home / "data" / "person.key").stat().st_mode & 0o777 == 0o600

    set_before = sum(call.method.startswith("setMy") for call in telegram.calls)
    telegram.calls.clear()
    process = await start(home, served)
    await ready(telegram)
    await mother.say("how long does it last?")
    await telegram.until(lambda: len(mother.replies) == 7)
    assert "How long" in mother.replies[-1].text
    process.send_signal(signal.SIGINT)
    assert (await ended(process))[0] == 0
    assert set_before >= 4
    assert not any(call.method.startswith("setMy") for call in telegram.calls)
    assert telegram.violations == []
    assert telegram.unanswered() == ()


@pytest.mark.long
async def test_whoever_runs_it_sees_how_it_is_used_in_telegram_and_on_the_command_line(
    telegram: PretendTelegram, served: Served, home: Path
) -> None:
    ada = telegram.person("Ada")
    process = await start(home, served, ADMIN_IDS=str(ada.id))
    await ready(telegram)
    await ada.start()
    await telegram.until(lambda: len(ada.replies) == 2)
    for number, said in enumerate(["is it normal to crawl backwards", "/report", "/digest"], 3):
        await ada.say(said)
        await telegram.until(lambda number=number: len(ada.replies) == number)
    report, digest = (message.text for message in ada.replies[-2:])
    assert report.startswith("The last 7 days\nPeople: 1 a day, 1 since Monday\n\nQuestions: 1\nanswered: 1")
    assert digest.startswith("On.")
    process.send_signal(signal.SIGTERM)
    code, errors = await ended(process)
    assert (code, telegram.violations) == (0, []), errors
    command = [sys.executable, "-m", "bot", "report", "--json"]
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    asked = await asyncio.create_subprocess_exec(*command, cwd=home, env=environment, stdout=asyncio.subprocess.PIPE)
    told = json.loads((await asked.communicate())[0])
    assert [(each["questions"], each["answered"], each["danger"]) for each in told["days"]] == [(1, 1, 0)]
    assert [(each["entry"], each["shown"]) for each in told["entries"]] == [("backwards", 1)]
    assert told["more_by_day"][0]["people"] == 1


async def test_a_wrong_token_ends_with_a_clear_word(served: Served, home: Path) -> None:
    code, errors = await ended(await start(home, served, token=WRONG_TOKEN))
    assert code == 1
    assert "Telegram does not know this token." in errors
    assert "Traceback" not in errors
    assert WRONG_TOKEN not in errors


@pytest.mark.long
async def test_a_token_withdrawn_while_running_ends_with_a_clear_word(
    telegram: PretendTelegram, served: Served, home: Path
) -> None:
    process = await start(home, served)
    await ready(telegram)
    telegram.fail("getUpdates", Fault(401, "Unauthorized"), times=5)
    await telegram.person().say("hello")
    code, errors = await ended(process)
    assert code == 1
    assert "Telegram does not know this token." in errors


@pytest.mark.long
async def test_two_pollers_end_with_a_clear_word(telegram: PretendTelegram, served: Served, home: Path) -> None:
    conflict = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    telegram.fail("getUpdates", Fault(409, conflict), times=2)
    code, errors = await ended(await start(home, served, hurried=True))
    assert code == 1
    assert "already running this bot" in errors
    assert "Traceback" not in errors


@pytest.mark.long
async def test_a_database_that_can_not_be_opened_ends_with_a_clear_word(served: Served, home: Path) -> None:
    (home / "file").write_text("")
    code, errors = await ended(await start(home, served, DATABASE_URL=f"sqlite:///{home}/file/bot.db"))
    assert code == 1
    assert "DATABASE_URL" in errors
    assert "Traceback" not in errors


@pytest.mark.long
async def test_a_bot_that_is_killed_with_questions_in_hand_loses_none_and_answers_none_twice(
    telegram: PretendTelegram, served: Served, home: Path
) -> None:
    process = await start(home, served)
    await ready(telegram)
    people = [telegram.person(f"Person {number}") for number in range(8)]
    for person in people:
        await person.start()
    await telegram.until(lambda: all(len(person.replies) == 2 for person in people), PATIENCE)
    telegram.fail("sendMessage", Fault(502), times=10_000)
    for person in people:
        await person.say("is it normal to crawl backwards")
    await asyncio.sleep(0.5)
    process.kill()
    await ended(process)
    telegram.recover()
    process = await start(home, served)
    await telegram.until(lambda: all(len(person.replies) == 3 for person in people), PATIENCE)
    process.send_signal(signal.SIGTERM)
    assert (await ended(process))[0] == 0
    assert all(len(person.replies) == 3 for person in people)
    assert len(telegram.world.updates) == 0


@pytest.mark.long
async def test_a_bot_that_is_told_to_stop_while_telegram_is_down_ends_in_time_and_loses_nothing(
    telegram: PretendTelegram, served: Served, home: Path
) -> None:
    process = await start(home, served, hurried=True)
    await ready(telegram)
    maya = telegram.person("Maya")
    telegram.fail("sendMessage", Fault(502), times=10_000)
    await maya.say("is it normal to crawl backwards")
    await asyncio.sleep(0.5)
    process.send_signal(signal.SIGTERM)
    async with asyncio.timeout(20):
        code, errors = await ended(process)
    assert code == 0
    assert "1 updates could not be answered" in errors
    assert len(telegram.world.updates) == 1


async def test_the_bot_runs_behind_a_webhook_and_tells_how_it_is(
    telegram: PretendTelegram, served: Served, home: Path
) -> None:
    port, figures = free_port(), free_port()
    url = f"http://127.0.0.1:{port}/telegram"
    process = await start(
        home, served, WEBHOOK_URL=url, WEBHOOK_SECRET="secret", PORT=str(port), METRICS_PORT=str(figures)
    )
    async with asyncio.timeout(PATIENCE):
        while not any(call.method == "setWebhook" for call in telegram.calls):  # noqa: ASYNC110 - no event
            await asyncio.sleep(0.05)
    headers = {"X-Telegram-Bot-Api-Secret-Token": "secret"}
    async with httpx.AsyncClient() as client:

        async def bring(update: dict[str, object]) -> None:
            assert (await client.post(url, json=update, headers=headers, timeout=30)).status_code == 200

        telegram.deliver_to(bring)
        maya = telegram.person("Maya")
        await maya.start()
        await maya.say("is it normal to crawl backwards")
        assert len(maya.replies) == 3
        ready = await client.get(f"http://127.0.0.1:{figures}/readyz")
        assert (ready.status_code, ready.json()["ready"]) == (200, True)
    process.send_signal(signal.SIGTERM)
    code, errors = await ended(process)
    assert code == 0, errors
    assert "Traceback" not in errors


async def test_a_database_out_of_reach_is_told_and_parents_are_answered(
    telegram: PretendTelegram, served: Served, home: Path
) -> None:
    pytest.importorskip("psycopg", reason="the postgres extra is not installed")
    process = await start(home, served, DATABASE_URL="postgresql://me:hunter2@127.0.0.1:1/bot")
    maya = telegram.person("Maya")
    await maya.start()
    await telegram.until(lambda: len(maya.replies) == 2, PATIENCE)
    process.send_signal(signal.SIGTERM)
    code, errors = await ended(process)
    assert code == 0
    assert "the store can't be opened" in errors
    assert "hunter2" not in errors
