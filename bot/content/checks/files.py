"""What is wrong with the files of a pack as such: strangers, wrong names, and what was lost of it."""

import re
from collections.abc import Collection, Iterator
from pathlib import Path

from bot.content.ages import Ages
from bot.content.checks.items import items
from bot.content.documents import Document, Documents
from bot.content.fields import ID_LENGTH, as_id
from bot.content.mistakes import Mistake, shown, suggestion
from bot.content.pictures import stale

LIKELY_FILE = 0.8  # file names all end alike, which makes strangers look near
FAQ, ENTRIES, PICTURES = "faq.yaml", "entries", "pictures"
DANGER, ALARMS = "danger.yaml", "alarms.yaml"
CHARTS = re.compile(r"ages-\d+")  # the chart with its mark at half months


def strangers(folder: Path, known: Collection[str]) -> Iterator[Mistake]:
    """YAML files that nothing reads: a misspelt name would otherwise be passed over in silence."""
    for path in sorted(folder.glob("*.y*ml")):
        if path.name not in known and not path.name.startswith("."):
            yield Mistake(shown(path), 1, f"the bot does not read this file{suggestion(path.name, known, LIKELY_FILE)}")
    for path in sorted((folder / ENTRIES).glob("*")):
        if path.suffix != ".yaml" and not path.name.startswith("."):
            yield Mistake(shown(path), 1, "the bot does not read this file: the name of an entry's file ends in .yaml")


def misnamed(document: Document, name: str) -> Iterator[Mistake]:
    """An entry whose file is called what none can be, or says another id than it is called by."""
    named, written = Path(name).stem, document.at((0, "id"))
    if document.kind == FAQ and named != as_id(named):
        what = f"use small letters, digits and hyphens, at most {ID_LENGTH} of them, as in {as_id(named)}.yaml"
        yield document.mistake((), f"the name of an entry's file can't be '{Path(name).name}': {what}")
    elif document.kind == FAQ and written not in (None, named):
        yield document.mistake(
            (0, "id"), f"the file's name makes this entry '{named}': leave 'id' out, or rename the file"
        )


def lost(folder: Path, documents: Documents) -> Iterator[Mistake]:
    """Danger signs that are lost: the bot would answer everybody as if nothing could be wrong. And lost wordings."""
    for name, other in ((DANGER, ALARMS), (ALARMS, DANGER)):
        path = folder / name
        if not path.exists() and (folder / other).exists():
            yield Mistake(shown(path), 1, f"this file is missing, but there is {other}: bring it back")
        elif path.exists() and not path.read_bytes().strip():
            yield Mistake(shown(path), 1, "this file is empty: bring the danger signs back, or delete both files")
    yield from _wordless(folder, documents)


def drawing_mistakes(folder: Path, documents: Documents) -> Iterator[Mistake]:
    """Entries whose drawing is not there, and drawings that have a name of the chart's."""
    drawings = sorted((folder / PICTURES).glob("*.svg"))
    known = [path.stem for path in drawings]
    for path in drawings:
        if CHARTS.fullmatch(path.stem):
            yield Mistake(shown(path), 1, f"the pictures of the chart are called '{path.stem}': choose another name")
    for entry in items(documents, FAQ):
        name = entry.document.at((entry.index, "picture", "name"))
        if isinstance(name, str) and name not in known:
            what = f"'picture': there is no {PICTURES}/{name}.svg{suggestion(name, known)}"
            yield entry.mistake(what, "picture", "name")


def picture_warnings(folder: Path, ages: Ages | None) -> Iterator[Mistake]:
    """Pictures that are not as their drawing, or as the chart in ages.yaml."""
    if found := stale(folder / PICTURES, ages):
        which = f"{found[0]} and {len(found) - 1} more are" if len(found) > 1 else f"{found[0]} is"
        what = f"{which} not made, or made of something older: run `python -m bot pictures`"
        yield Mistake(shown(folder / PICTURES / f"{found[0]}.png"), 1, what)


def _wordless(folder: Path, documents: Documents) -> Iterator[Mistake]:
    """Wordings that are lost: what is left of the pack would be taken for all there is to understand."""
    path, entries = folder / "phrasings.yaml", items(documents, FAQ)
    if path.exists() and not path.read_bytes().strip():
        yield Mistake(shown(path), 1, "this file is empty: bring the wordings back, or delete it")
    elif not entries or any(each.texts("phrasings") for each in entries) or path.exists():
        return
    elif grown := [name for name in ("outside.yaml", "smalltalk.yaml") if (folder / name).exists()]:
        what = f"this file is missing, there is {grown[0]}, and no entry has 'phrasings': bring the wordings back"
        yield Mistake(shown(path), 1, what)
