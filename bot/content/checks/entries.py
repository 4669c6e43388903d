"""What no single field can show: ids that lead nowhere, ids given twice, answers with no `call` or too long.

It reads the files as written, not the checked models, so that no slip in one place hides a mistake elsewhere.
"""

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from bot.content.checks import ages, flows, numbers, signs, wordings
from bot.content.checks.items import ANSWERS, Item, items
from bot.content.checks.texts import shown_texts, text_mistakes
from bot.content.documents import Document, Documents, YamlPath
from bot.content.explanations import owner
from bot.content.fields import MESSAGE_UNITS
from bot.content.markup import plain, units
from bot.content.mistakes import Mistake, suggestion

BUILT_IN = (
    "start",
    "menu",
    "check",
    "note",
    "ages",
    "country",
    "language",
    "forget",
    "status",
)  # commands that the bot itself answers
NO_ANSWER = "answers nothing: give it a 'verdict', and 'now' or 'more' where there is more to say"
NO_CALL = "'call' is missing: every answer must say when to talk to a doctor, nurse or health visitor"
NO_SOURCE = "'sources': there is no source"
AROUND = 3  # characters that stand around a text in an answer: a bullet, blank lines


def mistakes_across(documents: Documents, unread: Iterable[str] = ()) -> Iterator[Mistake]:
    """Every mistake that takes more than one field to see. `unread`: ids of files that can't be read."""
    ids = entry_ids(documents)
    ids = (*ids, *unread) if ids is not None else None
    for entry in items(documents, "faq.yaml"):
        yield from _entry_mistakes(entry, documents, ids or ())
        yield from _length_mistakes(entry, documents)
    yield from _answerless(items(documents, "faq.yaml"))
    yield from twice(items(documents, "faq.yaml"))
    for name in ("sections.yaml", "smalltalk.yaml"):
        yield from twice(items(documents, name))
    yield from _page_mistakes(items(documents, "pages.yaml"))
    for section in items(documents, "sections.yaml"):
        yield from unknown(section.document, section.texts("entries"), ids, "'entries': there is no entry")
    if "texts.yaml" in documents:
        texts = documents["texts.yaml"]
        examples = texts.texts(("welcome", "examples"))
        yield from unknown(texts, examples, ids, "'examples' of 'welcome': there is no entry")
        favourites = texts.texts(("shared", "favourites"))
        yield from unknown(texts, favourites, ids, "'favourites' of 'shared': there is no entry")
    if "danger.yaml" in documents:
        yield from _danger_mistakes(documents, ids)
    yield from _number_mistakes(documents)
    yield from ages.age_mistakes(documents)
    shown = tuple(shown_texts(documents))
    yield from text_mistakes(shown, documents)
    yield from numbers.number_mistakes(documents, shown)
    yield from numbers.reply_mistakes(documents)
    yield from numbers.region_mistakes(documents)
    yield from flows.tap_mistakes(documents)
    yield from wordings.wording_mistakes(documents, ids)
    yield from wordings.stolen_questions(documents)


def entry_ids(documents: Documents) -> tuple[str, ...] | None:
    """None when they are not to be had."""
    found = items(documents, "faq.yaml")
    faq = documents.get("faq.yaml")
    if not found and not isinstance(getattr(faq, "data", None), list):
        return None
    return tuple(entry.id for entry in found if entry.id)


def unknown(
    document: Document, found: Iterable[tuple[YamlPath, str]], known: Iterable[str] | None, what: str
) -> Iterator[Mistake]:
    """Every id that is not among the known ones, unless these are not to be had."""
    if known is None:
        return
    known = tuple(known)
    for place, each in found:
        if each not in known:
            said = f"{owner(document, place)}{what} '{each}'{suggestion(each, known)}"
            yield document.mistake(place, said)


def twice(found: Iterable[Item]) -> Iterator[Mistake]:
    """Ids, or former ids, that an earlier item of a list already has."""
    seen: dict[str, tuple[Document, YamlPath]] = {}
    for item in found:
        names = [((item.index, "id"), item.id), *item.texts("aliases")]
        for place, name in names:
            if name in seen:
                where, first = seen[name]
                file = "" if where is item.document else f" in {where.name}"
                what = f"the id '{name}' is already taken, see line {where.line(first)}{file}"
                yield item.mistake(what, *place[1:])
            elif name:
                seen[name] = item.document, place


def _entry_mistakes(entry: Item, documents: Documents, ids: tuple[str, ...]) -> Iterator[Mistake]:
    related, document = entry.texts("related"), entry.document
    yield from unknown(document, related, ids, "'related': there is no entry")
    lines = (place for place in ages.source_places(document) if place[0] == entry.index)
    found = [*entry.texts("sources"), *(each for place in lines for each in document.texts(place))]
    yield from unknown(document, found, _names(documents, "sources.yaml"), NO_SOURCE)
    for place, each in related:
        if each == entry.id:
            yield entry.mistake("'related' names the entry itself", *place[1:])
    # A pack that knows danger signs is about someone's health: there every entry needs a `call`.
    if _is_about_health(documents) and not entry.has("call"):
        yield entry.mistake(NO_CALL)


def _answerless(entries: Collection[Item]) -> Iterator[Mistake]:
    """Entries that answer nothing where others do. A pack of questions alone is for measuring: that is warned of."""
    silent = [entry for entry in entries if not any(map(entry.has, ANSWERS))]
    if len(silent) < len(entries):
        for entry in silent:
            yield entry.mistake(NO_ANSWER)


def _is_about_health(documents: Documents) -> bool:
    return "danger.yaml" in documents and documents["danger.yaml"].data is not None


def _page_mistakes(pages: Iterable[Item]) -> Iterator[Mistake]:
    seen: dict[str, int] = {}
    for page in pages:
        name = page.text("command")
        if name in seen:
            yield page.mistake(f"the command '{name}' is already taken, see line {seen[name]}", "command")
        seen.setdefault(name, page.document.line((page.index, "command")))
        if name in BUILT_IN and page.text("text"):
            yield page.mistake(f"'text': /{name} is what the bot itself does, so nothing would show this", "text")
        elif name and name not in BUILT_IN and not page.text("text"):
            yield page.mistake(f"'text' is missing: the bot itself has no /{name}{suggestion(name, BUILT_IN)}")


def _length_mistakes(entry: Item, documents: Documents) -> Iterator[Mistake]:
    """Answers too long for one message.

    An upper bound, as what is put around the texts is known to `bot.replies` only: it counts all headings and
    every source. It stands here so that an author hears of it with its line, with all other mistakes.
    """
    frame = _mapping(documents, "texts.yaml", "frame")
    sources = _mapping(documents, "sources.yaml")
    names = [source.get("name") for _, each in entry.texts("sources") if isinstance(source := sources.get(each), dict)]
    own = [entry.text(field) for field in ("question", "verdict", "more")]
    own += [text for field in ("now", "call") for _, text in entry.texts(field)]
    around = list(frame.values())
    # A source may be named twice: in the line under the answer and in the folded part.
    said = [plain(text) for text in (*own, *around, *names, *names) if isinstance(text, str) and text]
    length = sum(units(text) + AROUND for text in said)
    if length > MESSAGE_UNITS:
        what = f"the answer has about {length} characters with its headings and sources"
        yield entry.mistake(f"{what}, at most {MESSAGE_UNITS} fit one message: shorten 'more'", "more")


def _danger_mistakes(documents: Documents, ids: Iterable[str] | None) -> Iterator[Mistake]:
    danger = documents["danger.yaml"]
    entry = [(("entry",), danger.at(("entry",)))] if isinstance(danger.at(("entry",)), str) else []
    yield from unknown(danger, entry, ids, "'entry': there is no entry")
    yield from unknown(danger, danger.texts(("help",)), ids, "'help': there is no entry")
    sources = [each for number in signs.numbers(danger) for each in danger.texts(("signs", number, "sources"))]
    yield from unknown(danger, sources, _names(documents, "sources.yaml"), NO_SOURCE)
    yield from signs.sign_mistakes(danger)
    if "alarms.yaml" in documents and danger.data is not None:
        yield from signs.alarm_mistakes(danger, documents["alarms.yaml"])


def _number_mistakes(documents: Documents) -> Iterator[Mistake]:
    """Telephone numbers, and figures about ages, whose source is not there."""
    known = _names(documents, "sources.yaml")
    for name, places in (("regions.yaml", numbers.source_places), ("ages.yaml", ages.source_places)):
        if name in documents:
            for place in places(documents[name]):
                yield from unknown(documents[name], documents[name].texts(place), known, NO_SOURCE)


def _names(documents: Documents, name: str) -> tuple[str, ...] | None:
    """The names in a file of named things; None when they are not to be had."""
    return tuple(_mapping(documents, name)) if name in documents else None


def _mapping(documents: Documents, name: str, *place: str) -> dict[str, Any]:
    found = documents[name].at(place) if name in documents else None
    return found if isinstance(found, dict) else {}
