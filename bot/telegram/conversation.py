"""What happens with a message or a button press: disclaimer, answer, vote, forgetting."""

import logging
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace

from telegram.error import InvalidToken

from bot.content.texts import Texts
from bot.replies import Reply, Speaker
from bot.replies.presses import CastVote, NoneOfThese, NotMeant, keeps_message, read_press
from bot.telegram.acquaintance import Acquaintance
from bot.telegram.albums import Albums
from bot.telegram.bounded import Bounded
from bot.telegram.door import Door, Gone
from bot.telegram.errors import place_of
from bot.telegram.flood import Allowance, Clock, Flood, Verdict
from bot.telegram.heard import Heard
from bot.telegram.incoming import Address, Incoming, Json, Me, Message, Press, read_update
from bot.telegram.metrics import Metrics
from bot.telegram.rendering import without_votes
from bot.telegram.visit import Visit

log = logging.getLogger(__name__)

UNCOUNTED = ("card", "note")  # they promise that nothing one taps is kept
REMEMBERED = 2_000  # answers that an edited question finds again; to an older one there is a new answer
OWN_COMMANDS = ("forget", "status")  # those that no page of the content stands for


@dataclass(frozen=True)
class Admins:
    """Who may ask how the bot is, and what it then tells, by the names in the text."""

    ids: Collection[int] = ()
    status: Callable[[], Mapping[str, str]] = dict


@dataclass(frozen=True)
class Floods:
    """Who writes too much, who presses too much, and how much of it is still looked at."""

    messages: Flood
    presses: Flood
    allowance: Allowance

    @classmethod
    def at(cls, clock: Clock) -> "Floods":
        return cls(Flood(clock), Flood(clock), Allowance(clock, time.thread_time))


@dataclass(frozen=True)
class Gates:
    """What stands between Telegram and the answers: floods are kept off, albums gathered."""

    floods: Floods
    albums: Albums = field(default_factory=Albums)


class Conversation:
    """Listens, then answers. What it needs comes in through the constructor."""

    def __init__(
        self, speaker: Speaker, acquaintance: Acquaintance, door: Door, gates: Gates, metrics: Metrics
    ) -> None:
        self.speaker = speaker  # may be replaced at any time, between updates
        self.admins = Admins()
        self._acquaintance = acquaintance
        self._door = door
        self._floods = gates.floods
        self._albums = gates.albums
        self._metrics = metrics
        self._answers: Bounded[tuple[int, int], int] = Bounded(REMEMBERED)

    def read(self, row: Json, bot_id: int, bot_name: str) -> Incoming:
        """What an update says, not understood yet: that costs little, whoever sent it."""
        return read_update(row, Me(bot_id, bot_name, (*self.speaker.commands, *OWN_COMMANDS)))

    def has_plain_danger(self, incoming: Incoming) -> bool:
        """Whether a message tells of danger in plain words, at a fraction of the cost of understanding it.

        Nothing is said to it yet. Of whoever has used up their allowance nothing is looked at.
        """
        return self._plain_danger(self.speaker, incoming) is not None

    def known(self, incoming: Incoming) -> Heard:
        """An update to which nothing is to be said any more."""
        return Heard(replace(incoming, message=None, press=None), self.speaker)

    def listen(self, incoming: Incoming, is_new: bool = True) -> Heard:
        """What will be said to an update. Nothing is waited for, nothing is sent.

        Who writes too much is noted first: their messages are read for plain danger only, which always passes.
        An update that is not new was let in before, and counts no second time.
        """
        speaker, message = self.speaker, incoming.message
        if self._is_rest_of_album(incoming):
            return Heard(incoming, speaker)
        verdict = self._verdict(incoming) if is_new else "calm"
        heard = Heard(incoming, speaker, verdict, awaits_album=_is_wordless_part(message))
        if message is None:
            return heard
        try:
            if verdict == "calm":
                return replace(heard, reply=self._reply(speaker, incoming, message))
            danger = self._plain_danger(speaker, incoming)
        except Exception as error:  # noqa: BLE001 - the edge: the person is told that it was not their fault
            return replace(heard, error=error)
        if danger is not None:
            return replace(heard, verdict="calm", reply=danger)
        return replace(heard, reply=speaker.to_page(speaker.content.texts.calm)) if verdict == "warn" else heard

    async def answer(self, heard: Heard, visit: Visit) -> None:
        """Say what there is to say."""
        try:
            if heard.error is not None:
                await self.on_error(heard, heard.error)
            elif heard.incoming.press is not None:
                await self.on_press(heard, heard.incoming.press, visit)
            elif heard.incoming.message is not None and heard.reply is not None:
                await self.on_message(heard, heard.incoming.message, heard.reply, visit)
        except Gone as gone:
            self._metrics.unanswerable.labels(str(gone)).inc()
            log.info("no way to answer there: %s", gone)
        except InvalidToken:
            raise
        except Exception as error:  # noqa: BLE001 - the edge: whatever broke, the person hears of it
            await self.on_error(heard, error)

    async def on_message(self, heard: Heard, message: Message, reply: Reply, visit: Visit) -> None:
        """A new or edited message of any kind."""
        address = heard.address
        if address is None:
            return
        if reply.failed:
            self._metrics.check_failures.inc()
            log.error("the danger check broke: the warning signs were shown")
        if heard.awaits_album and message.album and await self._albums.words_come((address.chat, message.album)):
            return
        if heard.verdict != "calm":
            await self._door.send(reply, address)
        elif message.command == "forget" and not reply.is_danger:
            await self._on_forget(heard, address, visit)
        else:
            await self._say(heard, reply, address, visit)
            self._count(reply, visit)

    async def on_press(self, heard: Heard, query: Press, visit: Visit) -> None:
        """A button under one of the bot's messages."""
        speaker = heard.speaker
        press = read_press(query.data)
        vote = press if isinstance(press, CastVote) and press.entry in speaker.content.by_id else None
        async with self._door.answering(query.id, _thanks(speaker.content.texts, vote) if vote else None):
            if vote:
                await self._on_vote(heard, query, vote, visit)
                return
            reply = speaker.to_press(press, heard.incoming.language)
            if heard.verdict == "calm" or reply.is_danger:
                await self._on_button(heard, query, reply, keeps_message(press), visit)
                match press:
                    case NoneOfThese():
                        visit.count("none_of_these")
                    case NotMeant():
                        visit.count("not_meant")
                    case _:
                        self._count(reply, visit)

    async def on_error(self, heard: Heard, error: Exception) -> None:
        """Something broke: say sorry, once, and never show or log what was written."""
        self._metrics.bugs.inc()
        log.error("%s at %s", type(error).__name__, place_of(error))
        if heard.address is None:
            return
        try:
            await self._door.send(heard.speaker.to_trouble(), heard.address)
        except Exception as second:  # noqa: BLE001 - the outermost edge: nothing may come after it
            log.error("could not say sorry: %s", type(second).__name__)

    def _verdict(self, incoming: Incoming) -> Verdict:
        """Note that this person wrote or pressed something, and whether it is too much."""
        if incoming.person is None or incoming.is_empty:
            return "calm"
        flood = self._floods.presses if incoming.press else self._floods.messages
        return flood.verdict(incoming.person)

    def _is_rest_of_album(self, incoming: Incoming) -> bool:
        """Whether it is a picture without words of an album that has begun: no message of its own."""
        message, address = incoming.message, incoming.address
        if message is None or message.album is None or address is None or incoming.kind == "edit":
            return False
        key = (address.chat, message.album)
        is_first = self._albums.is_first(key)
        if message.text is not None:
            self._albums.note_words(key)
        return not is_first and message.text is None

    def _plain_danger(self, speaker: Speaker, incoming: Incoming) -> Reply | None:
        person, message = incoming.person, incoming.message
        if person is None or message is None or not message.text or self._floods.allowance.is_used_up(person):
            return None
        with self._floods.allowance.spending(person):
            return speaker.to_plain_danger(message.text, incoming.language)

    def _reply(self, speaker: Speaker, incoming: Incoming, message: Message) -> Reply:
        texts = speaker.content.texts
        language = incoming.language
        page = speaker.to_command(message.command or (message.text or "").strip().lower(), language)
        if message.command and message.argument:
            said = speaker.to_text(message.argument, language)
            if said.is_danger:  # whatever stands before it
                return said
        if page:
            return page
        if message.command == "status" and message.private and incoming.person in self.admins.ids:
            return speaker.to_page(_filled(texts.status, self.admins.status()))
        if message.text is None:
            return speaker.to_page(texts.text_only)
        if not message.text and not message.captioned:
            return speaker.to_page(texts.help)  # only the bot's name was written
        reply = speaker.to_text(message.text, language)
        return reply.preceded_by(texts.caption) if message.captioned and not reply.is_danger else reply

    async def _say(self, heard: Heard, reply: Reply, address: Address, visit: Visit) -> None:
        """An answer, and before the first one the disclaimer; a danger reply goes before everything."""
        texts, message = heard.speaker.content.texts, heard.incoming.message
        if not reply.is_danger:
            await self._greet(texts, address, visit)
        question = (address.chat, message.id if message else 0)
        earlier = self._answers.get(question) if heard.incoming.kind == "edit" else None
        if earlier is None or reply.is_danger:  # an edit makes no sound: danger is a new message
            answer = await self._door.send(reply, address)
        else:
            answer = await self._door.edit(reply, address, earlier)
        if not reply.is_danger:
            self._answers.put(question, answer)
            return
        await self._greet(texts, address, visit)

    async def _greet(self, texts: Texts, address: Address, visit: Visit, note: bool = True) -> bool:
        """Say the disclaimer to whoever has not seen this version of it. Whether it was said."""
        disclaimer = texts.disclaimer
        if visit.seen >= disclaimer.version:
            return False
        await self._door.send(Reply("text", disclaimer.text), address)
        if note:
            visit.note_seen(disclaimer.version)  # Sent first, noted second.
        return True

    async def _on_forget(self, heard: Heard, address: Address, visit: Visit) -> None:
        texts = heard.speaker.content.texts
        await self._greet(texts, address, visit, note=False)
        gone = await self._acquaintance.forget(visit.person or "", visit.number)
        text = texts.not_forgotten
        if gone is not None:
            text = texts.forgotten if gone.disclaimers or gone.votes else texts.nothing_held
            text = _filled(text, {"disclaimer": str(gone.disclaimers), "votes": str(gone.votes)})
        await self._door.send(heard.speaker.to_page(text), address)

    async def _on_button(self, heard: Heard, query: Press, reply: Reply, kept: bool, visit: Visit) -> None:
        """A page in place of the one with the button, or as a new message where that one must stay."""
        address = heard.address
        if address is None:
            return
        texts = heard.speaker.content.texts
        greeted = not reply.is_danger and await self._greet(texts, address, visit)
        if greeted or kept or query.message is None:
            await self._door.send(reply, address)
        else:
            await self._door.edit(reply, address, query.message)
        if reply.is_danger:
            await self._greet(texts, address, visit)

    async def _on_vote(self, heard: Heard, query: Press, vote: CastVote, visit: Visit) -> None:
        if heard.verdict != "calm":
            return
        address = heard.address
        if address is not None:
            await self._greet(heard.speaker.content.texts, address, visit)
        visit.vote(vote.entry, vote.helpful)
        if address is not None and query.message is not None:
            await self._door.edit_buttons(address, query.message, without_votes(query.buttons))

    def _count(self, reply: Reply, visit: Visit) -> None:
        self._metrics.note_reply(reply)
        if reply.kind not in UNCOUNTED:
            visit.count(f"{reply.kind}:{reply.level or reply.entry or reply.kind}")


def _is_wordless_part(message: Message | None) -> bool:
    return message is not None and message.text is None and message.album is not None


def _thanks(texts: Texts, vote: CastVote) -> str:
    return texts.thanks_yes if vote.helpful else texts.thanks_no


def _filled(text: str, values: Mapping[str, str]) -> str:
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", value)
    return text
