"""What an author should look at, and that keeps no bot from starting: warnings, which `check --strict` fails on."""

import datetime
import re
from collections.abc import Collection, Iterator

from bot.content.checks.items import ANSWERS, Item, items
from bot.content.checks.silence import silence_warnings
from bot.content.checks.texts import shown_texts, text_warnings
from bot.content.documents import Documents
from bot.content.markup import plain
from bot.content.mistakes import Mistake

OLD = datetime.timedelta(days=365)  # advice to parents is looked over at least once a year
# What fits one screen of a phone (390 by 844 points), measured on the preview's page: some 42 letters a line.
LONGEST_TITLE = 20  # letters: two buttons share a row
LONGEST = {"verdict": 100, "now": 90, "call": 85}  # letters, of each item: two lines
LONGEST_AT_AGE = 110  # letters of the line that takes the verdict's place: one word of it may stand on a third line
MOST = {"now": 2, "call": 3}  # items
MOST_GRAVE = 5  # items of `call` where the answer is about danger itself
GRAVE = 3  # the `gravity` of those
MOST_WORDS = 20  # in a sentence of what is read at a glance
NEEDED_BY = {"check": "card.yaml", "note": "note.yaml", "country": "regions.yaml", "ages": "ages.yaml"}  # by command
SENTENCE = re.compile(r"[.!?:](?:\s|$)|\n")


def warnings_across(documents: Documents, today: datetime.date) -> Iterator[Mistake]:
    entries = items(documents, "faq.yaml")
    yield from text_warnings(tuple(shown_texts(documents)))
    yield from _dates(entries, today)
    yield from _equal_titles(entries)
    yield from _lost(entries, documents)
    yield from _unanswered(entries)
    yield from _dead_commands(documents)
    yield from _addresses(documents)
    yield from silence_warnings(documents)
    yield from height_warnings(documents)


def height_warnings(documents: Documents) -> Iterator[Mistake]:
    """Answers that are too long for a glance at a phone, in whatever language."""
    for entry in items(documents, "faq.yaml"):
        yield from _heights(entry)
        yield from _long_sentences(entry)


def _dates(entries: Collection[Item], today: datetime.date) -> Iterator[Mistake]:
    for entry in entries:
        reviewed = _day(entry.text("reviewed"))
        if reviewed is None:
            continue
        if reviewed > today:
            # It may be tomorrow already where the author sits, and a machine's clock may be wrong.
            yield entry.mistake(f"'reviewed' is in the future: {reviewed}, and today is {today}", "reviewed")
        elif today - reviewed > OLD:
            what = f"'reviewed' was over a year ago, {reviewed}: read it and its sources again"
            yield entry.mistake(what, "reviewed")


def _equal_titles(entries: Collection[Item]) -> Iterator[Mistake]:
    seen: dict[str, Item] = {}
    for entry in entries:
        title = entry.text("title").casefold()
        first = seen.setdefault(title, entry) if title else entry
        if first is not entry:
            yield entry.mistake(f"'title' is also that of '{first.id}': two buttons would read the same", "title")


def _lost(entries: Collection[Item], documents: Documents) -> Iterator[Mistake]:
    """Entries that nobody can find: by words, or by buttons."""
    sections = items(documents, "sections.yaml")
    listed = {each for section in sections for _, each in section.texts("entries")}
    apart = documents["phrasings.yaml"].data if "phrasings.yaml" in documents else None
    worded = set(apart) if isinstance(apart, dict) else set()
    has_any = bool(worded) or any(entry.texts("phrasings") for entry in entries)
    for entry in entries:
        if sections and entry.id and entry.id not in listed:
            yield entry.mistake("stands in no section of sections.yaml: no button leads to it")
        if has_any and entry.id not in worded and not entry.texts("phrasings"):
            yield entry.mistake("has no 'phrasings': only who types its question will find it")


def _unanswered(entries: Collection[Item]) -> Iterator[Mistake]:
    """Entries that begin without an answer; and a pack without any, which is for measuring at most."""
    for entry in entries:
        if not entry.has("verdict") and any(map(entry.has, ANSWERS)):
            yield entry.mistake("has no 'verdict': the first lines should answer the question")
    if entries and not any(entry.has(field) for entry in entries for field in ANSWERS):
        first = next(iter(entries))
        yield first.mistake("answers nothing, nor does any other entry: give each a 'verdict', and 'now' or 'more'")


def _dead_commands(documents: Documents) -> Iterator[Mistake]:
    """Commands in Telegram's list that only a file makes work."""
    for page in items(documents, "pages.yaml"):
        name = NEEDED_BY.get(page.text("command"))
        if name and name in documents and documents[name].data is None:
            yield page.mistake(f"/{page.text('command')} does nothing, for there is no {name}: take it out", "command")


def _addresses(documents: Documents) -> Iterator[Mistake]:
    sources = documents.get("sources.yaml")
    if sources is None or not isinstance(sources.data, dict):
        return
    for name in sources.data:
        url = sources.at((name, "url"))
        if isinstance(url, str) and not url.startswith("https://"):
            yield sources.mistake((name, "url"), f"source '{name}': 'url' should begin with https://")


def _heights(entry: Item) -> Iterator[Mistake]:
    """What would not stand on one screen of a phone."""
    if len(entry.text("title")) > LONGEST_TITLE:
        what = f"'title' has {len(entry.text('title'))} letters: beyond {LONGEST_TITLE} a phone cuts it"
        yield entry.mistake(what, "title")
    if len(plain(entry.text("verdict"))) > LONGEST["verdict"]:
        what = f"'verdict' has {len(plain(entry.text('verdict')))} letters: {LONGEST['verdict']} are two lines"
        yield entry.mistake(what, "verdict")
    yield from _long_at_age(entry)
    for field, most in MOST.items():
        found = entry.texts(field)
        if field == "call" and entry.document.at((entry.index, "gravity")) == GRAVE:
            most = MOST_GRAVE
        if len(found) > most:
            yield entry.mistake(f"'{field}' has {len(found)} lines: beyond {most} a phone's screen is full", field)
        for place, text in found:
            if len(plain(text)) > LONGEST[field]:
                what = f"a line of '{field}' has {len(plain(text))} letters: {LONGEST[field]} are two lines of a phone"
                yield entry.mistake(what, *place[1:])


def _long_at_age(entry: Item) -> Iterator[Mistake]:
    """Lines for an age, which take the verdict's place."""
    bands = entry.document.at((entry.index, "at_age"))
    for band in bands if isinstance(bands, dict) else ():
        text = entry.document.at((entry.index, "at_age", band, "verdict"))
        if isinstance(text, str) and len(plain(text)) > LONGEST_AT_AGE:
            what = f"'{band}' of 'at_age' has {len(plain(text))} letters: at most {LONGEST_AT_AGE} fit a phone's screen"
            yield entry.mistake(what, "at_age", band)


def _long_sentences(entry: Item) -> Iterator[Mistake]:
    texts = [((entry.index, "verdict"), entry.text("verdict")), *entry.texts("now"), *entry.texts("call")]
    for place, text in texts:
        longest = max(SENTENCE.split(plain(text)), key=lambda each: len(each.split()))
        if len(longest.split()) > MOST_WORDS:
            what = f"a sentence of {len(longest.split())} words in '{place[1]}': at most {MOST_WORDS}, at a glance"
            yield entry.mistake(what, *place[1:])


def _day(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None
