"""Answers that are read outside the private chat: short, with the way to the whole of them there."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.content import Content
from bot.content.danger import Danger
from bot.content.entries import Entry
from bot.content.markup import plain
from bot.replies.answers import short_text
from bot.replies.places import everywhere
from bot.replies.presses import (
    ChooseCountry,
    OpenChart,
    OpenEntry,
    OpenFlow,
    OpenMenu,
    OpenSection,
    OtherCountry,
    StepFlow,
    read_press,
)
from bot.replies.reply import Button, Reply, Rows
from bot.replies.rows import CARD, NOTE

MENU = "menu"  # what a link without an answer of its own opens
AGES, COUNTRY = "ages", "country"  # the commands of pages that links open
LINKS = {CARD: "check", NOTE: "note"}  # the commands that links to flows carry
MOST_OFFERED = 6  # answers to what is typed: more are not looked through on a phone
ALARM, CAUTION = "alarm_", "caution_"  # no entry's id ends so


@dataclass(frozen=True)
class InlineAnswer:
    """One line that inline mode offers: its title, what stands below that, and what is sent when it is tapped."""

    id: str
    title: str
    hint: str
    text: str
    rows: Rows


@dataclass(frozen=True)
class InlineAnswers:
    """All lines, best first. `ask`: what stands above them, and leads to the private chat; `failed`: as a Reply's."""

    answers: tuple[InlineAnswer, ...]
    ask: Button
    is_danger: bool = False
    failed: bool = False


def in_group(content: Content, reply: Reply) -> Reply:
    """A reply as a group reads it: of an answer its verdict and when to call; buttons only lead to the private chat.

    What tells of danger stays whole.
    """
    entry = content.by_id.get(reply.entry or "")
    if reply.kind == "answer" and entry and not reply.caution:
        short = short_text(content, entry, reply.verdict)
        return replace(reply, text=short, rows=_link(content, entry.id), also=(), quotes=False)
    return replace(reply, rows=_links(content, reply), quotes=False)


def to_favourites(content: Content) -> InlineAnswers:
    """What is offered before anything is typed."""
    return _offered(content, _answers(content, content.texts.shared.favourites))


def to_inline(content: Content, reply: Reply) -> InlineAnswers:
    """What is offered to words, by the reply that they would get. Danger goes first, and alone."""
    if content.danger and (reply.is_danger or reply.failed):
        return replace(_offered(content, [_alarm(content, reply)], is_danger=True), failed=reply.failed)
    first = [_caution(content, content.danger)] if content.danger and reply.caution else []
    if reply.kind not in ("answer", "choices"):
        return _offered(content, first, is_danger=bool(first))
    ids = ((reply.entry,) if reply.entry else ()) + reply.also
    return _offered(content, [*first, *_answers(content, ids, reply)], is_danger=bool(first))


def _offered(content: Content, answers: Iterable[InlineAnswer], is_danger: bool = False) -> InlineAnswers:
    """With the numbers of all countries wherever a text names some: nobody knows who will read it."""
    place = everywhere(content.regions)
    filled = (replace(each, hint=place.fill(each.hint), text=place.fill(each.text)) for each in answers)
    return InlineAnswers(tuple(filled)[:MOST_OFFERED], Button(content.texts.shared.ask, link=MENU), is_danger)


def _answers(content: Content, ids: Iterable[str], reply: Reply | None = None) -> list[InlineAnswer]:
    entries = [content.by_id[each] for each in dict.fromkeys(ids) if each in content.by_id]
    verdicts = [reply.verdict if reply and reply.entry == each.id else each.verdict for each in entries]
    return [_answer(content, entry, verdict) for entry, verdict in zip(entries, verdicts, strict=True)]


def _answer(content: Content, entry: Entry, verdict: str | None) -> InlineAnswer:
    text = short_text(content, entry, verdict)
    return InlineAnswer(entry.id, entry.question, plain(verdict or ""), text, _link(content, entry.id))


def _alarm(content: Content, reply: Reply) -> InlineAnswer:
    shared = content.texts.shared
    return InlineAnswer(ALARM, shared.danger, shared.danger_hint, reply.text, _link(content, LINKS[CARD]))


def _caution(content: Content, danger: Danger) -> InlineAnswer:
    shared = content.texts.shared
    return InlineAnswer(CAUTION, shared.caution, shared.danger_hint, danger.cry, _link(content, LINKS[CARD]))


def _link(content: Content, payload: str) -> Rows:
    return ((Button(content.texts.shared.open, link=payload),),)


def _links(content: Content, reply: Reply) -> Rows:
    """The buttons as links, as far as they lead to something that a link can open; else the one to the menu.

    What is tapped on a page becomes one link to that page.
    """
    found: dict[str, str] = {}  # a label, by where it leads
    for button in (button for row in reply.rows for button in row):
        match read_press(button.data):
            case OpenEntry(entry):
                found.setdefault(entry, button.label)
            case OpenFlow(flow) if flow in LINKS:
                found.setdefault(LINKS[flow], button.label)
            case OtherCountry():
                found.setdefault(COUNTRY, button.label)
            case StepFlow(flow) if flow in LINKS:
                _lead(content, found, LINKS[flow])
            case OpenChart():
                _lead(content, found, AGES)
            case ChooseCountry():
                _lead(content, found, COUNTRY)
            case OpenMenu() | OpenSection():
                _lead(content, found, MENU)
            case _:
                continue
    return tuple((Button(label, link=payload),) for payload, label in found.items()) or _link(content, MENU)


def _lead(content: Content, found: dict[str, str], payload: str) -> None:
    """One "More in private" is enough: a page's own goes before the one to the menu, which stands last."""
    if content.texts.shared.open not in found.values():
        found.setdefault(payload, content.texts.shared.open)
