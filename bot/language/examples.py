"""What the matcher learns from: every wording in the content and what it means."""

from dataclasses import dataclass

from bot.content import Content
from bot.content.danger import ALARMING

OUTSIDE = "*outside"  # no id can begin with a star
SMALLTALK = "*smalltalk"
HARMLESS = "*harmless"
FEW_WORDINGS = 30  # an entry, on the average


@dataclass(frozen=True)
class Example:
    """A wording, the class it belongs to, and whose it is (the entry or the kind of small talk)."""

    text: str
    group: str
    owner: str


def has_few_wordings(content: Content) -> bool:
    """Whether a pack is too small for rare words to be mistakes: every one of them is needed then."""
    wordings = sum(len(entry.phrasings) for entry in content.entries)
    return wordings < FEW_WORDINGS * len(content.entries)


def is_entry(group: str) -> bool:
    return not group.startswith("*")


def examples_of(content: Content) -> tuple[Example, ...]:
    """All examples, those of one group side by side, in the order of the files."""
    found = [
        Example(text, entry.id, entry.id)
        for entry in content.entries
        for text in dict.fromkeys((entry.question, *entry.phrasings))
    ]
    found += [Example(text, OUTSIDE, OUTSIDE) for text in (*content.outside.near, *content.outside.far)]
    found += [Example(text, SMALLTALK, talk.id) for talk in content.smalltalk for text in talk.phrasings]
    return tuple(found)


def alarms_of(content: Content) -> tuple[Example, ...]:
    """What people write in danger, each under its level, and then what only sounds like it."""
    danger = [Example(text, level, level) for level in ALARMING for text in getattr(content.alarms, level)]
    return (*danger, *(Example(text, HARMLESS, HARMLESS) for text in content.alarms.harmless))
