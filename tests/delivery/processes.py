"""Processes that a test starts, and that never outlive it."""

import asyncio
import ctypes
import json
import os
import signal
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import IO

ROOT = Path(__file__).parents[2]
START_SECONDS = 60.0  # for a process to start on a slow machine with others at work
STOP_SECONDS = 20.0  # in which a process told to stop has to be gone
PR_SET_PDEATHSIG = 1  # from linux/prctl.h
LIBC = ctypes.CDLL(None)


def die_with_parent() -> None:
    """Runs in the child: should the tests be killed, nothing of theirs stays behind."""
    if sys.platform == "linux":
        LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


class BotProcess:
    """`python -m bot run` in a working folder of its own; its log is in the folder."""

    def __init__(self, home: Path, environment: Mapping[str, str]) -> None:
        self.home = home
        self._environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "CONTENT_DIR": str(ROOT / "content" / "en"),
            **environment,
        }
        self._process: asyncio.subprocess.Process | None = None
        self._log: IO[bytes] | None = None
        (home / "data").mkdir(parents=True, exist_ok=True)

    @property
    def log(self) -> str:
        """All that it and those before it in this folder said."""
        return (self.home / "log").read_text(encoding="utf-8", errors="replace")

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.returncode is None

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    async def start(self) -> None:
        self._log = (self.home / "log").open("ab")
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run",
            cwd=self.home, env=self._environment, stdin=asyncio.subprocess.DEVNULL,
            stdout=self._log, stderr=self._log, preexec_fn=die_with_parent,
        )  # fmt: skip

    async def kill(self) -> float:
        """SIGKILL, and the moment of it."""
        assert self._process is not None
        moment = time.monotonic()
        if self.is_running:
            self._process.kill()
            await self._process.wait()
        self._close()
        return moment

    async def stop(self) -> int:
        """SIGTERM, and the exit code. TimeoutError if it does not go."""
        assert self._process is not None
        if self.is_running:
            self._process.terminate()
        async with asyncio.timeout(STOP_SECONDS):
            code = await self._process.wait()
        self._close()
        return code

    async def clear_away(self) -> None:
        if self._process is not None:
            await self.kill()

    def _close(self) -> None:
        if self._log is not None:
            self._log.close()
            self._log = None


class TelegramProcess:
    """The pretend Telegram; `addresses` once it has started."""

    def __init__(self) -> None:
        self.addresses: dict[str, str] = {}
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "benchmarks.telegram",
            cwd=ROOT, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, preexec_fn=die_with_parent,
        )  # fmt: skip
        assert self._process.stdout is not None
        async with asyncio.timeout(START_SECONDS):
            self.addresses = json.loads(await self._process.stdout.readline())

    async def clear_away(self) -> None:
        if self._process is not None and self._process.returncode is None:
            self._process.kill()
            await self._process.wait()
