"""Mistakes about telephone numbers: {placeholders} nobody fills, values a region lacks, unknown numbers."""

import re
from collections.abc import Iterator
from typing import Any

from bot.content.documents import Document, Documents, YamlPath
from bot.content.explanations import owner
from bot.content.markup import plain
from bot.content.mistakes import Mistake, suggestion

FIRST_AID = "first_aid"  # where a reply puts what its signs add; no region fills it
PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
# Three digits or more, as in 999, 116 123 and +1-833-852-6262; words may stand for the last of them.
NUMBER = re.compile(r"\+?\d(?:[ -]?\d){2,}(?:-[A-Z]+)*")
OFFERS = ("not_meant", "other_country", "parent")  # buttons of danger.yaml with a text of their own


def region_mistakes(documents: Documents) -> Iterator[Mistake]:
    regions = documents.get("regions.yaml")
    if regions is None:
        return
    yield from _unfilled(documents, _names(regions, ("everywhere",)))
    if regions.data is not None:
        yield from _lacking(regions)
        yield from _twice(regions)
        yield from _unvouched(regions)


def texts_with_placeholders(documents: Documents) -> Iterator[tuple[Document, YamlPath, str]]:
    """Every text that is filled in before it is shown."""
    danger, card = documents.get("danger.yaml"), documents.get("card.yaml")
    if danger is not None:
        places: list[YamlPath] = [("caution",), ("general",), ("cry",), *((name, "text") for name in OFFERS)]
        replies = _names(danger, ("replies",))
        places += [("replies", name, field) for name in replies for field in ("text", "after")]
        places += [("signs", number, "first_aid") for number in range(_length(danger, ("signs",)))]
        yield from _texts(danger, places)
    if card is not None:
        places = [("text",), ("outdated",), ("parent",), ("kept",), ("nothing", "text")]
        for number in range(_length(card, ("items",))):
            places += [("items", number, "means"), ("items", number, "extra")]
        yield from _texts(card, places)


def source_places(regions: Document) -> Iterator[YamlPath]:
    """Where the sources of each telephone number stand."""
    for number in range(_length(regions, ("regions",))):
        for index in range(_length(regions, ("regions", number, "numbers"))):
            yield "regions", number, "numbers", index, "sources"


def _texts(document: Document, places: list[YamlPath]) -> Iterator[tuple[Document, YamlPath, str]]:
    for place in places:
        found = document.at(place)
        if isinstance(found, str):
            yield document, place, found


def _unfilled(documents: Documents, known: tuple[str, ...]) -> Iterator[Mistake]:
    for document, place, text in texts_with_placeholders(documents):
        for name in PLACEHOLDER.findall(text):
            if name not in known and not (name == FIRST_AID and place[0] == "replies"):
                said = f"names {{{name}}}, which is not in 'everywhere' of regions.yaml"
                what = f"{owner(document, place)}'{place[-1]}' {said}{suggestion(name, known)}"
                yield document.mistake(place, what)
        if f"{{{FIRST_AID}}}" in text and f"{{{FIRST_AID}}}" not in text.split("\n\n"):
            said = f"{{{FIRST_AID}}} should be a paragraph of its own, with an empty line above and below"
            yield document.mistake(place, f"'{place[-1]}': {said}")


def _lacking(regions: Document) -> Iterator[Mistake]:
    """Regions and `everywhere` fill the same placeholders: who has one number too few is told none at all."""
    known = _names(regions, ("everywhere",))
    for number in range(_length(regions, ("regions",))):
        place: YamlPath = ("regions", number, "values")
        own = _names(regions, place)
        for name in known:
            if name not in own:
                said = f"'values' lacks '{name}', which 'everywhere' has"
                yield regions.mistake(place, f"{owner(regions, place)}{said}")
        for name in own:
            if name not in known:
                said = f"'{name}' of 'values' is not in 'everywhere'{suggestion(name, known)}"
                yield regions.mistake((*place, name), f"{owner(regions, place)}{said}")


def _twice(regions: Document) -> Iterator[Mistake]:
    """Ids, countries and languages of two regions: nobody could tell which one is meant."""
    seen: dict[str, int] = {}
    for number in range(_length(regions, ("regions",))):
        id_place: YamlPath = ("regions", number, "id")
        found = regions.at(id_place)
        named = [(id_place, found)] if isinstance(found, str) else []
        for field in ("countries", "languages"):
            named += list(regions.texts(("regions", number, field)))
        for place, name in named:
            key = f"{place[2]} {name}"
            if key in seen:
                said = f"'{name}' is already taken, see line {seen[key]}"
                yield regions.mistake(place, f"{owner(regions, place)}{said}")
            seen.setdefault(key, regions.line(place))


def _unvouched(regions: Document) -> Iterator[Mistake]:
    """Telephone numbers in a value that no region lists with its source."""
    listed = {str(regions.at((*place[:-1], "number"))) for place in source_places(regions)}
    groups: list[YamlPath] = [("everywhere",)]
    groups += [("regions", number, "values") for number in range(_length(regions, ("regions",)))]
    for group in groups:
        for _, place, text in _texts(regions, [(*group, name) for name in _names(regions, group)]):
            for found in NUMBER.findall(plain(text)):
                if found not in listed:
                    said = f"'{place[-1]}' names {found}, which no region has in its 'numbers'"
                    yield regions.mistake(place, f"{owner(regions, place)}{said}")


def _names(document: Document, place: YamlPath) -> tuple[str, ...]:
    found: Any = document.at(place)
    return tuple(found) if isinstance(found, dict) else ()


def _length(document: Document, place: YamlPath) -> int:
    found: Any = document.at(place)
    return len(found) if isinstance(found, list) else 0
