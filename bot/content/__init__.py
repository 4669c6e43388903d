"""Everything the bot says and listens for: YAML in, frozen models or all mistakes out."""

from bot.content.loader import Loaded, load, load_content
from bot.content.mistakes import ContentError, Mistake
from bot.content.pack import Content

__all__ = ["Content", "ContentError", "Loaded", "Mistake", "load", "load_content"]
