"""Wordings that parents let the authors see, scrubbed, and what they were taken for since. No key leads to a person."""

import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import CursorResult, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import Database
from bot.store.tables import wordings

ID_BYTES = 4  # of a random name: a running number would tell the order, and with other tables perhaps the person
EPOCH = date(1970, 1, 1)
DAY = 86_400.0  # seconds
ASIDE = "*aside"  # in the place of an answer: it waits for one that is yet to be written. No id begins with a star
MOST = 5_000  # wordings that wait; nobody reads more, and nobody shall fill the disk


OPEN = wordings.c.answer.is_(None) | (wordings.c.answer == ASIDE)  # what nobody has answered


@dataclass(frozen=True)
class KeptWording:
    """`reason`: why it was offered ("unknown", "none" of the choices, "no" to an answer). `nearest`: the entry it was
    nearest to, with its `chance`. `answer`: what it was accepted as, None while it waits."""

    id: str
    text: str
    reason: str
    day: date
    nearest: str | None = None
    chance: float = 0.0
    answer: str | None = None


class WordingStore:
    """Every method raises StoreError when the database does not answer."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def keep(self, text: str, reason: str, nearest: str | None, chance: float) -> str | None:
        """Keep a wording that is scrubbed already; its id. None where too many wait: then it is not kept."""
        name = secrets.token_hex(ID_BYTES)
        row = {"id": name, "text": text, "reason": reason, "nearest": nearest, "chance": chance}

        async def work(to: AsyncConnection) -> str | None:
            waiting = (await to.execute(select(wordings.c.id).where(OPEN).limit(MOST))).all()
            if len(waiting) < MOST:
                await to.execute(insert(wordings).values(**row, day=await self._today(to)))
                return name
            return None

        return await self._database.do(work)

    async def waiting(self) -> list[KeptWording]:
        """What nobody has looked at yet, oldest first."""
        return await self._found(wordings.c.answer.is_(None))

    async def aside(self) -> list[KeptWording]:
        """What waits for an answer that is yet to be written."""
        return await self._found(wordings.c.answer == ASIDE)

    async def accepted(self) -> list[KeptWording]:
        """What counts as an answer's wording, in a lasting order."""
        return await self._found(wordings.c.answer.is_not(None) & (wordings.c.answer != ASIDE))

    async def accept(self, ids: Collection[str], answer: str) -> int:
        """Take wordings that wait for an answer's from now on; how many there were."""
        waiting = wordings.c.id.in_(ids) & OPEN
        return await self._changed(update(wordings).where(waiting).values(answer=answer))

    async def take_back(self, ids: Collection[str]) -> int:
        """Let accepted ones wait again; how many there were."""
        return await self._changed(update(wordings).where(wordings.c.id.in_(ids)).values(answer=None))

    async def drop(self, ids: Iterable[str]) -> int:
        """Delete wordings, whether they wait or not; how many there were."""
        return await self._changed(delete(wordings).where(wordings.c.id.in_(list(ids))))

    async def prune(self, days: int) -> int:
        """Delete those that have waited for longer than so many days; how many there were."""

        async def work(to: AsyncConnection) -> int:
            old = OPEN & (wordings.c.day < await self._today(to) - days)
            gone: CursorResult[Any] = await to.execute(delete(wordings).where(old))
            return gone.rowcount

        return await self._database.do(work)

    async def _today(self, to: AsyncConnection) -> int:
        """The day by the database's clock."""
        return int(float(await to.scalar(select(self._database.now)) or 0) // DAY)

    async def _changed(self, statement: Any) -> int:
        return int((await self._database.do(lambda to: to.execute(statement))).rowcount)

    async def _found(self, which: Any) -> list[KeptWording]:
        query = select(wordings).where(which).order_by(wordings.c.day, wordings.c.id)
        rows = (await self._database.do(lambda to: to.execute(query))).mappings().all()
        return [KeptWording(**{**row, "day": EPOCH + timedelta(days=row["day"])}) for row in rows]
