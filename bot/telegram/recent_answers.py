"""Which answer was shown last, to whom and where, and in what language: in memory, of nobody by name.

The answer for fifteen minutes. Another copy of the bot knows nothing of it: what is asked on there is read as if
nothing came before.
"""

from bot.delivery.bounded import Bounded
from bot.delivery.flood import Clock

SECONDS = 15 * 60.0
MOST = 5_000

Seat = tuple[int, int]  # a chat, and a person in it


class RecentAnswers:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._shown: Bounded[Seat, tuple[str, float]] = Bounded(MOST)
        self._tongues: Bounded[Seat, str] = Bounded(MOST)

    def put(self, seat: Seat, entry: str) -> None:
        """An entry was shown."""
        self._sweep()
        self._shown.put(seat, (entry, self._clock() + SECONDS))

    def of(self, seat: Seat) -> str | None:
        """The entry that was shown last."""
        entry, until = self._shown.get(seat) or ("", 0.0)
        return entry if entry and self._clock() < until else None

    def tongue(self, seat: Seat) -> str | None:
        """The code of the language in which somebody was answered last."""
        return self._tongues.get(seat)

    def note_tongue(self, seat: Seat, code: str) -> None:
        self._tongues.put(seat, code)

    def drop(self, seat: Seat) -> None:
        self._shown.drop(seat)

    def forget(self, person: int | None) -> None:
        """Drop all that was shown to a person."""
        for seat, _ in self._shown.first(MOST):
            if seat[1] == person:
                self._shown.drop(seat)
        for seat, _ in self._tongues.first(MOST):
            if seat[1] == person:
                self._tongues.drop(seat)

    def _sweep(self) -> None:
        """Forget what was shown too long ago."""
        while oldest := self._shown.first(1):
            ((seat, (_, until)),) = oldest
            if self._clock() < until:
                return
            self._shown.drop(seat)
