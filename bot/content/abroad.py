"""What people write in languages that no pack is in: what they ask, danger by its sign, and harmless lines.

Only learning reads it.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic import Field

from bot.content.documents import Document, read_document
from bot.content.explanations import parse
from bot.content.fields import StrictModel, Wordings
from bot.content.mistakes import ContentError, Mistake, shown, suggestion
from bot.content.pack import Content
from bot.content.regions import Language

FOLDER = "abroad"  # beside the folders of packs; a file for each language, named by its code


class AbroadLines(StrictModel):
    """Lines of one language: `entries`, `smalltalk` and `signs` by the id of what they ask for or tell of.

    `outside`: what nothing answers; `harmless`: what sounds like danger and is none, or is ordinary. `alike`: other
    languages with mostly the same words, whose lines are learnt from, too.
    """

    alike: tuple[Language, ...] = ()
    entries: dict[str, Wordings] = Field(default_factory=dict)
    outside: Wordings = ()
    smalltalk: dict[str, Wordings] = Field(default_factory=dict)
    signs: dict[str, Wordings] = Field(default_factory=dict)
    harmless: Wordings = ()


def abroad_lines(pack: Path, content: Content) -> Mapping[str, AbroadLines]:
    """By language; nothing where there is no such folder beside a pack's.

    Raises ContentError with every mistake, names that the pack does not have among them.
    """
    lines: dict[str, AbroadLines] = {}
    documents: list[Document] = []
    mistakes: list[Mistake] = []
    for path in sorted((pack.parent / FOLDER).glob("*.yaml")):
        try:
            document = read_document(path, shown(path))
            lines[path.stem] = parse(document, AbroadLines)
        except ContentError as error:
            mistakes += error.mistakes
        else:
            documents.append(document)
            mistakes += [*document.mistakes, *_strangers(document, lines[path.stem], content)]
    for document in documents:
        for place, code in document.texts(("alike",)):
            if code not in lines:
                said = f"'{code}' of 'alike' has no file here{suggestion(code, lines)}"
                mistakes.append(document.mistake(place, said))
    if mistakes:
        raise ContentError(mistakes)
    return lines


def _strangers(document: Document, lines: AbroadLines, content: Content) -> Iterator[Mistake]:
    """Names of what the pack does not have."""
    signs = content.danger.signs if content.danger else ()
    known = {
        "entries": [entry.id for entry in content.entries],
        "smalltalk": [talk.id for talk in content.smalltalk],
        "signs": [sign.id for sign in signs],
    }
    for field, names in known.items():
        for name in getattr(lines, field):
            if name not in names:
                yield document.mistake(
                    (field, name), f"'{name}' of '{field}' is not in the pack{suggestion(name, names)}"
                )
