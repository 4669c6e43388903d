"""Danger signs that could not be found or answered: unknown classes and replies, wordings without sense."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from bot.content.danger import BUILT_IN, LEVELS, LISTS
from bot.content.documents import Document, Place
from bot.content.explanations import owner
from bot.content.mistakes import Mistake, suggestion

CLASS = re.compile(r"\{([^{}]*)\}")
# One element of a wording: a gap, a class, or a word, comma or full stop as the bot reads it, maybe with its
# verb forms; "!" before it says that it must not stand here.
ELEMENT = re.compile(r"~|!?(?:[,.]|\{[^{}]+\}\??|[^\W_][\w.'-]*\+?\??)")
BETWEEN = " | "  # two wordings in one text


def numbers(triage: Document) -> range:
    """The numbers of the signs in the list."""
    found = triage.at(("signs",))
    return range(len(found) if isinstance(found, list) else 0)


def sign_mistakes(triage: Document) -> Iterator[Mistake]:
    yield from _reply_mistakes(triage)
    yield from _twice(triage)
    yield from _rings(triage)
    classes = _names(triage, "classes")
    for place, text in _wordings(triage):
        for what in _wording_faults(text, classes):
            yield triage.mistake(place, f"{owner(triage, place)}'{text}' {what}")


def _reply_mistakes(triage: Document) -> Iterator[Mistake]:
    replies = _names(triage, "replies")
    for number in numbers(triage):
        for field in ("reply", "then"):
            place = ("signs", number, field)
            reply = triage.at(place)
            if isinstance(reply, str) and reply not in replies:
                said = f"'{field}': there is no '{reply}' in 'replies'{suggestion(reply, replies)}"
                yield triage.mistake(place, f"{owner(triage, place)}{said}")


def unanswered_alarms(triage: Document, alarms: Document) -> Iterator[Mistake]:
    """Levels of `alarms.yaml` without words: a danger that no sign describes gets its level's reply."""
    replies = _names(triage, "replies")
    for level in LEVELS:
        if any(alarms.texts((level,))) and level not in replies:
            yield triage.mistake(("replies",), f"'replies' needs one named '{level}', for what alarms.yaml teaches")


def strays_abroad(triage: Document, abroad: Document) -> Iterator[Mistake]:
    """Phrases of other languages under a sign that `triage.yaml` does not have."""
    known = [str(triage.at(("signs", number, "id"))) for number in numbers(triage)]
    for language, signs in abroad.data.items() if isinstance(abroad.data, dict) else ():
        for sign in signs if isinstance(signs, dict) else ():
            if sign not in known:
                said = f"there is no sign '{sign}' in triage.yaml{suggestion(sign, known)}"
                yield abroad.mistake((language, sign), said)


def _twice(triage: Document) -> Iterator[Mistake]:
    seen: dict[str, int] = {}
    for number in numbers(triage):
        place = ("signs", number, "id")
        name = triage.at(place)
        if isinstance(name, str) and name in seen:
            what = f"the id '{name}' is already taken, see line {seen[name]}"
            yield triage.mistake(place, f"{owner(triage, place)}{what}")
        elif isinstance(name, str):
            seen[name] = triage.line(place)


def _rings(triage: Document) -> Iterator[Mistake]:
    """Classes that name themselves, straight or through others."""
    classes = _names(triage, "classes")
    names = {name: {n for _, text in triage.texts(("classes", name)) for n in CLASS.findall(text)} for name in classes}
    for name in classes:
        reached, ahead = set[str](), set(names[name])
        while ahead:
            each = ahead.pop()
            reached.add(each)
            ahead |= names.get(each, set()) - reached
        if name in reached:
            yield triage.mistake(("classes", name), f"the class '{name}' leads back to itself")


def _wordings(triage: Document) -> Iterator[tuple[Place, str]]:
    for name in _names(triage, "classes"):
        yield from triage.texts(("classes", name))
    for field in LISTS:
        yield from triage.texts((field,))
    for number in numbers(triage):
        rules = triage.at(("signs", number, "rules"))
        for index, rule in enumerate(rules if isinstance(rules, list) else ()):
            place: Place = ("signs", number, "rules", index)
            yield from triage.texts((*place, "all") if isinstance(rule, Mapping) else place)
            unless = triage.at((*place, "unless"))
            if isinstance(unless, str):
                yield (*place, "unless"), unless.strip()


def _wording_faults(text: str, classes: dict[str, Any]) -> Iterator[str]:
    for name in CLASS.findall(text):
        if name not in classes and not BUILT_IN.fullmatch(name):
            yield f"names {{{name}}}, which is not in 'classes'{suggestion(name, classes)}"
    for wording in text.split(BETWEEN):
        elements = re.findall(r"!?\{[^{}]*\}\??|\S+", wording)
        strange = [each for each in elements if not ELEMENT.fullmatch(each)]
        if strange:
            yield f"holds '{strange[0]}', which is no word"
        elif all(each == "~" or each.startswith("!") or each.endswith("?") for each in elements):
            yield "has a wording in which every word may be missing"


def _names(triage: Document, field: str) -> dict[str, Any]:
    found = triage.at((field,))
    return found if isinstance(found, dict) else {}
