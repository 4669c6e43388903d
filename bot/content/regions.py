"""Countries: whose telephone numbers a reply names, and how sure each number is."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from bot.content.fields import Id, Plain, Rich, StrictModel


def _country(text: str) -> str:
    if not re.fullmatch("[A-Z]{2}", text):
        raise ValueError(f"can't be '{text}': a country is two capital letters, such as GB")
    return text


def _language(text: str) -> str:
    if not re.fullmatch("[a-z]{2,3}", text):
        raise ValueError(f"can't be '{text}': a language is two or three small letters, such as pl")
    return text


def _name(text: str) -> str:
    if not re.fullmatch("[a-z_]+", text):
        raise ValueError(f"can't be '{text}': a name in braces is of small letters and '_'")
    return text


Country = Annotated[str, AfterValidator(_country)]  # ISO 3166, as in en-GB
Language = Annotated[str, AfterValidator(_language)]  # ISO 639, as in pl
Name = Annotated[str, AfterValidator(_name)]  # of a {placeholder}


class Number(StrictModel):
    """A telephone number that texts may name, and what vouches for it."""

    number: Plain
    what: Plain
    sources: tuple[str, ...] = Field(min_length=1)
    sure: Literal["own page", "copy", "general knowledge"]


class Region(StrictModel):
    """A country, or some with the same numbers.

    A language code such as en-GB means it by its country; one without a country, such as pl, by its language.
    `values` fill the {placeholders} of danger replies.
    """

    id: Id
    name: Plain
    countries: tuple[Country, ...] = ()
    languages: tuple[Language, ...] = ()
    numbers: tuple[Number, ...] = ()
    values: dict[Name, Rich]


class Regions(StrictModel):
    """All of `regions.yaml`. `everywhere` fills the placeholders where the region is not clear."""

    everywhere: dict[Name, Rich] = Field(default_factory=dict)
    regions: tuple[Region, ...] = ()
