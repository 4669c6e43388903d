"""What the bot holds of people and updates, with a store that may fail: it stands in no answer's way."""

import contextlib
from dataclasses import replace

from bot.store import Asked, Forgotten, Outcome, Standing, Store, StoreError, person_code
from bot.telegram.batches import Batches
from bot.telegram.bounded import Bounded
from bot.telegram.fuse import Fuse
from bot.telegram.metrics import Metrics

# Updates known to be answered without asking the store. Polling has a hundred unconfirmed at most; a webhook
# brings one again within two minutes, at Telegram's full rate 3,600 updates, and the store knows the rest.
ANSWERED = 5_000
UNWRITTEN = 10_000  # outcomes that wait for the store to come back
PEOPLE = 4_000  # who was here lately, and what version they have seen: of others the store is asked, in 2 ms
RECALLED = 1_000  # updates answered by an earlier run: ten times what it can have left unconfirmed


class Acquaintance:
    """Who has seen the disclaimer, votes, counts and answered updates, by Telegram id in and by code down.

    With a `holder` (a name for this copy of the bot) updates are shared out between copies. Without, this is
    the only one, and need not ask the store for what it remembers itself.
    """

    def __init__(self, store: Store, key: bytes, fuse: Fuse, metrics: Metrics, holder: str | None) -> None:
        self._store = store
        self._key = key
        self._fuse = fuse
        self._metrics = metrics
        self._holder = holder
        self._has_recalled = False
        self._begins: Batches[Asked, Standing] = Batches(self._begin)
        self._finishes: Batches[Outcome, None] = Batches(self._finish)
        self._answered: Bounded[int, bool] = Bounded(ANSWERED)
        self._seen: Bounded[str, int] = Bounded(PEOPLE)  # as the store knows it
        self._unnoted: Bounded[str, int] = Bounded(UNWRITTEN)  # as it does not know it yet
        self._unwritten: Bounded[int, Outcome] = Bounded(UNWRITTEN)
        metrics.watch("store_unwritten", "Outcomes that wait for the store", lambda: len(self._unwritten))

    def has_answered(self, number: int) -> bool:
        """Whether this very process has answered an update."""
        return number in self._answered

    def code(self, person: int) -> str:
        return person_code(self._key, person)

    async def begin(self, number: int, person: str | None) -> Standing:
        """How an update stands; free and a stranger's where the store does not know: twice is safe."""
        code = person or ""
        noted = self._seen.get(code)
        standing = Standing(seen=noted or 0)
        is_known = noted is not None and self._has_recalled and self._holder is None
        if self._fuse.holds and not is_known:
            with contextlib.suppress(StoreError):  # the fuse has told
                standing = await self._begins.ask(Asked(number, person))
                self._seen.put(code, standing.seen)
        return replace(standing, seen=max(standing.seen, self._unnoted.get(code) or 0))

    async def finish(self, outcome: Outcome) -> None:
        """Write what an update came to; where that fails now, all but the counts is written later."""
        if outcome.number is not None:
            self._answered.put(outcome.number, True)
        if self._fuse.holds:
            with contextlib.suppress(StoreError):  # the fuse has told
                await self._finishes.ask(outcome)
                if outcome.person and outcome.seen is not None:
                    self._seen.put(outcome.person, outcome.seen)
                return
        self._keep(outcome)

    async def recall(self) -> None:
        """What an earlier run has answered, as far as Telegram may bring it again. Raises StoreError."""
        for number in reversed(await self._store.deliveries.latest(RECALLED)):
            self._answered.put(number, True)
        self._has_recalled = True

    @property
    def is_late(self) -> bool:
        """Whether there is something that the store missed."""
        return len(self._unwritten) > 0

    async def write_late(self) -> int:
        """Write what the store missed; how much that was. Raises StoreError."""
        written = 0
        while late := self._unwritten.first(100):
            await self._store.deliveries.finish([outcome for _, outcome in late])
            written += len(late)
            for number, outcome in late:
                self._unwritten.drop(number)
                self._unnoted.drop(outcome.person or "")
        return written

    async def forget(self, person: int) -> Forgotten | None:
        """What was deleted; None when the store failed, so that nobody is told it was done."""
        if not self._fuse.holds:
            return None
        code = self.code(person)
        try:
            gone = await self._store.forget(code)
        except StoreError as error:
            self._fuse.on_failure("forget", error)
            return None
        self._seen.drop(code)
        self._unnoted.drop(code)
        return gone

    async def _begin(self, asked: list[Asked]) -> list[Standing]:
        try:
            found = await self._store.deliveries.begin(asked, self._holder)
        except StoreError as error:
            self._fuse.on_failure("begin", error)
            raise
        self._fuse.on_success("begin")
        return [found[each.number] for each in asked]

    async def _finish(self, outcomes: list[Outcome]) -> list[None]:
        try:
            await self._store.deliveries.finish(outcomes)
        except StoreError as error:
            self._fuse.on_failure("finish", error)
            raise
        self._fuse.on_success("finish")
        return [None] * len(outcomes)

    def _keep(self, outcome: Outcome) -> None:
        # Counts are not kept: where the store was only slow they may have been written, and a mark or a
        # version written twice does no harm, but a count does.
        self._metrics.note_drops("count", len(outcome.counts))
        if outcome.person and outcome.seen is not None:
            self._unnoted.put(outcome.person, outcome.seen)
        if outcome.number is not None and self._unwritten.put(outcome.number, replace(outcome, counts=())):
            self._metrics.note_drops("mark", 1)
