"""What pydantic found wrong, in an author's words."""

from collections.abc import Mapping
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from bot.content.documents import Document, Place
from bot.content.mistakes import ContentError, Mistake, suggestion

Thing = TypeVar("Thing")

NEEDED = {
    "call": "'call' is missing: every answer must say when to talk to a doctor, nurse or health visitor",
}
KINDS = {
    "string_type": "should be text: put quotes around it if it holds ': ' or begins with a sign",
    "tuple_type": "should be a list: one item a line, each beginning with '- '",
    "list_type": "should be a list: one item a line, each beginning with '- '",
    "dict_type": "should be a block of 'name: value' lines",
    "model_type": "should be a block of 'name: value' lines",
    "model_attributes_type": "should be a block of 'name: value' lines",
    "int_type": "should be a whole number",
    "int_parsing": "should be a whole number",
    "float_type": "should be a number",
    "date_type": "should be a date such as 2026-03-31",
    "date_from_datetime_parsing": "should be a date such as 2026-03-31",
    "date_parsing": "should be a date such as 2026-03-31",
    "string_too_short": "is empty",
    "too_short": "is empty: give at least one",
}


def parse(document: Document, kind: type[Thing] | Any, place: Place = ()) -> Thing:
    """The document (or the part at `place`) as `kind`. Raises ContentError with every mistake in it."""
    data = document.data
    for step in place:
        data = data[step]
    try:
        thing: Thing = TypeAdapter(kind).validate_python(data)
    except ValidationError as error:
        raise ContentError([_mistake(document, kind, place, each) for each in error.errors()]) from error
    return thing


def _mistake(document: Document, kind: Any, place: Place, error: ErrorDetails) -> Mistake:
    inner = tuple(part for part in error["loc"] if part != "[key]")
    at = (*place, *inner)
    owner = _owner(document, at)
    return document.mistake(at, f"{owner}{_what(kind, inner, error)}")


def _owner(document: Document, at: Place) -> str:
    """`entry 'normal': ` when the place is inside something with an id."""
    data = document.data
    for step in at:
        if isinstance(data, Mapping) and isinstance(data.get("id"), str):
            break
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return ""
    named = isinstance(data, Mapping) and isinstance(data.get("id"), str)
    return f"entry '{data['id']}': " if named else ""


def _what(kind: Any, inner: Place, error: ErrorDetails) -> str:
    name = next((str(part) for part in reversed(inner) if isinstance(part, str)), "this")
    match error["type"]:
        case "extra_forbidden":
            return f"'{name}' is not a field{suggestion(name, _fields(kind, inner[:-1]))}"
        case "missing":
            return NEEDED.get(name, f"'{name}' is missing")
        case "string_too_long":
            most = error["ctx"]["max_length"]
            return f"'{name}' has {len(error['input'])} characters, at most {most}"
        case "value_error":
            return f"'{name}' {error['ctx']['error']}"
        case kind_of_error if kind_of_error in KINDS:
            return f"'{name}' {KINDS[kind_of_error]}"
        case _:
            return f"'{name}': {error['msg'][0].lower()}{error['msg'][1:]}"


def _fields(kind: Any, inner: Place) -> list[str]:
    """The field names of the model found by walking `inner` down from `kind`."""
    model = _model(kind)
    for step in inner:
        if model is None:
            return []
        if isinstance(step, str) and step in model.model_fields:
            model = _model(model.model_fields[step].annotation)
    if model is None:
        return []
    return [info.alias or name for name, info in model.model_fields.items()]


def _model(kind: Any) -> type[BaseModel] | None:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return kind
    return next((found for each in get_args(kind) if (found := _model(each))), None)
