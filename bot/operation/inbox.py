"""The inbox: what parents let the authors see, and accepting it, for every copy of the bot at once."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from bot.content import Content
from bot.evaluation.inbox import OUTSIDE, Cluster, Effect, QuestionSet, answers_of, clusters_of
from bot.evaluation.question_sets import questions_about
from bot.operation.model_store import encoder
from bot.replies import Speaker
from bot.store import ASIDE, Store, StoreError
from bot.understanding.accepted import AcceptedWordings, stacked, vector_of
from bot.understanding.features import Floats

log = logging.getLogger(__name__)

AT_ONCE = 500  # wordings that are put into clusters, the oldest first: a page of the inbox takes seconds at most
LOOK = 4.0  # seconds between looks at what was accepted, perhaps by another copy of the bot


@dataclass(frozen=True)
class Accepting:
    """What came of it. `taken`: how many wordings count from now on; 0 where something would be broken, or where
    somebody else was quicker."""

    effect: Effect
    taken: int


class WordingInbox:
    """`speaker` gives the one that speaks now, with what is accepted so far."""

    def __init__(self, store: Store, speaker: Callable[[], Speaker], folder: Path) -> None:
        self._store = store
        self._speaker = speaker
        self._folder = folder
        self._questions: QuestionSet | None = None

    @property
    def content(self) -> Content:
        """What is spoken now."""
        return self._speaker().content

    async def clusters(self, aside: bool = False) -> tuple[Cluster, ...]:
        """What waits; with `aside` also for an answer that is yet to be written. Raises StoreError."""
        waiting = (await self._store.wordings.waiting())[:AT_ONCE]
        waiting += (await self._store.wordings.aside())[:AT_ONCE] if aside else []
        speaker = self._speaker()

        def work() -> tuple[Cluster, ...]:
            vectors = stacked([_vector(each.text) for each in waiting])
            return clusters_of(waiting, vectors, speaker.meaning, speaker.content.thresholds)

        return await asyncio.to_thread(work)

    async def cluster(self, wording: str) -> Cluster | None:
        """The cluster that a wording is in; None where it does not wait any more. Raises StoreError."""
        return next((each for each in await self.clusters(aside=True) if wording in each.ids), None)

    async def effect(self, cluster: Cluster, answer: str) -> Effect:
        """What accepting a cluster as an answer would change on the question sets. Raises StoreError."""
        accepted = answers_of(await self._store.wordings.accepted(), self._speaker().content.by_id)
        return await asyncio.to_thread(self._effect, accepted, [(each.text, answer) for each in cluster.wordings])

    async def accept(self, cluster: Cluster, answer: str) -> Accepting:
        """Take a cluster for an answer's wordings, if nothing is broken by that. Raises StoreError."""
        effect = await self.effect(cluster, answer)
        taken = await self._store.wordings.accept(cluster.ids, answer) if effect.is_harmless else 0
        return Accepting(effect, taken)

    async def set_aside(self, cluster: Cluster) -> int:
        """Keep a cluster for an answer that is yet to be written. Raises StoreError."""
        return await self._store.wordings.accept(cluster.ids, ASIDE)

    async def drop(self, cluster: Cluster) -> int:
        """Delete a cluster. Raises StoreError."""
        return await self._store.wordings.drop(cluster.ids)

    def _effect(self, accepted: list[tuple[str, str]], more: list[tuple[str, str]]) -> Effect:
        speaker = self._speaker()
        if self._questions is None:
            self._questions = QuestionSet(questions_about(self._folder, speaker.content.by_id), _vector)
        before = speaker.with_accepted(AcceptedWordings.of(accepted, _vector))
        after = speaker.with_accepted(AcceptedWordings.of([*accepted, *more], _vector))
        effect = self._questions.effect(AcceptedWordings.of(more, _vector), before.to_text, after.to_text)
        # What tells of danger must never be learnt as something harmless.
        alarming = [text for text, _ in more if (reply := before.to_text(text)).is_danger or reply.caution]
        return replace(effect, worse=(*alarming, *effect.worse))


class AcceptedWatch:
    """Looks at what is accepted, again and again, and hands it over where it changed."""

    def __init__(
        self, store: Store, speaker: Callable[[], Speaker], take_over: Callable[[AcceptedWordings], None]
    ) -> None:
        """`speaker` gives the one that speaks now, whose entries there are."""
        self._store = store
        self._speaker = speaker
        self._take_over = take_over
        self._known: list[tuple[str, str]] = []
        self.accepted = AcceptedWordings()

    async def watch(self) -> None:
        """For ever, until cancelled."""
        while True:
            try:
                await self.look()
            except StoreError as error:
                log.debug("what was accepted can't be asked: %s", error)  # whoever looks after the store tells
            except Exception as error:  # noqa: BLE001 - whatever it is, the bot goes on with what it has
                log.error("what was accepted can't be used: %s", type(error).__name__)
            await asyncio.sleep(LOOK)

    async def look(self) -> None:
        """Look once. Raises StoreError."""
        found = answers_of(await self._store.wordings.accepted(), self._speaker().content.by_id)
        if found == self._known:
            return
        self.accepted = await asyncio.to_thread(AcceptedWordings.of, found, _vector)
        self._known = found
        self._take_over(self.accepted)
        log.info("%d wordings that parents gave are understood beside the content's", len(found))


@lru_cache(maxsize=10_000)
def _vector(text: str) -> Floats:
    return vector_of(text, encoder())


__all__ = ["OUTSIDE", "AcceptedWatch", "Accepting", "WordingInbox"]
