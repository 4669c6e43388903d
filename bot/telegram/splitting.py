"""A text too long for one message, cut into several that each stand alone."""

import re
from collections.abc import Iterator

from bot.content.markup import plain

LIMIT = 4096  # UTF-16 units of a message, counted after its tags are parsed
TOKEN = re.compile(r"<[^>]+>|&[#\w]+;|\n\n|\n| |[^<&\n ]+|[<&]")
TAG = re.compile(r"</?([a-z-]+)[^>]*>")


def length(text: str) -> int:
    """The length Telegram counts: UTF-16 units of the visible text."""
    return len(plain(text).encode("utf-16-le")) // 2


def split(text: str, limit: int = LIMIT) -> tuple[str, ...]:
    """Parts of at most `limit` units each, cut at a paragraph where there is one, else a line, else a word.

    Tags open at a cut are closed there and opened again in the next part.
    """
    if length(text) <= limit:
        return (text,)
    parts: list[str] = []
    tokens = [piece for token in TOKEN.findall(text) for piece in _pieces(token, limit)]
    opened: list[str] = []
    while tokens:
        taken = _fitting(tokens, limit)
        part = "".join([*opened, *tokens[:taken]])
        opened = _open_tags([*opened, *tokens[:taken]])
        parts.append(part.rstrip() + "".join(f"</{_name(tag)}>" for tag in reversed(opened)))
        tokens = tokens[taken:]
        while tokens and not tokens[0].strip():
            tokens.pop(0)
    return tuple(part for part in parts if plain(part).strip())


def _pieces(token: str, limit: int) -> Iterator[str]:
    """A word longer than a whole message in pieces that fit; anything else as it is."""
    if token.startswith(("<", "&")) or length(token) <= limit:
        yield token
        return
    half = len(token) // 2
    yield from _pieces(token[:half], limit)
    yield from _pieces(token[half:], limit)


def _fitting(tokens: list[str], limit: int) -> int:
    """How many tokens go into the next part."""
    size, cuts = 0, {"\n\n": 0, "\n": 0, " ": 0}
    for index, token in enumerate(tokens):
        size += 0 if token.startswith("<") and len(token) > 1 else length(token)
        if size > limit:
            best = next((cut for cut in cuts.values() if cut), index)
            return max(best, 1)
        if token in cuts:
            cuts[token] = index
    return len(tokens)


def _open_tags(tokens: list[str]) -> list[str]:
    opened: list[str] = []
    for token in tokens:
        if not TAG.fullmatch(token):
            continue
        if token.startswith("</"):
            opened.pop()
        else:
            opened.append(token)
    return opened


def _name(tag: str) -> str:
    match = TAG.fullmatch(tag)
    return match[1] if match else ""
