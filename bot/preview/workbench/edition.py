"""One state of the content, as it is spoken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.content.documents import Document, Documents, YamlPath
from bot.evaluation.questions import Question
from bot.preview.refusals import Json
from bot.preview.workbench.strip import spot
from bot.replies import Reply, Speaker

FAQ = "faq.yaml"  # and whatever has its format


@dataclass(frozen=True)
class Edition:
    """What speaks and what explains it, the files both were made of, and what it has replied to questions."""

    speaker: Speaker
    explain: Callable[[str], dict[str, Any]] = field(repr=False)
    documents: Documents = field(repr=False)
    folder: Path
    replies: dict[Question, Reply] = field(default_factory=dict, repr=False)

    def spot(self, name: str, place: YamlPath = ()) -> Json | None:
        """Where something of a file stands; None for a default of the bot's own, which is nobody's to edit here."""
        document = self.documents.get(name)
        return spot_in(document, place) if document and (self.folder / name).exists() else None


def entry_spots(documents: Documents) -> dict[str, Json]:
    """Where each entry begins."""
    lists = [document for name, document in documents.items() if (document.kind or name) == FAQ]
    return {
        str(document.at((number, "id"))): spot_in(document, (number,))
        for document in lists
        for number in range(len(document.data if isinstance(document.data, list) else ()))
    }


def spot_in(document: Document, place: YamlPath) -> Json:
    """The line of a place in a file."""
    return spot(document.name, document.line(place))
