"""What a pack says itself, over what the bot says by default: an author writes only what should be otherwise."""

from dataclasses import replace
from typing import Any

from bot.content.documents import Document


def over(default: Document, own: Document) -> Document:
    """The file of a pack, and from the default whatever it lacks. Only what the pack itself says has lines."""
    if own.data is None:
        return replace(own, data=default.data)
    return replace(own, data=_over(default.data, own.data))


def _over(default: Any, own: Any) -> Any:
    """Blocks are laid over each other; anything else is one's own where there is any."""
    if own is None:
        return default
    if not isinstance(default, dict) or not isinstance(own, dict):
        return own
    return default | {name: _over(default.get(name), each) for name, each in own.items()}
