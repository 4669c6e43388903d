"""Danger signs that could not be found or answered, and wordings filed under signs that are not there."""

from collections.abc import Iterator
from typing import Any

from bot.content.danger import NOT_SIGNS, phrase_of
from bot.content.documents import Document, YamlPath
from bot.content.explanations import owner
from bot.content.mistakes import Mistake, suggestion


def numbers(danger: Document) -> range:
    """The numbers of the signs in the list."""
    found = danger.at(("signs",))
    return range(len(found) if isinstance(found, list) else 0)


def ids(danger: Document) -> list[str]:
    """The ids of the signs in their order; "" where there is none."""
    found = (danger.at(("signs", number, "id")) for number in numbers(danger))
    return [each if isinstance(each, str) else "" for each in found]


def sign_mistakes(danger: Document) -> Iterator[Mistake]:
    yield from _reply_mistakes(danger)
    yield from _twice(danger)
    yield from _older(danger)
    yield from _phrase_mistakes(danger)


def alarm_mistakes(danger: Document, alarms: Document) -> Iterator[Mistake]:
    """Wordings under a sign that is not there, and signs that nothing tells how people write them."""
    known = (*ids(danger), *NOT_SIGNS)
    filed = alarms.data if isinstance(alarms.data, dict) else {}
    for name in filed:
        if name not in known:
            yield alarms.mistake((name,), f"there is no sign '{name}' in danger.yaml{suggestion(name, known)}")
    for number, sign in enumerate(ids(danger)):
        if sign and not filed.get(sign) and not danger.at(("signs", number, "phrases")):
            what = "no message could ever raise it: give it 'phrases', or wordings in alarms.yaml"
            yield danger.mistake(("signs", number, "id"), f"sign '{sign}': {what}")


def _reply_mistakes(danger: Document) -> Iterator[Mistake]:
    replies = _names(danger, "replies")
    for number in numbers(danger):
        for field in ("reply", "then"):
            place: YamlPath = ("signs", number, field)
            reply = danger.at(place)
            if isinstance(reply, str) and reply not in replies:
                said = f"'{field}': there is no '{reply}' in 'replies'{suggestion(reply, replies)}"
                yield danger.mistake(place, f"{owner(danger, place)}{said}")
        level = danger.at(("signs", number, "level"))
        if danger.at(("signs", number, "reply")) is None and isinstance(level, str) and level not in replies:
            place = ("signs", number)
            said = f"has no 'reply', and there is no '{level}' in 'replies'"
            yield danger.mistake(place, f"{owner(danger, place)}{said}")


def _twice(danger: Document) -> Iterator[Mistake]:
    seen: dict[str, int] = {}
    for number, name in enumerate(ids(danger)):
        place: YamlPath = ("signs", number, "id")
        if name in NOT_SIGNS:
            said = f"the id '{name}' has a meaning of its own in alarms.yaml: choose another"
            yield danger.mistake(place, f"{owner(danger, place)}{said}")
        if name and name in seen:
            said = f"the id '{name}' is already taken, see line {seen[name]}"
            yield danger.mistake(place, f"{owner(danger, place)}{said}")
        seen.setdefault(name, danger.line(place))


def _older(danger: Document) -> Iterator[Mistake]:
    known = ids(danger)
    for number in numbers(danger):
        place: YamlPath = ("signs", number, "older")
        older = danger.at(place)
        if isinstance(older, str) and older not in known:
            said = f"'older': there is no sign '{older}'{suggestion(older, known)}"
            yield danger.mistake(place, f"{owner(danger, place)}{said}")


def _phrase_mistakes(danger: Document) -> Iterator[Mistake]:
    """Phrases given twice in one language, or under two signs: nobody could tell which is meant."""
    seen: dict[str, tuple[YamlPath, str]] = {}
    for number in numbers(danger):
        languages = danger.at(("signs", number, "phrases"))
        for language in languages if isinstance(languages, dict) else ():
            for place, sample in danger.texts(("signs", number, "phrases", language)):
                key = " ".join(phrase_of(sample).casefold().split())
                first, spoken = seen.setdefault(key, (place, language))
                if first != place and (spoken == language or first[1] != number):
                    said = f"the phrase '{phrase_of(sample)}' is already in line {danger.line(first)}"
                    yield danger.mistake(place, f"{owner(danger, place)}{said}")


def _names(danger: Document, field: str) -> dict[str, Any]:
    found = danger.at((field,))
    return found if isinstance(found, dict) else {}
