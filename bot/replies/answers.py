"""One entry as a parent reads it, on one screen: verdict first, then now, then when to call, the rest folded."""

import datetime
import html
from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.content import Content
from bot.content.entries import Entry
from bot.replies.ages import MetAge, asking_row, verdict_of
from bot.replies.pictures import picture_buttons
from bot.replies.presses import CastVote, HelpParent, OpenSection
from bot.replies.reply import Button, Reply, Rows
from bot.replies.rows import card_row, entry_buttons, in_pairs, menu_row, offer_rows

BETWEEN = "\n\n"  # two paragraphs
OFFERED = 4  # entries that the question may mean instead, under its answer; more would be a wall
RELATED, A_ROW = 2, 2  # related ones, where no other is likely: one row
HOME = 2  # buttons of the last row: a third would cut "Check warning signs"


def to_entry(
    content: Content,
    entry: Entry,
    near: Iterable[str] = (),
    section: str | None = None,
    confidence: float = 1.0,
    age: MetAge | None = None,
) -> Reply:
    """The answer of an entry. `near`: others the question may mean, offered before the related ones."""
    near = tuple(dict.fromkeys(each for each in near if each != entry.id))[:OFFERED]
    shown = picture_buttons(content, entry, age)
    others = len(shown) + entry.for_parent
    taken = len(near) + others
    room = max(RELATED, taken + taken % A_ROW) - others  # no row is left half empty
    also = tuple(dict.fromkeys(each for each in (*near, *entry.related) if each != entry.id))[:room]
    asking, verdict = () if age else asking_row(content, entry), verdict_of(entry, age)
    return Reply(
        kind="answer",
        text=answer_text(content, entry, verdict),
        rows=tuple(row for row in (asking, *_rows(content, entry, also, section, shown)) if row),
        entry=entry.id,
        also=also,
        confidence=confidence,
        verdict=verdict,
    )


def answer_text(content: Content, entry: Entry, verdict: str | None) -> str:
    """The question and a verdict, now, when to call; the fold and the best source end it without an empty line."""
    frame = content.texts.frame
    parts = [_opening(content, entry, verdict)]
    if entry.now:
        parts.append(f"{frame.now}\n{_bullets(entry.now)}")
    parts += _calls(content, entry)
    folded = [frame.more, entry.more] if entry.more else []
    folded += _about(content, entry)
    names = _names(content, entry)
    end = [f"<blockquote expandable>{BETWEEN.join(folded)}</blockquote>"] if folded else []
    end += [frame.source.replace("{name}", names[0])] if names else []
    return "\n".join([BETWEEN.join(parts), *end])


def unfolded(content: Content, entry: Entry, reply: Reply) -> Reply:
    """An answer once more, its verdict over what was folded; folded are when to call and what to do now."""
    if not entry.more:
        return reply
    frame = content.texts.frame
    now = [f"{frame.now}\n{_bullets(entry.now)}"] if entry.now else []
    folded = [*_calls(content, entry), *now, *_about(content, entry)]
    end = f"\n<blockquote expandable>{BETWEEN.join(folded)}</blockquote>" if folded else ""
    return replace(reply, text=f"{BETWEEN.join([_opening(content, entry, reply.verdict), entry.more])}{end}")


def short_text(content: Content, entry: Entry, verdict: str | None) -> str:
    """The question, its verdict and when to call, for those who read it in passing, with who says it."""
    return BETWEEN.join(
        [_opening(content, entry, verdict), *_calls(content, entry), content.texts.shared.disclaimer],
    )


def _opening(content: Content, entry: Entry, verdict: str | None) -> str:
    question = content.texts.frame.asked.replace("{question}", html.escape(entry.question, quote=False))
    return f"{question}\n{verdict}" if verdict else question


def _calls(content: Content, entry: Entry) -> list[str]:
    return [f"{content.texts.frame.call}\n{_bullets(entry.call)}"] if entry.call else []


def _bullets(lines: tuple[str, ...]) -> str:
    return "\n".join(f"• {line}" for line in lines)


def _names(content: Content, entry: Entry) -> tuple[str, ...]:
    shown = (content.sources[each] for each in entry.sources if content.sources[each].shown)
    return tuple(dict.fromkeys(html.escape(source.name, quote=False) for source in shown))


def _about(content: Content, entry: Entry) -> list[str]:
    """All sources by name, and when the text was last checked: for the fold."""
    frame, names = content.texts.frame, _names(content, entry)
    lines = [frame.sources.replace("{names}", "; ".join(names))] if len(names) > 1 else []
    if entry.reviewed:
        lines.append(frame.reviewed.replace("{date}", day(entry.reviewed, content.grammar.months)))
    return ["\n".join(lines)] if lines else []


def day(date: datetime.date, months: Sequence[str]) -> str:
    """2026-11-22 as 22 Nov 2026: no one can take the month for the day."""
    return f"{date.day} {months[date.month - 1]} {date.year}"


def _rows(
    content: Content, entry: Entry, also: tuple[str, ...], section: str | None, shown: tuple[Button, ...]
) -> Rows:
    labels = content.texts.labels
    known = section if section in content.sections_by_id else None
    back = (Button(labels.back, OpenSection(known).data()),) if known else ()
    votes = tuple(
        Button(label, CastVote(entry.id, helpful).data()) for label, helpful in ((labels.yes, True), (labels.no, False))
    )
    parent = content.danger.parent if content.danger and entry.for_parent else None
    (help_for_parent,) = offer_rows(parent, HelpParent()) or ((),)
    (signs,) = (card_row(content) if entry.call else ()) or ((),)
    home = (*signs, *back, *menu_row(content))[:HOME]  # Back leads to the menu, too
    votes = (*votes, Button(labels.send, sent=entry.question, link=entry.id))
    return (votes, *in_pairs([*shown, *help_for_parent, *entry_buttons(content, also, known)]), home)
