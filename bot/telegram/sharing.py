"""Words that could not be answered, kept for the authors: only on a tap by whoever wrote them, and scrubbed."""

import html
from dataclasses import dataclass

from bot.delivery.bounded import Bounded
from bot.delivery.flood import Clock
from bot.delivery.user_repository import UserRepository
from bot.replies import Reply, Speaker
from bot.telegram.incoming import Incoming

MINUTES = 15 * 60.0  # seconds that a question is remembered for, in memory
MOST = 2_000  # questions
A_DAY, MOST_A_DAY = 86_400.0, 10  # seconds, and what one person can share in them: nobody shall fill the inbox alone


@dataclass(frozen=True)
class _Question:
    person: int
    text: str
    until: float


class RecentQuestions:
    """What was asked in the last minutes, by the bot's answer to it. In memory: another copy knows nothing of it."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._questions: Bounded[tuple[int, int], _Question] = Bounded(MOST)

    def now(self) -> float:
        return self._clock()

    def put(self, chat: int, answer: int, person: int, text: str) -> None:
        self._questions.put((chat, answer), _Question(person, text, self._clock() + MINUTES))

    def of(self, incoming: Incoming) -> tuple[int, str] | None:
        """Who asked what a button stands under, and what it was: as Telegram quotes it, or as it is remembered."""
        press, address = incoming.press, incoming.address
        if press is None or address is None:
            return None
        if press.asked and press.asked_by is not None:
            return press.asked_by, press.asked
        found = self._questions.get((address.chat, press.message or 0))
        return (found.person, found.text) if found and self._clock() < found.until else None

    def forget(self, person: int | None) -> None:
        """Drop all that a person asked."""
        for key, question in self._questions.first(MOST):
            if question.person == person:
                self._questions.drop(key)


@dataclass(frozen=True)
class Shared:
    """What came of it: the reply to send, or else the `notice` to show for a moment. `kept`: the words are."""

    reply: Reply | None
    notice: str | None = None
    kept: bool = False


class Sharing:
    """Takes words in. `days`: how long they are kept while nobody has looked at them."""

    def __init__(self, users: UserRepository, recent: RecentQuestions, days: int) -> None:
        self.recent = recent
        self._users = users
        self._days = days
        self._shared: Bounded[int, tuple[float, int]] = Bounded(MOST)  # since when, and how often, by person

    async def share(self, speaker: Speaker, incoming: Incoming, reason: str, country: str | None) -> Shared:
        """Keep the words that a button stands under. A message of danger is answered once more instead."""
        sharing, asked = speaker.content.texts.sharing, self.recent.of(incoming)
        if asked is None:
            return Shared(speaker.to_page(sharing.gone))
        person, text = asked
        if person != incoming.person:
            return Shared(None, sharing.not_yours)
        again = speaker.to_text(text, incoming.language, country)
        if again.is_danger or again.caution:
            return Shared(again)
        words, nearest, chance = speaker.to_scrubbed(text)
        if not self._may_share(person) or not await self._users.keep_wording(words, reason, nearest, chance):
            return Shared(speaker.to_page(sharing.not_kept))
        told = sharing.kept.replace("{days}", str(self._days))
        return Shared(speaker.to_page(told.replace("{words}", html.escape(words, quote=False))), kept=True)

    def _may_share(self, person: int) -> bool:
        """Whether a person has not shared too much lately; it is counted."""
        now = self.recent.now()
        since, number = self._shared.get(person) or (now, 0)
        if now - since > A_DAY:
            since, number = now, 0
        self._shared.put(person, (since, number + 1))
        return number < MOST_A_DAY
