"""A content folder learnt in a process of its own, for its author waits; it says on standard output how far it is.

`python -m bot.operation.learner FOLDER DATA` writes shares from 0 to 1, one a line, and keeps what it learnt in DATA.
"""

import asyncio
import contextlib
import sys
from collections.abc import Callable
from pathlib import Path

from bot.content import ContentError, load_content
from bot.operation.model_store import learn_and_keep
from bot.understanding.learning import DENSE_ROUNDS, SPARSE_ROUNDS

LONGEST = 900.0  # seconds that it may take; some forty are usual, the first time three minutes
# About how many seconds things take, beside one another: to read a text that was never read, to take one to pieces,
# and a round of learning, of which there are about as many as two heads have at most.
READ, TAKE_APART, ROUND = 0.0026, 0.001, 0.15
FITTED = DENSE_ROUNDS + SPARSE_ROUNDS
ROUNDS = 2 * FITTED + FITTED // 4  # some are tried twice


class Pace:
    """How much of the learning is done, from what it says of its steps: those that cost nothing count for nothing."""

    def __init__(self) -> None:
        self._known: int | None = None  # texts that were read at an earlier time
        self._rounds = 0

    def share(self, done: int, total: int) -> float:
        """From 0 to 1."""
        texts = total - FITTED
        if self._known is None:
            self._known = min(done, texts)
        elif done > texts:
            self._rounds += 1
        read = (min(done, texts) - self._known) * READ
        apart = texts * TAKE_APART
        spent = read + (apart if self._rounds else 0) + min(self._rounds, ROUNDS) * ROUND
        return spent / ((texts - self._known) * READ + apart + ROUNDS * ROUND)


async def learn_elsewhere(folder: Path, data: Path, told: Callable[[float], None]) -> str:
    """Learn in another process; `told` hears how far it is. What was wrong, if anything."""
    command = (sys.executable, "-m", "bot.operation.learner", str(folder), str(data))
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(*command, stdout=pipe, stderr=pipe)
    saying = asyncio.create_task(process.stderr.read()) if process.stderr else None
    try:
        async with asyncio.timeout(LONGEST):
            while process.stdout and (line := await process.stdout.readline()):
                with contextlib.suppress(ValueError):  # whatever else is written there
                    told(float(line))
            await process.wait()
        said = (await saying).decode(errors="replace").strip() if saying else ""
    except TimeoutError:
        return f"it was not learnt within {LONGEST:g} seconds"
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()
        if saying:
            saying.cancel()
    if process.returncode == 0:
        return ""
    return said.splitlines()[-1] if said else f"learning ended with code {process.returncode}"


def main(folder: Path, data: Path) -> None:
    pace, shown = Pace(), -1

    def say(done: int, total: int) -> None:
        nonlocal shown
        percent = round(100 * pace.share(done, total))
        if percent != shown:
            shown = percent
            sys.stdout.write(f"{percent / 100}\n")
            sys.stdout.flush()

    try:
        learn_and_keep(load_content(folder), data, say, folder)
    except ContentError as error:
        raise SystemExit(str(error)) from error


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
