"""A content folder that changes while the bot runs is checked and learnt elsewhere, then taken over."""

import asyncio
import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.operation import reload as module
from bot.operation.reload import Reloader, state_of
from bot.replies import Speaker
from tests.conftest import ROOT

FAQ = """
- id: why
  question: Why is the sky blue?
  phrasings: [why is the sky blue, what makes the sky blue]
  verdict: {verdict}
  call: [Ask your doctor.]
- id: grass
  question: Why is grass green?
  phrasings: [why is grass green, what makes grass green]
  verdict: Chlorophyll.
  call: [Ask your doctor.]
"""


class Bot:
    """Where new speakers arrive."""

    def __init__(self) -> None:
        self.speakers: list[Speaker] = []
        self.results: list[str] = []
        self.news = asyncio.Event()

    async def take_over(self, speaker: Speaker) -> None:
        self.speakers.append(speaker)

    def count(self, result: str) -> None:
        self.results.append(result)
        self.news.set()

    async def next(self) -> str:
        async with asyncio.timeout(60):
            await self.news.wait()
        self.news.clear()
        return self.results[-1]


def write(folder: Path, text: str) -> None:
    (folder / "faq.yaml").write_text(text, encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "content"
    folder.mkdir()
    write(folder, FAQ.format(verdict="Scattering."))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setattr(module, "LOOK", 0.05)
    return folder


@pytest.fixture
async def bot() -> Bot:
    return Bot()


@pytest.fixture
async def reloader(folder: Path, tmp_path: Path, bot: Bot) -> AsyncIterator[Reloader]:
    reloader = Reloader(folder, tmp_path / "data", state_of(folder), bot.take_over, bot.count)
    task = asyncio.create_task(reloader.watch())
    yield reloader
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_a_sound_change_is_taken_over(folder: Path, bot: Bot, reloader: Reloader) -> None:
    before = reloader.digest
    write(folder, FAQ.format(verdict="Light and air."))
    assert await bot.next() == "taken"
    assert "Light and air." in bot.speakers[-1].to_text("why is the sky blue").text
    assert reloader.digest != before
    assert list((folder.parent / "data").glob("learnt-*.npz"))


async def test_a_change_with_mistakes_is_told_with_its_lines_and_the_last_good_one_stays(
    folder: Path, bot: Bot, reloader: Reloader, caplog: pytest.LogCaptureFixture
) -> None:
    before = reloader.digest
    with caplog.at_level(logging.ERROR):
        write(folder, FAQ.format(verdict="x") + "  colour: blue\n")
        assert await bot.next() == "refused"
    assert bot.speakers == []
    assert reloader.digest == before
    assert "content/faq.yaml:12: entry 'grass': 'colour' is not a field" in reloader.error
    assert reloader.error in caplog.text
    write(folder, FAQ.format(verdict="Mended."))
    assert await bot.next() == "taken"
    assert reloader.error == ""


@pytest.mark.long
async def test_while_the_content_is_learnt_the_loop_runs_on(folder: Path, bot: Bot, reloader: Reloader) -> None:
    write(folder, FAQ.format(verdict="Slowly."))
    turns = 0
    while not bot.results:
        await asyncio.sleep(0.001)
        turns += 1
    assert turns > 100


async def test_a_folder_that_is_emptied_changes_nothing_that_is_said(
    folder: Path, bot: Bot, reloader: Reloader
) -> None:
    (folder / "faq.yaml").unlink()
    assert await bot.next() == "refused"
    assert bot.speakers == []


# What the shipped systemd unit forbids with "Operation not permitted".
FORBIDDEN = """
import os
def forbidden(*_):
    raise PermissionError(1, "Operation not permitted")
for name in ("nice", "setpriority", "sched_setaffinity", "sched_setscheduler", "sched_setparam"):
    setattr(os, name, forbidden)
"""


@pytest.mark.long
async def test_under_the_shipped_unit_a_change_is_taken_over(
    bot: Bot, reloader: Reloader, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sandbox").mkdir()
    (tmp_path / "sandbox" / "sitecustomize.py").write_text(FORBIDDEN, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path / 'sandbox'}:{ROOT}")
    write(folder, FAQ.format(verdict="It is the air."))
    assert await bot.next() == "taken"
    assert reloader.taken == 1


@pytest.mark.long
async def test_a_check_that_can_not_be_started_is_tried_again(
    bot: Bot, reloader: Reloader, folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    start, tries = asyncio.create_subprocess_exec, 0

    async def refuses_once(*given: object, **more: object) -> object:
        nonlocal tries
        tries += 1
        if tries == 1:
            raise BlockingIOError(11, "Resource temporarily unavailable")
        return await start(*given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "AGAIN", 0.1)
    monkeypatch.setattr(asyncio, "create_subprocess_exec", refuses_once)
    write(folder, FAQ.format(verdict="It is the air."))
    assert await bot.next() == "taken"
    assert "could not be started (Resource temporarily unavailable)" in caplog.text
    assert reloader.error == ""


@pytest.mark.long
async def test_a_check_that_breaks_tells_its_last_line(
    bot: Bot, reloader: Reloader, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sandbox").mkdir()
    (tmp_path / "sandbox" / "sitecustomize.py").write_text(
        "import bot.commands.check as check\ncheck.learn_content = lambda *_: [][7]\n", encoding="utf-8"
    )
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path / 'sandbox'}:{ROOT}")
    write(folder, FAQ.format(verdict="It is the air."))
    assert await bot.next() == "refused"
    assert reloader.error == "the check itself broke:\nIndexError: list index out of range"
