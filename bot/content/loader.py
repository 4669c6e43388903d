"""A content folder in; a checked pack out, or all mistakes at once."""

import contextlib
import datetime
import hashlib
import os
import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field

from bot.content.ages import Ages
from bot.content.bounds import check_place
from bot.content.by_exception import over
from bot.content.card import Card, NoteForm
from bot.content.checks.advice import height_warnings, warnings_across
from bot.content.checks.entries import mistakes_across
from bot.content.checks.files import (
    ENTRIES,
    FAQ,
    PICTURES,
    drawing_mistakes,
    lost,
    misnamed,
    picture_warnings,
    strangers,
)
from bot.content.checks.translations import translation_warnings
from bot.content.danger import Alarms, Danger
from bot.content.documents import Document, Documents, as_list, read_document
from bot.content.entries import Entry, Outside, Section, SmallTalk, Source
from bot.content.explanations import parse
from bot.content.fields import Wordings, as_id
from bot.content.grammar import Grammar
from bot.content.languages import Languages
from bot.content.mistakes import ContentError, Mistake, shown
from bot.content.pack import Content, Translations
from bot.content.regions import Regions
from bot.content.texts import Page, Texts
from bot.content.translation import folders_of, lacking, translated
from bot.content.tuning import Thresholds

DEFAULTS = Path(__file__).parent / "defaults"
TEMPLATE = Path(__file__).parent / "template"  # what `new` gives an author to begin with
KINDS: dict[str, Any] = {
    "faq.yaml": Annotated[tuple[Entry, ...], Field(min_length=1)],
    "phrasings.yaml": dict[str, Wordings],
    "outside.yaml": Outside,
    "alarms.yaml": Alarms,
    "smalltalk.yaml": tuple[SmallTalk, ...],
    "sections.yaml": tuple[Section, ...],
    "sources.yaml": dict[str, Source],
    "texts.yaml": Texts,
    "pages.yaml": tuple[Page, ...],
    "thresholds.yaml": Thresholds,
    "grammar.yaml": Grammar,
    "danger.yaml": Danger,
    "regions.yaml": Regions,
    "card.yaml": Card,
    "note.yaml": NoteForm,
    "ages.yaml": Ages,
    "languages.yaml": Languages,
}
BY_EXCEPTION = ("texts.yaml", "thresholds.yaml")  # files in which only what differs from the default need stand
WORDINGS = ("phrasings.yaml", "outside.yaml", "alarms.yaml")  # files that only learning reads
PHRASINGS = re.compile(r"^phrasings:\n(?:  - .*\n)+", re.MULTILINE)  # the same in the file of an entry
EMPTY: dict[str, Any] = {
    "phrasings.yaml": {},
    "outside.yaml": Outside(),
    "alarms.yaml": {},
    "smalltalk.yaml": (),
    "sections.yaml": (),
    "sources.yaml": {},
    "danger.yaml": None,
    "regions.yaml": Regions(),
    "card.yaml": None,
    "note.yaml": None,
    "ages.yaml": None,
    "languages.yaml": (),
}


@dataclass(frozen=True)
class Loaded:
    """A pack, what its author should look at all the same, and its files as they are written."""

    content: Content
    warnings: tuple[Mistake, ...] = ()
    documents: Documents = field(default_factory=dict, repr=False)


def load_content(folder: Path) -> Content:
    """Load a pack. Only `faq.yaml`, or a file in `entries/`, must be there; every other file has a default.

    Raises ContentError with every mistake, each with its file and line.
    """
    return load(folder, with_translations=False).content


def load(folder: Path, today: datetime.date | None = None, with_translations: bool = True) -> Loaded:
    """The same, with warnings: nothing in them keeps a bot from starting. Translations are looked at, too."""
    mistakes: list[Mistake] = [*strangers(folder, KINDS)]
    documents: dict[str, Document] = {}
    parts: dict[str, Any] = {}
    for name in names_of(folder):
        try:
            documents[name] = document = document_of(folder, name)
            mistakes += [*document.mistakes, *misnamed(document, name)]
            parts[name] = _part(document, name)
        except ContentError as error:
            mistakes += error.mistakes
    mistakes += [*lost(folder, documents), *drawing_mistakes(folder, documents)]
    mistakes += mistakes_across(documents, _unread(folder, documents))
    told: list[Mistake] = []
    if with_translations and not mistakes:
        for translation in folders_of(folder).values():
            own, found = _of_translation(translation, documents)
            mistakes += found
            told += translation_warnings(translation, own, documents, tuple(lacking(translation, documents)))
            told += height_warnings(own)
            if not found and (translation / "ages.yaml").exists():
                told += picture_warnings(translation, _part(own["ages.yaml"], "ages.yaml"))
    if mistakes:
        raise ContentError(mistakes)
    content = _content(parts, folder)
    warnings = {
        *warnings_across(documents, today or datetime.date.today()),
        *picture_warnings(folder, content.ages),
        *told,
    }
    return Loaded(content, tuple(sorted(warnings)), documents)


def _of_translation(folder: Path, base: dict[str, Document]) -> tuple[dict[str, Document], list[Mistake]]:
    """The documents of a translation, and all that is wrong in them."""
    try:
        documents = translated(folder, base)
    except ContentError as error:
        return {}, list(error.mistakes)
    mistakes: list[Mistake] = []
    for name, document in documents.items():
        try:
            mistakes += document.mistakes
            _part(document, name)
        except ContentError as error:
            mistakes += error.mistakes
    return documents, mistakes or [*mistakes_across(documents)]


def load_learnt(folder: Path) -> Content:
    """A pack that is known to be sound, for it was learnt as it stands: without what only learning reads.

    Raises ContentError where a file can't be read all the same.
    """
    documents = {name: document_of(folder, name, is_brief=True) for name in names_of(folder) if name not in WORDINGS}
    parts = {name: _part(document, name) for name, document in documents.items()}
    return _content(parts | {name: EMPTY[name] for name in WORDINGS}, folder, digest_of(folder))


def load_translation(folder: Path, base: Path, is_brief: bool = True) -> Content:
    """A pack in another language, laid over the one in `base`; a brief one is without its wordings.

    Raises ContentError.
    """
    names = [name for name in names_of(base) if name not in WORDINGS or not is_brief]
    documents = {name: document_of(base, name, is_brief=True) for name in names}
    documents = translated(folder, documents, PHRASINGS if is_brief else None)
    parts = {name: _part(document, name) for name, document in documents.items()}
    if is_brief:
        parts |= {name: EMPTY[name] for name in WORDINGS}
    return replace(_content(parts, base), pictures=pictures_of(base) | pictures_of(folder))


def files_of(folder: Path) -> list[Path]:
    """All files of a pack, whether the bot reads them or not, and of its translations."""
    folders = (folder, *folders_of(folder).values()) if folder.is_dir() else ()
    return sorted(path for each in folders for pattern in ("*.yaml", "*/*.yaml") for path in each.glob(pattern))


def digest_of(folder: Path) -> str:
    """A short name for what stands in the folder."""
    digest = hashlib.sha256()
    for path in files_of(folder):
        with contextlib.suppress(OSError):
            name = Path(os.path.relpath(path, folder)).as_posix()
            digest.update(name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def names_of(folder: Path) -> tuple[str, ...]:
    """The files that a pack has or could have: every entry in `entries/` beside those of KINDS."""
    entries = sorted(f"{ENTRIES}/{path.name}" for path in (folder / ENTRIES).glob("*.yaml"))
    kinds = [name for name in KINDS if name != FAQ or not entries or (folder / FAQ).exists()]
    return (*entries, *kinds)


def document_of(folder: Path, name: str, is_brief: bool = False) -> Document:
    """One file of a pack as it is written, or its default; without data where neither is there.

    What a file of BY_EXCEPTION lacks is taken from its default.

    A file in `entries/` has one entry, whose id is the file's name. A brief one is without its wordings.
    """
    path = folder / name
    if not path.exists() and name in EMPTY:
        return Document(shown(path), None)
    if name == FAQ and not path.exists() and (folder / ENTRIES).is_dir():
        raise ContentError(
            [Mistake(shown(folder / ENTRIES), 1, "no answer is in this folder: give it a file for each")]
        )
    if path.exists() or not (DEFAULTS / name).exists():
        check_place(path, folder, shown(path))
    if name in BY_EXCEPTION:
        return _by_exception(path, name)
    if not path.exists() and (DEFAULTS / name).exists():
        path = DEFAULTS / name
    if name.startswith(f"{ENTRIES}/"):
        left_out = PHRASINGS if is_brief else None
        return as_list(replace(read_document(path, shown(path), left_out), kind=FAQ), id=as_id(path.stem))
    return read_document(path, shown(path))


def _by_exception(path: Path, name: str) -> Document:
    own = read_document(path, shown(path)) if path.exists() else Document(shown(path), None)
    if path.exists() and own.data is None and not path.read_bytes().strip():
        raise ContentError([Mistake(own.name, 1, "this file is empty")])
    return over(read_document(DEFAULTS / name, name), own)


def _part(document: Document, name: str) -> Any:
    if document.data is None and name in EMPTY:
        return EMPTY[name]
    return parse(document, KINDS[document.kind or name])


def _unread(folder: Path, documents: dict[str, Document]) -> tuple[str, ...]:
    """The ids of entries whose files can't be read: what names them is right all the same."""
    names = (name for name in names_of(folder) if name.startswith(f"{ENTRIES}/") and name not in documents)
    return tuple(Path(name).stem for name in names)


def pictures_of(folder: Path) -> dict[str, Path]:
    """The pictures of a pack that are made, by name."""
    return {path.stem: path for path in sorted((folder / PICTURES).glob("*.png"))}


def _translations(base: Path) -> Translations:
    return Translations(folders_of(base), lambda folder: load_translation(folder, base))


def _content(parts: dict[str, Any], folder: Path, learnt: str = "") -> Content:
    more: dict[str, tuple[str, ...]] = parts["phrasings.yaml"]
    written = [entry for name, part in parts.items() if name == FAQ or name.startswith(f"{ENTRIES}/") for entry in part]
    entries = tuple(
        entry.model_copy(update={"phrasings": entry.phrasings + more.get(entry.id, ())}) for entry in written
    )
    return Content(
        entries=entries,
        sections=parts["sections.yaml"],
        sources=parts["sources.yaml"],
        texts=parts["texts.yaml"],
        pages=parts["pages.yaml"],
        thresholds=parts["thresholds.yaml"],
        grammar=parts["grammar.yaml"],
        smalltalk=parts["smalltalk.yaml"],
        outside=parts["outside.yaml"],
        alarms=parts["alarms.yaml"],
        danger=parts["danger.yaml"],
        regions=parts["regions.yaml"],
        card=parts["card.yaml"],
        note=parts["note.yaml"],
        ages=parts["ages.yaml"],
        languages=parts["languages.yaml"],
        pictures=pictures_of(folder),
        translations=_translations(folder),
        learnt=learnt,
    )
