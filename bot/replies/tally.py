"""What is counted of what the bot said, by names such as `shown:normal`: no word of a message, nothing of a person.

question:KIND          a question, by what it got: answer, choices, unknown, smalltalk or danger
hour                   a question, for the hour that it is
page                   a menu or another page, for a command or a button
shown:ENTRY            an answer, for a question, a button or a link
danger:LEVEL/SIGN      a danger reply
not_meant:SIGN         "Not what I meant" under one; - where the button does not tell the sign
offered:ONE/OTHER      the two likeliest entries under "Which of these", in alphabetical order
tapped:ONE/OTHER/WHICH what was tapped there: an entry's id, + for one beside the two, - for "None of these"
none_of_these          "None of these"
shared:REASON          words that had no answer, which a parent let the authors see
"""

from collections.abc import Iterable

from bot.content import Content
from bot.replies.presses import NoneOfThese, NotMeant, OpenEntry, Press, read_press
from bot.replies.reply import Reply

QUESTION, PAGE, SHOWN, DANGER, HOUR = "question", "page", "shown", "danger", "hour"
NOT_MEANT, OFFERED, TAPPED, NONE_OF_THESE = "not_meant", "offered", "tapped", "none_of_these"
QUESTION_KINDS = ("answer", "choices", "unknown", "smalltalk", DANGER)
SHARED = "shared"
OTHER, NONE = "+", "-"  # in the place of an id: none begins so
PAIR = 2
UNCOUNTED_KINDS = ("flow",)  # they promise that nothing one taps is kept
UNCOUNTED_ACTIONS = ("status", "quiet", "report", "digest", "inbox")  # who runs the bot is none of its people

Names = tuple[str, ...]


def names_of_message(reply: Reply) -> Names:
    """What is counted when a message got this reply."""
    if _is_uncounted(reply):
        return ()
    if reply.is_linked:
        return _shown(reply)
    kind = DANGER if reply.is_danger else reply.kind
    return (f"{QUESTION}:{kind}", HOUR, *_shown(reply)) if kind in QUESTION_KINDS else (PAGE,)


def names_of_press(press: Press | None, reply: Reply, offered: Names, content: Content) -> Names:
    """What is counted when a press got this reply. `offered`: the entries of the "Which of these" it was under."""
    if _is_uncounted(reply):
        return ()
    match press:
        case NotMeant(sign=sign):
            known = {each.id for each in content.danger.signs} if content.danger else set()
            return f"{NOT_MEANT}:{sign if sign in known else NONE}", *_shown(reply)
        case NoneOfThese():
            return NONE_OF_THESE, *_tapped(NONE, offered, content)
        case OpenEntry(entry) if entry in content.by_id:
            return *_tapped(content.by_id[entry].id, offered, content), *_shown(reply)
        case _:
            return _shown(reply) or (PAGE,)


def _is_uncounted(reply: Reply) -> bool:
    return reply.kind in UNCOUNTED_KINDS or reply.action in UNCOUNTED_ACTIONS


def _shown(reply: Reply) -> Names:
    if reply.is_danger:
        return (f"{DANGER}:{reply.level}/{reply.sign}",)
    if reply.kind == "answer":
        return (f"{SHOWN}:{reply.entry}",)
    return (f"{OFFERED}:{_pair(reply.also)}",) if reply.kind == "choices" else ()


def offered_under(data: Iterable[str]) -> Names:
    """The entries of a "Which of these", by the data of all its buttons; none under any other message."""
    presses = [read_press(each) for each in data]
    if not any(isinstance(press, NoneOfThese) for press in presses):
        return ()
    return tuple(press.entry for press in presses if isinstance(press, OpenEntry))


def _tapped(which: str, offered: Names, content: Content) -> Names:
    """Nothing of what is no "Which of these", or one of another content."""
    if len(offered) < PAIR or not all(each in content.by_id for each in offered):
        return ()
    ids = [content.by_id[each].id for each in offered]
    if which not in (*ids, NONE):
        return ()
    return (f"{TAPPED}:{_pair(ids)}/{which if which in (*ids[:PAIR], NONE) else OTHER}",)


def _pair(ids: Iterable[str]) -> str:
    return "/".join(sorted(tuple(ids)[:PAIR]))
