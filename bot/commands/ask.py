"""`ask`: the bot in the terminal."""

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bot.commands.explanation import Explainer
from bot.commands.opening import make_robust, open_content, open_settings, open_understanding
from bot.content.loader import document_of, names_of
from bot.content.markup import plain
from bot.replies import Reply, Request, Speaker

KINDS = ("answer", "choices", "triage", "smalltalk", "unknown")


def ask(texts: tuple[str, ...], as_json: bool, why: bool, folder: Path | None) -> None:
    folder = folder or open_settings().content_dir
    content = open_content(folder)
    understanding = open_understanding(content, folder)
    speaker = Speaker(content, understanding)
    explainer = (
        Explainer(understanding, {name: document_of(folder, name) for name in names_of(folder)}) if why else None
    )
    make_robust()
    lines: Iterable[str] = texts or (line.rstrip("\r\n") for line in sys.stdin)
    for text in lines:
        reply = _replied(speaker, text)
        reason = explainer.explain(text) if explainer else None
        sys.stdout.write(_as_json(text, reply, reason) if as_json else _as_text(reply, reason))
        sys.stdout.flush()


def _replied(speaker: Speaker, text: str) -> Reply:
    """What the bot says to a text, or to a command such as /help."""
    if not text.startswith("/"):
        return speaker.for_text(text, None).to_text(text)
    command, _, argument = text[1:].partition(" ")
    return speaker.to_request(Request(text, command, argument))


def _as_json(text: str, reply: Reply, reason: dict[str, Any] | None) -> str:
    known = reply.kind in KINDS  # a blank message gets a plain page
    row: dict[str, Any] = {
        "text": text,
        "kind": reply.kind if known else "unknown",
        "entry": reply.entry,
        "also": list(reply.also),
        "level": reply.level,
        "sign": reply.sign,
        "caution": reply.caution,
        "confidence": round(reply.confidence, 4) if known else 0.0,
    }
    # In ASCII: a message may hold signs that other programs take for the end of the line.
    return json.dumps(row | ({"why": reason} if reason else {})) + "\n"


def _as_text(reply: Reply, reason: dict[str, Any] | None) -> str:
    buttons = "\n".join("  ".join(f"[{button.label}]" for button in row) for row in reply.rows)
    shown = f"{plain(reply.text)}\n\n{buttons}\n\n"
    return shown + (json.dumps(reason, ensure_ascii=False, indent=2) + "\n\n" if reason else "")
