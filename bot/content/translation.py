"""A pack in another language: its texts laid over the pack that it is a translation of.

A translated file holds only what is read; ids, sources, ages and whatever else is the same in any language stand in
the other pack alone. Blocks of a list are found by their id.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.content.checks.files import ENTRIES
from bot.content.documents import Document, YamlPath, as_list, read_document
from bot.content.mistakes import shown

KEYS = ("id", "command")  # what names a block of a list
OWN = ("grammar.yaml",)  # files that nothing is inherited in
WORDINGS = ("alarms.yaml", "outside.yaml")  # lists of what people write: of a translation its own alone


def folders_of(base: Path) -> dict[str, Path]:
    """The folders of translations beside a pack's, by the language that each is called by."""
    beside = (each for each in sorted(base.parent.iterdir()) if each != base and len(each.name) in (2, 3))
    return {each.name: each for each in beside if (each / "texts.yaml").is_file()}


def translated(
    folder: Path, base: Mapping[str, Document], left_out: re.Pattern[str] | None = None
) -> dict[str, Document]:
    """The documents of a translation, each over that of the pack `base`, without what a pattern finds in its entries.

    Raises ContentError.
    """
    found: dict[str, Document] = {}
    for name, document in base.items():
        path = folder / name
        if not path.exists():
            found[name] = replace(document, data={} if name == "alarms.yaml" else document.data)
            continue
        own = read_document(path, shown(path), left_out if name.startswith(f"{ENTRIES}/") else None)
        if name.startswith(f"{ENTRIES}/"):
            own = as_list(own)
        if name in (*OWN, *WORDINGS):
            found[name] = replace(own, kind=document.kind)
        else:
            data = _without_wordings(document.data) if name.startswith(f"{ENTRIES}/") else document.data
            found[name] = Document(own.name, _over(data, own.data), _lines(own), own.mistakes, document.kind)
    return found


def lacking(folder: Path, base: Mapping[str, Document]) -> Iterator[str]:
    """The names of entries that a translation does not have."""
    for name in base:
        if name.startswith(f"{ENTRIES}/") and not (folder / name).exists():
            yield Path(name).stem


def _without_wordings(data: Any) -> Any:
    return [{key: each for key, each in block.items() if key != "phrasings"} for block in data]


def _lines(own: Document) -> dict[YamlPath, int]:
    """Lines of one's own; a place in a list may be another one in the other pack, so only its beginning is told."""
    is_list = isinstance(own.data, list) and len(own.data) > 1
    return {place: line for place, line in own.lines.items() if not is_list or not place}


def _over(base: Any, own: Any) -> Any:
    if isinstance(base, dict) and isinstance(own, dict):
        return base | {name: _over(base.get(name), each) for name, each in own.items()}
    if isinstance(base, list) and isinstance(own, list) and _named(own):
        mine = {_name(each): each for each in own}
        if None in mine:  # blocks without a name are told by their place
            return [_over(*pair) for pair in zip(base, own, strict=True)] if len(base) == len(own) else own
        return [_over(each, mine.get(_name(each), {})) for each in base]
    return base if own is None else own


def _named(blocks: list[Any]) -> bool:
    return bool(blocks) and all(isinstance(each, dict) for each in blocks)


def _name(block: Any) -> Any:
    return next((block[key] for key in KEYS if key in block), None) if isinstance(block, dict) else None
