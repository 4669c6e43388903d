"""Mistakes about telephone numbers: values a region lacks, numbers nobody vouches for, replies that name nobody."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from bot.content.checks.texts import ShownText
from bot.content.documents import Document, Documents, YamlPath
from bot.content.explanations import owner
from bot.content.markup import plain
from bot.content.mistakes import Mistake, suggestion

# Three digits or more, as in 999, 116 123 and +1-833-852-6262; words may stand for the last of them.
NUMBER = re.compile(r"\+?\d(?:[ -]?\d){2,}(?:-[A-Z]+)*")
# What a danger reply of each level must name, one of them at least: a parent who reads it must know whom to call.
NEEDED = {
    "emergency": ("call", "call_quietly", "numbers"),
    "crisis": ("crisis", "abuse", "support"),
    "urgent": ("today", "numbers", "call"),
}
# A number after a word for calling, or in bold; or one in international form, wherever it stands.
DIALLED = re.compile(
    r"(?:\b(?:call|ring|dial|phone|text)\s+|<b>)(?!(?:19|20)\d\d\b)(\d(?:[ -]?\d){2,})"
    r"(?![\d°%]|[.,]\d| ?(?:to|months?|days?|times?|g|m)\b)|(\+\d(?:[ -]?\d){6,})",
    re.IGNORECASE,
)


def region_mistakes(documents: Documents) -> Iterator[Mistake]:
    regions = documents.get("regions.yaml")
    if regions is None:
        return
    if regions.data is not None:
        yield from _lacking(regions)
        yield from _twice(regions)
        yield from _unvouched(regions)


def number_mistakes(documents: Documents, shown: Iterable[ShownText]) -> Iterator[Mistake]:
    """Telephone numbers typed into a text: nobody would mend them all, and most are of one country only."""
    regions = documents.get("regions.yaml")
    if regions is None or regions.data is None:
        return
    listed = _listed(regions)
    for each in shown:
        for found in DIALLED.finditer(each.text):
            number = found[1] or found[2]
            what = "write {numbers} or another name of regions.yaml in its place, so that each country reads its own"
            known = "" if number in listed else ", which no region has in its 'numbers'"
            yield each.mistake(f"names {number}{known}: {what}")


def reply_mistakes(documents: Documents) -> Iterator[Mistake]:
    """Danger replies without anybody to call."""
    danger, regions = documents.get("danger.yaml"), documents.get("regions.yaml")
    if danger is None or regions is None or danger.data is None or regions.data is None:
        return
    levels: dict[str, str] = {}
    for number in range(danger.length(("signs",))):
        level, reply = (danger.at(("signs", number, field)) for field in ("level", "reply"))
        levels.setdefault(str(reply or level), str(level))
    for name, level in levels.items():
        place: YamlPath = ("replies", name, "text")
        text = danger.at(place)
        if isinstance(text, str) and level in NEEDED and not any(f"{{{each}}}" in text for each in NEEDED[level]):
            needed = " or ".join(f"{{{each}}}" for each in NEEDED[level])
            yield danger.mistake(place, f"reply '{name}': names nobody to call: it needs {needed}")


def source_places(regions: Document) -> Iterator[YamlPath]:
    """Where the sources of each telephone number stand."""
    for number in range(regions.length(("regions",))):
        for index in range(regions.length(("regions", number, "numbers"))):
            yield "regions", number, "numbers", index, "sources"


def region_values(regions: Document) -> Iterator[ShownText]:
    """What fills the braces for each region. That of `everywhere` is not among it: a translation has its own, for
    people are elsewhere who speak another language."""
    for number in range(regions.length(("regions",))):
        for place, text in _values(regions, ("regions", number, "values")):
            yield ShownText(regions, place, text)


def _lacking(regions: Document) -> Iterator[Mistake]:
    """Regions and `everywhere` fill the same placeholders: who has one number too few is told none at all."""
    known = _names(regions, ("everywhere",))
    for number in range(regions.length(("regions",))):
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
    for number in range(regions.length(("regions",))):
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
    listed = _listed(regions)
    groups: list[YamlPath] = [("everywhere",)]
    groups += [("regions", number, "values") for number in range(regions.length(("regions",)))]
    for group in groups:
        for place, text in _values(regions, group):
            for found in NUMBER.findall(plain(text)):
                if found not in listed:
                    said = f"'{place[-1]}' names {found}, which no region has in its 'numbers'"
                    yield regions.mistake(place, f"{owner(regions, place)}{said}")


def _listed(regions: Document) -> set[str]:
    """The numbers that regions vouch for."""
    return {str(regions.at((*place[:-1], "number"))) for place in source_places(regions)}


def _values(regions: Document, group: YamlPath) -> Iterator[tuple[YamlPath, str]]:
    for name in _names(regions, group):
        found = regions.at((*group, name))
        if isinstance(found, str):
            yield (*group, name), found


def _names(document: Document, place: YamlPath) -> tuple[str, ...]:
    found: Any = document.at(place)
    return tuple(found) if isinstance(found, dict) else ()
