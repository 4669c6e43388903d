"""The kinds of field that content models are made of."""

import re
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints, model_validator

from bot.content.markup import markup_fault, plain, units

# Telegram's button data is 64 bytes at most and names an entry and the section it was reached from.
ID_LENGTH = 28
ID = re.compile(rf"[a-z0-9][a-z0-9_-]{{0,{ID_LENGTH - 1}}}")
TITLE_LENGTH = 32  # longer labels are cut on a phone
VERDICT_LENGTH = 200
VERDICT_LINES = 2
MESSAGE_UNITS = 4096  # Telegram's limit for one message, in UTF-16 units


class StrictModel(BaseModel):
    """A piece of content: nothing unknown in it, nothing changed later."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    @model_validator(mode="before")
    @classmethod
    def _nothing_is_no_value(cls, data: Any) -> Any:
        """`verdict:` with nothing after it is as if the line were not there."""
        if not isinstance(data, dict):
            return data
        known = {info.alias or name for name, info in cls.model_fields.items()}
        return {name: value for name, value in data.items() if value is not None or name not in known}


def _rich(text: str) -> str:
    fault = markup_fault(text)
    if fault:
        raise ValueError(fault)
    if units(plain(text)) > MESSAGE_UNITS:
        raise ValueError(f"has {units(plain(text))} characters, at most {MESSAGE_UNITS} fit one message")
    return text


def _verdict(text: str) -> str:
    seen = plain(_rich(text))
    if len(seen) > VERDICT_LENGTH:
        raise ValueError(f"has {len(seen)} characters, at most {VERDICT_LENGTH} can be read at a glance")
    if seen.count("\n") >= VERDICT_LINES:
        raise ValueError(f"has {seen.count(chr(10)) + 1} lines, at most {VERDICT_LINES}")
    return text


def as_id(text: str) -> str:
    """The text as an id: itself, or what is nearest to it."""
    return text if ID.fullmatch(text) else re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:ID_LENGTH] or "answer"


def _id(text: str) -> str:
    if not ID.fullmatch(text):
        raise ValueError(f"can't be '{text}': use small letters, digits and hyphens, at most {ID_LENGTH} of them")
    return text


Id = Annotated[str, AfterValidator(_id)]
Plain = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Title = Annotated[str, StringConstraints(min_length=1, max_length=TITLE_LENGTH, strip_whitespace=True)]
Rich = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True), AfterValidator(_rich)]
Verdict = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True), AfterValidator(_verdict)]
Wordings = tuple[Plain, ...]
