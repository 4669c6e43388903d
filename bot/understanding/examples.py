"""What is learnt from: every wording in the content and what it means."""

from dataclasses import dataclass

from bot.content import Content
from bot.content.danger import HARMLESS, NOT_SIGNS

OUTSIDE = "*outside"  # no id can begin with a star
SMALLTALK = "*smalltalk:"  # and the kind of small talk


@dataclass(frozen=True)
class Example:
    """A wording, the answer it asks for (None: not known), and the sign it tells of, or one of NOT_SIGNS."""

    text: str
    answer: str | None
    danger: str


def is_entry(answer: str) -> bool:
    """Whether the class of an answer is an entry's id."""
    return not answer.startswith("*")


def examples_of(content: Content) -> tuple[Example, ...]:
    """All examples in the order of the files; what stands twice counts once."""
    found = [
        Example(text, entry.id, HARMLESS) for entry in content.entries for text in (entry.question, *entry.phrasings)
    ]
    found += [Example(text, OUTSIDE, HARMLESS) for text in (*content.outside.near, *content.outside.far)]
    found += [Example(text, SMALLTALK + talk.id, HARMLESS) for talk in content.smalltalk for text in talk.phrasings]
    found += [Example(text, None, sign) for sign, texts in content.alarms.items() for text in texts]
    return tuple({example.text.casefold(): example for example in reversed(found)}.values())[::-1]


def levels_of(content: Content) -> dict[str, str]:
    """By class of the danger head, its level, or itself where it is no sign."""
    signs = content.danger.signs if content.danger else ()
    return {sign.id: sign.level for sign in signs} | {name: name for name in NOT_SIGNS}
