"""What whoever runs the bot is told in Telegram: figures when they ask, and by themselves where they switched it on.

By themselves come the week's figures, and a word when a changed content was refused, when the danger check failed,
and when no copy of the bot was alive for ten minutes. At most one an hour of each kind, from one of all copies; no
word of a message and no id is in any of them.
"""

import asyncio
import datetime
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass

from bot.content import Content
from bot.content.texts import AdminTexts
from bot.evaluation.usage import usage_of
from bot.operation.usage_values import values_of
from bot.replies import Reply, Speaker
from bot.replies.presses import InboxPress
from bot.replies.reply import filled_in
from bot.store import Counted, Store
from bot.store.days import monday
from bot.telegram.admins import Admins, Values
from bot.telegram.application import Application

LOOK = 20.0  # seconds between signs of life, and looks whether there is something to tell
AWAY = 600.0  # seconds without a sign of life of any copy after which admins are told
MINUTE, HOUR, DAY = 60.0, 3600.0, 86400.0
WEEK_DAYS = 7
# The digest comes on Mondays at seven (UTC). 1970 began on a Thursday: its first Monday was the fifth day.
FIRST_DIGEST = 4 * DAY + 7 * HOUR

InboxPages = Callable[[Speaker, InboxPress], Awaitable[Reply]]
ChooseText = Callable[[AdminTexts], str]


@dataclass(frozen=True)
class News:
    """Something to tell once: its kind, and what is said of it."""

    kind: str
    text: ChooseText
    values: Values


RELOAD_REFUSED = News("reload refused", lambda texts: texts.reload_refused, {})
CHECK_FAILED = News("check failed", lambda texts: texts.check_failed, {})


class AdminDesk:
    """Answers admins, and writes to those who want it."""

    def __init__(self, application: Application, store: Store, ids: Collection[int]) -> None:
        self._application = application
        self._store = store
        self._ids = tuple(ids)
        self._news: dict[str, News] = {}  # to be told, by kind
        self._broken_checks = 0
        self._letters: set[asyncio.Task[None]] = set()  # asyncio itself holds tasks weakly
        self._started = asyncio.get_running_loop().time()
        self._has_shown_life = False

    def admins(self, status: Callable[[], Values], inbox: InboxPages | None = None) -> Admins:
        """Who may ask, and what they are told."""
        return Admins(self._ids, status, self._report, self._toggle, inbox)

    def note(self, news: News) -> None:
        """Tell this soon."""
        self._news[news.kind] = news

    async def watch(self) -> None:
        """For ever, until cancelled."""
        try:
            while True:
                await self.look()
                await asyncio.sleep(LOOK)
        finally:
            for letter in self._letters:
                letter.cancel()

    async def look(self) -> None:
        """One sign of life, and what there is to tell."""
        metrics = self._application.metrics
        if metrics.broken_checks > self._broken_checks:
            self._broken_checks = metrics.broken_checks
            self.note(CHECK_FAILED)
        await self._application.breaker.ask("notices", self._look)

    async def _look(self) -> None:
        await self._show_life()
        if not self._ids:
            self._news.clear()
            return
        codes = {self._application.users.code(person): person for person in self._ids}
        wanted = [codes[code] for code in sorted(await self._store.notices.digest_wanted(codes))]
        for kind, news in tuple(self._news.items()):
            if await self._store.notices.claim(kind, lambda now: now - HOUR):
                self._tell(wanted, news.text, news.values)
            self._news.pop(kind, None)
        if await self._store.notices.claim("digest", last_digest):
            await self._tell_digest(wanted)

    async def _show_life(self) -> None:
        silent = await self._store.notices.show_life()
        is_first, self._has_shown_life = not self._has_shown_life, True
        if silent is None or not is_first:
            return
        # Where the store did not answer at once this copy was alive before it could say so.
        away = silent - (asyncio.get_running_loop().time() - self._started)
        if away > AWAY:
            self.note(News("was down", lambda texts: texts.was_down, {"minutes": str(round(away / MINUTE))}))

    async def _tell_digest(self, people: Collection[int]) -> None:
        counted = await self._store.days.read(2 * WEEK_DAYS)
        first = monday(counted.today) - datetime.timedelta(WEEK_DAYS)
        self._tell(people, lambda texts: texts.digest, self._values(counted, first))

    def _tell(self, people: Collection[int], text: ChooseText, values: Values) -> None:
        """Beside all else: Telegram may make one wait for long, or be away."""
        speaker = self._application.conversation.speaker
        reply = speaker.to_page(filled_in(text(speaker.content.texts.admin), values))
        for person in people:
            letter = asyncio.create_task(self._application.tell(person, reply))
            self._letters.add(letter)
            letter.add_done_callback(self._letters.discard)

    async def _report(self, content: Content) -> Mapping[str, str] | None:
        counted = await self._application.breaker.ask("report", self._read)
        if counted is None:
            return None
        return self._values(counted, counted.today - datetime.timedelta(WEEK_DAYS - 1), content)

    async def _read(self) -> Counted:
        """What is held, and first what this copy has not told the store yet."""
        await self._application.users.write_counts()
        return await self._store.days.read(WEEK_DAYS)

    def _values(self, counted: Counted, first: datetime.date, content: Content | None = None) -> Values:
        usage = usage_of(counted, first, first + datetime.timedelta(WEEK_DAYS - 1))
        return values_of(usage, counted, first, content or self._application.conversation.speaker.content)

    async def _toggle(self, person: int) -> bool | None:
        code = self._application.users.code(person)
        return await self._application.breaker.ask("notices", lambda: self._store.notices.toggle_digest(code))


def last_digest(now: float) -> float:
    """When the digest before a moment was due, in seconds since 1970."""
    return now - (now - FIRST_DIGEST) % (WEEK_DAYS * DAY)
