"""A JSON Schema of each content file, so that an editor can complete and check while one types."""

from typing import Any

from pydantic import TypeAdapter

from bot.content.abroad import AbroadLines
from bot.content.entries import Entry
from bot.content.loader import BY_EXCEPTION, KINDS


def schemas_of() -> dict[str, dict[str, Any]]:
    """File name (`faq.json`) to schema."""
    found: dict[str, dict[str, Any]] = {}
    for name, kind in {**KINDS, "entry.yaml": Entry, "abroad.yaml": AbroadLines}.items():
        schema = TypeAdapter(kind).json_schema(by_alias=True)
        if kind is Entry:
            schema["required"].remove("id")  # it is the file's name
        if name in BY_EXCEPTION:
            schema = _by_exception(schema)
        found[name.replace(".yaml", ".json")] = {
            "$schema": "http://json-schema.org/draft-07/schema#",
            **schema,
        }
    return found


def _by_exception(schema: Any) -> Any:
    """Without what must be there: the bot has words of its own for it."""
    match schema:
        case dict():
            return {name: _by_exception(each) for name, each in schema.items() if name != "required"}
        case list():
            return [_by_exception(each) for each in schema]
        case _:
            return schema
