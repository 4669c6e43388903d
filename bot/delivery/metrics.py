"""What is counted for the one who runs the bot: no person, no chat and no message is in any of it."""

import collections
from collections.abc import Callable, Iterable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from bot.replies import Reply
from bot.replies.tally import DANGER, NONE_OF_THESE, NOT_MEANT, QUESTION, SHOWN

LATENCIES = (0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 120.0, 600.0)  # seconds
SHARES = tuple(tenth / 10 for tenth in range(1, 11))


class Metrics:
    """Counters with a registry of their own, so that two bots in one process do not share them."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self.updates = self._counter("updates", "Updates that came in", "kind")
        self._replies = self._counter("replies", "Replies that went out", "kind", "level")
        self.duplicates = self._counter("duplicates", "Updates dropped, for they were known", "where")
        self.refused = self._counter("refused", "Updates not answered on purpose", "reason")
        self.unanswerable = self._counter("unanswerable", "Replies Telegram would never take", "reason")
        self.retries = self._counter("telegram_retries", "Calls of Telegram tried again", "reason")
        self.too_many = self._counter("telegram_too_many", "Times Telegram asked to wait (429)", "scope")
        self.deferrals = self._counter("deferrals", "Updates kept in the store, for their chat could not be written to")
        self.store_errors = self._counter("store_errors", "Times the store did not answer", "verb")
        self.store_drops = self._counter("store_drops", "Notes the store will never get", "kind")
        self.reloads = self._counter("reloads", "Times a changed content was read", "result")
        self._check_failures = self._counter("check_failures", "Texts on which the danger check broke")
        self.bugs = self._counter("bugs", "Updates on which the bot itself broke")
        self.confidence = self._histogram("confidence", "How sure the bot was of a reply", SHARES)
        self.latency = self._histogram("latency_seconds", "From an update's receipt to its answer", LATENCIES)
        self._votes = self._counter("votes", "Taps on Helpful and Not helpful", "entry", "helpful")
        self._tallies = {
            QUESTION: self._counter("questions", "Questions, by what they got", "kind"),
            SHOWN: self._counter("shown", "Answers shown, for a question or a button", "entry"),
            DANGER: self._counter("dangers", "Danger replies", "level", "sign"),
            NOT_MEANT: self._counter("not_meant", "Taps on Not what I meant, under danger replies", "sign"),
        }
        self._none_of_these = self._counter("none_of_these", "Taps on None of these")
        self.answered = 0  # since the start, for /status
        self.dropped = 0
        self.broken_checks = 0
        self._questions: collections.Counter[str] = collections.Counter()  # since they were last taken

    def note_reply(self, reply: Reply) -> None:
        """A reply to a message or a press went out."""
        self._replies.labels(reply.kind, reply.level or "none").inc()
        if reply.kind in ("answer", "choices", "smalltalk"):
            self.confidence.observe(reply.confidence)

    def note_names(self, names: Iterable[str]) -> None:
        """What was counted of a reply, by the names of the tally."""
        for name in names:
            what, _, rest = name.partition(":")
            if what in self._tallies:
                self._tallies[what].labels(*rest.split("/")).inc()
            if what == QUESTION:
                self._questions[rest] += 1
            if what == NONE_OF_THESE:
                self._none_of_these.inc()

    def note_vote(self, entry: str, helpful: bool) -> None:
        self._votes.labels(entry, "yes" if helpful else "no").inc()

    def note_broken_check(self) -> None:
        """The danger check broke on a text."""
        self.broken_checks += 1
        self._check_failures.inc()

    def take_questions(self) -> collections.Counter[str]:
        """How many questions got what, since this was last asked."""
        taken, self._questions = self._questions, collections.Counter()
        return taken

    def note_answer(self, seconds: float) -> None:
        """An update is answered, so long after it came in."""
        self.answered += 1
        self.latency.observe(seconds)

    def note_drops(self, kind: str, number: int) -> None:
        """So many notes are lost."""
        self.dropped += number
        self.store_drops.labels(kind).inc(number)

    def watch(self, name: str, what: str, read: Callable[[], float]) -> None:
        """A figure that is looked up whenever somebody asks."""
        Gauge(f"bot_{name}", what, registry=self._registry).set_function(read)

    def page(self) -> bytes:
        """Everything, as Prometheus reads it."""
        return generate_latest(self._registry)

    def _counter(self, name: str, what: str, *labels: str) -> Counter:
        return Counter(f"bot_{name}", what, labels, registry=self._registry)

    def _histogram(self, name: str, what: str, buckets: tuple[float, ...]) -> Histogram:
        return Histogram(f"bot_{name}", what, buckets=buckets, registry=self._registry)
