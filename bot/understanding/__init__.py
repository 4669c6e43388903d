"""From what a parent typed to what it means: text -> Meaning, all pure."""

from bot.understanding.meaning import Meaning
from bot.understanding.understanding import Understanding

__all__ = ["Meaning", "Understanding"]
