"""The inbox as its admins see it in Telegram: one cluster at a time, and what a tap would change."""

import html
from dataclasses import dataclass

from bot.content import Content
from bot.replies.presses import OUTSIDE_ID, AcceptWording, DropWording, OpenInbox, SetAsideWording, TryWording
from bot.replies.reply import Button, Reply, Rows, filled_in
from bot.replies.rows import in_pairs, menu_row

SHOWN = 12  # wordings of a cluster, each cut to LINE characters: nobody shall accept what they did not see
LINE = 200
LOST = 3  # questions that would be answered worse


@dataclass(frozen=True)
class InboxItem:
    """A cluster as it is shown: its id and texts, its day, the nearest entries with their chances, and `why` the
    nearest was not given, by the name of the text that says so. `number` of `total`; `after` is the next one's id."""

    id: str
    texts: tuple[str, ...]
    day: str
    candidates: tuple[tuple[str, float], ...]
    why: str
    number: int
    total: int
    after: str | None = None

    @property
    def seen(self) -> str:
        """The cluster as it is now, for buttons that change it: what joined it meanwhile is not acted on unseen."""
        return f"{self.id}-{len(self.texts)}"


def to_inbox_item(content: Content, item: InboxItem | None, note: str = "") -> Reply:
    """One cluster and what can be done with it; None where nothing waits. `note`: what was just done."""
    texts = content.texts.inbox
    if item is None:
        return Reply("text", _joined(note, texts.empty), (menu_row(content),))
    nearest, chance = next(iter(item.candidates), ("", 0.0))
    entry = content.by_id.get(nearest)
    values = {
        "number": str(item.number),
        "total": str(item.total),
        "times": str(len(item.texts)),
        "day": item.day,
        "words": "\n".join(html.escape(text[:LINE], quote=False) for text in item.texts[:SHOWN]),
        "nearest": html.escape(entry.title if entry else "-", quote=False),
        "chance": f"{chance:.0%}",
        "why": texts.why.get(item.why, ""),
    }
    return Reply("text", _joined(note, filled_in(texts.item, values)), _rows(content, item))


def to_trial(content: Content, item: InboxItem, answer: str, better: int, worse: tuple[str, ...], total: int) -> Reply:
    """What taking a cluster for an answer would change, and the way to do it where it breaks nothing."""
    texts = content.texts.inbox
    entry = content.by_id.get(answer)
    values = {
        "words": html.escape(item.texts[0], quote=False),
        "entry": html.escape(entry.title if entry else texts.outside, quote=False),
        "better": str(better),
        "worse": str(len(worse)),
        "total": str(total),
        "lost": "\n".join(f"• {html.escape(each, quote=False)}" for each in worse[:LOST]),
    }
    back = Button(content.texts.labels.back, OpenInbox(item.id).data())
    take = () if worse else (Button(texts.accept, AcceptWording(item.seen, answer).data()),)
    return Reply("text", filled_in(texts.refused if worse else texts.trial, values), ((*take, back),))


def _rows(content: Content, item: InboxItem) -> Rows:
    texts = content.texts.inbox
    entries = [
        Button(content.by_id[each].title, TryWording(item.id, each).data())
        for each, _ in item.candidates
        if each in content.by_id
    ]
    acts = [
        Button(texts.outside, TryWording(item.id, OUTSIDE_ID).data()),
        Button(texts.set_aside, SetAsideWording(item.seen).data()),
        Button(texts.drop, DropWording(item.seen).data()),
    ]
    if item.after:
        acts.append(Button(texts.next, OpenInbox(item.after).data()))
    return (*in_pairs(entries), *in_pairs(acts))


def _joined(note: str, text: str) -> str:
    return f"{note}\n\n{text}" if note else text
