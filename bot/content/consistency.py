"""What no single field can show: ids that lead nowhere, things given twice, answers without a `call`."""

import datetime
from collections.abc import Iterable, Iterator

from bot.content.documents import Document, Place
from bot.content.entries import Entry, Section, SmallTalk, Source
from bot.content.explanations import NEEDED
from bot.content.mistakes import Mistake, suggestion

Wording = tuple[Document, Place, str, str]  # file, place in it, whose wording, the text


def unknown_ids(
    document: Document, place: Place, ids: Iterable[str], known: Iterable[str], what: str
) -> Iterator[Mistake]:
    """Every id in a list at `place` that is not among the known ones."""
    known = tuple(known)
    for index, each in enumerate(ids):
        if each not in known:
            yield document.mistake((*place, index), f"{what}: there is no '{each}'{suggestion(each, known)}")


def entry_mistakes(
    document: Document,
    entries: tuple[Entry, ...],
    sources: dict[str, Source],
    today: datetime.date,
    health: bool,
) -> Iterator[Mistake]:
    """What is wrong with the entries as a whole. `health`: the pack has danger signs, so all need a `call`."""
    ids = [entry.id for entry in entries]
    for index, entry in enumerate(entries):
        who = f"entry '{entry.id}'"
        yield from unknown_ids(document, (index, "related"), entry.related, ids, f"{who}: 'related'")
        yield from unknown_ids(document, (index, "sources"), entry.sources, sources, f"{who}: 'sources'")
        if entry.id in entry.related:
            yield document.mistake((index, "related"), f"{who}: 'related' names the entry itself")
        if not entry.call and (entry.answers or health):
            yield document.mistake((index,), f"{who}: {NEEDED['call']}")
        if entry.reviewed and entry.reviewed > today:
            yield document.mistake(
                (index, "reviewed"), f"{who}: 'reviewed' is in the future: {entry.reviewed}"
            )
    yield from twice(document, [(entry.id, *entry.aliases) for entry in entries])


def section_mistakes(
    document: Document, sections: tuple[Section, ...], entries: Iterable[str]
) -> Iterator[Mistake]:
    """Sections that lead nowhere, and sections given twice."""
    known = tuple(entries)
    for index, section in enumerate(sections):
        yield from unknown_ids(
            document, (index, "entries"), section.entries, known, f"section '{section.id}'"
        )
    yield from twice(document, [(section.id,) for section in sections])


def twice(document: Document, names: Iterable[tuple[str, ...]]) -> Iterator[Mistake]:
    """Ids (or former ids) that an earlier item of a list already has."""
    seen: dict[str, int] = {}
    for index, group in enumerate(names):
        for name in group:
            if name in seen:
                line = document.line((seen[name],))
                yield document.mistake((index, "id"), f"'{name}' is already an id, see line {line}")
            seen.setdefault(name, index)


def wording_mistakes(wordings: Iterable[Wording]) -> Iterator[Mistake]:
    """Wordings given twice, under one entry or two: the bot could not tell which is meant."""
    seen: dict[str, Wording] = {}
    for wording in wordings:
        document, place, whose, text = wording
        key = " ".join(text.lower().split())
        if key in seen:
            first, at, other, _ = seen[key]
            where = f"{first.name}:{first.line(at)}"
            yield document.mistake(
                place, f"'{whose}': the wording '{text}' is already at {where} under '{other}'"
            )
        seen.setdefault(key, wording)


def smalltalk_mistakes(document: Document, smalltalk: tuple[SmallTalk, ...]) -> Iterator[Mistake]:
    yield from twice(document, [(each.id,) for each in smalltalk])
