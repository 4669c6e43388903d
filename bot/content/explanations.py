"""What pydantic found wrong, in an author's words."""

from collections.abc import Mapping
from typing import Annotated, Any, TypeVar, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from bot.content.documents import Document, YamlPath
from bot.content.mistakes import ContentError, Mistake, suggestion

Thing = TypeVar("Thing")

LIST = "should be a list: one item a line, each beginning with '- '"
BLOCK = "should be a block of 'name: value' lines"
DATE = "should be a date such as 2026-03-31"
FACT = "should be true or false"
WHOLE = "should be a whole number"
# pydantic's kinds of error; {names} are filled in from what pydantic tells with it.
KINDS = {
    "tuple_type": LIST,
    "dict_type": BLOCK,
    "model_type": BLOCK,
    "model_attributes_type": BLOCK,
    "int_type": WHOLE,
    "int_parsing": WHOLE,
    "int_parsing_size": WHOLE,
    "int_from_float": WHOLE,
    "float_type": "should be a number",
    "float_parsing": "should be a number",
    "bool_type": FACT,
    "bool_parsing": FACT,
    "date_type": DATE,
    "date_parsing": DATE,
    "date_from_datetime_parsing": DATE,
    "date_from_datetime_inexact": DATE,
    "literal_error": "should be {expected}",
    "greater_than_equal": "should be at least {ge:g}",
    "less_than_equal": "should be at most {le:g}",
    "string_pattern_mismatch": "may hold small letters, digits and '_' only, and not too many",
    "string_too_short": "is empty",
    "too_short": "is empty: give at least one",
    "too_long": "has {actual_length} items, at most {max_length}",
    "value_error": "{error}",
}
# What one item of a list file, or of a file whose items have names, is called.
NOUNS = {
    "faq.yaml": "entry",
    "sections.yaml": "section",
    "smalltalk.yaml": "small talk",
    "sources.yaml": "source",
    "phrasings.yaml": "entry",
    "danger.yaml": "sign",
    "regions.yaml": "region",
    "card.yaml": "box",
    "note.yaml": "question",
    "pages.yaml": "page",
    "languages.yaml": "language",
}


def parse(document: Document, kind: type[Thing] | Any) -> Thing:
    """The document as `kind`. Raises ContentError with every mistake in it."""
    try:
        thing: Thing = TypeAdapter(kind).validate_python(document.data)
    except ValidationError as error:
        raise ContentError([_mistake(document, kind, each) for each in error.errors() if not _is_echo(each)]) from error
    return thing


def noun(document: Document) -> str:
    return NOUNS.get(document.kind or document.name.rpartition("/")[2], "item")


def owner(document: Document, place: YamlPath) -> str:
    """`entry 'normal': ` when the place is inside something with an id or a name, otherwise nothing."""
    depth, name = _named(document, place)
    if depth:
        return f"{noun(document)} {name}: "
    return ""


def _named(document: Document, place: YamlPath) -> tuple[int, str]:
    """How many steps of the place lead to the named thing around it (0: there is none), and its name."""
    for depth in range(1, len(place) + 1):
        data = document.at(place[:depth])
        if isinstance(data, Mapping) and isinstance(data.get("id"), str):
            return depth, f"'{data['id']}'"
    if isinstance(document.data, list) and place:
        return 1, f"number {int(place[0]) + 1}"
    if noun(document) in ("source", "entry") and place:
        return 1, f"'{place[0]}'"
    return 0, ""


def _is_echo(error: ErrorDetails) -> bool:
    """Whether a list only counts as too short because its items are wrong, which is told by itself."""
    return error["type"] == "too_short" and len(error["input"]) > error["ctx"]["actual_length"]


def _mistake(document: Document, kind: Any, error: ErrorDetails) -> Mistake:
    place = tuple(part for part in error["loc"] if part != "[key]")
    depth, _ = _named(document, place)
    what = _what(kind, place, place[depth:], error)
    return document.mistake(place, f"{owner(document, place)}{what}")


def _what(kind: Any, place: YamlPath, inner: YamlPath, error: ErrorDetails) -> str:
    """`inner` is the place inside the named thing, if there is one."""
    name = _name(inner) if inner else ("this" if place else "this file")
    match error["type"]:
        case "extra_forbidden":
            return f"{name} is not a field{suggestion(str(place[-1]), _fields(kind, place[:-1]))}"
        case "missing":
            return f"{name} is missing"
        case "string_too_long":
            return f"{name} has {len(error['input'])} characters, at most {error['ctx']['max_length']}"
        case "string_type":
            return f"{name} {_no_text(error['input'])}"
        case _ if error["input"] is None:
            return f"{name} is empty"
        case known if known in KINDS:
            return f"{name} {KINDS[known].format(**error.get('ctx', {}))}"
        case _:  # a kind of error that no model here gives so far
            return f"{name} can't be used as it is: {error['msg']}"


def _name(inner: YamlPath) -> str:
    """`'call'`, `item 2 of 'call'`, `'menu' of 'labels'`: the innermost first, at most two."""
    parts = [f"item {part + 1}" if isinstance(part, int) else f"'{part}'" for part in inner]
    return " of ".join(reversed(parts[-2:]))


def _no_text(found: Any) -> str:
    match found:
        case None:
            return "is empty"
        case Mapping():
            return "should be text: put quotes around it, because it holds ': '"
        case list():
            return "should be text, not a list: put it on one line, in quotes if it begins with '['"
        case bool():
            return f"should be text: put quotes around it, '{str(found).lower()}'"
        case _:
            return f"should be text: put quotes around it, '{found}'"


def _fields(kind: Any, place: YamlPath) -> list[str]:
    """The field names of the model found by walking `place` down from `kind`."""
    for step in place:
        kind = _inside(kind, step)
    model = _model(kind)
    return [info.alias or name for name, info in model.model_fields.items()] if model else []


def _inside(kind: Any, step: str | int) -> Any:
    """The kind of what stands at a step of a model, a list or a mapping."""
    if get_origin(kind) is Annotated:
        kind = get_args(kind)[0]
    if get_origin(kind) is tuple:
        return get_args(kind)[0]
    if get_origin(kind) is dict:
        return get_args(kind)[1]
    model = _model(kind)
    if model is None:
        return None
    fields = {info.alias or name: info.annotation for name, info in model.model_fields.items()}
    return fields.get(str(step))


def _model(kind: Any) -> type[BaseModel] | None:
    """The model that a kind is, or that an optional kind may be."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return kind
    return next((found for each in get_args(kind) if (found := _model(each))), None)
