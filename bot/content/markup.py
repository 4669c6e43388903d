"""Telegram's HTML as content may use it: which tags, and the plain text inside."""

import html
import re

ALLOWED = ("b", "i", "u", "s", "code", "a")
TAG = re.compile(r"<(/?)([^\s<>/]*)([^<>]*)>")
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
        return f"<{open_tags[-1]}> is never closed: add </{open_tags[-1]}>"
    stray = TAG.sub("", text)
    if "<" in stray or ">" in stray:
        return "a single < or > must be written &lt; or &gt;"
    if "&" in ENTITY.sub("", stray):
        return "a single & must be written &amp;"
    return None


def _tag_fault(tag: str, closing: str, name: str, rest: str, open_tags: list[str]) -> str | None:
    if name not in ALLOWED:
        return f"Telegram does not take {tag} here: use one of {', '.join(f'<{each}>' for each in ALLOWED)}"
    if closing:
        if not open_tags or open_tags.pop() != name:
            return f"</{name}> closes a tag that is not open here"
        return None
    if name == "a" and not LINK.fullmatch(rest):
        return f'{tag} needs an address: <a href="https://...">'
    if name != "a" and rest.strip():
        return f"{tag} takes nothing inside its brackets but its name"
    open_tags.append(name)
    return None


def plain(text: str) -> str:
    """The text as a person sees it: tags gone, entities resolved."""
    return html.unescape(TAG.sub("", text))
