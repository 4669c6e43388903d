"""What every test may ask for: the real content, understood once, and conversations over a pretend Telegram."""

import asyncio
import os
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import settings

from bot.content import Content, load_content
from bot.operation.abroad_store import abroad_reader
from bot.operation.model_store import encoder, kept_model
from bot.replies import Speaker
from bot.store import open_store
from bot.understanding import Understanding

# No example fails on a stopwatch: on a busy machine any of them may wait for its turn. In CI they are the same each time,
# so that a change is judged by what it changes; new ones are looked for by whoever runs the tests.
settings.register_profile("unhurried", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("unhurried")

ROOT = Path(__file__).parent.parent
SMALL = """\
- id: backwards
  question: Is it normal to crawl backwards?
  phrasings: [is it normal to crawl backwards, my baby crawls backwards]
  verdict: Yes.
  call: [Ask your doctor.]
- id: socks
  question: Which socks?
  phrasings: [which socks, what socks are best]
  verdict: None.
  call: [Ask your doctor.]
"""


@pytest.fixture(scope="session", autouse=True)
def _one_salt() -> Iterator[None]:
    """People are counted with the same salt in every run: of five, two share a register for one salt in 400."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.store.days.secrets", SimpleNamespace(token_bytes=bytes))
        yield


@pytest.fixture(scope="session")
def content() -> Content:
    """The project's own English content."""
    return load_content(ROOT / "content" / "en")


@pytest.fixture(scope="session")
def small_pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Content of two entries, for what a bot does whatever it knows: it starts in a third of the time."""
    folder = tmp_path_factory.mktemp("small") / "en"
    folder.mkdir()
    (folder / "faq.yaml").write_text(SMALL, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with nothing but its tables: to make them takes longer than most tests."""
    path = tmp_path_factory.mktemp("tables") / "bot.db"

    async def make() -> None:
        await (await open_store(f"sqlite:///{path}")).close()

    asyncio.run(make())
    return path


@pytest.fixture(scope="session")
def understanding(content: Content) -> Understanding:
    """What was learnt from it is part of the project. Where content was changed since, the tests of it can't be run."""
    model = kept_model(content, ROOT / "data")
    assert model is not None, "model/ does not fit content/en: run `python -m bot check --ship`"
    return Understanding(content, model, encoder(), abroad_reader(content))


@pytest.fixture(scope="session")
def speaker(content: Content, understanding: Understanding) -> Speaker:
    return Speaker(content, understanding)
