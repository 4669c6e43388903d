"""The live bot as a process, against a strict Bot API server reached by TELEGRAM_API_URL."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.preview.server import TOKEN, PretendTelegram
from bot.preview.web import Served, serve
from bot.understanding import Understanding

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
    """One with the project's own content, of which what was learnt ships with the project."""
    (home / "content" / "en").unlink()
    (home / "content" / "en").symlink_to(ROOT / "content" / "en")
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
