"""The notation of the danger rules in words that somebody reads who never saw it."""

import re
from collections.abc import Iterable, Mapping

from bot.content.danger import DangerSign, Rule

EXAMPLES = 6  # wordings of a class that are shown; the rest are counted
ELEMENT = re.compile(r"!?\{[^{}]*\}\??|\S+")
CLASS = re.compile(r"\{([^{}]*)\}")
BETWEEN = " | "
Classes = Mapping[str, tuple[str, ...]]


def wordings(part: str) -> str:
    """All wordings of a part, "; " between them."""
    return any_of(part.split(BETWEEN))


def any_of(phrases: Iterable[str]) -> str:
    return "; ".join(_wording(each) for each in phrases)


def groups(rules: Iterable[Rule], classes: Classes) -> tuple[str, ...]:
    """The classes that rules name, each with its first wordings, in the order in which they are named."""
    parts = [part for rule in rules for part in (*rule.all, rule.unless or "")]
    names = dict.fromkeys(name for part in parts for name in CLASS.findall(part) if name in classes)
    return tuple(_group(name, classes[name]) for name in names)


def _group(name: str, phrases: tuple[str, ...]) -> str:
    more = len(phrases) - EXAMPLES
    return f"{_named(name)} is {any_of(phrases[:EXAMPLES])}{f' and {more} more' if more > 0 else ''}"


def _wording(wording: str) -> str:
    return " ".join(_element(each) for each in ELEMENT.findall(wording)).replace(" ,", ",")


def _element(element: str) -> str:
    match element:
        case "~":
            return "…"
        case ".":
            return "(end of sentence)"
        case _ if element.startswith("!"):
            return f"(not before: {_element(element[1:])})"
        case _ if element.endswith("?"):
            return f"({_element(element[:-1])})"
        case _ if element.startswith("{"):
            return _named(element[1:-1])
        case _ if element.endswith("+"):
            return f"{element[:-1]}*"
        case _:
            return element


def _named(name: str) -> str:
    if name.startswith("temperature "):
        return f"‹{name.split()[1]} °C or more›"
    return "‹3 or more›" if name == "number" else f"‹{name.replace('_', ' ')}›"


def age(rule: Rule) -> str:
    """The age limits of a rule, and what happens when no age is told."""
    start, end = rule.start, rule.end
    if start is not None and end is not None:
        return f"{start:g} to {end:g} months; the age must be told"
    if start is not None:
        return f"from {start:g} months; the age must be told"
    if end is not None and rule.known_age:
        return f"under {end:g} months; the age must be told"
    if end is not None:
        return f"under {end:g} months, or no age told"
    return "any age" if not rule.known_age else "any age, but it must be told"


def nearness(rule: Rule) -> str:
    """How the parts of a rule must stand to each other; nothing when it has only one."""
    if len(rule.all) == 1:
        return ""
    where = "in one sentence or in several" if rule.across else "in one sentence"
    apart = "" if rule.within is None else f", at most {rule.within} words apart"
    return f"({where}{apart}, in any order)"


def conditions(sign: DangerSign) -> str:
    """What holds for a sign as a whole."""
    found = [
        "whoever it happens to" if sign.any_doer else "only the baby's, not another person's or a thing's",
        "even if it began long ago" if sign.lasting else "not if it is told as long past",
        *(["no longer after a week"] if sign.brief else []),
    ]
    return "; ".join(found)
