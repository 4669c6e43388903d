"""A JSON Schema of each content file, so that an editor can complete and check while one types."""

from typing import Any

from pydantic import TypeAdapter

from bot.content.entries import Entry
from bot.content.loader import KINDS


def schemas_of() -> dict[str, dict[str, Any]]:
    """File name (`faq.json`) to schema."""
    found: dict[str, dict[str, Any]] = {}
    for name, kind in {**KINDS, "entry.yaml": Entry}.items():
        schema = TypeAdapter(kind).json_schema(by_alias=True)
        if kind is Entry:
            schema["required"].remove("id")  # it is the file's name
        found[name.replace(".yaml", ".json")] = {
            "$schema": "http://json-schema.org/draft-07/schema#",
            **schema,
        }
    return found
