"""Memory stays flat, however many people have written. DELIVERY_UPDATES=100000 makes a long run of it."""

import os
from pathlib import Path

import pytest

from tests.delivery.conftest import StartBot, asks, polling
from tests.delivery.processes import BotProcess
from tests.delivery.stage import Telegram

pytestmark = pytest.mark.long

UPDATES = int(os.environ.get("DELIVERY_UPDATES", "2500"))
SLICES = 10  # a figure after each
SETTLED = 5  # slices after which whatever is filled once is full: the bot remembers its last 50,000 answers
QUESTIONS_EACH = 4  # everybody asks so many, and then somebody new comes
GROWTH = 0.10  # of what it was once settled: the allocator's own ups and downs
PATIENCE = 60.0 + UPDATES / SLICES / 20  # seconds for a slice


async def test_memory_is_flat(telegram: Telegram, new_bot: StartBot, questions: tuple[str, ...]) -> None:
    bot = new_bot(MESSAGES_PER_SECOND="1000")
    await polling(telegram, bot)
    curve = [resident(bot)]
    for _ in range(SLICES):
        people = await telegram.people(UPDATES // SLICES // QUESTIONS_EACH)
        await telegram.ask(asks(people, questions, UPDATES // SLICES))
        state = await telegram.settled(PATIENCE, quiet=1.0)
        curve.append(resident(bot))
    shown = " ".join(f"{megabytes:.0f}" for megabytes in curve)
    print(f"\nMB after every {UPDATES // SLICES} updates: {shown}")  # noqa: T201 - figures for the log
    assert state["said"] >= UPDATES
    assert curve[-1] - curve[SETTLED] < GROWTH * curve[SETTLED]


def resident(bot: BotProcess) -> float:
    """Megabytes of the process in memory."""
    status = Path(f"/proc/{bot.pid}/status")
    if not status.exists():
        pytest.skip("only Linux tells what a process has in memory")
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) / 1024
