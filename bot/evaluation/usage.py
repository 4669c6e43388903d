"""What was counted, as figures: by day and week, by entry, danger sign and pair of entries, by hour of the day."""

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.content.danger import LEVELS
from bot.evaluation.figures import Share
from bot.replies import tally
from bot.store.days import PEOPLE, PEOPLE_A_WEEK, Counted, DailyCount, DailyVotes, monday

HOURS = 24
WEEK = datetime.timedelta(7)
# Of a table by day.
COLUMNS = (
    "day", "people", "questions", "answered", "choices", "unknown", "smalltalk", "danger", "not_meant",
    "none_of_these", "helpful", "unhelpful",
)  # fmt: skip


@dataclass(frozen=True)
class Period:
    """A day or a week, by its first day: different people, questions by what they got, taps."""

    day: datetime.date
    people: int = 0
    kinds: Mapping[str, int] = field(default_factory=dict)
    not_meant: int = 0
    none_of_these: int = 0
    helpful: int = 0
    unhelpful: int = 0

    @property
    def questions(self) -> int:
        return sum(self.kinds.values())

    def number(self, kind: str) -> int:
        """Questions of a kind: answer, choices, unknown, smalltalk or danger."""
        return self.kinds.get(kind, 0)

    def share(self, kind: str) -> Share:
        return Share(self.number(kind), self.questions)

    def to_json(self) -> dict[str, Any]:
        return {
            "day": self.day.isoformat(),
            "questions": self.questions,
            "answered": self.number("answer"),
            "choices": self.number("choices"),
            "unknown": self.number("unknown"),
            "danger": self.number("danger"),
            "helpful": self.helpful,
            "unhelpful": self.unhelpful,
        }

    def more_to_json(self) -> dict[str, Any]:
        """The same with all else that is counted."""
        return self.to_json() | {
            "people": self.people,
            "smalltalk": self.number("smalltalk"),
            "not_meant": self.not_meant,
            "none_of_these": self.none_of_these,
        }


@dataclass(frozen=True)
class EntryUsage:
    """How often an entry was shown, and what people think of it."""

    entry: str
    shown: int = 0
    helpful: int = 0
    unhelpful: int = 0

    @property
    def margin(self) -> tuple[float, float]:
        """What share of all such parents finds it helpful, 19 times in 20; from 0 to 1 where nobody has said."""
        low, high = Share(self.helpful, self.helpful + self.unhelpful).margin or (0.0, 100.0)
        return round(low / 100, 3), round(high / 100, 3)

    def to_json(self) -> dict[str, Any]:
        low, high = self.margin
        return {**vars(self), "low": low, "high": high}


@dataclass(frozen=True)
class SignUsage:
    """Danger replies for a sign by level, and how many were "not what I meant"; "-" where the sign is not known."""

    sign: str
    levels: Mapping[str, int]
    not_meant: int = 0

    @property
    def replies(self) -> int:
        return sum(self.levels.values())


@dataclass(frozen=True)
class PairUsage:
    """How often two entries were the likeliest under "Which of these", and what was tapped then.

    `other`: an entry beside the two; `none`: none of these. Whoever tapped nothing is in `offered` only.
    """

    pair: tuple[str, str]
    offered: int = 0
    first: int = 0
    second: int = 0
    other: int = 0
    none: int = 0


@dataclass(frozen=True)
class Usage:
    """All figures. `days` begin with the first one on which anything was counted."""

    days: tuple[Period, ...] = ()
    weeks: tuple[Period, ...] = ()
    entries: tuple[EntryUsage, ...] = ()
    signs: tuple[SignUsage, ...] = ()
    pairs: tuple[PairUsage, ...] = ()
    hours: tuple[int, ...] = (0,) * HOURS
    earlier: Mapping[str, int] = field(default_factory=dict)
    undated: int = 0

    @property
    def total(self) -> Period:
        """All days together; different people are not known of more than a week."""
        first = self.days[0].day if self.days else datetime.date.min
        return Period(
            first,
            0,
            sum((Counter(each.kinds) for each in self.days), Counter()),
            *(sum(getattr(each, name) for each in self.days)
              for name in ("not_meant", "none_of_these", "helpful", "unhelpful")),
        )  # fmt: skip

    def to_json(self) -> dict[str, Any]:
        return {
            "days": [each.to_json() for each in self.days],
            "entries": [each.to_json() for each in self.entries],
            "weeks": [each.more_to_json() for each in self.weeks],
            "more_by_day": [each.more_to_json() for each in self.days],
            "signs": [vars(each) | {"levels": dict(each.levels)} for each in self.signs],
            "pairs": [vars(each) | {"pair": list(each.pair)} for each in self.pairs],
            "hours": list(self.hours),
            "earlier": dict(self.earlier),
            "undated_votes": self.undated,
        }


def usage_of(counted: Counted, first: datetime.date, last: datetime.date) -> Usage:
    """The figures of the days from `first` to `last`, and of all weeks that begin or end in them."""
    inside = [each for each in counted.counts if first <= _day(each) <= last and each.name != PEOPLE_A_WEEK]
    votes = [each for each in counted.votes if first <= _day(each) <= last]
    names = Counter[str]()
    for each in inside:
        names[each.name] += each.number
    return Usage(
        days=_days(inside, votes, last),
        weeks=_weeks(counted, first, last),
        entries=_entries(names, votes),
        signs=_signs(names),
        pairs=_pairs(names),
        hours=tuple(names[f"{tally.HOUR}:{hour:02}"] for hour in range(HOURS)),
        earlier=counted.earlier or {},
        undated=counted.undated,
    )


def last_days(counted: Counted, days: int) -> Usage:
    """The figures of the last so many days, today included."""
    return usage_of(counted, counted.today - datetime.timedelta(days - 1), counted.today)


def _day(row: DailyCount | DailyVotes) -> datetime.date:
    return datetime.date.fromisoformat(row.day)


def _days(counts: list[DailyCount], votes: list[DailyVotes], last: datetime.date) -> tuple[Period, ...]:
    known = [*map(_day, counts), *map(_day, votes)]
    start = min(known, default=None)
    if start is None:
        return ()
    found = [start + datetime.timedelta(number) for number in range((last - start).days + 1)]
    return tuple(
        _period(day, [c for c in counts if _day(c) == day], [v for v in votes if _day(v) == day]) for day in found
    )


def _weeks(counted: Counted, first: datetime.date, last: datetime.date) -> tuple[Period, ...]:
    def is_in(row: DailyCount | DailyVotes, start: datetime.date) -> bool:
        return start <= _day(row) < start + WEEK

    known = [*map(_day, counted.counts), *map(_day, counted.votes)]
    starts = {monday(day) for day in known if monday(first) <= day <= last}
    return tuple(
        _period(
            start,
            [each for each in counted.counts if is_in(each, start)],
            [each for each in counted.votes if is_in(each, start)],
            PEOPLE_A_WEEK,
        )
        for start in sorted(starts)
    )


def _period(
    day: datetime.date, counts: Iterable[DailyCount], votes: Iterable[DailyVotes], people: str = PEOPLE
) -> Period:
    names = Counter[str]()
    for each in counts:
        names[each.name] += each.number
    taps = Counter[bool]()
    for tap in votes:
        taps[tap.helpful] += tap.number
    return Period(
        day=day,
        people=names[people],
        kinds={kind: names[f"{tally.QUESTION}:{kind}"] for kind in tally.QUESTION_KINDS},
        not_meant=sum(number for _, number in _named(names, tally.NOT_MEANT)),
        none_of_these=names[tally.NONE_OF_THESE],
        helpful=taps[True],
        unhelpful=taps[False],
    )


def _entries(names: Counter[str], votes: Iterable[DailyVotes]) -> tuple[EntryUsage, ...]:
    shown = {entry: number for (entry,), number in _named(names, tally.SHOWN)}
    taps = Counter[tuple[str, bool]]()
    for each in votes:
        taps[each.entry, each.helpful] += each.number
    found = [
        EntryUsage(entry, shown.get(entry, 0), taps[entry, True], taps[entry, False])
        for entry in {*shown, *(entry for entry, _ in taps)}
    ]
    return tuple(sorted(found, key=lambda each: (-each.shown, each.entry)))


def _signs(names: Counter[str]) -> tuple[SignUsage, ...]:
    replies = {(level, sign): number for (level, sign), number in _named(names, tally.DANGER)}
    not_meant = {sign: number for (sign,), number in _named(names, tally.NOT_MEANT)}
    found = [
        SignUsage(sign, {level: replies.get((level, sign), 0) for level in LEVELS}, not_meant.get(sign, 0))
        for sign in {*not_meant, *(sign for _, sign in replies)}
    ]
    return tuple(sorted(found, key=lambda each: (-each.replies, each.sign)))


def _pairs(names: Counter[str]) -> tuple[PairUsage, ...]:
    offered = {(one, other): number for (one, other), number in _named(names, tally.OFFERED)}
    tapped = {(one, other, which): number for (one, other, which), number in _named(names, tally.TAPPED)}
    pairs = {*offered, *((one, other) for one, other, _ in tapped)}
    found = [
        PairUsage(
            pair, offered.get(pair, 0), *(tapped.get((*pair, which), 0) for which in (*pair, tally.OTHER, tally.NONE))
        )
        for pair in pairs
    ]
    return tuple(sorted(found, key=lambda each: (-each.offered, each.pair)))


def _named(names: Counter[str], what: str) -> list[tuple[tuple[str, ...], int]]:
    """The parts of every name of a kind, with its number."""
    start = f"{what}:"
    return [(tuple(name[len(start) :].split("/")), names[name]) for name in names if name.startswith(start)]
