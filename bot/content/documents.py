"""A YAML file as plain data that remembers its line numbers."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from bot.content.mistakes import ContentError, Mistake

try:
    # The C parser reads the phrasings about ten times faster than the Python one.
    from yaml import CSafeLoader as Loader
except ImportError:  # pragma: no cover - a PyYAML built without libyaml
    from yaml import SafeLoader as Loader  # type: ignore[assignment]

Place = tuple[str | int, ...]


@dataclass(frozen=True)
class Document:
    """One file: its name as shown in messages, its data, and the line of every place in it (from 1)."""

    name: str
    data: Any
    lines: dict[Place, int] = field(repr=False)

    def line(self, place: Place) -> int:
        """The line of a place, or of the nearest thing around it."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)

    def mistake(self, place: Place, what: str) -> Mistake:
        return Mistake(self.name, self.line(place), what)


def read_document(path: Path, name: str) -> Document:
    """Read one YAML file.

    Raises ContentError, with the line, for a file that is missing, is not UTF-8 or is not YAML, and for a
    key given twice (which YAML itself would let pass, dropping the first).
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise ContentError([Mistake(name, 1, "this file is missing")]) from error
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise ContentError([Mistake(name, line, "this is not UTF-8: save the file as UTF-8")]) from error
    except OSError as error:
        raise ContentError([Mistake(name, 1, f"can't be read: {error.strerror}")]) from error
    return _parse(text, name)


def _parse(text: str, name: str) -> Document:
    loader = Loader(text)
    try:
        node = loader.get_single_node()
        lines: dict[Place, int] = {}
        twice: list[Mistake] = []
        if node is not None:
            _walk(node, (), name, lines, twice)
        if twice:
            raise ContentError(twice)
        data = loader.construct_document(node) if node is not None else None
    except yaml.MarkedYAMLError as error:
        raise ContentError([_broken(error, name)]) from error
    except (yaml.YAMLError, ValueError) as error:
        raise ContentError([Mistake(name, 1, f"is not YAML: {error}")]) from error
    finally:
        loader.dispose()
    return Document(name, data, lines)


def _walk(node: yaml.Node, place: Place, name: str, lines: dict[Place, int], twice: list[Mistake]) -> None:
    lines[place] = node.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            _walk(item, (*place, index), name, lines, twice)
    if not isinstance(node, yaml.MappingNode):
        return
    for key, value in node.value:
        inner = (*place, key.value) if isinstance(key.value, str) else place
        if inner in lines:
            twice.append(Mistake(name, key.start_mark.line + 1, f"'{key.value}' is given twice: keep one"))
        _walk(value, inner, name, lines, twice)
        lines[inner] = key.start_mark.line + 1


def _broken(error: yaml.MarkedYAMLError, name: str) -> Mistake:
    mark = error.problem_mark or error.context_mark
    line = mark.line + 1 if mark else 1
    hint = "check the spaces at the start of the line, and put quotes around a text that holds ': ' or begins"
    return Mistake(
        name, line, f"is not YAML here ({error.problem}): {hint} with a sign such as '[', '*' or '@'"
    )
