"""What was counted, by day: how often something was said, in which hour, and how many different people came.

Days and hours are UTC, by the store's clock. Kept for two years.
"""

import datetime
import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, case, delete, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import Database, calendar
from bot.store.sketch import estimate, registers_of
from bot.store.tables import daily, salts, visitors, votes

KEPT_DAYS = 731  # two years, one of them a leap year
EARLIER = "earlier"  # the day of what was counted before days were kept
HOUR = "hour"  # counted as the hour that it is, such as "hour:07"
PEOPLE, PEOPLE_A_WEEK = "people", "people_week"  # different ones, in a day and in a week from Monday on
SALT_BYTES = 16


class DailyCount(NamedTuple):
    """How often something was on a day, such as 2026-11-28; a week's people stand under its Monday."""

    day: str
    name: str
    number: int


class DailyVotes(NamedTuple):
    """What people think of an entry who last tapped so on that day."""

    day: str
    entry: str
    helpful: bool
    number: int


@dataclass(frozen=True)
class Counted:
    """What was counted from the Monday on in whose week the first of so many days was; `earlier` without a day.

    `undated`: votes whose day is not known, or too long ago.
    """

    today: datetime.date
    counts: tuple[DailyCount, ...] = ()
    votes: tuple[DailyVotes, ...] = ()
    earlier: Mapping[str, int] | None = None
    undated: int = 0

    @property
    def is_empty(self) -> bool:
        return not (self.counts or self.votes or self.earlier or self.undated)


class Days:
    """Adds to the counts and lets go of old ones. Every method raises StoreError when the database does not answer."""

    def __init__(self, database: Database) -> None:
        self._database = database
        count, visit = database.insert(daily), database.insert(visitors)
        key = ["day", "name"]
        self._count = count.on_conflict_do_update(
            index_elements=key, set_={"number": daily.c.number + count.excluded.number}
        )
        larger = case((daily.c.number > count.excluded.number, daily.c.number), else_=count.excluded.number)
        self._close = count.on_conflict_do_update(index_elements=key, set_={"number": larger})
        self._visit = visit.on_conflict_do_update(
            index_elements=[*key, "register"],
            set_={"rank": visit.excluded.rank},
            where=visitors.c.rank < visit.excluded.rank,
        )

    async def add(self, more: Mapping[str, int], people: Collection[str] = ()) -> None:
        """Add to today's counts, and see to it that these people are counted once today and once this week.

        In one order for all: two copies never wait for each other in a circle.
        """

        async def work(to: AsyncConnection) -> None:
            today, hour = (await to.execute(select(self._database.today, self._database.hour))).one()
            names = {f"{HOUR}:{hour}" if name == HOUR else name: number for name, number in more.items()}
            rows = [{"day": today, "name": name, "number": number} for name, number in sorted(names.items())]
            # All is read first: SQLite makes the other copies wait from the first write on.
            registers = await self._registers(to, datetime.date.fromisoformat(today), people) if people else []
            if rows:
                await to.execute(self._count, rows)
            if registers:
                await to.execute(self._visit, registers)

        await self._database.do(work)

    async def read(self, days: int) -> Counted:
        """What was counted in the last so many days."""
        return await self._database.do(lambda to: to.run_sync(counted, days))

    async def prune(self) -> None:
        """Numbers in place of the sketches of what is over; and no day is kept for longer than two years."""

        async def work(to: AsyncConnection) -> None:
            today = datetime.date.fromisoformat(str(await to.scalar(select(self._database.today))))
            await self._close_sketches(to, today)
            last = (today - datetime.timedelta(KEPT_DAYS)).isoformat()
            is_old = (daily.c.day < last) & (daily.c.day != EARLIER)
            if await _any(to, is_old):
                await to.execute(delete(daily).where(is_old | (daily.c.day == EARLIER)))  # which is older still
            if await _any(to, votes.c.day < last):
                await to.execute(update(votes).where(votes.c.day < last).values(day=None))

        await self._database.do(work)

    async def _registers(
        self, to: AsyncConnection, today: datetime.date, people: Collection[str]
    ) -> list[dict[str, Any]]:
        """The registers that these people reach, today and this week."""
        week = monday(today).isoformat()
        ranks = sorted(registers_of(people, await self._salt(to, week)).items())
        return [
            {"day": day, "name": name, "register": register, "rank": rank}
            for day, name in ((today.isoformat(), PEOPLE), (week, PEOPLE_A_WEEK))
            for register, rank in ranks
        ]

    async def _salt(self, to: AsyncConnection, week: str) -> bytes:
        """The week's secret: made by whichever copy of the bot needs it first."""
        query = select(salts.c.salt).where(salts.c.week == week)
        found = await to.scalar(query)
        if found is None:
            new = self._database.insert(salts).values(week=week, salt=secrets.token_bytes(SALT_BYTES))
            await to.execute(new.on_conflict_do_nothing())
            found = (await to.execute(query)).scalar_one()
        return bytes(found)

    async def _close_sketches(self, to: AsyncConnection, today: datetime.date) -> None:
        days, weeks = visitors.c.name == PEOPLE, visitors.c.name == PEOPLE_A_WEEK
        is_over = (days & (visitors.c.day < today.isoformat())) | (weeks & (visitors.c.day < monday(today).isoformat()))
        over = [each._asdict() for each in await to.run_sync(lambda inner: _sketched(inner, is_over))]
        if over:
            await to.execute(self._close, over)
            await to.execute(delete(visitors).where(is_over))
        has_ended = salts.c.week < monday(today).isoformat()
        if await _any(to, has_ended):
            await to.execute(delete(salts).where(has_ended))


async def _any(to: AsyncConnection, which: ColumnElement[bool]) -> bool:
    """Whether there is such a row. Asked before it is written: nearly always there is none, and nobody waits."""
    return bool(await to.scalar(select(exists().where(which))))


def monday(day: datetime.date) -> datetime.date:
    """The first day of its week."""
    return day - datetime.timedelta(day.weekday())


def counted(connection: Connection, days: int) -> Counted:
    """What was counted in the last so many days, and in the rest of the week in which they began."""
    today = datetime.date.fromisoformat(str(connection.scalar(select(calendar(connection.dialect.name)[0]))))
    since = monday(today - datetime.timedelta(days - 1)).isoformat()
    rows = connection.execute(select(daily.c.day, daily.c.name, daily.c.number).where(daily.c.day >= since)).all()
    found = {(day, name): number for day, name, number in rows}
    for each in _sketched(connection, visitors.c.day >= since):
        found[each.day, each.name] = max(each.number, found.get((each.day, each.name), 0))
    tapped = select(votes.c.day, votes.c.entry, votes.c.helpful, func.count()).where(votes.c.day >= since)
    grouped = connection.execute(tapped.group_by(votes.c.day, votes.c.entry, votes.c.helpful)).all()
    undated = connection.scalar(select(func.count()).select_from(votes).where(votes.c.day.is_(None)))
    return Counted(
        today,
        tuple(DailyCount(day, name, number) for (day, name), number in sorted(found.items()) if day != EARLIER),
        tuple(DailyVotes(*row) for row in sorted(map(tuple, grouped))),
        {name: number for (day, name), number in sorted(found.items()) if day == EARLIER},
        undated or 0,
    )


def _sketched(connection: Connection, which: Any) -> list[DailyCount]:
    """How many people the sketches tell of."""
    ranks: dict[tuple[str, str], list[int]] = {}
    for day, name, rank in connection.execute(select(visitors.c.day, visitors.c.name, visitors.c.rank).where(which)):
        ranks.setdefault((day, name), []).append(rank)
    return [DailyCount(day, name, estimate(found)) for (day, name), found in sorted(ranks.items())]
