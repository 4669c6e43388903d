"""One entry as a parent reads it: verdict first, then now, then when to call, the rest folded."""

import datetime
import html
from collections.abc import Iterable, Sequence

from bot.content import Content
from bot.content.entries import Entry
from bot.replies.presses import CastVote, OpenSection
from bot.replies.reply import Button, Reply, Rows
from bot.replies.rows import card_row, entry_rows, menu_row

NAMED = 3  # sources by name under an answer; the rest are counted
OFFERED = 4  # buttons of other entries under an answer; more would be a wall


def to_entry(
    content: Content,
    entry: Entry,
    near: Iterable[str] = (),
    section: str | None = None,
    confidence: float = 1.0,
) -> Reply:
    """The answer of an entry. `near`: others the question may mean, offered before the related ones."""
    also = tuple(dict.fromkeys(each for each in (*near, *entry.related) if each != entry.id))[:OFFERED]
    return Reply(
        kind="answer",
        text=answer_text(content, entry),
        rows=_rows(content, entry, also, section),
        entry=entry.id,
        also=also,
        confidence=confidence,
    )


def answer_text(content: Content, entry: Entry) -> str:
    frame = content.texts.frame
    parts = [frame.asked.replace("{question}", html.escape(entry.question, quote=False))]
    if entry.verdict:
        parts.append(entry.verdict)
    if entry.now:
        parts.append(f"{frame.now}\n{_bullets(entry.now)}")
    if entry.call:
        parts.append(f"{frame.call}\n{_bullets(entry.call)}")
    if entry.more:
        folded = "\n\n".join([frame.more, entry.more, *_all_sources(content, entry)])
        parts.append(f"<blockquote expandable>{folded}</blockquote>")
    parts.append("\n".join([*_provenance(content, entry), frame.helpful]))
    return "\n\n".join(parts)


def _bullets(lines: tuple[str, ...]) -> str:
    return "\n".join(f"• {line}" for line in lines)


def _names(content: Content, entry: Entry) -> tuple[str, ...]:
    shown = (content.sources[each] for each in entry.sources if content.sources[each].shown)
    return tuple(dict.fromkeys(html.escape(source.name, quote=False) for source in shown))


def _all_sources(content: Content, entry: Entry) -> list[str]:
    """Every name, for the folded part, where the line below has room for a few only."""
    names = _names(content, entry)
    return [content.texts.frame.sources.replace("{names}", "; ".join(names))] if len(names) > NAMED else []


def _provenance(content: Content, entry: Entry) -> list[str]:
    """Where it is from, in one line of a phone or two: the first few names stand for the rest."""
    frame = content.texts.frame
    names = _names(content, entry)
    lines = []
    if names:
        named = frame.sources if len(names) <= NAMED else frame.sources_more
        few = named.replace("{names}", "; ".join(names[:NAMED]))
        lines.append(few.replace("{more}", str(len(names) - NAMED)))
    if entry.reviewed:
        lines.append(frame.reviewed.replace("{date}", day(entry.reviewed, content.grammar.months)))
    return lines


def day(date: datetime.date, months: Sequence[str]) -> str:
    """2026-11-22 as 22 Nov 2026: no one can take the month for the day."""
    return f"{date.day} {months[date.month - 1]} {date.year}"


def _rows(content: Content, entry: Entry, also: tuple[str, ...], section: str | None) -> Rows:
    labels = content.texts.labels
    known = section if section in content.sections_by_id else None
    back = (Button(labels.back, OpenSection(known).data()),) if known else ()
    votes = tuple(
        Button(label, CastVote(entry.id, helpful).data()) for label, helpful in ((labels.yes, True), (labels.no, False))
    )
    home = (*back, *menu_row(content))
    signs = card_row(content) if entry.call else ()
    return (votes, *entry_rows(content, also, known), *signs, home)
