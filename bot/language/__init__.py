"""From what a parent typed to what it means; all pure."""

from bot.language.meaning import Meaning
from bot.language.triage import BY_WORDING
from bot.language.understanding import Understanding

__all__ = ["BY_WORDING", "Meaning", "Understanding"]
