"""Entities: which stretch of a text is bold, a link, a command."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.preview.refusals import Json

HEAD = {
    "bold": "<b>", "italic": "<i>", "underline": "<u>", "strikethrough": "<s>", "spoiler": "<tg-spoiler>",
    "code": "<code>", "blockquote": "<blockquote>", "expandable_blockquote": "<blockquote expandable>",
}  # fmt: skip
TAIL = {kind: f"</{head[1:-1].split()[0]}>" for kind, head in HEAD.items()}
# In order of precedence, as Telegram's clients recognise them in plain text.
PATTERNS = (
    ("url", re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?')\]]|(?<![\w@.-])(?:[\w-]+\.)+(?:com|org|net|gov|edu"
                       r"|info|uk|io|me)(?:/[^\s<>\"]*[^\s<>\".,;:!?')\]])?(?![\w-])")),
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@(?:[\w-]+\.)+[A-Za-z]{2,}")),
    ("bot_command", re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>])")),
    # Telegram's servers mark numbers in international form; of 911 or a tel: address nobody makes a link.
    ("phone_number", re.compile(r"(?<![\w+])\+\d(?:[ -]?\d){6,14}(?![\w-])")),
    ("mention", re.compile(r"(?<!\w)@[A-Za-z0-9_]{2,32}(?!\w)")),
    ("hashtag", re.compile(r"(?<![\w#/])#\w*[^\W\d]\w*")),
)  # fmt: skip
CONTROL = re.compile(r"[\x00-\x09\x0b\x0c\x0e-\x1f]")
OPAQUE = {"code", "pre", "text_link", "text_mention"}


@dataclass(frozen=True)
class Entity:
    """A stretch of a text; offset and length count UTF-16 code units, as everywhere in the Bot API."""

    type: str
    offset: int
    length: int
    url: str | None = None
    language: str | None = None
    custom_emoji_id: str | None = None

    @property
    def end(self) -> int:
        """The first unit behind the stretch."""
        return self.offset + self.length

    def to_json(self) -> Json:
        """The entity as the Bot API sends it."""
        return {name: value for name, value in vars(self).items() if value is not None}


def units(text: str) -> int:
    """How many UTF-16 code units a text has: what Telegram counts."""
    return len(text.encode("utf-16-le")) // 2


def part(text: str, entity: Entity) -> str:
    """The stretch of the text that an entity covers."""
    return text.encode("utf-16-le")[2 * entity.offset : 2 * entity.end].decode("utf-16-le", "replace")


def clean(text: str) -> str:
    """A text as Telegram stores it before trimming: without control characters and lone surrogates."""
    text = CONTROL.sub(" ", text)
    return re.sub("[\ud800-\udfff\r]", "", text)


def trimmed(text: str, entities: Iterable[Entity]) -> tuple[str, tuple[Entity, ...]]:
    """Text and entities without the white space at both ends, which Telegram never shows."""
    kept = text.strip()
    shift = units(text[: len(text) - len(text.lstrip())])
    limit = units(kept)
    moved = []
    for entity in entities:
        start, end = max(0, entity.offset - shift), min(limit, entity.end - shift)
        if end > start:
            moved.append(replace(entity, offset=start, length=end - start))
    return kept, tuple(moved)


def detected(text: str, given: Iterable[Entity] = ()) -> tuple[Entity, ...]:
    """The given entities plus links, commands, mentions and tags that stand in the text itself."""
    given = tuple(given)
    taken = [(entity.offset, entity.end) for entity in given if entity.type in OPAQUE]
    found = []
    for kind, pattern in PATTERNS:
        for match in pattern.finditer(text):
            entity = Entity(kind, units(text[: match.start()]), units(match.group()))
            if all(entity.end <= start or end <= entity.offset for start, end in taken):
                taken.append((entity.offset, entity.end))
                found.append(entity)
    return tuple(sorted((*given, *found), key=lambda entity: (entity.offset, -entity.length)))


def to_html(text: str, entities: Iterable[Entity]) -> str:
    """The text in Telegram's HTML; what clients recognise by themselves (links, commands) stays bare."""
    spans = [entity for entity in entities if entity.type in HEAD or entity.type in ("text_link", "pre")]
    data = text.encode("utf-16-le")
    cuts = sorted({0, len(data) // 2, *(e.offset for e in spans), *(e.end for e in spans)})
    pieces: list[str] = []
    for start, end in zip(cuts, [*cuts[1:], cuts[-1]], strict=True):
        pieces += [_tail(e) for e in reversed(spans) if e.end == start and e.length]
        pieces += [_head(e) for e in spans if e.offset == start and e.length]
        pieces.append(html.escape(data[2 * start : 2 * end].decode("utf-16-le", "replace"), quote=False))
    return "".join(pieces)


def _head(entity: Entity) -> str:
    if entity.type == "text_link":
        return f'<a href="{html.escape(entity.url or "")}">'
    if entity.type == "pre":
        return f'<pre><code class="language-{entity.language}">' if entity.language else "<pre>"
    return HEAD[entity.type]


def _tail(entity: Entity) -> str:
    if entity.type == "text_link":
        return "</a>"
    if entity.type == "pre":
        return "</code></pre>" if entity.language else "</pre>"
    return TAIL[entity.type]
