"""Telegram's HTML as content may use it: which tags, and the plain text inside."""

import html
import re

ALLOWED = ("b", "i", "u", "s", "code", "a")
TAG = re.compile(r"<(/?)([A-Za-z][^\s<>/]*)([^<>]*)>")
LINK = re.compile(r'\s+href="(https?://[^"<>]+|tg://[^"<>]+)"\s*')
ENTITY = re.compile(r"&(?:lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);")


def markup_fault(text: str) -> str | None:
    """Why Telegram would refuse this text as HTML, in plain words; None when it would not."""
    open_tags: list[str] = []
    for match in TAG.finditer(text):
        closing, name, rest = match.groups()
        fault = _tag_fault(match.group(), closing, name, rest, open_tags)
        if fault:
            return fault
    if open_tags:
        return f"opens <{open_tags[-1]}> and never closes it: add </{open_tags[-1]}>"
    stray = TAG.sub("", text)
    if "<" in stray or ">" in stray:
        return "holds a single < or >: write &lt; or &gt;"
    if "&" in ENTITY.sub("", stray):
        return "holds a single &: write &amp;"
    return None


def _tag_fault(tag: str, closing: str, name: str, rest: str, open_tags: list[str]) -> str | None:
    if name not in ALLOWED:
        allowed = ", ".join(f"<{each}>" for each in ALLOWED)
        return f"holds {tag}, which Telegram does not take: use one of {allowed}"
    if closing:
        if not open_tags or open_tags.pop() != name or rest.strip():
            return f"holds {tag}, which closes a tag that is not open here"
        return None
    if name == "a" and not LINK.fullmatch(rest):
        return f'holds {tag}, which needs an address: <a href="https://...">'
    if name != "a" and rest.strip():
        return f"holds {tag}, where nothing but <{name}> can stand"
    open_tags.append(name)
    return None


def units(text: str) -> int:
    """The length of a plain text as Telegram counts it: UTF-16 units, so that most emoji count twice."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def plain(text: str) -> str:
    """The text as a person sees it: tags gone, entities resolved."""
    return html.unescape(TAG.sub("", text))
