"""Whose telephone numbers a person is shown: their region's where it is clear, otherwise all."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.content.regions import Region, Regions

COUNTRY = re.compile(r"[A-Za-z]{2}")  # the part of en-GB that names a country; zh-hans and es-419 have none
ANYWHERE = "all"  # chosen by whoever is in none of the regions
PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True)
class Place:
    """`known`: these are the numbers of one region only."""

    values: Mapping[str, str] = field(default_factory=dict)
    known: bool = False

    def fill(self, text: str) -> str:
        """The text with the numbers in it; a placeholder nobody fills stays as it is."""
        return PLACEHOLDER.sub(lambda match: self.values.get(match[1], match[0]), text)


def place_of(regions: Regions, code: str | None, country: str | None = None) -> Place:
    """The place of the region that a person chose, else the one their language's code tells of: `en-GB`, `pl`.

    Most codes, `en` above all, tell of none.
    """
    if country == ANYWHERE:
        return everywhere(regions)
    region = next((each for each in regions.regions if each.id == country), None) or _region(regions, code or "")
    if region is None:
        return Place(regions.everywhere)
    return Place(region.values, known=True)


def everywhere(regions: Regions) -> Place:
    return Place(regions.everywhere)


def _region(regions: Regions, code: str) -> Region | None:
    language, *parts = re.split(r"[-_]", code)
    country = next((part.upper() for part in parts if COUNTRY.fullmatch(part)), None)
    for region in regions.regions:
        if country in region.countries or (country is None and language.lower() in region.languages):
            return region
    return None
