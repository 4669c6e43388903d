"""Words that could not be answered, kept for the authors: only on a tap by whoever wrote them, and scrubbed."""

import html
from dataclasses import dataclass

from bot.delivery.bounded import Bounded
from bot.delivery.flood import Clock
from bot.delivery.user_repository import UserRepository
from bot.replies import Reply, Speaker
from bot.replies.menus import to_shared
from bot.telegram.incoming import Incoming

MINUTES = 15 * 60.0  # seconds that a question is remembered for, in memory
MOST = 2_000  # questions
A_DAY, MOST_A_DAY = 86_400.0, 10  # seconds, and what one person can share in them: nobody shall fill the inbox alone

MessageKey = tuple[int, int]  # a chat, and a message of the bot's in it


@dataclass(frozen=True)
class _Question:
    person: int
    text: str
    until: float
    message: int  # its own


class RecentQuestions:
    """What was asked in the last minutes, by the bot's answer to it. In memory: another copy knows nothing of it."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._questions: Bounded[MessageKey, _Question] = Bounded(MOST)

    def now(self) -> float:
        return self._clock()

    def put(self, chat: int, answer: int, person: int, text: str, message: int) -> None:
        """Remember a question, as it reads now. Those whose time is over are forgotten."""
        self.sweep()
        self._questions.put((chat, answer), _Question(person, text, self._clock() + MINUTES, message))

    def message_of(self, chat: int, answer: int) -> int | None:
        """The message in which was asked what was answered so, as far as it is remembered."""
        found = self._questions.get((chat, answer))
        return found.message if found else None

    def sweep(self) -> None:
        """Forget what was asked too long ago."""
        for key, question in self._questions.first(MOST):
            if self._clock() < question.until:
                return
            self._questions.drop(key)

    def of(self, incoming: Incoming) -> tuple[int, str] | None:
        """Who asked what a button stands under, and what it was: as it is remembered, or as Telegram quotes it."""
        self.sweep()
        press, address = incoming.press, incoming.address
        if press is None or address is None:
            return None
        found = self._questions.get((address.chat, press.message or 0))
        if found:
            return found.person, found.text
        return (press.asked_by, press.asked) if press.asked and press.asked_by is not None else None

    def forget(self, person: int | None) -> None:
        """Drop all that a person asked."""
        for key, question in self._questions.first(MOST):
            if question.person == person:
                self._questions.drop(key)


@dataclass(frozen=True)
class Shared:
    """What came of it: the reply to send, or else the `notice` to show for a moment. `kept`: the words are."""

    reply: Reply | None = None
    notice: str | None = None
    kept: bool = False


class Sharing:
    """Takes words in. `days`: how long they are kept while nobody has looked at them."""

    def __init__(self, users: UserRepository, recent: RecentQuestions, days: int) -> None:
        self.recent = recent
        self._users = users
        self._days = days
        self._done: Bounded[MessageKey, bool] = Bounded(MOST)  # under which messages words were shared
        self._shared: Bounded[str, tuple[float, int]] = Bounded(MOST)  # since when, and how often, by a person's code

    async def share(self, speaker: Speaker, incoming: Incoming, reason: str, country: str | None) -> Shared:
        """Keep the words that a button stands under. A message of danger is answered once more instead."""
        sharing, asked, place = speaker.content.texts.sharing, self.recent.of(incoming), _key_of(incoming)
        if place in self._done:  # tapped twice
            return Shared()
        if asked is None:
            return Shared(speaker.to_page(sharing.gone))
        person, text = asked
        if person != incoming.person:
            return Shared(notice=sharing.not_yours)
        again = speaker.to_text(text, incoming.language, country)
        if again.is_danger or again.caution:
            return Shared(again)
        code = self._users.code(person)
        if self._number(code) >= MOST_A_DAY:
            return Shared(speaker.to_page(sharing.enough))
        words, nearest, chance = speaker.to_scrubbed(text)
        wording = await self._users.keep_wording(words, reason, nearest, chance)
        if wording is None:
            return Shared(speaker.to_page(sharing.not_kept))
        self._done.put(place, True)
        self._count(code)
        told = sharing.kept.replace("{days}", str(self._days))
        text = told.replace("{words}", html.escape(words, quote=False))
        return Shared(to_shared(speaker.content, text, wording), kept=True)

    async def take_back(self, speaker: Speaker, wording: str) -> Reply:
        """Delete words again, by the id that only the button under them has."""
        sharing = speaker.content.texts.sharing
        gone = await self._users.drop_wording(wording)
        return speaker.to_page(sharing.deleted if gone else sharing.not_deleted)

    def forget(self, person: int | None) -> None:
        """Drop all that is remembered of a person."""
        self.recent.forget(person)
        if person is not None:
            self._shared.drop(self._users.code(person))

    def _number(self, code: str) -> int:
        """How often a person has shared words in a day."""
        since, number = self._shared.get(code) or (0.0, 0)
        return number if self.recent.now() - since <= A_DAY else 0

    def _count(self, code: str) -> None:
        number, now = self._number(code), self.recent.now()
        since, _ = self._shared.get(code) or (now, 0)
        self._shared.put(code, (since if number else now, number + 1))


def _key_of(incoming: Incoming) -> MessageKey:
    press, address = incoming.press, incoming.address
    return (address.chat if address else 0, (press.message if press else None) or 0)
