"""A pack's pictures as they should be: which there are, and of which drawing or figures each was made."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.content.ages import Ages, MilestoneChart

HALVES = 2  # a month has
MADE = "made.json"  # in the folder of pictures: what each was made of


@dataclass(frozen=True)
class PictureSource:
    """What a picture is made of: an SVG file, or the chart with its mark at so many half months."""

    name: str
    digest: str
    drawing: Path | None = None
    halves: int | None = None


def chart_name(halves: int) -> str:
    """The name of the chart's picture with its mark at so many half months."""
    return f"ages-{halves}"


def halves_of(months: float) -> int:
    """Half months, to the nearest."""
    return round(months * HALVES)


def sources_of(folder: Path, ages: Ages | None) -> Iterator[PictureSource]:
    """Every picture that a pack should have. `folder`: its folder of pictures."""
    for path in sorted(folder.glob("*.svg")):
        yield PictureSource(path.stem, hashlib.sha256(path.read_bytes()).hexdigest(), path)
    if ages and ages.chart:
        digest = _digest(ages, ages.chart)
        for halves in range(halves_of(ages.chart.until) + 1):
            yield PictureSource(chart_name(halves), digest, halves=halves)


def made_of(folder: Path) -> Mapping[str, str]:
    """What the pictures were made of, by name: digests. Empty where nothing tells."""
    try:
        found = json.loads((folder / MADE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def note_made(folder: Path, made: Mapping[str, str]) -> None:
    (folder / MADE).write_text(json.dumps(dict(sorted(made.items())), indent=1) + "\n", encoding="utf-8")


def stale(folder: Path, ages: Ages | None) -> tuple[str, ...]:
    """The names of pictures that are not made, or made of something else."""
    made = made_of(folder)
    return tuple(
        each.name
        for each in sources_of(folder, ages)
        if made.get(each.name) != each.digest or not (folder / f"{each.name}.png").exists()
    )


def _digest(ages: Ages, chart: MilestoneChart) -> str:
    """Of all that stands in the chart."""
    texts = chart.texts
    windows = [(each.id, each.name, each.start, each.end) for each in chart.windows]
    drawn = [texts.title, texts.axis, texts.mark, texts.note, chart.until, chart.bold, windows, ages.words.model_dump()]
    return hashlib.sha256(json.dumps(drawn).encode()).hexdigest()
