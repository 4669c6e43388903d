"""Wordings given twice: the bot could not tell which of two is meant."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.content.checks.items import items
from bot.content.danger import NOT_SIGNS
from bot.content.documents import Document, YamlPath
from bot.content.mistakes import Mistake, suggestion

COPIED = 3  # wordings under two entries from which rather the whole file was copied


@dataclass(frozen=True)
class Wording:
    document: Document
    place: YamlPath
    owner: str
    text: str

    @property
    def key(self) -> str:
        return wording_key(self.text)


def wording_key(text: str) -> str:
    """The same for wordings that are the same: capitals and spaces make no difference."""
    return " ".join(text.casefold().split())


def wording_mistakes(documents: Mapping[str, Document], ids: Iterable[str] | None) -> Iterator[Mistake]:
    """Wordings given twice under one entry or two, and wordings of entries that are not there."""
    yield from _strays(documents, ids)
    seen: dict[str, Wording] = {}
    twice: dict[tuple[str, str, str], list[tuple[Wording, Wording]]] = {}
    for wording in all_wordings(documents):
        first = seen.setdefault(wording.key, wording)
        if first is not wording:
            between = (wording.document.name, wording.owner, first.owner)
            twice.setdefault(between, []).append((wording, first))
    for pairs in twice.values():
        yield from _told_twice(pairs)


def _told_twice(pairs: list[tuple[Wording, Wording]]) -> Iterator[Mistake]:
    """The wordings of one list that stand in another, each with that: one mistake where it was copied."""
    wording, first = pairs[0]
    is_copy = len(pairs) >= COPIED and wording.owner != first.owner
    for wording, first in pairs[:1] if is_copy else pairs:
        where = f"{first.document.name}:{first.document.line(first.place)}"
        under = "" if first.owner == wording.owner else f" under '{first.owner}'"
        said = f"'{wording.owner}': the wording '{wording.text}' is already at {where}{under}"
        more = f", and {len(pairs) - 1} more are: was it copied? Give it wordings of its own" if is_copy else ""
        yield wording.document.mistake(wording.place, said + more)


def stolen_questions(documents: Mapping[str, Document]) -> Iterator[Mistake]:
    """Wordings that are another entry's very question or title: it would be answered there no longer."""
    owners: dict[str, tuple[str, str]] = {}
    for entry in items(documents, "faq.yaml"):
        for field in ("question", "title"):
            if entry.text(field):
                owners.setdefault(_bare(entry.text(field)), (entry.id, field))
    seen: set[str] = set()
    for wording in all_wordings(documents):
        if wording.key in seen:  # told already
            continue
        seen.add(wording.key)
        owner, field = owners.get(_bare(wording.text), (wording.owner, ""))
        if owner != wording.owner and wording.owner not in NOT_SIGNS:
            what = f"'{wording.owner}': the wording '{wording.text}' is the {field} of '{owner}': move it there"
            yield wording.document.mistake(wording.place, what)


def _bare(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _strays(documents: Mapping[str, Document], ids: Iterable[str] | None) -> Iterator[Mistake]:
    document = documents.get("phrasings.yaml")
    if document is None or ids is None or not isinstance(document.data, dict):
        return
    known = tuple(ids)
    for owner in document.data:
        if owner not in known:
            yield document.mistake((owner,), f"there is no entry '{owner}'{suggestion(owner, known)}")


def all_wordings(documents: Mapping[str, Document]) -> Iterator[Wording]:
    """Every wording of the FILES among the documents, with whose it is."""
    for name, document in documents.items():
        match document.kind or name, document.data:
            case (("faq.yaml" | "smalltalk.yaml"), list(blocks)):
                for index in range(len(blocks)):
                    owner = str(document.at((index, "id")) or f"number {index + 1}")
                    yield from _at(document, (index, "phrasings"), owner)
            case (("phrasings.yaml" | "outside.yaml" | "alarms.yaml"), dict(lists)):
                for owner in lists:
                    yield from _at(document, (owner,), owner)


def _at(document: Document, place: YamlPath, owner: str) -> Iterator[Wording]:
    for inner, text in document.texts(place):
        if text:
            yield Wording(document, inner, owner, text)
