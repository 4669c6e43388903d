"""The live bot as a process, against a strict Bot API server reached by TELEGRAM_API_URL."""

import asyncio
import os
import signal
import socket
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from bot.language import Understanding
from bot.preview.faults import Fault
from bot.preview.server import TOKEN, PretendTelegram
from bot.preview.web import Served, serve

ROOT = Path(__file__).parent.parent.parent
PATIENCE = 30.0  # seconds for a process to start on a slow machine

# The same bot, that waits less for what will not come.
HURRIED = """
from bot.commands.line import line
from bot.telegram import live
live.LAST_ANSWERS = 1.0
line()
"""

WRONG_TOKEN = "987654321:WRONG-WRONG-WRONG-WRONG-WRONG-WRONG-W"


@pytest.fixture
async def telegram() -> PretendTelegram:
    return PretendTelegram()


@pytest.fixture
async def served(telegram: PretendTelegram) -> AsyncIterator[Served]:
    served = await serve(telegram)
    yield served
    await served.stop()


@pytest.fixture
def home(tmp_path: Path, small_pack: Path) -> Path:
    """A working folder of its own, whose content is small: most of what is proven here does not depend on it."""
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "en").symlink_to(small_pack)
    return tmp_path


@pytest.fixture
def full_home(home: Path, understanding: Understanding) -> Path:
    """One with the project's own content, and the model that was learnt already."""
    (home / "content" / "en").unlink()
    (home / "content" / "en").symlink_to(ROOT / "content" / "en")
    (home / "model").symlink_to(ROOT / "data")
    return home


async def start(
    home: Path,
    served: Served,
    token: str | None = TOKEN,
    hurried: bool = False,
    command: str = "run",
    before: tuple[str, ...] = (),
    more: tuple[str, ...] = (),
    **settings: str,
) -> asyncio.subprocess.Process:
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        **({"TELEGRAM_BOT_TOKEN": token} if token else {}),
        "TELEGRAM_API_URL": served.api_url.removesuffix("/bot"),
        "LOG_LEVEL": "DEBUG",
        "METRICS_PORT": "0",
        **settings,
    }
    program = ("-c", HURRIED) if hurried else ("-m", "bot")
    return await asyncio.create_subprocess_exec(
        *before,
        sys.executable,
        *program,
        command,
        *more,
        cwd=home,
        env=environment,
        stderr=asyncio.subprocess.PIPE,
    )


async def ended(process: asyncio.subprocess.Process) -> tuple[int, str]:
    async with asyncio.timeout(PATIENCE):
        _, errors = await process.communicate()
    assert process.returncode is not None
    return process.returncode, errors.decode()


async def ready(telegram: PretendTelegram) -> None:
    async with asyncio.timeout(PATIENCE):
        while not any(call.method == "getUpdates" for call in telegram.calls):  # noqa: ASYNC110 - no event tells of calls
            await asyncio.sleep(0.05)


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


async def test_a_wrong_token_ends_with_a_clear_word(served: Served, home: Path) -> None:
    code, errors = await ended(await start(home, served, token=WRONG_TOKEN))
    assert code == 1
    assert "Telegram does not know this token." in errors
    assert "Traceback" not in errors
    assert WRONG_TOKEN not in errors


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


async def test_two_pollers_end_with_a_clear_word(telegram: PretendTelegram, served: Served, home: Path) -> None:
    conflict = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    telegram.fail("getUpdates", Fault(409, conflict), times=2)
    code, errors = await ended(await start(home, served, hurried=True))
    assert code == 1
    assert "already running this bot" in errors
    assert "Traceback" not in errors


async def test_a_database_that_can_not_be_opened_ends_with_a_clear_word(served: Served, home: Path) -> None:
    (home / "file").write_text("")
    code, errors = await ended(await start(home, served, DATABASE_URL=f"sqlite:///{home}/file/bot.db"))
    assert code == 1
    assert "DATABASE_URL" in errors
    assert "Traceback" not in errors


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


ENV_FILES = {
    "in quotes": 'TELEGRAM_BOT_TOKEN="{}"\n',
    "with spaces": "TELEGRAM_BOT_TOKEN = {}\n",
    "with a mark before it": "\ufeffTELEGRAM_BOT_TOKEN={}\n",
}


@pytest.mark.parametrize("kind", ENV_FILES)
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
    (full_home / "model").unlink()  # so that it learns, for longer than this test waits
    process = await start(full_home, served, before=("unshare", "--pid", "--fork"))
    child = await asyncio.to_thread(child_that_handles, process.pid, signal.SIGTERM)
    if child is None:
        pytest.skip("no process namespace can be made here")
    await asyncio.sleep(seconds)
    os.kill(child, signal.SIGTERM)
    async with asyncio.timeout(5):
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


async def test_a_socks_proxy_is_told_plainly(served: Served, home: Path) -> None:
    proxies = {"ALL_PROXY": "socks5://me:hunter2@127.0.0.1:1080", "TELEGRAM_API_URL": "https://api.telegram.org"}
    code, errors = await ended(await start(home, served, **proxies))
    assert code == 1
    assert "The proxy for Telegram is a SOCKS proxy (ALL_PROXY)" in errors
    assert "hunter2" not in errors
    assert "Traceback" not in errors


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


async def test_what_can_not_be_written_is_told_before_anything_is_learnt(served: Served, full_home: Path) -> None:
    (full_home / "model").unlink()
    (full_home / "data").write_text("")
    code, errors = await ended(await start(full_home, served))
    assert code == 1
    assert "Learning" not in errors
    assert "Traceback" not in errors


async def test_an_api_address_with_bot_in_it_is_refused_by_name(served: Served, home: Path) -> None:
    code, errors = await ended(await start(home, served, TELEGRAM_API_URL="http://127.0.0.1:8081/bot"))
    assert code == 1
    assert "TELEGRAM_API_URL ends in /bot, which the bot adds by itself: write http://127.0.0.1:8081" in errors


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
