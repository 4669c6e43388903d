"""A content folder that its author edits: texts speak at once, wordings as soon as they are learnt."""

import asyncio
import logging
from pathlib import Path
from typing import Protocol

from bot.content import Content, ContentError, Loaded
from bot.operation.abroad_store import understanding_of
from bot.operation.edits import Edit, edit_of, is_understood_alike, texts_of
from bot.operation.learner import learn_elsewhere
from bot.operation.model_store import kept_model
from bot.operation.reload import FolderState, changed_state
from bot.preview.workbench.strip import Strip
from bot.understanding import Understanding
from bot.understanding.learning import Model

log = logging.getLogger(__name__)

LOOK = 0.15  # seconds between looks at the folder: an author waits
UNKEPT = "what was learnt could not be kept in the folder data/"


class Audience(Protocol):
    """Who is told of an edit, and given what it has made of the content."""

    def tell(self, strip: Strip) -> None: ...

    async def take(self, pack: Loaded, understanding: Understanding, is_learnt: bool) -> None: ...


class Follower:
    """Watches a folder and hands over what is sound in it: first its texts, then what is newly learnt.

    Whatever is wrong is told, and the last good state stays. Another edit while one is learnt begins the learning anew
    only where wordings changed.
    """

    def __init__(self, folder: Path, data: Path, good: Edit, state: FolderState, audience: Audience) -> None:
        """`good` is what is spoken now, `state` the folder's before it was read."""
        self._folder = folder
        self._data = data
        self._audience = audience
        self._state = state
        self._good = good  # the last sound state
        self._texts: Content | None = None  # what was seen of the last one at a glance
        self._changed: frozenset[str] = frozenset()  # names of files, since the last state that was learnt
        self._learning: asyncio.Task[None] | None = None
        self._learnt_now = ""  # the mark of what is being learnt

    async def watch(self) -> None:
        """For ever, until cancelled."""
        try:
            while True:
                found = await changed_state(self._folder, self._state, LOOK)
                self._changed |= {name for name, *_ in {*found} ^ {*self._state}}
                self._state = found
                await self._follow()
        finally:
            await self._forget_learning()  # and with it the other process

    async def _follow(self) -> None:
        self._audience.tell(Strip("reading"))
        is_ahead = await self._glance()
        if is_ahead:
            self._audience.tell(Strip("reading", texts_are_live=True))
        try:
            edit = await asyncio.to_thread(edit_of, self._folder, self._data, self._good.pack.content)
        except ContentError as error:
            await self._refuse(Strip("mistakes", mistakes=error.mistakes), is_ahead)
        except Exception as error:  # noqa: BLE001 - whatever it is, the preview goes on with what it has
            await self._refuse(Strip("failed", trouble=f"{type(error).__name__}: {error}"), is_ahead)
        else:
            await self._speak(edit)

    async def _glance(self) -> bool:
        """Speak the new texts before all is checked, where they seem sound; whether they were."""
        texts, good = await asyncio.to_thread(texts_of, self._folder), self._good
        if texts is None or not good.spoken or not is_understood_alike(texts, good.pack.content):
            return False
        if texts != self._texts:
            self._texts = texts
            # Lines of files are told by the state before, until all is read.
            await self._take(Loaded(texts, documents=good.pack.documents), good.spoken, is_learnt=False)
        return True

    async def _speak(self, edit: Edit) -> None:
        self._good = edit
        if edit.model:
            await self._forget_learning()
            await self._finish(edit, edit.model)
            return
        if edit.older:
            await self._take(edit.pack, edit.older, is_learnt=False)
        self._tell_share(None)
        if self._learnt_now != edit.mark:
            await self._forget_learning()
            self._learnt_now = edit.mark
            self._learning = asyncio.create_task(self._learn())

    async def _learn(self) -> None:
        try:
            trouble = await learn_elsewhere(self._folder, self._data, self._tell_share)
        except OSError as error:  # no memory, or no process, to be had just now
            trouble = f"learning could not be started ({error.strerror}): save once more"
        edit, self._learnt_now = self._good, ""
        model = None if trouble else await asyncio.to_thread(kept_model, edit.pack.content, self._data)
        if model:
            await self._finish(edit, model)
        else:
            log.error("the changed content is not learnt: %s", trouble or UNKEPT)
            self._audience.tell(Strip("failed", trouble=trouble or UNKEPT))

    def _tell_share(self, share: float | None) -> None:
        self._audience.tell(Strip("learning", share, texts_are_live=self._good.spoken is not None))

    async def _finish(self, edit: Edit, model: Model) -> None:
        """All of an edit is live."""
        self._good = Edit(edit.pack, edit.mark, model)
        await self._take(edit.pack, model, is_learnt=True)
        worth_a_look = tuple(each for each in edit.pack.warnings if Path(each.file).name in self._changed)
        self._changed = frozenset()
        self._audience.tell(Strip("live", mistakes=worth_a_look))

    async def _take(self, pack: Loaded, model: Model, is_learnt: bool) -> None:
        understanding = await asyncio.to_thread(understanding_of, pack.content, model)
        await self._audience.take(pack, understanding, is_learnt)

    async def _refuse(self, strip: Strip, is_ahead: bool) -> None:
        """Back to the last good state, where the new texts were spoken already."""
        await self._forget_learning()
        good, self._texts = self._good, None
        if is_ahead and good.spoken:
            await self._take(good.pack, good.spoken, is_learnt=False)
        self._audience.tell(strip)

    async def _forget_learning(self) -> None:
        """End what learns an edit that has been overtaken."""
        self._learnt_now = ""
        learning, self._learning = self._learning, None
        if learning:
            learning.cancel()
            await asyncio.gather(learning, return_exceptions=True)
