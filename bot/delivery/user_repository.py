"""What the bot holds of people and updates, with a store that may fail: it stands in no answer's way."""

import contextlib
import json
import logging
from collections import Counter
from collections.abc import Coroutine, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from bot.delivery.bounded import Bounded
from bot.delivery.circuit_breaker import CircuitBreaker
from bot.delivery.metrics import Metrics
from bot.store import (
    Claim,
    ClaimResult,
    Forgotten,
    Outcome,
    PersonRecord,
    Sealer,
    Store,
    StoreError,
    Unsealable,
    person_code,
)

log = logging.getLogger(__name__)
Stored = TypeVar("Stored")

# Updates known to be answered without asking the store. Polling has a hundred unconfirmed at most; a webhook
# brings one again within two minutes, at Telegram's full rate 3,600 updates, and the store knows the rest.
ANSWERED = 5_000
UNWRITTEN = 10_000  # outcomes that wait for the store to come back
PEOPLE = 4_000  # who was here lately, and what version they have seen: of others the store is asked, in 2 ms
FORGOTTEN = 4_000  # who asked to be forgotten lately: what is still in hand of theirs is not written
RECALLED = 1_000  # updates answered by an earlier run: ten times what it can have left unconfirmed


class UserRepository:
    """Who has seen the disclaimer, votes, counts and answered updates, by Telegram id in and by code down.

    With a `holder` (a name for this copy of the bot) updates are shared out between copies. Without, this is
    the only one, and need not ask the store for what it remembers itself.
    """

    def __init__(self, store: Store, key: bytes, breaker: CircuitBreaker, metrics: Metrics, holder: str | None) -> None:
        self._store = store
        self._key = key
        self._sealer = Sealer(key)
        self._breaker = breaker
        self._metrics = metrics
        self._holder = holder
        self._has_recalled = False
        self._answered: Bounded[int, bool] = Bounded(ANSWERED)
        self._people: Bounded[str, PersonRecord] = Bounded(PEOPLE)  # as the store knows them
        self._unnoted: Bounded[str, Outcome] = Bounded(UNWRITTEN)  # what it does not know of them yet
        self._unwritten: Bounded[int, Outcome] = Bounded(UNWRITTEN)
        self._forgotten: Bounded[str, int] = Bounded(FORGOTTEN)  # by which update
        self._counts: Counter[str] = Counter()
        self._visitors: set[str] = set()  # whom the store is to count, for some seconds
        metrics.watch("store_unwritten", "Outcomes that wait for the store", lambda: len(self._unwritten))

    def has_answered(self, number: int) -> bool:
        """Whether this very process has answered an update."""
        return number in self._answered

    def code(self, person: int) -> str:
        return person_code(self._key, person)

    async def claim(self, number: int, person: str | None) -> ClaimResult:
        """How an update stands; free and a stranger's where the store does not know: twice is safe."""
        code = person or ""
        noted = self._people.get(code)
        standing = ClaimResult(known=noted or PersonRecord())
        is_known = noted is not None and self._has_recalled and self._holder is None
        if self._breaker.is_closed and not is_known:
            with contextlib.suppress(StoreError):  # the breaker has told
                standing = await self._claim(Claim(number, person))
                self._people.put(code, standing.known)
        unnoted = self._unnoted.get(code)
        return replace(standing, known=_after(standing.known, unnoted)) if unnoted else standing

    async def complete(self, outcome: Outcome) -> None:
        """Write what an update came to; where that fails now, it is written later."""
        outcome = self._discreet(outcome)
        if outcome.number is not None:
            self._answered.put(outcome.number, True)
        if outcome.person and outcome.has_choice:  # what is written late does not undo a later choice
            for late, earlier in self._unwritten.first(UNWRITTEN):
                if earlier.person == outcome.person:
                    country = None if outcome.country is not None else earlier.country
                    language = None if outcome.language is not None else earlier.language
                    self._unwritten.put(late, replace(earlier, country=country, language=language))
        if self._breaker.is_closed:
            with contextlib.suppress(StoreError):  # the breaker has told
                await self._complete(outcome)
                await self._on_written(outcome)
                return
        self._keep(outcome)

    async def keep_wording(self, words: str, reason: str, nearest: str | None, chance: float) -> str | None:
        """Keep words that may be shown to the authors, of nobody in particular. Their id; None where that failed."""
        return await self._asked("wording", self._store.wordings.keep(words, reason, nearest, chance))

    async def drop_wording(self, wording: str) -> bool:
        """Delete words that somebody shared, by their id. Whether the store did."""
        return await self._asked("wording", self._store.wordings.drop([wording])) is not None

    async def picture_name(self, digest: str) -> str | None:
        """The messenger's name for a picture that it has; None where the store does not tell."""
        return await self._asked("picture", self._store.pictures.find(digest))

    async def note_picture(self, digest: str, name: str) -> None:
        """Note it, so that no copy of the bot sends the picture again."""
        await self._asked("picture", self._store.pictures.put(digest, name))

    async def is_quiet(self, group: int) -> bool:
        """Whether the bot is to be quiet in a group; not where the store does not tell."""
        return bool(await self._asked("group", self._store.groups.has(self.code(group))))

    async def toggle_quiet(self, group: int) -> bool | None:
        """Be quiet in a group, or no longer; what it is from now on, None where the store failed."""
        code = self.code(group)
        gone = await self._asked("group", self._store.groups.drop(code))
        if gone is None:
            return None
        return False if gone else await self._asked("group", self._store.groups.add(code))

    async def forget_group(self, group: int, moved_to: int | None = None) -> None:
        """Drop what is held of a group, or hold it of the id that it has from now on."""
        if moved_to is not None and await self.is_quiet(group):  # held twice is better than not at all
            await self._asked("group", self._store.groups.add(self.code(moved_to)))
        await self._asked("group", self._store.groups.drop(self.code(group)))

    async def _asked(self, what: str, work: Coroutine[Any, Any, Stored]) -> Stored | None:
        """What the store answers to something that can do without; None where it does not."""
        if not self._breaker.is_closed:
            work.close()
            return None
        try:
            found = await work
        except StoreError as error:
            self._breaker.on_failure(what, error)
            return None
        self._breaker.on_success(what)
        return found

    def count(self, names: Counter[str], person: str | None = None) -> None:
        """Count what was said, and to whom as one of so many; the store is told now and then, for all at once."""
        self._counts += names
        if names and person and len(self._visitors) < UNWRITTEN:
            self._visitors.add(person)

    async def write_counts(self) -> None:
        """Tell the store what was counted. Raises StoreError; what it was then told may be lost.

        It is not told twice: where it was only slow it may know already, and a count written twice is wrong. Who
        came is told again, for that changes nothing.
        """
        counts, self._counts = self._counts, Counter()
        visitors = tuple(self._visitors)
        if not counts and not visitors:
            return
        try:
            await self._store.days.add(counts, visitors)
        except StoreError:
            if counts:
                self._metrics.note_drops("count", counts.total())
            raise
        self._visitors.difference_update(visitors)

    async def recall(self) -> dict[int, Mapping[str, Any]]:
        """What an earlier run left: answered updates, as far as Telegram may bring them again, and those that wait.

        The latter are returned, by number. Raises StoreError.
        """
        for number in reversed(await self._store.deliveries.latest(RECALLED)):
            self._answered.put(number, True)
        self._has_recalled = True
        sealed = await self._store.deliveries.deferred()
        opened = {number: row for number, text in sealed.items() if (row := self._opened(number, text))}
        if lost := sealed.keys() - opened.keys():
            log.error("%d updates that waited can't be read: they were sealed with another key", len(lost))
            await self._store.deliveries.drop_deferred(lost)
        return opened

    async def defer(self, rows: Mapping[int, Mapping[str, Any]]) -> bool:
        """Keep updates, sealed, until they are answered. Whether the store has them."""
        if not self._breaker.is_closed:
            return False
        sealed = {number: self._sealer.seal(json.dumps(row).encode(), _place(number)) for number, row in rows.items()}
        try:
            await self._store.deliveries.defer(sealed)
        except StoreError as error:
            self._breaker.on_failure("defer", error)
            return False
        self._breaker.on_success("defer")
        return True

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
                if self._unwritten.get(number) is outcome:  # and was not stripped of its person meanwhile
                    self._unwritten.drop(number)
                    await self._on_written(outcome)
        return written

    async def forget(self, code: str, number: int) -> Forgotten | None:
        """What was deleted; None when the store failed, so that nobody is told it was done.

        Nothing that is still in hand of this person, up to the update `number`, is written any more.
        """
        if not self._breaker.is_closed:
            return None
        try:
            gone = await self._store.forget(code)
        except StoreError as error:
            self._breaker.on_failure("forget", error)
            return None
        self._breaker.on_success("forget")
        self._forgotten.put(code, number)
        self._people.drop(code)
        self._unnoted.drop(code)
        self._visitors.discard(code)
        for late, outcome in self._unwritten.first(UNWRITTEN):
            if outcome.person == code:
                self._unwritten.put(late, self._discreet(outcome))
        return gone

    async def _on_written(self, outcome: Outcome) -> None:
        """The store has it. Of whoever had themselves forgotten meanwhile it must have nothing."""
        person = outcome.person
        if person is None:
            return
        unnoted = self._unnoted.get(person)
        if unnoted and _is_covered(unnoted, outcome):
            self._unnoted.drop(person)
        known = self._people.get(person)
        if self._discreet(outcome).person is None:
            self._unnoted.drop(person)
            await self._store.forget(person)
        elif known is not None:  # of whom the store was not asked it may hold more
            self._people.put(person, _after(known, outcome))

    async def _claim(self, claim: Claim) -> ClaimResult:
        try:
            found = await self._store.deliveries.begin([claim], self._holder)
        except StoreError as error:
            self._breaker.on_failure("begin", error)
            raise
        self._breaker.on_success("begin")
        return found[claim.number]

    async def _complete(self, outcome: Outcome) -> None:
        try:
            await self._store.deliveries.finish([outcome])
        except StoreError as error:
            self._breaker.on_failure("finish", error)
            raise
        self._breaker.on_success("finish")

    def _keep(self, outcome: Outcome) -> None:
        if outcome.person and (outcome.seen is not None or outcome.has_choice):
            self._unnoted.put(outcome.person, _joined(self._unnoted.get(outcome.person), outcome))
        if outcome.number is not None and self._unwritten.put(outcome.number, outcome):
            self._metrics.note_drops("mark", 1)

    def _discreet(self, outcome: Outcome) -> Outcome:
        """Without the person, where they have had themselves forgotten since."""
        forgotten = self._forgotten.get(outcome.person or "")
        if forgotten is None or outcome.number is None or outcome.number > forgotten:
            return outcome
        return replace(outcome, person=None, seen=None, country=None, vote=None, language=None)

    def _opened(self, number: int, sealed: bytes) -> Mapping[str, Any] | None:
        try:
            row: Mapping[str, Any] = json.loads(self._sealer.open(sealed, _place(number)))
        except (Unsealable, ValueError):
            return None
        return row


def _after(known: PersonRecord, outcome: Outcome) -> PersonRecord:
    """What is known of a person once an outcome is written."""
    country = known.country if outcome.country is None else outcome.country or None
    language = known.language if outcome.language is None else outcome.language or None
    return PersonRecord(max(known.seen, outcome.seen or 0), country, language)


def _is_covered(unnoted: Outcome, written: Outcome) -> bool:
    """Whether all that the store did not know of a person stands in an outcome that it has now, or was chosen anew."""
    has_seen = unnoted.seen is None or (written.seen or 0) >= unnoted.seen
    has_country = unnoted.country is None or written.country is not None
    return has_seen and has_country and (unnoted.language is None or written.language is not None)


def _joined(earlier: Outcome | None, later: Outcome) -> Outcome:
    """What two outcomes of one person tell of them."""
    if earlier is None:
        return later
    country = earlier.country if later.country is None else later.country
    language = earlier.language if later.language is None else later.language
    return Outcome(seen=max(earlier.seen or 0, later.seen or 0) or None, country=country, language=language)


def _place(number: int) -> str:
    return f"update {number}"
