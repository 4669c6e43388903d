"""What is wrong in a content file, said to its author."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

LIKELY = 0.6  # difflib's own default: below it a suggestion confuses more than it helps


@dataclass(frozen=True, order=True)
class Mistake:
    """One thing to mend: reads as `content/en/faq.yaml:42: entry 'normal': what is wrong`."""

    file: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}"


class ContentError(Exception):
    """A content folder that can't be used; holds every mistake found, in file and line order."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(sorted(set(mistakes)))
        super().__init__("\n".join(map(str, self.mistakes)))


def suggestion(word: str, known: Iterable[str], likely: float = LIKELY) -> str:
    """`, did you mean 'related'?` for a near miss, otherwise nothing."""
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=likely)
    return f", did you mean '{near[0]}'?" if near else ""


def shown(path: Path) -> str:
    """A path as messages show it: relative to where the author stands, where that is possible."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()
