"""A YAML file as plain data that remembers its line numbers."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from yaml.reader import Reader

from bot.content.bounds import check_events, check_file, is_plain
from bot.content.mistakes import ContentError, Mistake
from bot.content.syntax import syntax_mistake

try:
    # The C parser reads the phrasings about ten times faster than the Python one.
    from yaml import CSafeLoader as SafeLoader
except ImportError:  # pragma: no cover - a PyYAML built without libyaml
    from yaml import SafeLoader  # type: ignore[assignment]

YamlPath = tuple[str | int, ...]
TEXT = "tag:yaml.org,2002:str"
MANY_TWICE = 3  # names given twice from which it is a dash that is missing
FEWEST_CUT = 3  # words of a text after which a comment is rather the rest of it


class Loader(SafeLoader):
    """YAML as editors read it (1.2): `no`, `12:30`, `0800` and dates are text, `true` and `false` are not."""

    yaml_implicit_resolvers: dict[Any, Any] = {}  # noqa: RUF012 - PyYAML's own way to say it


for tag, pattern, first in (
    ("null", r"~|null|", ["~", "n", ""]),
    ("bool", r"true|false", ["t", "f"]),
    ("int", r"-?(?:0|[1-9][0-9]*)", list("-0123456789")),
    ("float", r"-?(?:0|[1-9][0-9]*)\.[0-9]+", list("-0123456789")),
    ("merge", r"<<", ["<"]),
):
    Loader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(rf"^(?:{pattern})$"), first)


@dataclass(frozen=True)
class Document:
    """One file: its name as shown in messages, its data, and the line of every place in it (from 1).

    `mistakes` are those of the file as such: keys given twice, which YAML itself would let pass. `kind` is the name of
    the file whose format it has.
    """

    name: str
    data: Any
    lines: dict[YamlPath, int] = field(default_factory=dict, repr=False)
    mistakes: tuple[Mistake, ...] = ()
    kind: str = ""

    def line(self, place: YamlPath) -> int:
        """The line of a place, or of the nearest thing around it."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)

    def mistake(self, place: YamlPath, what: str) -> Mistake:
        """One line, even about a text of several."""
        return Mistake(self.name, self.line(place), " ".join(what.splitlines()))

    def at(self, place: YamlPath) -> Any:
        """The data at a place, None where there is none."""
        data = self.data
        for step in place:
            try:
                data = data[step]
            except (KeyError, IndexError, TypeError):
                return None
        return data

    def length(self, place: YamlPath) -> int:
        """How many items the list at a place has; 0 where there is none."""
        found = self.at(place)
        return len(found) if isinstance(found, list) else 0

    def texts(self, place: YamlPath) -> Iterator[tuple[YamlPath, str]]:
        """The texts of the list at a place, each with its own place; what is no text is left out."""
        found = self.at(place)
        for index, each in enumerate(found if isinstance(found, list) else ()):
            if isinstance(each, str):
                yield (*place, index), each.strip()


# By file name; a file that can't be read is left out, and what hangs on it too.
Documents = Mapping[str, Document]


def as_list(document: Document, **more: str) -> Document:
    """A file of one block as a list of it; what is given stands in the block, too, where it does not by itself."""
    if document.data is None:
        return document
    block = {**more, **document.data} if isinstance(document.data, dict) else document.data
    lines = {(0, *place): line for place, line in document.lines.items()}
    return Document(document.name, [block], {(): 1, **lines}, document.mistakes, document.kind)


def read_document(path: Path, name: str, left_out: re.Pattern[str] | None = None) -> Document:
    """Read one YAML file, without what a pattern finds in it.

    Raises ContentError, with the line, for a file that is missing, too large, not UTF-8 or not YAML.
    """
    check_file(path, name)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise ContentError([Mistake(name, 1, "this file is missing")]) from error
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise ContentError([Mistake(name, line, "this is not UTF-8: save the file as UTF-8")]) from error
    except OSError as error:
        raise ContentError([Mistake(name, 1, f"this file can't be read: {error.strerror}")]) from error
    return _parse(left_out.sub("", text) if left_out else text, name)


def _parse(text: str, name: str) -> Document:
    unprintable = Reader.NON_PRINTABLE.search(text)
    if unprintable:
        line = text.count("\n", 0, unprintable.start()) + 1
        raise ContentError([Mistake(name, line, "an invisible sign stands here: write the line anew")])
    loader = Loader(text)
    try:
        if not is_plain(text):
            check_events(yaml.parse(text, Loader), name)  # before anything of it is built
        node = loader.get_single_node()
        lines: dict[YamlPath, int] = {}
        twice: list[Mistake] = []
        if node is not None:
            _walk(node, (), name, lines, twice)
            twice = [*_joined(twice), *_cut_off(node, name, text.splitlines())]
        data = loader.construct_document(node) if node is not None else None
    except yaml.MarkedYAMLError as error:
        raise ContentError([syntax_mistake(error, name, text)]) from error
    finally:
        loader.dispose()
    return Document(name, data, lines, tuple(twice))


def _joined(twice: list[Mistake]) -> Iterator[Mistake]:
    """Several names of one block given twice are two blocks without a dash between them: one mistake, not many."""
    if len(twice) < MANY_TWICE:
        yield from twice
        return
    first = min(twice)
    named = f"{first.what.partition(' is')[0]} and {len(twice) - 1} more names are given twice"
    yield Mistake(first.file, first.line, f"{named}: is the '- ' missing where a new block begins here?")


def _cut_off(node: yaml.Node, name: str, lines: list[str]) -> Iterator[Mistake]:
    """Texts that end where a # after a space begins a comment."""
    for each in _scalars(node):
        end = each.end_mark
        rest = lines[end.line][end.column :] if end.line < len(lines) else ""
        if not each.style and len(each.value.split()) >= FEWEST_CUT and rest.lstrip().startswith("#"):
            what = f"the text ends at '{each.value[-20:]}', for a # after a space begins a comment"
            how = "put quotes around the text, or the comment on a line of its own"
            yield Mistake(name, end.line + 1, f"{what}: {how}")


def _scalars(node: yaml.Node) -> Iterator[yaml.ScalarNode]:
    match node:
        case yaml.ScalarNode():
            yield node
        case yaml.SequenceNode():
            for each in node.value:
                yield from _scalars(each)
        case yaml.MappingNode():
            for _, each in node.value:
                yield from _scalars(each)


def _walk(node: yaml.Node, place: YamlPath, name: str, lines: dict[YamlPath, int], twice: list[Mistake]) -> None:
    lines[place] = node.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            _walk(item, (*place, index), name, lines, twice)
    if not isinstance(node, yaml.MappingNode):
        return
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            continue
        if not key.tag.endswith(":merge"):
            key.tag = TEXT  # a name is text, even `2006:` and `true:`
        inner = (*place, key.value)
        if inner in lines:
            twice.append(Mistake(name, key.start_mark.line + 1, f"'{key.value}' is given twice: keep one"))
        _walk(value, inner, name, lines, twice)
        lines[inner] = key.start_mark.line + 1
