"""How the bot starts: which command, which settings, which key, and that it can be stopped at any moment."""

import asyncio
import os
import signal
import time
from pathlib import Path

import pytest

from bot.preview.server import PretendTelegram
from bot.preview.web import Served
from tests.http import free_port
from tests.live.conftest import PATIENCE, TOKEN, ended, ready, start

ENV_FILES = {
    "in quotes": 'TELEGRAM_BOT_TOKEN="{}"\n',
    "with spaces": "TELEGRAM_BOT_TOKEN = {}\n",
    "with a mark before it": "\ufeffTELEGRAM_BOT_TOKEN={}\n",
}


FIRST, *OTHERS = ENV_FILES


@pytest.mark.parametrize("kind", [FIRST, *(pytest.param(kind, marks=pytest.mark.long) for kind in OTHERS)])
async def test_a_token_in_env_however_it_is_written_makes_the_bot_go_live(
    telegram: PretendTelegram, served: Served, home: Path, kind: str
) -> None:
    (home / ".env").write_text(
        ENV_FILES[kind].format(TOKEN) + "ADMIN_ID=7\nDOMAIN=bot.example.org\n", encoding="utf-8", newline=""
    )
    process = await start(home, served, token=None, command="start")
    await ready(telegram)
    process.send_signal(signal.SIGTERM)
    code, errors = await ended(process)
    assert code == 0, errors
    assert errors.count("is no setting of this bot") == 1
    assert ".env: ADMIN_ID is no setting of this bot, did you mean ADMIN_IDS?" in errors


async def test_without_a_token_the_same_command_opens_the_preview(served: Served, home: Path) -> None:
    process = await start(home, served, token=None, command="start", PORT=str(free_port()))
    assert process.stderr
    async with asyncio.timeout(PATIENCE):
        while b"The preview is open at" not in await process.stderr.readline():
            assert process.returncode is None
    process.send_signal(signal.SIGTERM)
    assert (await ended(process))[0] == 0


@pytest.mark.parametrize("seconds", [0.05, 0.7])
async def test_as_process_1_it_heeds_a_sigterm_at_any_moment(served: Served, full_home: Path, seconds: float) -> None:
    """As in a container without an init: the kernel hands process 1 only signals that it has asked for."""
    process = await start(full_home, served, before=("unshare", "--pid", "--fork"))
    child = await asyncio.to_thread(child_that_handles, process.pid, signal.SIGTERM)
    if child is None:
        pytest.skip("no process namespace can be made here")
    await asyncio.sleep(seconds)
    os.kill(child, signal.SIGTERM)
    async with asyncio.timeout(30):
        code, errors = await ended(process)
    assert (code, "Traceback" in errors) == (0, False), errors


def child_that_handles(parent: int, number: int) -> int | None:
    """The child of a process, as soon as it handles a signal itself; None where it has none, or ends before."""
    children = Path(f"/proc/{parent}/task/{parent}/children")
    for _ in range(int(PATIENCE / 0.01)):
        time.sleep(0.01)
        try:
            for child in map(int, children.read_text().split()):
                status = Path(f"/proc/{child}/status").read_text()
                handled = next(line.split()[1] for line in status.splitlines() if line.startswith("SigCgt"))
                if int(handled, 16) >> (number - 1) & 1:
                    return child
        except OSError:
            return None
    return None


@pytest.mark.long
async def test_a_socks_proxy_is_told_plainly(served: Served, home: Path) -> None:
    proxies = {"ALL_PROXY": "socks5://me:hunter2@127.0.0.1:1080", "TELEGRAM_API_URL": "https://api.telegram.org"}
    code, errors = await ended(await start(home, served, **proxies))
    assert code == 1
    assert "The proxy for Telegram is a SOCKS proxy (ALL_PROXY)" in errors
    assert "hunter2" not in errors
    assert "Traceback" not in errors


@pytest.mark.long
async def test_a_restored_database_without_its_key_is_told_and_no_new_key_is_made(
    telegram: PretendTelegram, served: Served, home: Path
) -> None:
    process = await start(home, served)
    await ready(telegram)
    process.send_signal(signal.SIGTERM)
    assert (await ended(process))[0] == 0
    key = home / "data" / "person.key"
    kept = key.read_bytes()
    key.unlink()
    code, errors = await ended(await start(home, served))
    assert code == 1
    assert "this database belongs to another people's key: put the person.key (or PERSON_KEY) back" in errors
    assert not key.exists()
    code, errors = await ended(await start(home, served, PERSON_KEY="another key, long enough"))
    assert (code, "belongs to another people's key" in errors) == (1, True)
    key.write_bytes(kept)
    telegram.calls.clear()
    process = await start(home, served)
    await ready(telegram)
    process.send_signal(signal.SIGTERM)
    assert (await ended(process))[0] == 0


@pytest.mark.long
async def test_where_the_key_is_lost_one_may_start_over(telegram: PretendTelegram, served: Served, home: Path) -> None:
    await finished(telegram, await start(home, served))
    (home / "data" / "person.key").unlink()
    await finished(telegram, await start(home, served, more=("--start-over",)))
    await finished(telegram, await start(home, served))


async def finished(telegram: PretendTelegram, process: asyncio.subprocess.Process) -> None:
    """Wait until the bot is ready, then let it stop in order."""
    telegram.calls.clear()
    await ready(telegram)
    process.send_signal(signal.SIGTERM)
    assert (await ended(process))[0] == 0


@pytest.mark.long
async def test_what_can_not_be_written_is_told_before_anything_is_learnt(served: Served, full_home: Path) -> None:
    (full_home / "data").write_text("")
    code, errors = await ended(await start(full_home, served))
    assert code == 1
    assert "Learning" not in errors
    assert "Traceback" not in errors


@pytest.mark.long
async def test_an_api_address_with_bot_in_it_is_refused_by_name(served: Served, home: Path) -> None:
    code, errors = await ended(await start(home, served, TELEGRAM_API_URL="http://127.0.0.1:8081/bot"))
    assert code == 1
    assert "TELEGRAM_API_URL ends in /bot, which the bot adds by itself: write http://127.0.0.1:8081" in errors
