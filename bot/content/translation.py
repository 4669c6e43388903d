"""A pack in another language: its texts laid over the pack that it is a translation of.

A translated file holds only what is read; ids, sources, ages and whatever else is the same in any language stand in
the other pack alone. Blocks of a list are found by their id.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bot.content.checks.files import ENTRIES
from bot.content.documents import Document, YamlPath, as_list, read_document
from bot.content.mistakes import Mistake, shown, suggestion

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
            lines, mistakes = dict(_lines(own, data)), (*own.mistakes, *_strangers(own, data))
            found[name] = Document(own.name, _over(data, own.data), lines, mistakes, document.kind)
    return found


def lacking(folder: Path, base: Mapping[str, Document]) -> Iterator[str]:
    """The names of entries that a translation does not have."""
    for name in base:
        if name.startswith(f"{ENTRIES}/") and not (folder / name).exists():
            yield Path(name).stem


def _without_wordings(data: Any) -> Any:
    return [{key: each for key, each in block.items() if key != "phrasings"} for block in data]


@dataclass(frozen=True)
class _Step:
    """From something in a translation to something in it, and what that lies over, in the other pack."""

    own_place: YamlPath
    own: Any
    place: YamlPath | None  # None where the other pack has nothing of the name
    base: Any  # of the former, the list in which there is no such block


def _steps(own: Any, base: Any, own_place: YamlPath = (), place: YamlPath = ()) -> Iterator[_Step]:
    """Everything in a translation that lies over something, from the outside in, and blocks that lie over nothing."""
    yield _Step(own_place, own, place, base)
    if isinstance(own, dict):
        for name, each in own.items():
            inner = base.get(name) if isinstance(base, dict) else None
            yield from _steps(each, inner, (*own_place, name), (*place, name))
    elif isinstance(own, list):
        for number, (each, at) in enumerate(zip(own, _indexes(own, base), strict=True)):
            if at is None:
                yield _Step((*own_place, number), each, None, base)
                continue
            inner = base[at] if isinstance(base, list) and at < len(base) else None
            yield from _steps(each, inner, (*own_place, number), (*place, at))


def _indexes(own: list[Any], base: Any) -> list[int | None]:
    """Where each item of a list lies in the other pack's: blocks by their name, where they have one."""
    names = [_name(each) for each in own]
    if not isinstance(base, list) or not _named(own) or None in names:
        return [*range(len(own))]
    theirs = [_name(each) for each in base]
    return [theirs.index(name) if name in theirs else None for name in names]


def _lines(own: Document, base: Any) -> Iterator[tuple[YamlPath, int]]:
    """The lines of a translation's own texts, by their places in what both make together."""
    for step in _steps(own.data, base):
        if step.place is not None and step.own_place in own.lines:
            yield step.place, own.lines[step.own_place]


def _strangers(own: Document, base: Any) -> Iterator[Mistake]:
    """Blocks that lie over nothing, or over what another lies over: nobody would ever read them."""
    seen: set[YamlPath] = set()
    for step in _steps(own.data, base):
        name = _name(step.own)
        if name is None:
            continue
        if step.place is None:
            known = [_name(each) for each in step.base]
            said = f"'{name}' is not in the pack that this translates{suggestion(name, known)}"
            yield own.mistake(step.own_place, said)
        elif step.place in seen:
            yield own.mistake(step.own_place, f"'{name}' is translated twice: keep one")
        else:
            seen.add(step.place)


def _over(base: Any, own: Any) -> Any:
    if isinstance(base, dict) and isinstance(own, dict):
        return base | {name: _over(base.get(name), each) for name, each in own.items()}
    if isinstance(base, list) and isinstance(own, list) and _named(own):
        indexes = _indexes(own, base)
        if any(_name(each) is None for each in own) and len(own) != len(base):
            return own
        mine = {at: each for at, each in zip(indexes, own, strict=True) if at is not None}
        return [_over(each, mine.get(number, {})) for number, each in enumerate(base)]
    return base if own is None else own


def _named(blocks: list[Any]) -> bool:
    return bool(blocks) and all(isinstance(each, dict) for each in blocks)


def _name(block: Any) -> Any:
    return next((block[key] for key in KEYS if key in block), None) if isinstance(block, dict) else None
