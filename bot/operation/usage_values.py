"""How the bot was used, as the values that the content's `report` and `digest` have in braces."""

import datetime
import html
from collections.abc import Iterable, Mapping

from bot.content import Content
from bot.evaluation.usage import Usage
from bot.replies.answers import day
from bot.store.days import PEOPLE_A_WEEK, Counted, monday

SHOWN_ENTRIES, SHOWN_SIGNS = 5, 3  # lines: all of it should stand on one screen of a phone
NOTHING = "-"


def values_of(usage: Usage, counted: Counted, first: datetime.date, content: Content) -> Mapping[str, str]:
    """The values of the seven days from `first` on."""
    total, last = usage.total, first + datetime.timedelta(6)
    weeks = {each.day: each.number for each in counted.counts if each.name == PEOPLE_A_WEEK}
    numbers = {
        "people": round(sum(each.people for each in usage.days) / max(1, len(usage.days))),
        "people_week": weeks.get(monday(last).isoformat(), 0),
        "questions": total.questions,
        "answered": total.number("answer"),
        "choices": total.number("choices"),
        "unknown": total.number("unknown"),
        "smalltalk": total.number("smalltalk"),
        "danger": total.number("danger"),
        "not_meant": total.not_meant,
        "none_of_these": total.none_of_these,
        "helpful": total.helpful,
        "unhelpful": total.unhelpful,
    }
    titles = {id_: entry.title for id_, entry in content.by_id.items()}
    entries = ((titles.get(each.entry, each.entry), each.shown) for each in usage.entries if each.shown)
    signs = ((each.sign.replace("_", " "), each.replies) for each in usage.signs if each.replies)
    return {
        **{name: str(number) for name, number in numbers.items()},
        "from": day(first, content.grammar.months),
        "to": day(last, content.grammar.months),
        "entries": _lines(entries, SHOWN_ENTRIES),
        "signs": _lines(signs, SHOWN_SIGNS),
    }


def _lines(found: Iterable[tuple[str, int]], most: int) -> str:
    lines = [f"{html.escape(name, quote=False)}: {number}" for name, number in found]
    return "\n".join(lines[:most]) or NOTHING
