"""The inbox behind /inbox: what an admin taps in Telegram, done in the store and shown as the next page."""

from dataclasses import replace

from bot.content import Content
from bot.evaluation.inbox import Cluster, Effect
from bot.operation.inbox import OUTSIDE, WordingInbox
from bot.replies import Reply, Speaker
from bot.replies.inbox import InboxItem, to_inbox_item, to_trial
from bot.replies.presses import (
    OUTSIDE_ID,
    AcceptWording,
    DropWording,
    InboxPress,
    OpenInbox,
    SetAsideWording,
    TryWording,
)
from bot.replies.reply import filled_in
from bot.store import StoreError


class TelegramInbox:
    """Replies to what admins press. Nothing raises: where the store is away, that is said."""

    def __init__(self, inbox: WordingInbox) -> None:
        self._inbox = inbox

    async def to_press(self, speaker: Speaker, press: InboxPress) -> Reply:
        """The page after a press; the command itself is OpenInbox()."""
        try:
            return await self._to_press(speaker, press)
        except StoreError:
            return speaker.to_page(speaker.content.texts.inbox.away)

    async def _to_press(self, speaker: Speaker, press: InboxPress) -> Reply:
        content, texts = speaker.content, speaker.content.texts.inbox
        clusters = await self._inbox.clusters()
        if isinstance(press, OpenInbox) and press.wording is None:
            return to_inbox_item(content, _item(clusters, clusters[0].id) if clusters else None)
        wording, _, seen = (press.wording or "").partition("-")
        item = _item(clusters, wording)
        cluster = next((each for each in clusters if item and each.id == item.id), None)
        if item is None or cluster is None:  # dealt with meanwhile, perhaps by another admin
            return to_inbox_item(content, _item(clusters, clusters[0].id) if clusters else None, texts.gone)
        if seen and seen != str(len(item.texts)):  # more of the same came meanwhile: it is shown first
            return to_inbox_item(content, item)
        following = _following(clusters, item)
        match press:
            case AcceptWording(_, answer):
                if answer != OUTSIDE_ID and answer not in content.by_id:
                    return to_inbox_item(content, item, texts.gone)
                result = await self._inbox.accept(cluster, _answer(answer))
                if result.effect.worse:
                    return _trial(content, item, answer, result.effect)
                values = {"times": str(result.taken)}
                return to_inbox_item(content, following, filled_in(texts.accepted, values))
            case TryWording(_, answer):
                return _trial(content, item, answer, await self._inbox.effect(cluster, _answer(answer)))
            case SetAsideWording():
                await self._inbox.set_aside(cluster)
                return to_inbox_item(content, following, texts.was_set_aside)
            case DropWording():
                await self._inbox.drop(cluster)
                return to_inbox_item(content, following, texts.dropped)
            case _:
                return to_inbox_item(content, item)


def _trial(content: Content, item: InboxItem, answer: str, effect: Effect) -> Reply:
    return to_trial(content, item, answer, len(effect.better), effect.worse, effect.questions)


def _answer(id_: str) -> str:
    return OUTSIDE if id_ == OUTSIDE_ID else id_


def _item(clusters: tuple[Cluster, ...], wording: str) -> InboxItem | None:
    """The cluster that a wording is in, as it is shown."""
    for at, each in enumerate(clusters):
        if wording in each.ids:
            after = clusters[(at + 1) % len(clusters)].id if len(clusters) > 1 else None
            day = min(wording.day for wording in each.wordings).isoformat()
            texts = tuple(wording.text for wording in each.wordings)
            return InboxItem(each.id, texts, day, each.candidates, each.why, at + 1, len(clusters), after)
    return None


def _following(clusters: tuple[Cluster, ...], item: InboxItem) -> InboxItem | None:
    """The next one, once this one is dealt with."""
    rest = tuple(each for each in clusters if each.id != item.id)
    if not rest:
        return None
    found = _item(rest, item.after or rest[0].id)
    return found and replace(found, total=len(rest))
