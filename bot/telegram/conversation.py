"""What happens with a message or a button press: disclaimer, answer, vote, forgetting."""

import asyncio
import logging
import time
from dataclasses import dataclass, field, replace

from telegram.error import InvalidToken

from bot.content.texts import Texts
from bot.delivery.albums import Albums
from bot.delivery.bounded import Bounded
from bot.delivery.dispatcher import RawUpdate
from bot.delivery.flood import Allowance, Clock, Flood, FloodVerdict
from bot.delivery.metrics import Metrics
from bot.delivery.unit_of_work import UnitOfWork
from bot.delivery.user_repository import UserRepository
from bot.replies import Reply, Request, Speaker, menus
from bot.replies.presses import CastVote, InboxPress, OpenInbox, ShareWording, TakeBackWording, read_press
from bot.replies.reply import filled_in
from bot.replies.shared import InlineAnswers, to_inline
from bot.replies.tally import SHARED, Names, names_of_message, names_of_press, offered_under
from bot.telegram.admins import ADMIN_ACTIONS, Admins
from bot.telegram.errors import place_of
from bot.telegram.incoming import Address, ButtonPress, Incoming, InlineQuery, Me, Message, read_update
from bot.telegram.parsed_update import ParsedUpdate
from bot.telegram.recent_answers import RecentAnswers, Seat
from bot.telegram.rendering import without_sharing, without_votes
from bot.telegram.sender import ChatUnreachable, Sender
from bot.telegram.sharing import Sharing

log = logging.getLogger(__name__)

SHAREABLE = ("answer", "choices", "unknown", "smalltalk")  # replies under which a question can be shared
QUERIES = 60  # inline queries of one person in half a minute
# Messages in one group that get an answer in so many seconds: beyond that only danger does. Telegram takes 20.
IN_GROUP, IN_GROUP_SECONDS = 8, 60.0
OFFERED = 500  # inline queries whose answers are remembered, as long as content stays
REMEMBERED = 2_000  # answers that an edited question finds again; to an older one there is a new answer


@dataclass(frozen=True)
class Floods:
    """Who writes too much, who presses too much, and how much of it is still looked at."""

    messages: Flood
    presses: Flood
    queries: Flood  # inline: one for every letter or two that somebody types
    groups: Flood  # by group, whoever writes there
    allowance: Allowance

    @classmethod
    def at(cls, clock: Clock) -> "Floods":
        typed, groups = Flood(clock, QUERIES), Flood(clock, IN_GROUP, IN_GROUP_SECONDS)
        return cls(Flood(clock), Flood(clock), typed, groups, Allowance(clock, time.thread_time))


@dataclass(frozen=True)
class Gates:
    """What stands between Telegram and the answers: floods are kept off, albums gathered, what came before is known."""

    floods: Floods
    recent: RecentAnswers
    albums: Albums = field(default_factory=Albums)


class Conversation:
    """Listens, then answers. What it needs comes in through the constructor."""

    def __init__(
        self, speaker: Speaker, users: UserRepository, sender: Sender, gates: Gates, sharing: Sharing, metrics: Metrics
    ) -> None:
        self.speaker = speaker  # may be replaced at any time, between updates
        self.admins = Admins()
        self._me = (0, "")
        self._users = users
        self._sender = sender
        self._floods = gates.floods
        self._albums = gates.albums
        self._recent = gates.recent
        self._sharing = sharing
        self._metrics = metrics
        self._answers: Bounded[tuple[int, int], int] = Bounded(REMEMBERED)
        self._offered: Bounded[tuple[str, str], InlineAnswers] = Bounded(OFFERED)
        self._offered_by = speaker

    def number_of(self, row: RawUpdate) -> int:
        """The update's number; it is what polling and webhook let in, so that it has one."""
        return int(row["update_id"])

    def introduce(self, bot: int, name: str) -> None:
        """Who the bot is to Telegram: which groups' messages are meant for it hangs on that."""
        self._me = (bot, name)

    def has_plain_danger(self, row: RawUpdate) -> bool:
        """Whether a message tells of danger in plain words, at a fraction of the cost of understanding it.

        Nothing is said to it yet. Of whoever has used up their allowance nothing is looked at.
        """
        return self._plain_danger(self.speaker, self._read(row)) is not None

    def known(self, row: RawUpdate) -> ParsedUpdate:
        """An update to which nothing is to be said any more."""
        return ParsedUpdate(replace(self._read(row), message=None, press=None), self.speaker)

    def parse(self, row: RawUpdate, is_new: bool = True) -> ParsedUpdate:
        """What will be said to an update. Nothing is waited for, nothing is sent.

        Who writes too much is noted first: their messages are read for plain danger only, which always passes.
        An update that is not new was let in before, and counts no second time.
        """
        incoming = self._read(row)
        speaker, message = self.speaker, incoming.message
        if self._is_rest_of_album(incoming):
            return ParsedUpdate(incoming, speaker)
        verdict = self._verdict(incoming) if is_new else "allow"
        # Of whoever writes too much no word is looked at for its language.
        speaker = self._speaker(incoming) if verdict == "allow" else speaker.for_person(incoming.language)
        parsed = ParsedUpdate(incoming, speaker, verdict, awaits_album=_is_wordless_part(message), is_new=is_new)
        try:
            return self._before_loading(parsed) if self._must_load(parsed) else self._understood(parsed)
        except Exception as error:  # noqa: BLE001 - the edge: the person is told that it was not their fault
            self._recent.drop(_seat(incoming))
            return replace(parsed, error=error)

    def _must_load(self, parsed: ParsedUpdate) -> bool:
        """Whether something is loaded first, for which nobody else is to wait."""
        message, query = parsed.incoming.message, parsed.incoming.query
        said = (message.argument if message.command else message.text) if message else query.text if query else None
        return parsed.verdict == "allow" and bool(said) and parsed.speaker.must_load(said or "")

    def _before_loading(self, parsed: ParsedUpdate) -> ParsedUpdate:
        """To be understood once that is loaded; danger in plain words does not wait."""
        incoming, speaker = parsed.incoming, parsed.speaker
        danger = self._plain_danger(speaker, incoming)
        if danger is None:
            return replace(parsed, is_waiting=True)
        if incoming.query is not None:
            return replace(parsed, inline=to_inline(speaker.content, danger))
        self._note_shown(incoming, danger)
        return replace(parsed, reply=self._fitted(parsed, danger, None))

    def _understood(self, parsed: ParsedUpdate) -> ParsedUpdate:
        """With what is to be said to a message, or offered to a query."""
        incoming, speaker = parsed.incoming, parsed.speaker
        if incoming.query is not None:
            offered = self._inline(parsed, incoming.query)
            return replace(parsed, inline=offered, verdict="allow" if offered else parsed.verdict)
        if incoming.message is None:
            return parsed
        seat = _seat(incoming)
        parsed = self._replied(replace(parsed, after=self._recent.of(seat)), incoming.message)
        if parsed.is_new and self._is_crowded(parsed):
            if not parsed.reply or parsed.reply.action != "quiet":
                return replace(parsed, verdict="drop", reply=None)
            parsed = replace(parsed, is_crowded=True)
        self._note_shown(incoming, parsed.reply)
        self._recent.note_tongue(seat, speaker.tongue)
        return parsed

    def _replied(self, parsed: ParsedUpdate, message: Message, country: str | None = None) -> ParsedUpdate:
        """With what is to be said to a message. `country`: the one that the person chose."""
        speaker, incoming = parsed.speaker, parsed.incoming
        if parsed.verdict == "allow":
            request = self._request(incoming, message)
            reply = speaker.to_request(request, incoming.language, country, parsed.after)
            return replace(parsed, reply=self._fitted(parsed, reply, country))
        danger = self._plain_danger(speaker, incoming, country)
        if danger is not None:
            return replace(parsed, verdict="allow", reply=self._fitted(parsed, danger, country))
        if parsed.verdict == "warn":
            return replace(parsed, reply=speaker.to_flood(incoming.language, country))
        return parsed

    def _speaker(self, incoming: Incoming, chosen: str | None = None) -> Speaker:
        """Who answers: in the message's language, else in the one chosen, or spoken last, or of the person's app."""
        message, query = incoming.message, incoming.query
        text = message.text if message else query.text if query else None
        code = chosen or self._recent.tongue(_seat(incoming)) or incoming.language
        return self.speaker.for_text(None if message and message.command else text, code)

    def _note_shown(self, incoming: Incoming, reply: Reply | None) -> None:
        """Which answer somebody saw last.

        Once danger was told of, or may have been, nothing is read in the light of what was before.
        """
        if reply and (reply.is_danger or reply.caution or reply.failed):
            self._recent.drop(_seat(incoming))
        elif reply and reply.kind == "answer" and reply.entry:
            self._recent.put(_seat(incoming), reply.entry)

    def _fitted(self, parsed: ParsedUpdate, reply: Reply, country: str | None) -> Reply:
        """As the chat reads it: short where others read along."""
        incoming = parsed.incoming
        return parsed.speaker.to_group(reply, incoming.language, country) if incoming.in_group else reply

    def _inline(self, parsed: ParsedUpdate, query: InlineQuery) -> InlineAnswers | None:
        """What is offered to somebody who types. Who types too much is offered help in danger, or gets no answer.

        An empty one would be kept by Telegram, and shown to everybody who types the same.
        """
        speaker = parsed.speaker
        if self._offered_by is not self.speaker:
            self._offered, self._offered_by = Bounded(OFFERED), self.speaker
        key = (speaker.tongue, query.text)
        found = self._offered.get(key)
        if parsed.verdict != "allow":
            if found is None and (danger := self._plain_danger(speaker, replace(parsed.incoming, language=None))):
                found = to_inline(speaker.content, danger)
            return found if found and found.is_danger else None
        if found is None:
            found = speaker.to_inline(query.text)
            if found.failed:
                self._note_broken_check()
            else:
                self._offered.put(key, found)
        return found

    async def answer(self, parsed: ParsedUpdate, work: UnitOfWork) -> None:
        """Say what there is to say."""
        incoming = parsed.incoming
        try:
            if parsed.is_waiting:
                await asyncio.to_thread(parsed.speaker.load)
                parsed = self._understood(parsed)
            if incoming.query is not None:
                await self._on_query(parsed, incoming.query)
            elif parsed.error is not None:
                await self.on_error(parsed, parsed.error, work.known.country)
            elif incoming.address is not None and (incoming.has_left or incoming.moved_to is not None):
                await self._users.forget_group(incoming.address.chat, incoming.moved_to)
            elif parsed.incoming.press is not None:
                await self.on_press(parsed, parsed.incoming.press, work)
            elif (message := parsed.incoming.message) is not None and parsed.reply is not None:
                if work.known.country or work.known.language:  # known only now, and only few have chosen one
                    parsed = replace(parsed, speaker=self._speaker(incoming, work.known.language))
                    if self._must_load(parsed):
                        await asyncio.to_thread(parsed.speaker.load)
                    parsed = self._replied(parsed, message, work.known.country)
                await self.on_message(parsed, message, work)
        except ChatUnreachable as gone:
            self._metrics.unanswerable.labels(str(gone)).inc()
            log.info("no way to answer there: %s", gone)
        except InvalidToken:
            raise
        except Exception as error:  # noqa: BLE001 - the edge: whatever broke, the person hears of it
            await self.on_error(parsed, error, work.known.country)

    async def _on_query(self, parsed: ParsedUpdate, query: InlineQuery) -> None:
        """Somebody types the bot's name in some chat."""
        if parsed.error is not None:
            self._metrics.bugs.inc()
            log.error("%s at %s", type(parsed.error).__name__, place_of(parsed.error))
            return  # Telegram shows nothing, and asks anew with the next letter
        if parsed.inline is not None:
            await self._sender.offer(query.id, parsed.inline)

    async def on_message(self, parsed: ParsedUpdate, message: Message, work: UnitOfWork) -> None:
        """A new or edited message of any kind."""
        address, reply = parsed.address, parsed.reply
        if address is None or reply is None:
            return
        if reply.failed:
            self._note_broken_check()
        if parsed.awaits_album and message.album and await self._albums.words_come((address.chat, message.album)):
            return
        if parsed.verdict != "allow":
            await self._sender.send(reply, address)
        elif parsed.incoming.in_group and not reply.is_danger and await self._is_hushed(parsed, reply, address):
            return
        elif reply.action == "forget":
            await self._on_forget(parsed, reply, address, work)
        else:
            await self._say(parsed, reply, address, work)
            self._count(reply, names_of_message(reply), work)

    async def _is_hushed(self, parsed: ParsedUpdate, reply: Reply, address: Address) -> bool:
        """Whether nothing more is to be said in a group: an admin switched it, or has switched it off before."""
        person, texts = parsed.incoming.person, parsed.speaker.content.texts.group
        if reply.action != "quiet":
            return not (reply.caution or reply.failed) and await self._users.is_quiet(address.chat)
        if parsed.incoming.kind == "edit":  # it was switched when it was written
            return True
        if person == address.chat or await self._sender.is_admin(address.chat, person):
            quiet = await self._users.toggle_quiet(address.chat)
            text = texts.failed if quiet is None else texts.quiet if quiet else texts.heard
            await self._sender.send(Reply("text", text), address)
        elif not parsed.is_crowded:
            await self._sender.send(Reply("text", texts.admins_only), address)
        return True

    async def on_press(self, parsed: ParsedUpdate, query: ButtonPress, work: UnitOfWork) -> None:
        """A button under one of the bot's messages."""
        if work.known.language:
            parsed = replace(parsed, speaker=self._speaker(parsed.incoming, work.known.language))
        speaker = parsed.speaker
        press = read_press(query.data)
        if isinstance(press, InboxPress):
            await self._on_inbox(parsed, query, press)
            return
        if isinstance(press, ShareWording):
            await self._on_share(parsed, query, press.reason, work)
            return
        if isinstance(press, TakeBackWording):
            await self._on_take_back(parsed, query, press.wording)
            return
        vote = press if isinstance(press, CastVote) and press.entry in speaker.content.by_id else None
        async with self._sender.answering(query.id, _thanks(speaker.content.texts, vote) if vote else None):
            if vote:
                await self._on_vote(parsed, query, vote, work)
                return
            reply = speaker.to_press(press, parsed.incoming.language, work.known.country)
            reply = self._fitted(parsed, reply, work.known.country)
            if parsed.verdict == "allow" or reply.is_danger:
                self._note_shown(parsed.incoming, reply)
                await self._on_button(parsed, query, reply, press is not None and press.keeps_message, work)
                offered = offered_under(_data(query))
                self._count(reply, names_of_press(press, reply, offered, speaker.content), work)
                if reply.action == "country":
                    work.note_country(reply.country)
                if reply.action == "language" and reply.language:
                    work.note_language(reply.language)
                    self._recent.note_tongue(_seat(parsed.incoming), reply.language)

    async def on_error(self, parsed: ParsedUpdate, error: Exception, country: str | None) -> None:
        """Something broke: say sorry, once, and never show or log what was written."""
        self._metrics.bugs.inc()
        log.error("%s at %s", type(error).__name__, place_of(error))
        if parsed.address is None:
            return
        try:
            trouble = parsed.speaker.to_trouble(parsed.incoming.language, country)
            await self._sender.send(self._fitted(parsed, trouble, country), parsed.address)
        except Exception as second:  # noqa: BLE001 - the outermost edge: nothing may come after it
            log.error("could not say sorry: %s", type(second).__name__)

    def _read(self, row: RawUpdate) -> Incoming:
        """What an update says, not understood yet: that costs little, whoever sent it."""
        return read_update(row, Me(*self._me, self.speaker.commands))

    def _verdict(self, incoming: Incoming) -> FloodVerdict:
        """Note that this person wrote or pressed something, and whether it is too much."""
        if incoming.person is None or incoming.is_empty:
            return "allow"
        floods = self._floods
        flood = floods.presses if incoming.press else floods.queries if incoming.query else floods.messages
        verdict = flood.verdict(incoming.person)
        # In a group others would have to read a warning, too.
        return "drop" if verdict == "warn" and incoming.in_group and incoming.message else verdict

    def _is_crowded(self, parsed: ParsedUpdate) -> bool:
        """Note a group's message, and whether there is silence because of how many there were before it.

        It was understood all the same: whoever has a child in danger is not to suffer from what others wrote, and
        plain words alone would find few.
        """
        address, reply = parsed.address, parsed.reply
        if not parsed.incoming.in_group or address is None or reply is None:
            return False
        return self._floods.groups.verdict(address.chat) != "allow" and not reply.is_danger

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

    def _plain_danger(self, speaker: Speaker, incoming: Incoming, country: str | None = None) -> Reply | None:
        text = incoming.message.text if incoming.message else incoming.query.text if incoming.query else None
        person = incoming.person
        if person is None or not text or self._floods.allowance.is_used_up(person):
            return None
        with self._floods.allowance.spending(person):
            return speaker.to_plain_danger(text, incoming.language, country)

    def _request(self, incoming: Incoming, message: Message) -> Request:
        return Request(
            text=message.text,
            command=message.command,
            argument=message.argument,
            captioned=message.captioned,
            is_admin=message.private and incoming.person in self.admins.ids,
        )

    async def _say(self, parsed: ParsedUpdate, reply: Reply, address: Address, work: UnitOfWork) -> None:
        """An answer, and before the first one the disclaimer; a danger reply goes before everything."""
        message = parsed.incoming.message
        if reply.action == "inbox" and self.admins.inbox:
            reply = await self.admins.inbox(parsed.speaker, OpenInbox())
        elif reply.action in ADMIN_ACTIONS:
            reply = await self.admins.told(reply, parsed.incoming.person, parsed.speaker.content)
        if not reply.is_danger:
            await self._greet(parsed, address, work)
        question = (address.chat, message.id if message else 0)
        if reply.quotes and message:
            address = replace(address, answers=message.id)
        earlier = self._answers.get(question) if parsed.incoming.kind == "edit" else None
        if earlier is None or reply.is_danger:  # an edit makes no sound: danger is a new message
            answer = await self._sender.send(reply, address)
        else:
            answer = await self._sender.edit(reply, address, earlier)
        if not reply.is_danger:
            if reply.picture:
                self._answers.drop(question)  # no text can take its place
            else:
                self._answers.put(question, answer)
            person = parsed.incoming.person
            if reply.kind in SHAREABLE and person is not None and message and message.text:
                self._sharing.recent.put(address.chat, answer, person, message.text, message.id)
            return
        await self._greet(parsed, address, work)

    async def _greet(self, parsed: ParsedUpdate, address: Address, work: UnitOfWork, note: bool = True) -> bool:
        """Say the disclaimer to whoever has not seen this version of it. Whether it was said."""
        disclaimer = parsed.speaker.content.texts.disclaimer
        if work.known.seen >= disclaimer.version or parsed.incoming.in_group:  # there each answer says it in a line
            return False
        await self._sender.send(parsed.speaker.to_disclaimer(parsed.incoming.language, work.known.country), address)
        if note:
            work.note_seen(disclaimer.version)  # Sent first, noted second.
        return True

    async def _on_forget(self, parsed: ParsedUpdate, reply: Reply, address: Address, work: UnitOfWork) -> None:
        texts = parsed.speaker.content.texts
        await self._greet(parsed, address, work, note=False)
        self._sharing.forget(parsed.incoming.person)
        self._recent.forget(parsed.incoming.person)
        gone = await self._users.forget(work.person or "", work.number)
        text = texts.not_forgotten
        if gone is not None:
            text = reply.text if gone.disclaimers or gone.votes or gone.digests else texts.nothing_held
            told = {
                "disclaimer": gone.disclaimers,
                "votes": gone.votes,
                "countries": gone.countries,
                "languages": gone.languages,
            }
            text = filled_in(text, {name: str(number) for name, number in told.items()})
            text += f"\n\n{texts.admin.digest_off}" if gone.digests else ""
        await self._sender.send(replace(reply, text=text), address)

    async def _on_button(
        self, parsed: ParsedUpdate, query: ButtonPress, reply: Reply, kept: bool, work: UnitOfWork
    ) -> None:
        """A page in place of the one with the button, or as a new message where that one must stay."""
        address = parsed.address
        if address is None:
            return
        greeted = not reply.is_danger and await self._greet(parsed, address, work)
        if greeted or kept or query.message is None or query.is_picture:
            await self._sender.send(reply, address)
        else:
            await self._sender.edit(reply, address, query.message)
        if reply.is_danger:
            await self._greet(parsed, address, work)

    async def _on_vote(self, parsed: ParsedUpdate, query: ButtonPress, vote: CastVote, work: UnitOfWork) -> None:
        if parsed.verdict != "allow":
            return
        address = parsed.address
        if address is not None:
            await self._greet(parsed, address, work)
        entry = parsed.speaker.content.by_id[vote.entry].id  # the button may tell a former one
        work.vote(entry, vote.helpful)
        self._metrics.note_vote(entry, vote.helpful)
        if address is None or query.message is None:
            return
        await self._sender.edit_buttons(address, query.message, without_votes(query.buttons))
        asked = self._sharing.recent.of(parsed.incoming)
        if not vote.helpful and asked and asked[0] == parsed.incoming.person:
            # Quoted, so that any copy of the bot knows from the press what was asked.
            quoted = self._sharing.recent.message_of(address.chat, query.message)
            offer = menus.to_offer_of_sharing(parsed.speaker.content)
            message = await self._sender.send(offer, replace(address, answers=quoted))
            self._sharing.recent.put(address.chat, message, *asked, quoted or 0)

    async def _on_inbox(self, parsed: ParsedUpdate, query: ButtonPress, press: InboxPress) -> None:
        """A press in the inbox: an admin's, in their private chat, or nothing."""
        address, person, inbox = parsed.address, parsed.incoming.person, self.admins.inbox
        async with self._sender.answering(query.id):
            if inbox is None or address is None or person not in self.admins.ids or address.chat != person:
                return
            reply = await inbox(parsed.speaker, press)
            if query.message is None:
                await self._sender.send(reply, address)
            else:
                await self._sender.edit(reply, address, query.message)

    async def _on_take_back(self, parsed: ParsedUpdate, query: ButtonPress, wording: str) -> None:
        """Words that were shared are deleted again."""
        address = parsed.address
        async with self._sender.answering(query.id):
            if parsed.verdict != "allow" or address is None:
                return
            reply = await self._sharing.take_back(parsed.speaker, wording)
            if query.message is None:
                await self._sender.send(reply, address)
            else:
                await self._sender.edit(reply, address, query.message)

    async def _on_share(self, parsed: ParsedUpdate, query: ButtonPress, reason: str, work: UnitOfWork) -> None:
        """Words for the authors, with the consent of whoever wrote them."""
        if parsed.verdict != "allow":
            async with self._sender.answering(query.id):
                return
        shared = await self._sharing.share(parsed.speaker, parsed.incoming, reason, work.known.country)
        address = parsed.address
        async with self._sender.answering(query.id, shared.notice):
            if shared.reply is None or address is None:
                return
            if not shared.reply.is_danger:
                await self._greet(parsed, address, work)
            if shared.kept and query.message is not None:
                await self._sender.edit_buttons(address, query.message, without_sharing(query.buttons))
            await self._sender.send(shared.reply, address)
        if shared.kept:
            work.count((f"{SHARED}:{reason}",))

    def _note_broken_check(self) -> None:
        self._metrics.note_broken_check()
        log.error("the danger check broke: the warning signs were shown")

    def _count(self, reply: Reply, names: Names, work: UnitOfWork) -> None:
        self._metrics.note_reply(reply)
        self._metrics.note_names(names)
        work.count(names)


def _seat(incoming: Incoming) -> Seat:
    return incoming.address.chat if incoming.address else 0, incoming.person or 0


def _is_wordless_part(message: Message | None) -> bool:
    return message is not None and message.text is None and message.album is not None


def _thanks(texts: Texts, vote: CastVote) -> str:
    return texts.thanks_yes if vote.helpful else texts.thanks_no


def _data(query: ButtonPress) -> list[str]:
    """The data of all buttons under the message whose one was pressed."""
    return [str(button.get("callback_data", "")) for row in query.buttons for button in row]
