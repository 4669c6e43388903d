"""What people write in languages that no pack is in: danger by its sign, and harmless lines. Only learning reads it."""

from collections.abc import Mapping
from pathlib import Path

from pydantic import Field

from bot.content.documents import read_document
from bot.content.explanations import parse
from bot.content.fields import StrictModel, Wordings
from bot.content.mistakes import shown

FILE = "abroad.yaml"  # beside the folders of packs


class AbroadLines(StrictModel):
    """Lines of one language: `signs` by the danger that they tell of, and `harmless` ones."""

    signs: dict[str, Wordings] = Field(default_factory=dict)
    harmless: Wordings = ()


def abroad_lines(pack: Path) -> Mapping[str, AbroadLines]:
    """By language; nothing where there is no such file beside a pack's folder. Raises ContentError."""
    path = pack.parent / FILE
    if not path.exists():
        return {}
    found: Mapping[str, AbroadLines] = parse(read_document(path, shown(path)), dict[str, AbroadLines])
    return found
