"""Which methods the Bot API has, and which parameters each of them takes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bot.preview.refusals import Json, Refusal, Violation

TABLE = Path(__file__).with_name("methods.json")
ARRAY = "Array of "
# What each scalar is in JSON.
NATIVE: dict[str, Any] = {"Integer": int, "Float": (int, float), "Boolean": bool, "True": bool, "String": str}
TRUTH = {"true": True, "True": True, "1": True, "false": False, "False": False, "0": False}


class MismatchError(Exception):
    """A value is not of the type that the table asks for."""


class Schema:
    """The part of the Bot API that the preview knows, read from ``methods.json``."""

    def __init__(self, table: Json) -> None:
        self.updates: frozenset[str] = frozenset(table["updates"])
        self._methods: dict[str, dict[str, str]] = table["methods"]
        self._types: dict[str, dict[str, str] | list[str]] = table["types"]
        self._names: dict[str, str] = {name.lower(): name for name in [*self._methods, *table["unsupported"]]}

    @classmethod
    def load(cls) -> Schema:
        """The table that ships with the package."""
        return cls(json.loads(TABLE.read_text(encoding="utf-8")))

    def name(self, method: str) -> str:
        """The method as the documentation spells it; 404 if there is none, 400 if it is not pretended."""
        name = self._names.get(method.lower())
        if name is None:
            raise Refusal("Not Found: method not found", 404)
        if name not in self._methods:
            raise Violation("method not supported by the preview")
        return name

    def check(self, method: str, parameters: Json, report: Callable[[str], None], is_typed: bool = False) -> Json:
        """The parameters in their own types; unknown ones are reported and, as on Telegram, ignored.

        ``is_typed``: they should have these types already; a number in quotes, or an object as a text, is reported.
        """
        fields = self._methods[method]
        for unknown in sorted(set(parameters) - set(fields)):
            report(f'unknown parameter "{unknown}"')
        checked: Json = {}
        for name, kind in fields.items():
            value = parameters.get(name)
            if value is None or (value == "" and not kind.lstrip("!").endswith("String")):
                if kind.startswith("!"):
                    raise Violation(_absent(name))
                continue
            for where in self._mistyped(value, kind.lstrip("!"), name) if is_typed else ():
                report(f"{where} is not of the type that the Bot API has it in")
            try:
                checked[name] = self._convert(value, kind.lstrip("!"), name)
            except MismatchError as mismatch:
                raise Violation(f'can\'t parse parameter "{name}": {mismatch}') from mismatch
        return checked

    def _mistyped(self, value: Any, kind: str, where: str) -> Iterator[str]:
        """The places in a value whose JSON is of another type than the documentation says."""
        if "|" in kind:
            yield from self._in_none_of(value, kind.split("|"), where)
        elif kind.startswith(ARRAY):
            inner = kind.removeprefix(ARRAY)
            if isinstance(value, list):
                for index, item in enumerate(value):
                    yield from self._mistyped(item, inner, f"{where}[{index}]")
            else:
                yield where
        elif kind in NATIVE:
            if not isinstance(value, NATIVE[kind]) or (isinstance(value, bool) and kind in ("Integer", "Float")):
                yield where
        elif kind in self._types:
            fields = self._types[kind]
            if isinstance(fields, list):
                yield from self._in_none_of(value, fields, where)
            elif not isinstance(value, dict):
                yield where
            else:
                for name, item in value.items():
                    yield from self._mistyped(item, fields.get(name, "").lstrip("!"), f"{where}.{name}")

    def _in_none_of(self, value: Any, kinds: list[str], where: str) -> Iterator[str]:
        found = [list(self._mistyped(value, kind, where)) for kind in kinds]
        if all(found):
            yield min(found, key=len)[0]

    def _convert(self, value: Any, kind: str, where: str) -> Any:
        if "|" in kind:
            return self._first(value, kind.split("|"), where)
        if kind.startswith(ARRAY):
            items = _decoded(value)
            if not isinstance(items, list | tuple):
                raise MismatchError(f"{where} must be an array")
            inner = kind.removeprefix(ARRAY)
            return [self._convert(item, inner, f"{where}[{index}]") for index, item in enumerate(items)]
        if kind in SCALARS:
            return SCALARS[kind](value, where)
        fields = self._types.get(kind)
        if fields is None:
            return value
        if isinstance(fields, list):
            return self._first(value, fields, where)
        return self._convert_object(_decoded(value), fields, where)

    def _convert_object(self, value: Any, fields: dict[str, str], where: str) -> Json:
        if not isinstance(value, dict):
            raise MismatchError(f"{where} must be an object")
        value = {name: item for name, item in value.items() if item is not None}
        if unknown := sorted(set(value) - set(fields)):
            raise MismatchError(f'{where} has unknown field "{unknown[0]}"')
        for name, kind in fields.items():
            if kind.startswith("!") and name not in value:
                raise MismatchError(f'{where} lacks field "{name}"')
        return {name: self._convert(item, fields[name].lstrip("!"), f"{where}.{name}") for name, item in value.items()}

    def _first(self, value: Any, kinds: list[str], where: str) -> Any:
        mismatches = []
        for kind in kinds:
            try:
                return self._convert(value, kind, where)
            except MismatchError as mismatch:
                mismatches.append(str(mismatch))
        # The most telling complaint is about the deepest place.
        raise MismatchError(max(mismatches, key=len))


def _absent(name: str) -> str:
    known = {
        "chat_id": "chat_id is empty",
        "text": "message text is empty",
        "photo": "there is no photo in the request",
    }
    return known.get(name, f'parameter "{name}" is required')


def _decoded(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError as error:
        raise MismatchError("JSON expected") from error


def _integer(value: Any, where: str) -> int:
    try:
        if isinstance(value, bool) or (isinstance(value, float) and not value.is_integer()):
            raise ValueError
        return int(value)
    except (TypeError, ValueError) as error:
        raise MismatchError(f"{where} must be an integer") from error


def _boolean(value: Any, where: str) -> bool:
    if str(value) not in TRUTH:
        raise MismatchError(f"{where} must be true or false")
    return TRUTH[str(value)]


def _string(value: Any, where: str) -> str:
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        raise MismatchError(f"{where} must be a string")
    return str(value)


def _number(value: Any, where: str) -> float:
    try:
        return float(value)
    except (TypeError, ValueError) as error:
        raise MismatchError(f"{where} must be a number") from error


SCALARS: dict[str, Callable[[Any, str], Any]] = {
    "Integer": _integer,
    "Boolean": _boolean,
    "True": _boolean,
    "String": _string,
    "Float": _number,
}
