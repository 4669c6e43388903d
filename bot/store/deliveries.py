"""What is asked before an update is answered, and written after: each for many updates in one transaction.

Several copies of the bot share one table. A copy that takes an update puts its name on it for LEASE seconds
and renews that while it lives. A lease in a row, and no advisory lock: it works on SQLite too, it is asked
and written in the statements that are needed anyway, it survives a connection pooler, and a machine that
vanishes from the network frees its updates after LEASE seconds, while PostgreSQL may hold a lost
connection's locks for minutes.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import BindParameter, Table, bindparam, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import Database
from bot.store.tables import answered, deferred, seen, votes

LEASE = 12.0  # seconds after which the updates of a copy that died are free
KEPT = 25 * 3600.0  # seconds: Telegram brings an update again for a day

ClaimState = Literal["free", "answered", "held"]


@dataclass(frozen=True)
class PersonRecord:
    """What is held of a person: the disclaimer version they saw, 0 for none, the country and language they chose."""

    seen: int = 0
    country: str | None = None
    language: str | None = None


NOBODY = PersonRecord()


@dataclass(frozen=True)
class Claim:
    """An update that came in, and the code of the person it is from."""

    number: int
    person: str | None = None


@dataclass(frozen=True)
class ClaimResult:
    """`free`: for us to answer; `held`: another living copy has it. `known`: what is held of the person."""

    state: ClaimState = "free"
    known: PersonRecord = NOBODY


@dataclass(frozen=True)
class Outcome:
    """What is to be written once an update is answered; `number` None for what no update asked for.

    `country` and `language` are choices: "" for none. `deferred`: the update itself is kept, sealed, and need not be
    any longer.
    """

    number: int | None = None
    person: str | None = None
    seen: int | None = None
    country: str | None = None
    vote: tuple[str, bool] | None = None
    deferred: bool = False
    language: str | None = None

    @property
    def has_choice(self) -> bool:
        """Whether the person chose a country or a language."""
        return self.country is not None or self.language is not None


class Deliveries:
    """Updates of one bot, by number. Every method raises StoreError when the database does not answer."""

    def __init__(self, database: Database, bot: int) -> None:
        self._database = database
        self._bot = bot
        # Made once: to put a statement together costs more than to carry it out.
        self._take = self._to_take()
        self._mark = self._to_put(answered, ("bot", "number"), holder=None, at=database.now)
        self._see = self._to_put(seen, ("person",), ("country", "language"))
        self._settle = self._to_put(seen, ("person",), ("version", "language"))
        self._speak = self._to_put(seen, ("person",), ("version", "country"))
        self._vote = self._to_put(votes, ("person", "entry"), day=database.today)
        self._put_off = self._to_put(deferred, ("bot", "number"), at=database.now)
        self._is_ours = deferred.c.bot == bot
        self._known = self._to_know()
        self._records = _to_records()

    async def begin(self, asked: Collection[Claim], holder: str | None) -> dict[int, ClaimResult]:
        """How each update stands. With a holder, those that are free are in its hands from now on.

        Without one (there is only one that polls) an update is free unless it was answered.
        """
        numbers = sorted({each.number for each in asked})
        people = {each.person for each in asked if each.person}

        async def work(to: AsyncConnection) -> dict[int, ClaimResult]:
            taken = await self._taken(to, numbers, holder) if holder else {}
            rest = [number for number in numbers if number not in taken]
            states = {**taken, **(await self._states(to, rest, holder) if rest else {})}
            records = await self._records_of(to, people)
            return {
                each.number: ClaimResult(states.get(each.number, "free"), records.get(each.person or "", NOBODY))
                for each in asked
            }

        return await self._database.do(work)

    async def finish(self, outcomes: Collection[Outcome]) -> None:
        """Write all that these came to, in one transaction."""

        marks = [{"bot": self._bot, "number": number} for number in sorted(_numbers(outcomes))]
        waited = [each.number for each in outcomes if each.deferred and each.number is not None]
        writes = (
            (self._mark, marks),
            (self._see, _seen_rows(outcomes)),
            (self._settle, _chosen_rows(outcomes, "country")),
            (self._speak, _chosen_rows(outcomes, "language")),
            (self._vote, _vote_rows(outcomes)),
        )

        async def work(to: AsyncConnection) -> None:
            for statement, rows in writes:
                if rows:
                    await to.execute(statement, rows)
            if waited:
                await to.execute(delete(deferred).where(self._is_ours, deferred.c.number.in_(waited)))

        await self._database.do(work)

    async def defer(self, sealed: Mapping[int, bytes]) -> None:
        """Keep updates, sealed, by number, until they are answered."""
        rows = [{"bot": self._bot, "number": number, "sealed": text} for number, text in sorted(sealed.items())]
        await self._database.do(lambda to: to.execute(self._put_off, rows))

    async def deferred(self) -> dict[int, bytes]:
        """The updates that were kept and are not answered, oldest first."""
        query = select(deferred.c.number, deferred.c.sealed).where(self._is_ours).order_by(deferred.c.number)
        return {int(number): bytes(sealed) for number, sealed in await self._database.do(lambda to: to.execute(query))}

    async def drop_deferred(self, numbers: Collection[int]) -> None:
        """Let go of kept updates that nobody can read."""
        gone = delete(deferred).where(self._is_ours, deferred.c.number.in_(numbers))
        await self._database.do(lambda to: to.execute(gone))

    async def latest(self, most: int) -> list[int]:
        """The numbers of the updates answered last."""
        ours = answered.c.holder.is_(None) & (answered.c.bot == self._bot)
        query = select(answered.c.number).where(ours).order_by(answered.c.at.desc()).limit(most)
        return [int(number) for number in await self._database.do(lambda to: to.scalars(query))]

    async def renew(self, holder: str) -> None:
        """The holder lives: its updates stay its own."""
        ours = update(answered).where(answered.c.bot == self._bot, answered.c.holder == holder)
        await self._database.do(lambda to: to.execute(ours.values(at=self._database.now + LEASE)))

    async def release(self, holder: str) -> None:
        """The holder stops: what it has not answered is for others."""
        await self._database.do(
            lambda to: to.execute(delete(answered).where(answered.c.bot == self._bot, answered.c.holder == holder))
        )

    async def prune(self) -> None:
        """Forget what Telegram will not bring again."""

        async def work(to: AsyncConnection) -> None:
            for table in (answered, deferred):
                await to.execute(delete(table).where(table.c.at < self._database.now - KEPT))

        await self._database.do(work)

    async def _taken(self, to: AsyncConnection, numbers: list[int], holder: str) -> dict[int, ClaimState]:
        rows = [{"bot": self._bot, "number": number, "holder": holder} for number in numbers]
        found = await to.scalars(self._take, rows)
        return dict.fromkeys(map(int, found), "free")

    async def _states(self, to: AsyncConnection, numbers: list[int], holder: str | None) -> dict[int, ClaimState]:
        rows = await to.execute(self._known, {"numbers": numbers})
        states: dict[int, ClaimState] = {}
        for number, held_by in rows:
            if held_by is None:
                states[int(number)] = "answered"
            elif holder is not None:
                states[int(number)] = "held"
        return states

    async def _records_of(self, to: AsyncConnection, people: Collection[str]) -> dict[str, PersonRecord]:
        if not people:
            return {}
        rows = await to.execute(self._records, {"people": sorted(people)})
        return {
            str(person): PersonRecord(int(version), *(each or None for each in chosen))
            for person, version, *chosen in rows
        }

    def _to_know(self) -> Any:
        numbers: BindParameter[int] = bindparam("numbers", expanding=True)
        query = select(answered.c.number, answered.c.holder)
        return query.where(answered.c.bot == self._bot, answered.c.number.in_(numbers))

    def _to_take(self) -> Any:
        insert = self._database.insert(answered).values(at=self._database.now + LEASE)
        free = or_(answered.c.at < self._database.now, answered.c.holder == insert.excluded.holder)
        return insert.on_conflict_do_update(
            index_elements=["bot", "number"],
            set_={"holder": insert.excluded.holder, "at": insert.excluded.at},
            where=answered.c.holder.is_not(None) & free,
        ).returning(answered.c.number)

    def _to_put(self, table: Table, key: tuple[str, ...], kept: tuple[str, ...] = (), **fixed: Any) -> Any:
        """A row put in, or over the one that is there but for what is `kept` of that."""
        insert = self._database.insert(table).values(**fixed)
        rest = {column.name: insert.excluded[column.name] for column in table.c if column.name not in key + kept}
        return insert.on_conflict_do_update(index_elements=list(key), set_=rest)


def _numbers(outcomes: Iterable[Outcome]) -> set[int]:
    return {each.number for each in outcomes if each.number is not None}


def _to_records() -> Any:
    people: BindParameter[str] = bindparam("people", expanding=True)
    return select(seen.c.person, seen.c.version, seen.c.country, seen.c.language).where(seen.c.person.in_(people))


def _seen_rows(outcomes: Iterable[Outcome]) -> list[dict[str, Any]]:
    """One row a person, in one order for all: two copies never wait for each other in a circle."""
    newest = {each.person: each.seen for each in outcomes if each.person and each.seen is not None}
    return [{"person": person, "version": version} for person, version in sorted(newest.items())]


def _chosen_rows(outcomes: Iterable[Outcome], what: Literal["country", "language"]) -> list[dict[str, Any]]:
    """The same for what people chose. The version is only for whoever has no row yet."""
    newest = {each.person: getattr(each, what) for each in outcomes if each.person and getattr(each, what) is not None}
    return [{"person": person, "version": 0, what: chosen or None} for person, chosen in sorted(newest.items())]


def _vote_rows(outcomes: Iterable[Outcome]) -> list[dict[str, Any]]:
    newest = {(each.person, each.vote[0]): each.vote[1] for each in outcomes if each.person and each.vote}
    return [
        {"person": person, "entry": entry, "helpful": helpful} for (person, entry), helpful in sorted(newest.items())
    ]
