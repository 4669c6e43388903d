"""A content folder that its author edits: texts speak at once, wordings as soon as they are learnt."""

import asyncio
import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from bot.content import Content, ContentError, Loaded
from bot.content.loader import load
from bot.evaluation.review import review
from bot.operation.learner import learn_elsewhere
from bot.operation.model_store import encoder, fingerprint, kept_model, older_model
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


@dataclass(frozen=True)
class _Edit:
    """A sound state of the folder; `model` was learnt from it as it stands, `older` from an earlier state."""

    pack: Loaded
    mark: str
    model: Model | None
    older: Model | None


class Follower:
    """Watches a folder, and hands over what is sound in it: first with what was learnt before, then with what is new.

    Whatever is wrong is told, and the last good state stays. Another edit while one is learnt begins the learning anew
    only where wordings changed.
    """

    def __init__(self, folder: Path, data: Path, pack: Loaded, state: FolderState, audience: Audience) -> None:
        """`pack` is what is spoken now, `state` the folder's before it was read."""
        self._folder = folder
        self._data = data
        self._audience = audience
        self._state = state
        self._changed: frozenset[str] = frozenset()  # names of files, since the last state that was learnt
        self._good = pack.content  # whose danger signs are known to be sound
        self._edit: _Edit | None = None
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
            self._forget_learning()  # and with it the other process

    async def _follow(self) -> None:
        self._audience.tell(Strip("reading"))
        try:
            edit = await asyncio.to_thread(self._read)
        except ContentError as error:
            self._refuse(Strip("mistakes", mistakes=error.mistakes))
        except Exception as error:  # noqa: BLE001 - whatever it is, the preview goes on with what it has
            self._refuse(Strip("failed", trouble=f"{type(error).__name__}: {error}"))
        else:
            await self._speak(edit)

    def _read(self) -> _Edit:
        """Raises ContentError with every mistake."""
        pack = load(self._folder)
        _review(pack, self._good)
        self._good = pack.content
        model = kept_model(pack.content, self._data)
        older = None if model else older_model(pack.content, self._data)
        return _Edit(pack, fingerprint(pack.content), model, older)

    async def _speak(self, edit: _Edit) -> None:
        self._edit = edit
        if edit.model:
            self._forget_learning()
            await self._take(edit, edit.model)
            return
        if edit.older:
            await self._audience.take(edit.pack, Understanding(edit.pack.content, edit.older, encoder()), False)
        self._audience.tell(Strip("learning", texts_are_live=edit.older is not None))
        if self._learnt_now != edit.mark:
            self._forget_learning()
            self._learnt_now = edit.mark
            self._learning = asyncio.create_task(self._learn())

    async def _learn(self) -> None:
        try:
            trouble = await learn_elsewhere(self._folder, self._data, self._tell_share)
        except OSError as error:  # no memory, or no process, to be had just now
            trouble = f"learning could not be started ({error.strerror}): save once more"
        edit, self._learnt_now = self._edit, ""
        if edit is None:
            return
        model = None if trouble else await asyncio.to_thread(kept_model, edit.pack.content, self._data)
        if model:
            await self._take(edit, model)
        else:
            log.error("the changed content is not learnt: %s", trouble or UNKEPT)
            self._audience.tell(Strip("failed", trouble=trouble or UNKEPT))

    def _tell_share(self, share: float) -> None:
        if self._edit:
            self._audience.tell(Strip("learning", share, texts_are_live=self._edit.older is not None))

    async def _take(self, edit: _Edit, model: Model) -> None:
        await self._audience.take(edit.pack, Understanding(edit.pack.content, model, encoder()), True)
        worth_a_look = tuple(each for each in edit.pack.warnings if Path(each.file).name in self._changed)
        self._changed = frozenset()
        self._audience.tell(Strip("live", mistakes=worth_a_look))

    def _refuse(self, strip: Strip) -> None:
        self._forget_learning()
        self._audience.tell(strip)

    def _forget_learning(self) -> None:
        """End what learns an edit that has been overtaken."""
        self._learnt_now = ""
        if self._learning:
            self._learning.cancel()
            self._learning = None


def _review(pack: Loaded, good: Content) -> None:
    """Raise ContentError where a danger sign's phrase does not prove it. It takes seconds: only where they changed."""
    content, danger = pack.content, pack.content.danger
    if danger is None or (good.danger and _signs(content) == _signs(good)):
        return
    found = review(danger, content.grammar, pack.documents["danger.yaml"], pack.documents["alarms.yaml"])
    if found.mistakes:
        raise ContentError(found.mistakes)


def _signs(content: Content) -> tuple[object, ...]:
    """All that tells whether phrases are found."""
    danger = content.danger
    phrases = [(sign.id, sign.phrases) for sign in danger.signs] if danger else []
    return (content.grammar, phrases, danger and (danger.negators, danger.baby, danger.unread))
