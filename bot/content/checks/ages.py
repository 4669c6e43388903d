"""Mistakes about ages that take more than one field to see: gaps between bands, answers that lack one."""

from collections.abc import Iterator
from itertools import pairwise

from bot.content.checks.items import Item, items, repeated_ids
from bot.content.documents import Document, Documents, YamlPath
from bot.content.explanations import owner
from bot.content.mistakes import Mistake, suggestion

AT_AGE = "at_age"


def age_mistakes(documents: Documents) -> Iterator[Mistake]:
    ages = documents.get("ages.yaml")
    if ages is not None and ages.data is not None:
        yield from _band_mistakes(ages)
        yield from repeated_ids(ages, ("chart", "windows"))
        yield from _window_mistakes(ages)
    for entry in items(documents, "faq.yaml"):
        yield from _entry_mistakes(entry, ages)


def source_places(document: Document) -> Iterator[YamlPath]:
    """Where the sources of what is said of an age stand, in `ages.yaml` or in an entry."""
    for place in document.lines:
        if place[-1:] == ("sources",) and (AT_AGE in place or not isinstance(place[0], int)):
            yield place


def _band_mistakes(ages: Document) -> Iterator[Mistake]:
    yield from repeated_ids(ages, ("bands",))
    bands = [("bands", number) for number in range(ages.length(("bands",)))]
    for before, after in pairwise(bands):
        end, start = ages.at((*before, "to")), ages.at((*after, "from"))
        if end != start and isinstance(end, int | float) and isinstance(start, int | float):
            said = f"begins at {start:g} months, and the band before it ends at {end:g}: let them meet"
            yield ages.mistake((*after, "from"), f"{owner(ages, after)}{said}")


def _window_mistakes(ages: Document) -> Iterator[Mistake]:
    chart: YamlPath = ("chart",)
    until, names = ages.at((*chart, "until")), []
    for number in range(ages.length((*chart, "windows"))):
        place: YamlPath = (*chart, "windows", number)
        end = ages.at((*place, "to"))
        names.append(str(ages.at((*place, "id"))))
        if isinstance(end, int | float) and isinstance(until, int | float) and end > until:
            said = f"ends at {end:g} months, and the chart at {until:g}: raise 'until'"
            yield ages.mistake((*place, "to"), f"{owner(ages, place)}{said}")
    bold = ages.at((*chart, "bold"))
    if isinstance(bold, str) and bold not in names:
        yield ages.mistake((*chart, "bold"), f"'bold': there is no window '{bold}'{suggestion(bold, names)}")


def _entry_mistakes(entry: Item, ages: Document | None) -> Iterator[Mistake]:
    lines = entry.document.at((entry.index, AT_AGE))
    told = tuple(lines) if isinstance(lines, dict) else ()
    has_ages = ages is not None and ages.data is not None
    if (told or entry.has("asks_age") or entry.has("chart")) and not has_ages:
        yield entry.mistake("speaks of ages, which needs an ages.yaml beside sections.yaml")
        return
    if entry.has("chart") and ages is not None and ages.at(("chart",)) is None:
        yield entry.mistake("'chart': there is none in ages.yaml", "chart")
    if entry.has("asks_age") and not told:
        yield entry.mistake("'asks_age' needs 'at_age': what is said once the age is known?", "asks_age")
    if not told or ages is None:
        return
    bands = {str(ages.at(("bands", number, "id"))): number for number in range(ages.length(("bands",)))}
    if entry.has("asks_age") and not any(ages.at(("bands", number, "button")) for number in bands.values()):
        yield entry.mistake("'asks_age': no band in ages.yaml has a 'button' to be tapped", "asks_age")
    for name in told:
        if name not in bands:
            what = f"'at_age': there is no band '{name}' in ages.yaml{suggestion(name, bands)}"
            yield entry.mistake(what, AT_AGE, name)
    if lacking := [name for name, n in bands.items() if name not in told and ages.at(("bands", n, "line")) is None]:
        yield entry.mistake(f"'at_age' lacks {', '.join(lacking)}: an age is met at all bands or at none", AT_AGE)
