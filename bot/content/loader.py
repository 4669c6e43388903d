"""A content folder in; a checked pack out, or all mistakes at once."""

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot.content import consistency
from bot.content.danger import DangerRules
from bot.content.documents import Document, read_document
from bot.content.entries import Entry, Outside, Section, SmallTalk, Source
from bot.content.explanations import parse
from bot.content.mistakes import ContentError, Mistake, suggestion
from bot.content.pack import Content
from bot.content.texts import Texts
from bot.content.tuning import Lexicon, Thresholds

DEFAULTS = Path(__file__).parent / "defaults"
KINDS: dict[str, Any] = {
    "faq.yaml": tuple[Entry, ...],
    "phrasings.yaml": dict[str, tuple[str, ...]],
    "outside.yaml": Outside,
    "smalltalk.yaml": tuple[SmallTalk, ...],
    "sections.yaml": tuple[Section, ...],
    "sources.yaml": dict[str, Source],
    "texts.yaml": Texts,
    "lexicon.yaml": Lexicon,
    "thresholds.yaml": Thresholds,
    "triage.yaml": DangerRules,
}
EMPTY: dict[str, Any] = {
    "phrasings.yaml": {},
    "outside.yaml": Outside(),
    "smalltalk.yaml": (),
    "sections.yaml": (),
    "sources.yaml": {},
    "lexicon.yaml": Lexicon(),
    "triage.yaml": None,
}


def load_content(folder: Path, today: datetime.date | None = None) -> Content:
    """Load a pack. Only `faq.yaml` must be there; every other file has a default.

    Raises ContentError with every mistake, each with its file and line.
    """
    mistakes: list[Mistake] = []
    documents: dict[str, Document] = {}
    parts: dict[str, Any] = {}
    for name in KINDS:
        try:
            _load_part(folder, name, documents, parts)
        except ContentError as error:
            mistakes += error.mistakes
    mistakes += _strangers(folder)
    if "faq.yaml" in parts and len(parts) == len(KINDS):
        mistakes += _across(documents, parts, today or datetime.date.today())
    if mistakes:
        raise ContentError(mistakes)
    return _content(parts)


def shown(path: Path) -> str:
    """A path as messages show it: relative to where the author stands, where that is possible."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()


def _load_part(folder: Path, name: str, documents: dict[str, Document], parts: dict[str, Any]) -> None:
    path = folder / name
    if not path.exists() and name in EMPTY:
        parts[name] = EMPTY[name]
        return
    if not path.exists() and (DEFAULTS / name).exists():
        path = DEFAULTS / name
    document = read_document(path, shown(path))
    if document.data is None and name in EMPTY:
        parts[name] = EMPTY[name]
        return
    documents[name] = document
    parts[name] = parse(document, KINDS[name])


def _strangers(folder: Path) -> Iterator[Mistake]:
    """YAML files that nothing reads: a misspelt name would otherwise be passed over in silence."""
    for path in sorted(folder.glob("*.y*ml")):
        if path.name not in KINDS:
            yield Mistake(shown(path), 1, f"no such file is read{suggestion(path.name, KINDS)}")


def _across(documents: dict[str, Document], parts: dict[str, Any], today: datetime.date) -> Iterator[Mistake]:
    entries: tuple[Entry, ...] = parts["faq.yaml"]
    ids = [entry.id for entry in entries]
    health = parts["triage.yaml"] is not None
    yield from consistency.entry_mistakes(
        documents["faq.yaml"], entries, parts["sources.yaml"], today, health
    )
    if "sections.yaml" in documents:
        yield from consistency.section_mistakes(documents["sections.yaml"], parts["sections.yaml"], ids)
    if "smalltalk.yaml" in documents:
        yield from consistency.smalltalk_mistakes(documents["smalltalk.yaml"], parts["smalltalk.yaml"])
    examples = parts["texts.yaml"].welcome.examples
    yield from consistency.unknown_ids(
        documents["texts.yaml"], ("welcome", "examples"), examples, ids, "'examples'"
    )
    yield from _wording_mistakes(documents, parts, ids)


def _wording_mistakes(
    documents: dict[str, Document], parts: dict[str, Any], ids: list[str]
) -> Iterator[Mistake]:
    wordings: list[consistency.Wording] = []
    faq = documents["faq.yaml"]
    for index, entry in enumerate(parts["faq.yaml"]):
        wordings += [(faq, (index, "phrasings", i), entry.id, text) for i, text in enumerate(entry.phrasings)]
    for owner, texts in parts["phrasings.yaml"].items():
        document = documents["phrasings.yaml"]
        if owner not in ids:
            yield document.mistake((owner,), f"there is no entry '{owner}'{suggestion(owner, ids)}")
        wordings += [(document, (owner, i), owner, text) for i, text in enumerate(texts)]
    for index, talk in enumerate(parts["smalltalk.yaml"]):
        document = documents["smalltalk.yaml"]
        wordings += [
            (document, (index, "phrasings", i), talk.id, text) for i, text in enumerate(talk.phrasings)
        ]
    for side in ("near", "far") if "outside.yaml" in documents else ():
        document = documents["outside.yaml"]
        texts = getattr(parts["outside.yaml"], side)
        wordings += [(document, (side, i), side, text) for i, text in enumerate(texts)]
    yield from consistency.wording_mistakes(wordings)


def _content(parts: dict[str, Any]) -> Content:
    more: dict[str, tuple[str, ...]] = parts["phrasings.yaml"]
    entries = tuple(
        entry.model_copy(update={"phrasings": entry.phrasings + more.get(entry.id, ())})
        for entry in parts["faq.yaml"]
    )
    return Content(
        entries=entries,
        sections=parts["sections.yaml"],
        sources=parts["sources.yaml"],
        texts=parts["texts.yaml"],
        thresholds=parts["thresholds.yaml"],
        smalltalk=parts["smalltalk.yaml"],
        outside=parts["outside.yaml"],
        lexicon=parts["lexicon.yaml"],
        danger=parts["triage.yaml"],
    )
