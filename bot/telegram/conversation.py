"""What happens with a message or a button press: disclaimer, answer, vote, forgetting."""

import logging

from telegram import CallbackQuery, Message, Update, User
from telegram.ext import ContextTypes

from bot.replies import Reply, Speaker
from bot.replies.presses import CastVote, NoneOfThese, NotMeant, Press, keeps_message, read_press
from bot.telegram.acquaintance import Acquaintance
from bot.telegram.door import Address, Door, Gone
from bot.telegram.flood import Flood
from bot.telegram.incoming import Incoming, read_message
from bot.telegram.memory import Answers
from bot.telegram.rendering import without_votes

log = logging.getLogger(__name__)

UNCOUNTED = ("card", "note")  # they promise that nothing one taps is kept


class Conversation:
    """The handlers. What they need comes in through the constructor; they hold no state of their own."""

    def __init__(
        self, speaker: Speaker, acquaintance: Acquaintance, door: Door, flood: Flood, presses: Flood
    ) -> None:
        self._speaker = speaker
        self._acquaintance = acquaintance
        self._door = door
        self._flood = flood
        self._presses = presses
        self._answers = Answers()
        self._texts = speaker.content.texts

    async def on_message(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """A new or edited message of any kind."""
        bot: User = context.bot.bot
        incoming = read_message(update, bot)
        if incoming is None:
            return
        try:
            await self._on_incoming(incoming)
        except Gone as gone:
            log.info("no way to answer there: %s", gone)

    async def on_press(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """A button under one of the bot's messages."""
        query = update.callback_query
        if query is None:
            return
        press = read_press(query.data or "")
        vote = press if isinstance(press, CastVote) and press.entry in self._speaker.content.by_id else None
        await self._door.answer(query.id, self._thanks(vote) if vote else None)
        calm = self._presses.verdict(query.from_user.id) == "calm"
        try:
            if vote and calm:
                await self._on_vote(query, vote)
            if vote:
                return
            reply = self._speaker.to_press(press, query.from_user.language_code)
            if calm or reply.is_danger:
                await self._on_button(query, reply, press)
        except Gone as gone:
            log.info("no way to answer there: %s", gone)

    async def on_error(self, update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Something broke: say sorry, once, and never show or log what was written."""
        error = context.error
        where = error.__traceback__ if error else None
        while where is not None and where.tb_next is not None:
            where = where.tb_next
        place = f"{where.tb_frame.f_code.co_filename}:{where.tb_lineno}" if where else "an unknown place"
        log.error("%s at %s", type(error).__name__, place)
        if not isinstance(update, Update) or update.effective_chat is None:
            return
        try:
            await self._door.send(self._page(self._texts.sorry), Address(update.effective_chat.id))
        except Exception as second:  # noqa: BLE001 - the outermost edge: nothing may come after it
            log.error("could not say sorry: %s", type(second).__name__)

    async def _on_incoming(self, incoming: Incoming) -> None:
        reply = self._reply(incoming)
        match self._flood.verdict(incoming.person):
            case "hush" if not reply.is_danger:
                return
            case "warn" if not reply.is_danger:
                await self._door.send(self._page(self._texts.calm), incoming.address)
                return
        if incoming.command == "forget" and not reply.is_danger:
            await self._on_forget(incoming)
            return
        await self._say(reply, incoming)
        await self._count(reply)

    def _reply(self, incoming: Incoming) -> Reply:
        language = incoming.language
        page = self._speaker.to_command(incoming.command or (incoming.text or "").strip().lower(), language)
        if incoming.command and incoming.argument:
            said = self._speaker.to_text(incoming.argument, language)
            if said.is_danger:  # whatever stands before it
                return said
        if page:
            return page
        if incoming.text is None:
            return self._page(self._texts.text_only)
        if not incoming.text and not incoming.captioned:
            return self._page(self._texts.help)  # only the bot's name was written
        reply = self._speaker.to_text(incoming.text, language)
        return reply.preceded_by(self._texts.caption) if incoming.captioned and not reply.is_danger else reply

    async def _say(self, reply: Reply, incoming: Incoming) -> None:
        """An answer, and before the first one the disclaimer; a danger reply goes before everything."""
        if not reply.is_danger:
            await self._greet(incoming.person, incoming.address)
        earlier = self._answers.find(incoming.address.chat, incoming.message) if incoming.edited else None
        if earlier is None or reply.is_danger:  # an edit makes no sound: danger is a new message
            answer = await self._door.send(reply, incoming.address)
        else:
            answer = await self._door.edit(reply, incoming.address, earlier)
        if not reply.is_danger:
            self._answers.note(incoming.address.chat, incoming.message, answer)
            return
        await self._greet(incoming.person, incoming.address)

    async def _greet(self, person: int, address: Address, note: bool = True) -> bool:
        """Say the disclaimer to whoever has not seen this version of it. Whether it was said."""
        disclaimer = self._texts.disclaimer
        if await self._acquaintance.has_seen(person, disclaimer.version):
            return False
        await self._door.send(Reply("text", disclaimer.text), address)
        if note:
            await self._acquaintance.note_seen(person, disclaimer.version)  # Sent first, noted second.
        return True

    async def _on_forget(self, incoming: Incoming) -> None:
        await self._greet(incoming.person, incoming.address, note=False)
        gone = await self._acquaintance.forget(incoming.person)
        text = self._texts.not_forgotten
        if gone is not None:
            held = gone.disclaimers or gone.votes
            text = self._texts.forgotten if held else self._texts.nothing_held
            text = text.replace("{disclaimer}", str(gone.disclaimers)).replace("{votes}", str(gone.votes))
        await self._door.send(self._page(text), incoming.address)

    async def _on_button(self, query: CallbackQuery, reply: Reply, press: Press | None) -> None:
        address = _address_of(query)
        if address is None:
            return
        greeted = not reply.is_danger and await self._greet(query.from_user.id, address)
        if greeted or keeps_message(press) or not isinstance(query.message, Message):
            await self._door.send(reply, address)
        else:
            await self._door.edit(reply, address, query.message.message_id)
        if reply.is_danger:
            await self._greet(query.from_user.id, address)
        match press:
            case NoneOfThese():
                await self._acquaintance.count("none_of_these")
            case NotMeant():
                await self._acquaintance.count("not_meant")
            case _:
                await self._count(reply)

    async def _on_vote(self, query: CallbackQuery, vote: CastVote) -> None:
        entry = self._speaker.content.by_id[vote.entry]
        address = _address_of(query)
        if address is not None:
            await self._greet(query.from_user.id, address)
        await self._acquaintance.vote(query.from_user.id, entry.id, vote.helpful)
        if address is not None and isinstance(query.message, Message):
            left = without_votes(query.message.reply_markup)
            await self._door.edit_buttons(address, query.message.message_id, left)

    def _thanks(self, vote: CastVote) -> str:
        return self._texts.thanks_yes if vote.helpful else self._texts.thanks_no

    async def _count(self, reply: Reply) -> None:
        if reply.kind in UNCOUNTED:
            return
        name = reply.level or reply.entry or reply.kind
        await self._acquaintance.count(f"{reply.kind}:{name}")

    def _page(self, text: str) -> Reply:
        return self._speaker.to_page(text)


def _address_of(query: CallbackQuery) -> Address | None:
    """Where the pressed message stands; None for one of an inline query, which has no chat."""
    message = query.message
    if message is None:
        return None
    if not isinstance(message, Message):  # too old for Telegram to show it to bots
        return Address(message.chat.id)
    return Address(message.chat_id, message.message_thread_id if message.is_topic_message else None)
