"""What happens with a message or a button press: disclaimer, answer, vote, forgetting."""

import logging
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from telegram import CallbackQuery, Message, Update, User
from telegram.error import InvalidToken

from bot.content.texts import Texts
from bot.replies import Reply, Speaker
from bot.replies.presses import CastVote, NoneOfThese, NotMeant, Press, keeps_message, read_press
from bot.telegram.acquaintance import Acquaintance
from bot.telegram.bounded import Bounded
from bot.telegram.door import Address, Door, Gone
from bot.telegram.flood import Flood, Verdict
from bot.telegram.heard import Heard, Kind
from bot.telegram.incoming import Incoming, read_message
from bot.telegram.metrics import Metrics
from bot.telegram.rendering import without_votes
from bot.telegram.visit import Visit

log = logging.getLogger(__name__)

UNCOUNTED = ("card", "note")  # they promise that nothing one taps is kept
REMEMBERED = 2_000  # answers that an edited question finds again; to an older one there is a new answer


@dataclass(frozen=True)
class Admins:
    """Who may ask how the bot is, and what it then tells, by the names in the text."""

    ids: Collection[int] = ()
    status: Callable[[], Mapping[str, str]] = dict


@dataclass(frozen=True)
class Floods:
    """Who writes too much, and who presses too much."""

    messages: Flood
    presses: Flood


class Conversation:
    """Listens, then answers. What it needs comes in through the constructor."""

    def __init__(
        self,
        speaker: Speaker,
        acquaintance: Acquaintance,
        door: Door,
        floods: Floods,
        metrics: Metrics,
    ) -> None:
        self.speaker = speaker  # may be replaced at any time, between updates
        self.admins = Admins()
        self._acquaintance = acquaintance
        self._door = door
        self._floods = floods
        self._metrics = metrics
        self._answers: Bounded[tuple[int, int], int] = Bounded(REMEMBERED)

    def listen(self, update: Update, bot: User) -> Heard:
        """What an update says and what will be said to it. Nothing is waited for, nothing is sent."""
        number, speaker, query = update.update_id, self.speaker, update.callback_query
        if query is not None:
            return Heard(number, speaker, "press", query.from_user.id, _address_of(query), query=query)
        incoming = read_message(update, bot)
        if incoming is None:
            return Heard(number, speaker)
        kind: Kind = "edit" if incoming.edited else "message"
        reply = self._reply(speaker, incoming)
        return Heard(number, speaker, kind, incoming.person, incoming.address, incoming, reply)

    def verdict(self, heard: Heard) -> Verdict:
        """Note that this person said something, and whether it is too much. Danger never is."""
        if heard.person is None:
            return "calm"
        flood = self._floods.presses if heard.query else self._floods.messages
        found = flood.verdict(heard.person)
        return "calm" if heard.is_danger else found

    async def answer(self, heard: Heard, visit: Visit) -> None:
        """Say what there is to say."""
        try:
            if heard.error is not None:
                await self.on_error(heard, heard.error)
            elif heard.query is not None:
                await self.on_press(heard, heard.query, visit)
            elif heard.incoming is not None and heard.reply is not None:
                await self.on_message(heard, heard.incoming, heard.reply, visit)
        except Gone as gone:
            self._metrics.unanswerable.labels(str(gone)).inc()
            log.info("no way to answer there: %s", gone)
        except InvalidToken:
            raise
        except Exception as error:  # noqa: BLE001 - the edge: whatever broke, the person hears of it
            await self.on_error(heard, error)

    def not_heard(self, update: Update, error: Exception) -> Heard:
        """An update on which reading or understanding broke."""
        user, chat = update.effective_user, update.effective_chat
        person = user.id if user else chat.id if chat else None
        address = Address(chat.id) if chat else None
        return Heard(update.update_id, self.speaker, person=person, address=address, error=error)

    async def on_message(self, heard: Heard, incoming: Incoming, reply: Reply, visit: Visit) -> None:
        """A new or edited message of any kind."""
        texts = heard.speaker.content.texts
        if reply.failed:
            self._metrics.check_failures.inc()
            log.error("the danger check broke: the warning signs were shown")
        if heard.verdict != "calm":
            await self._door.send(heard.speaker.to_page(texts.calm), incoming.address)
        elif incoming.command == "forget" and not reply.is_danger:
            await self._on_forget(heard.speaker, incoming, visit)
        else:
            await self._say(texts, reply, incoming, visit)
            self._count(reply, visit)

    async def on_press(self, heard: Heard, query: CallbackQuery, visit: Visit) -> None:
        """A button under one of the bot's messages."""
        speaker = heard.speaker
        press = read_press(query.data or "")
        vote = press if isinstance(press, CastVote) and press.entry in speaker.content.by_id else None
        await self._door.answer(query.id, _thanks(speaker.content.texts, vote) if vote else None)
        calm = heard.verdict == "calm"
        if vote and calm:
            await self._on_vote(speaker.content.texts, query, vote, visit)
        if vote:
            return
        reply = speaker.to_press(press, query.from_user.language_code)
        if calm or reply.is_danger:
            await self._on_button(speaker, query, reply, press, visit)

    async def on_error(self, heard: Heard, error: Exception) -> None:
        """Something broke: say sorry, once, and never show or log what was written."""
        where = error.__traceback__
        while where is not None and where.tb_next is not None:
            where = where.tb_next
        place = f"{where.tb_frame.f_code.co_filename}:{where.tb_lineno}" if where else "an unknown place"
        self._metrics.bugs.inc()
        log.error("%s at %s", type(error).__name__, place)
        if heard.address is None:
            return
        try:
            await self._door.send(heard.speaker.to_trouble(), heard.address)
        except Exception as second:  # noqa: BLE001 - the outermost edge: nothing may come after it
            log.error("could not say sorry: %s", type(second).__name__)

    def _reply(self, speaker: Speaker, incoming: Incoming) -> Reply:
        texts = speaker.content.texts
        language = incoming.language
        page = speaker.to_command(incoming.command or (incoming.text or "").strip().lower(), language)
        if incoming.command and incoming.argument:
            said = speaker.to_text(incoming.argument, language)
            if said.is_danger:  # whatever stands before it
                return said
        if page:
            return page
        if incoming.command == "status" and incoming.private and incoming.person in self.admins.ids:
            return speaker.to_page(_filled(texts.status, self.admins.status()))
        if incoming.text is None:
            return speaker.to_page(texts.text_only)
        if not incoming.text and not incoming.captioned:
            return speaker.to_page(texts.help)  # only the bot's name was written
        reply = speaker.to_text(incoming.text, language)
        return reply.preceded_by(texts.caption) if incoming.captioned and not reply.is_danger else reply

    async def _say(self, texts: Texts, reply: Reply, incoming: Incoming, visit: Visit) -> None:
        """An answer, and before the first one the disclaimer; a danger reply goes before everything."""
        if not reply.is_danger:
            await self._greet(texts, incoming.address, visit)
        question = (incoming.address.chat, incoming.message)
        earlier = self._answers.get(question) if incoming.edited else None
        if earlier is None or reply.is_danger:  # an edit makes no sound: danger is a new message
            answer = await self._door.send(reply, incoming.address)
        else:
            answer = await self._door.edit(reply, incoming.address, earlier)
        if not reply.is_danger:
            self._answers.put(question, answer)
            return
        await self._greet(texts, incoming.address, visit)

    async def _greet(self, texts: Texts, address: Address, visit: Visit, note: bool = True) -> bool:
        """Say the disclaimer to whoever has not seen this version of it. Whether it was said."""
        disclaimer = texts.disclaimer
        if visit.seen >= disclaimer.version:
            return False
        await self._door.send(Reply("text", disclaimer.text), address)
        if note:
            visit.note_seen(disclaimer.version)  # Sent first, noted second.
        return True

    async def _on_forget(self, speaker: Speaker, incoming: Incoming, visit: Visit) -> None:
        texts = speaker.content.texts
        await self._greet(texts, incoming.address, visit, note=False)
        gone = await self._acquaintance.forget(incoming.person)
        text = texts.not_forgotten
        if gone is not None:
            text = texts.forgotten if gone.disclaimers or gone.votes else texts.nothing_held
            text = _filled(text, {"disclaimer": str(gone.disclaimers), "votes": str(gone.votes)})
        await self._door.send(speaker.to_page(text), incoming.address)

    async def _on_button(
        self, speaker: Speaker, query: CallbackQuery, reply: Reply, press: Press | None, visit: Visit
    ) -> None:
        address = _address_of(query)
        if address is None:
            return
        texts = speaker.content.texts
        greeted = not reply.is_danger and await self._greet(texts, address, visit)
        if greeted or keeps_message(press) or not isinstance(query.message, Message):
            await self._door.send(reply, address)
        else:
            await self._door.edit(reply, address, query.message.message_id)
        if reply.is_danger:
            await self._greet(texts, address, visit)
        match press:
            case NoneOfThese():
                visit.count("none_of_these")
            case NotMeant():
                visit.count("not_meant")
            case _:
                self._count(reply, visit)

    async def _on_vote(self, texts: Texts, query: CallbackQuery, vote: CastVote, visit: Visit) -> None:
        address = _address_of(query)
        if address is not None:
            await self._greet(texts, address, visit)
        visit.vote(vote.entry, vote.helpful)
        if address is not None and isinstance(query.message, Message):
            left = without_votes(query.message.reply_markup)
            await self._door.edit_buttons(address, query.message.message_id, left)

    def _count(self, reply: Reply, visit: Visit) -> None:
        self._metrics.note_reply(reply)
        if reply.kind not in UNCOUNTED:
            visit.count(f"{reply.kind}:{reply.level or reply.entry or reply.kind}")


def _thanks(texts: Texts, vote: CastVote) -> str:
    return texts.thanks_yes if vote.helpful else texts.thanks_no


def _filled(text: str, values: Mapping[str, str]) -> str:
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def _address_of(query: CallbackQuery) -> Address | None:
    """Where the pressed message stands; None for one of an inline query, which has no chat."""
    message = query.message
    if message is None:
        return None
    if not isinstance(message, Message):  # too old for Telegram to show it to bots
        return Address(message.chat.id)
    return Address(message.chat_id, message.message_thread_id if message.is_topic_message else None)
