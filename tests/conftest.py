"""What every test may ask for: the real content, understood once, and conversations over a pretend Telegram."""

import fcntl
from pathlib import Path

import pytest

from bot.content import Content, load_content
from bot.language import Understanding
from bot.model import understand
from bot.replies import Speaker

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
def understanding(content: Content) -> Understanding:
    """Learnt once, also where several processes run the tests: the others wait, then read what the first kept."""
    (ROOT / "data").mkdir(exist_ok=True)
    with (ROOT / "data" / "tests.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # let go when the file is closed, or its process is gone
        return understand(content, ROOT / "data")


@pytest.fixture(scope="session")
def speaker(content: Content, understanding: Understanding) -> Speaker:
    return Speaker(content, understanding)
