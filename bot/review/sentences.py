"""The shortest sentences that say a wording or a rule, for trying the rules on themselves."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice, product

from bot.language.patterns import forms

ELEMENT = re.compile(r"!?\{[^{}]*\}\??|\S+")
MEMBERS = 4  # wordings of a class that stand in for all of it
MOST = 12  # sentences for one wording
HOTTER = 0.5  # degrees above the least that a rule asks for
SEVERAL = "four"
YEAR = "2019"


class Sentences:
    """Says wordings with the words of the classes."""

    def __init__(self, classes: Mapping[str, tuple[str, ...]]) -> None:
        self._classes = classes
        self._members: dict[str, tuple[str, ...]] = {}

    def of(self, wording: str) -> Iterator[str]:
        """Ways to say a wording, the plainest first: nothing in its gaps, without what may be missing."""
        elements = [self._ways(element) for element in ELEMENT.findall(wording)]
        for ways in islice(product(*elements), MOST):
            yield " ".join(way for way in ways if way)

    def first(self, wording: str) -> str:
        return next(self.of(wording), "")

    def every(self, wording: str) -> Iterator[str]:
        """The wording with each member of each of its classes, one class at a time."""
        elements = ELEMENT.findall(wording)
        for number, element in enumerate(elements):
            for member in self._classes.get(element[1:-1], ()) if element.startswith("{") else ():
                yield self.first(" ".join([*elements[:number], member, *elements[number + 1 :]]))

    def _ways(self, element: str) -> tuple[str, ...]:
        match element:
            case "~":
                return ("",)
            case _ if element.startswith("!") or element.endswith("?"):
                return ("",)
            case _ if element.startswith("{"):
                return self._class(element[1:-1])
            case _ if element.endswith("+"):
                return forms(element[:-1])
            case _:
                return (element,)

    def _class(self, name: str) -> tuple[str, ...]:
        if name == "number":
            return (SEVERAL,)
        if name == "year":
            return (YEAR,)
        if name.startswith("at "):
            return (name.split()[2],)
        if name.startswith("temperature "):
            return (f"{float(name.split()[1]) + HOTTER:g}",)
        if name not in self._members:
            self._members[name] = tuple(self.first(each) for each in self._classes[name][:MEMBERS])
        return self._members[name]


def joined(said: Iterable[str], across: bool) -> Iterator[str]:
    """Ways to put the parts of a rule together, with and without a baby named before them."""
    parts = tuple(said)
    yield " ".join(parts)
    yield f"she {' '.join(parts)}"
    yield f"my baby {', '.join(parts)}"
    if len(parts) > 1:
        yield " ".join(reversed(parts))
        yield f"she {' and '.join(parts)}"
    if across:
        yield ". ".join(parts)
