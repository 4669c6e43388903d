"""What every test may ask for: the real content, understood once, and conversations over a pretend Telegram."""

from pathlib import Path

import pytest

from bot.content import Content, load_content
from bot.language import Understanding
from bot.model import understand
from bot.replies import Speaker

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def content() -> Content:
    """The project's own English content."""
    return load_content(ROOT / "content" / "en")


@pytest.fixture(scope="session")
def understanding(content: Content) -> Understanding:
    return understand(content, ROOT / "data")


@pytest.fixture(scope="session")
def speaker(content: Content, understanding: Understanding) -> Speaker:
    return Speaker(content, understanding)
