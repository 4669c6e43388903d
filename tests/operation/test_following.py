"""An author edits the content: texts speak at once, wordings once they are learnt, and mistakes change nothing."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from bot.content import Loaded
from bot.content.loader import load
from bot.operation import following
from bot.operation.edits import Edit
from bot.operation.following import Follower
from bot.operation.learner import FITTED, Pace
from bot.operation.model_store import fingerprint, learn_and_keep
from bot.operation.reload import state_of
from bot.preview.workbench.strip import Strip
from bot.replies import Speaker
from bot.understanding import Understanding
from tests.conftest import ROOT, SMALL


class Author:
    """Who edits, and sees what comes of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.strips: list[Strip] = []
        self.taken: list[tuple[str, bool]] = []  # the verdict on backwards, and whether all was learnt
        self.speaker: Speaker | None = None
        self._news = asyncio.Event()

    def tell(self, strip: Strip) -> None:
        self.strips.append(strip)
        self._news.set()

    async def take(self, pack: Loaded, understanding: Understanding, is_learnt: bool) -> None:
        self.speaker = Speaker(pack.content, understanding)
        self.taken.append((pack.content.by_id["backwards"].verdict or "", is_learnt))

    def write(self, *changes: tuple[str, str]) -> None:
        text = SMALL
        for old, new in changes:
            text = text.replace(old, new)
        self.strips.clear()
        (self.folder / "faq.yaml").write_text(text, encoding="utf-8")

    async def until(self, phase: str) -> Strip:
        return await self.until_true(lambda: bool(self.strips) and self.strips[-1].phase == phase)

    async def until_true(self, reached: Callable[[], bool]) -> Strip:
        async with asyncio.timeout(60):
            while not reached():
                await self._news.wait()
                self._news.clear()
        return self.strips[-1]


@pytest.fixture
async def author(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Author]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setattr(following, "LOOK", 0.05)
    folder, data = tmp_path / "content", tmp_path / "data"
    folder.mkdir()
    author = Author(folder)
    author.write()
    pack, state = load(folder), state_of(folder)
    good = Edit(pack, fingerprint(pack.content), learn_and_keep(pack.content, data, pack=folder))
    watching = asyncio.create_task(Follower(folder, data, good, state, author).watch())
    yield author
    watching.cancel()
    await asyncio.gather(watching, return_exceptions=True)


YES, NO = "verdict: Yes.", "verdict: No."
NEW = ("[which socks,", "[do they need mittens, which socks,")


async def test_a_text_is_spoken_before_all_is_read_and_nothing_is_learnt_for_it(author: Author) -> None:
    author.write((YES, NO))
    await author.until("live")
    assert author.taken == [("No.", False), ("No.", True)]
    told = [(each.phase, each.texts_are_live) for each in author.strips]
    assert told == [("reading", False), ("reading", True), ("live", False)]


async def test_a_wording_is_learnt_while_texts_are_followed(author: Author) -> None:
    author.write(NEW)
    await author.until("learning")
    author.write(NEW, (YES, NO))
    await author.until_true(lambda: ("No.", False) in author.taken)
    await author.until("live")
    shares = [each.share for each in author.strips if each.share is not None]
    assert shares == sorted(shares)
    assert author.taken[-1] == ("No.", True)
    assert author.speaker is not None
    assert author.speaker.meaning("do they need mittens").ranked[0].id == "socks"


async def test_an_edit_that_is_overtaken_is_not_learnt_to_its_end(author: Author) -> None:
    author.write(NEW)
    await author.until("learning")
    author.write()
    await author.until("live")
    assert {each.phase for each in author.strips} == {"reading", "live"}


async def test_mistakes_are_told_by_file_and_line_and_the_last_good_state_speaks_on(author: Author) -> None:
    author.write((YES, NO), ("related", "relatd"), ("- id: socks", "- id: socks\n  colour: blue"))
    strip = await author.until("mistakes")
    assert [(each.file, each.line) for each in strip.mistakes] == [("content/faq.yaml", 7)]
    assert "'colour' is not a field" in strip.mistakes[0].what
    assert author.taken == []
    author.write((YES, NO))
    await author.until("live")
    assert author.taken[-1] == ("No.", True)


async def test_what_only_a_look_at_all_of_it_shows_brings_the_last_good_state_back(author: Author) -> None:
    author.write((YES, NO))
    (author.folder / "txts.yaml").write_text("menu: x\n", encoding="utf-8")
    strip = await author.until("mistakes")
    assert "did you mean 'texts.yaml'" in strip.mistakes[0].what
    assert [verdict for verdict, _ in author.taken][-1] == "Yes."


async def test_a_folder_that_is_emptied_changes_nothing_that_is_said(author: Author) -> None:
    (author.folder / "faq.yaml").unlink()
    await author.until("mistakes")
    assert author.taken == []


async def test_what_can_not_be_learnt_is_told(author: Author, monkeypatch: pytest.MonkeyPatch) -> None:
    async def refuses(*_: object, **__: object) -> None:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(asyncio, "create_subprocess_exec", refuses)
    author.write(NEW)
    strip = await author.until("failed")
    assert "could not be started (Resource temporarily unavailable)" in strip.trouble
    monkeypatch.undo()


def test_texts_that_were_read_before_count_for_nothing_in_how_far_it_is() -> None:
    pace, texts = Pace(), 40_000
    total = texts + FITTED
    assert pace.share(texts - 10, total) == 0
    shares = [pace.share(done, total) for done in (texts, *range(texts + 1, total + 1), *([total] * 400))]
    assert shares == sorted(shares)
    assert shares[0] < 0.01
    assert 0.9 < shares[-1] <= 1
