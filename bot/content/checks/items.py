"""The blocks of list files as they are written, so that no slip in one place hides a mistake elsewhere."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.content.documents import Document, Documents, YamlPath
from bot.content.explanations import owner
from bot.content.mistakes import Mistake

ANSWERS = ("verdict", "now", "more")  # the fields of an entry that answer anything


@dataclass(frozen=True)
class Item:
    """One block of a list file."""

    document: Document
    index: int

    @property
    def id(self) -> str:
        return self.text("id")

    def text(self, field: str) -> str:
        """The text of a field; "" when it is missing or not a text."""
        found = self.document.at((self.index, field))
        return found.strip() if isinstance(found, str) else ""

    def texts(self, field: str) -> tuple[tuple[YamlPath, str], ...]:
        return tuple(self.document.texts((self.index, field)))

    def has(self, field: str) -> bool:
        return bool(self.document.at((self.index, field)))

    def mistake(self, what: str, *place: str | int) -> Mistake:
        at = (self.index, *place)
        return self.document.mistake(at, f"{owner(self.document, at)}{what}")


def repeated_ids(document: Document, place: YamlPath) -> Iterator[Mistake]:
    """Ids that an earlier block of the list at a place already has."""
    seen: dict[str, int] = {}
    for number in range(document.length(place)):
        at: YamlPath = (*place, number, "id")
        found = document.at(at)
        if isinstance(found, str) and found in seen:
            yield document.mistake(at, f"the id '{found}' is already taken, see line {seen[found]}")
        elif isinstance(found, str):
            seen[found] = document.line(at)


def items(documents: Documents, kind: str) -> tuple[Item, ...]:
    """The blocks of a list file, or of all files of its kind."""
    found = [document for name, document in documents.items() if kind in (name, document.kind)]
    lists = [document for document in found if isinstance(document.data, list)]
    return tuple(
        Item(each, index) for each in lists for index, block in enumerate(each.data) if isinstance(block, dict)
    )
