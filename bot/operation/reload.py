"""A content folder that changes while the bot runs: learnt in another process, then taken over."""

import asyncio
import contextlib
import logging
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

from bot.content import load_content
from bot.content.loader import digest_of, files_of
from bot.operation.abroad_store import understanding_of
from bot.operation.model_store import kept_model
from bot.replies import Speaker

log = logging.getLogger(__name__)

LOOK = 2.0  # seconds between looks at the folder
AGAIN = 30.0  # seconds until a change is tried again that could not even be looked at
LEARNING = 900.0  # seconds that checking and learning may take; some sixty are usual
SHOWN = 20  # lines of mistakes that are logged
TRACEBACK = "Traceback (most recent call last):"  # only the last line below it tells anybody anything

FolderState = tuple[tuple[str, int, int], ...]


class NotLearnt(Exception):
    """What the other process learnt is not there to be read."""


class Reloader:
    """Watches a folder; hands over a new Speaker when a change in it is sound.

    `error` tells why the last change was not taken over, `digest` what is spoken now, `taken` how often one was.
    """

    def __init__(
        self,
        folder: Path,
        data: Path,
        state: FolderState | None,
        take_over: Callable[[Speaker], Awaitable[None]],
        count: Callable[[str], None],
    ) -> None:
        """`state` is the folder's at the time it was read, None where it is not learnt yet: then it is learnt at once.
        `count` is told "taken" or "refused"."""
        self._folder = folder
        self._data = data
        self._state = state
        self._take_over = take_over
        self._count = count
        self.digest = digest_of(folder)
        self.error = ""
        self.taken = 0

    async def watch(self) -> None:
        """For ever, until cancelled."""
        while True:
            found = await changed_state(self._folder, self._state, LOOK)
            try:
                await self._reload()
            except OSError as error:  # no memory, or no process, to be had just now
                self.error = f"the check could not be started ({error.strerror})"
                log.error("the changed content is not read: %s. It is tried again in %.0f s", self.error, AGAIN)
                await asyncio.sleep(AGAIN)
            else:
                self._state = found

    async def _reload(self) -> None:
        log.info("the content has changed: it is checked and learnt")
        digest = digest_of(self._folder)
        self.error = await self._learn()
        if not self.error:
            try:
                speaker = await asyncio.to_thread(self._open)
            except Exception as error:  # noqa: BLE001 - whatever it is, the bot must go on with what it has
                self.error = f"{type(error).__name__}: {error}"
        if self.error:
            self._count("refused")
            log.error("the changed content is not taken over, the last good one stays:\n%s", self.error)
            return
        await self._take_over(speaker)
        self.digest = digest
        self.taken += 1
        self._count("taken")
        log.info("the changed content is spoken from now on")

    async def _learn(self) -> str:
        """Check and learn in a process of its own: it takes all of a core. What was wrong, if anything."""
        command = (sys.executable, "-m", "bot", "check", "--learn", "--content", str(self._folder))
        process = await asyncio.create_subprocess_exec(
            *command, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE
        )
        try:
            async with asyncio.timeout(LEARNING):
                _, told = await process.communicate()
        except TimeoutError:
            return f"it was not learnt within {LEARNING:g} seconds"
        finally:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
        if process.returncode == 0:
            return ""
        lines = told.decode(errors="replace").strip().splitlines()
        if TRACEBACK in lines:
            return f"the check itself broke:\n{lines[-1]}"
        return "\n".join(lines[:SHOWN]) or f"the check ended with code {process.returncode}"

    def _open(self) -> Speaker:
        content = load_content(self._folder)
        model = kept_model(content, self._data)
        if model is None:
            raise NotLearnt("what was learnt could not be kept in data/")
        for code in content.translations.folders:  # now, in this thread: later it would hold the others up
            content.translations.of(code)
        return Speaker(content, understanding_of(content, model))


async def changed_state(folder: Path, known: FolderState | None, look: float) -> FolderState:
    """The folder's state once it is another than the known one; `look`: seconds between looks."""
    while True:
        await asyncio.sleep(look)
        found = state_of(folder)
        if found == known:
            continue
        await asyncio.sleep(look)
        if state_of(folder) == found:  # otherwise whoever saves several files has not finished
            return found


def state_of(folder: Path) -> FolderState:
    """What changes when a file in the folder does."""
    found = []
    for path in files_of(folder):
        with contextlib.suppress(OSError):
            about = path.stat()
            found.append((path.name, about.st_mtime_ns, about.st_size))
    return tuple(found)
