"""What the strip at the top of the page says: how an edit of the content fares."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from bot.content import Mistake
from bot.preview.refusals import Json

Phase = Literal["live", "reading", "learning", "mistakes", "failed"]
MOST = 50  # mistakes that are shown; whoever has more mends these first


@dataclass(frozen=True)
class Strip:
    """`share`: how much of the learning is done, from 0 to 1; None where it can't be told.

    `texts_are_live`: the new texts answer already, only what is understood is still the old. `mistakes`: what keeps the
    change from being taken over; with `live`, what the author should look at all the same. `trouble`: what failed.
    """

    phase: Phase = "live"
    share: float | None = None
    texts_are_live: bool = False
    mistakes: tuple[Mistake, ...] = ()
    trouble: str = ""

    def to_json(self) -> Json:
        return {
            "phase": self.phase,
            "share": self.share,
            "texts_are_live": self.texts_are_live,
            "count": len(self.mistakes),
            "mistakes": [{"place": spot(each.file, each.line), "what": each.what} for each in self.mistakes[:MOST]],
            "trouble": self.trouble,
        }


def spot(file: str, line: int) -> Json:
    """A line of a file: as messages show it, and with the whole path, for a link into the editor."""
    return {"file": file, "line": line, "path": Path(file).absolute().as_posix()}
