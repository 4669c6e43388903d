"""A browser, and a preview whose content an author edits: a copy of the small pack, followed and spoken."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright, expect

from bot.commands.preview import Stage, edition_of
from bot.content.loader import load
from bot.operation import following, inbox
from bot.operation.edits import Edit
from bot.operation.following import Follower
from bot.operation.model_store import encoder, fingerprint, learn_and_keep
from bot.operation.reload import state_of
from bot.preview.server import TOKEN, PretendTelegram
from bot.preview.transport import PreviewRequest, connect
from bot.preview.web import Served, serve
from bot.preview.workbench.workbench import Workbench
from bot.store import open_store
from bot.telegram.application import Wire, build_application
from bot.telegram.profile import present
from bot.understanding import Understanding
from tests.conftest import ROOT

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
# Kept off the network and out of the sandbox that containers and root do not have.
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
ONE_LOOP = pytest.mark.asyncio(loop_scope="module")  # a browser takes a second to start: one serves a whole file
NEEDS_BROWSER = [
    ONE_LOOP,
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None and not os.environ.get("NEED_BROWSER"), reason="no Chromium on this machine"),
]
QUESTIONS = """\
{"q": "is it normal to crawl backwards", "labels": ["backwards"]}
{"q": "what socks are best", "labels": ["socks"]}
"""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        await browser.close()


async def start(page: Page) -> None:
    """Telegram lets nobody write to a bot before this; it brings the disclaimer and the welcome."""
    await page.click("#start")
    await expect(page.locator(".message[data-author=bot]")).to_have_count(2)


async def say(page: Page, text: str) -> None:
    await page.fill("#input", text)
    await page.press("#input", "Enter")


@dataclass(frozen=True)
class Workshop:
    """A preview that runs, and the file that its author edits."""

    faq: Path
    server: PretendTelegram
    workbench: Workbench
    served: Served

    def edit(self, old: str, new: str) -> None:
        text = self.faq.read_text(encoding="utf-8")
        assert old in text
        self.faq.write_text(text.replace(old, new), encoding="utf-8")


@pytest_asyncio.fixture(loop_scope="module")
async def workshop(small_pack: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Workshop]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setattr(following, "LOOK", 0.05)
    folder, data = tmp_path / "content" / "en", tmp_path / "data"
    shutil.copytree(small_pack, folder)
    (folder / "questions").mkdir()
    (folder / "questions" / "mine.jsonl").write_text(QUESTIONS, encoding="utf-8")
    state, pack = state_of(folder), load(folder)
    model = learn_and_keep(pack.content, data, pack=folder)
    edition = edition_of(pack, Understanding(pack.content, model, encoder()), folder)
    server = PretendTelegram()
    workbench = Workbench(server.changes, edition, folder / "questions")
    store = await open_store("sqlite://")
    wire = Wire(PreviewRequest(server), PreviewRequest(server))
    application = build_application(TOKEN, edition.speaker, store, b"a key for tests only", wire)
    connect(application, server)
    stage = Stage(application, workbench, folder)
    application.conversation.admins = stage.admins()
    monkeypatch.setattr(inbox, "LOOK", 0.05)
    follower = Follower(folder, data, Edit(pack, fingerprint(pack.content), model), state, stage)
    async with application:
        await present(application.bot, pack.content)
        served = await serve(server, workbench=workbench)
        watching = asyncio.gather(follower.watch(), stage.accepted.watch())
        yield Workshop(folder / "faq.yaml", server, workbench, served)
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)
        await served.stop()
    await store.close()
    assert server.violations == []


@pytest_asyncio.fixture(loop_scope="module")
async def address(telegram: PretendTelegram) -> AsyncIterator[str]:
    """Where the page of a file's own pretend Telegram is served."""
    served = await serve(telegram)
    yield served.url
    await served.stop()
