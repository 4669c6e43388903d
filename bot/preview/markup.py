"""Telegram's HTML: a text with tags becomes a text with entities."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass

from bot.preview.entities import Entity, units
from bot.preview.refusals import Violation

TYPES = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler",
    "span": "spoiler", "a": "text_link", "code": "code", "pre": "pre", "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}  # fmt: skip
REFERENCE = re.compile(r"&(?:lt|gt|amp|quot|#[0-9]+|#x[0-9a-fA-F]+);")
PLAIN = re.compile("[^<>&]+")
ATTRIBUTE = re.compile(r"""\s*([^\s=>]+)(?:\s*=\s*("[^"]*"|'[^']*'|[\w.-]+(?=[\s>])))?""")
ReportViolation = Callable[[str], None]


@dataclass
class OpenTag:
    """A tag whose end has not been read."""

    name: str
    attributes: dict[str, str]
    offset: int
    begin: int


class Parser:
    """Reads one text the way Telegram does, error messages and all."""

    def __init__(self, source: str, report: ReportViolation) -> None:
        self._source = source
        self._report = report
        self._at = 0
        self._offset = 0
        self._text: list[str] = []
        self._open: list[OpenTag] = []
        self._entities: list[Entity] = []

    def parse(self) -> tuple[str, tuple[Entity, ...]]:
        """The plain text and its entities, outermost first."""
        while self._at < len(self._source):
            if self._source[self._at] != "<":
                self._read_text()
            elif self._source.startswith("</", self._at):
                self._read_end()
            else:
                self._read_start()
        if self._open:
            raise _fault(f'Can\'t find end tag corresponding to start tag "{self._open[-1].name}"')
        ordered = sorted(self._entities, key=lambda entity: (entity.offset, -entity.length))
        return "".join(self._text), tuple(ordered)

    def _read_text(self) -> None:
        piece = self._source[self._at]
        if run := PLAIN.match(self._source, self._at):  # a letter at a time would be most of a call's cost
            self._at, piece = run.end(), run.group()
        elif match := REFERENCE.match(self._source, self._at):
            self._at = match.end()
            piece = html.unescape(match.group())
        else:
            self._at += 1
            if piece in "&>":
                # Telegram lets these pass, but its manual asks for references: someone forgot to escape.
                self._report(f'unescaped "{piece}" at byte offset {self._byte(self._at - 1)}')
        self._text.append(piece)
        self._offset += units(piece)

    def _read_start(self) -> None:
        start = self._at
        match = re.compile(r"<([^\s>]*)").match(self._source, start)
        name = match.group(1).lower() if match else ""
        self._at = start + 1 + len(name)
        if self._at >= len(self._source):
            raise _fault(f"Unclosed start tag at byte offset {self._byte(start)}")
        if name not in TYPES:
            raise _fault(f'Unsupported start tag "{name}" at byte offset {self._byte(start)}')
        attributes = self._read_attributes(name, start)
        if name == "span" and attributes.get("class") != "tg-spoiler":
            raise _fault(f'Tag "span" must have class "tg-spoiler" at byte offset {self._byte(start)}')
        self._check_nesting(name)
        self._open.append(OpenTag(name, attributes, self._offset, len(self._text)))

    def _read_attributes(self, name: str, start: int) -> dict[str, str]:
        attributes: dict[str, str] = {}
        while self._at < len(self._source):
            rest = self._source[self._at :]
            if rest.lstrip().startswith(">"):
                self._at += rest.index(">") + 1
                return attributes
            match = ATTRIBUTE.match(self._source, self._at)
            if match is None:
                break
            value = match.group(2) or ""
            attributes[match.group(1).lower()] = html.unescape(value.strip("\"'"))
            self._at = match.end()
        raise _fault(f'Unclosed start tag "{name}" at byte offset {self._byte(start)}')

    def _read_end(self) -> None:
        start = self._at
        if not self._open:
            raise _fault(f"Unexpected end tag at byte offset {self._byte(start)}")
        match = re.compile(r"</([^\s>]*)\s*>").match(self._source, start)
        if match is None:
            raise _fault(f"Unclosed end tag at byte offset {self._byte(start)}")
        tag = self._open.pop()
        found = match.group(1).lower()
        if found not in ("", tag.name):
            raise _fault(
                f'Unmatched end tag at byte offset {self._byte(start)}, expected "</{tag.name}>", found "</{found}>"'
            )
        self._at = match.end()
        if self._offset > tag.offset:
            self._close(tag)

    def _close(self, tag: OpenTag) -> None:
        kind, length = TYPES[tag.name], self._offset - tag.offset
        language = url = emoji = None
        match tag.name:
            case "a":
                url = tag.attributes.get("href") or "".join(self._text[tag.begin :])
                if not re.match(r"(https?://)?[\w-]+(\.[\w-]+)+|tg://|mailto:", url):
                    self._report(f'link to "{url}" is not a link: Telegram shows plain text')
                    return
            case "blockquote" if "expandable" in tag.attributes:
                kind = "expandable_blockquote"
            case "tg-emoji":
                emoji = tag.attributes.get("emoji-id")
            case "pre":
                language = self._language(tag.offset, length)
            case "code" if self._open and self._open[-1].name == "pre":
                language = tag.attributes.get("class", "").removeprefix("language-") or None
        self._entities.append(Entity(kind, tag.offset, length, url, language, emoji))

    def _language(self, offset: int, length: int) -> str | None:
        """A <code class="language-x"> that fills the whole <pre> names its language and is swallowed."""
        last = self._entities[-1] if self._entities else None
        if last and (last.type, last.offset, last.length) == ("code", offset, length) and last.language:
            self._entities.pop()
            return last.language
        return None

    def _check_nesting(self, name: str) -> None:
        outer = [tag.name for tag in self._open]
        if name == "blockquote" and "blockquote" in outer:
            self._report("blockquote inside blockquote: Telegram drops the inner one")
        if "code" in outer or ("pre" in outer and name != "code"):
            self._report(f"<{name}> inside <code> or <pre>: Telegram drops one of them")

    def _byte(self, index: int) -> int:
        return len(self._source[:index].encode("utf-8", "replace"))


def parse_html(source: str, report: ReportViolation) -> tuple[str, tuple[Entity, ...]]:
    """Text and entities of a text in Telegram's HTML; raises Violation in Telegram's own words."""
    return Parser(source, report).parse()


def _fault(what: str) -> Violation:
    return Violation(f"can't parse entities: {what}")
