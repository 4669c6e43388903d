"""A text in, its meaning out: the danger check first, then small talk, then matching, then the decision."""

from collections.abc import Callable
from itertools import takewhile

from bot.content import Content
from bot.content.danger import ALARMING, LEVELS
from bot.language.ages import Age, find_age
from bot.language.alarm import alarm_levels, is_plain, is_uneasy, loudest, outweighs, windows
from bot.language.decision import asked_for, decide, to_offer
from bot.language.examples import SMALLTALK, examples_of, has_few_wordings
from bot.language.features import Reader
from bot.language.hearing import NONE, Chances, Hearing
from bot.language.lexicon import Concepts
from bot.language.matching import Fitted, Matcher, Ranking
from bot.language.meaning import Meaning
from bot.language.spelling import Speller
from bot.language.triage import BY_WORDING, Finding, Sign, Triage
from bot.language.words import normalise, sentences, words

WRONG_AGE = 0.3  # how much less likely an entry about another age is: a hint, for other ages are mentioned too
FEWEST_WORDS = 3  # in a sentence that can ask or tell something of its own
MOST_PARTS = 12  # sentences read one by one; a longer story is read as a whole only beyond them
# Seconds of processor time for all of understanding, ten times what a message takes: beyond it something is
# wrong. By the clock on the wall a busy machine would make an ordinary question look like one.
SECONDS = 0.03

Clock = Callable[[], float]
Limit = Callable[[], bool]


class Understanding:
    """Understands messages about one pack's entries. Holds no state between messages.

    With a `clock` (seconds of processor time), a message is given SECONDS; whatever of its danger check is not
    done by then counts as broken, and what is left of the rest is not looked at.
    """

    def __init__(self, content: Content, fitted: Fitted, clock: Clock | None = None) -> None:
        examples = examples_of(content)
        self._content = content
        self._gravity = {entry.id: entry.gravity for entry in content.entries}
        self._triage = Triage(content.danger, content.abroad) if content.danger else None
        self._clock = clock
        reader = Reader(Speller(fitted.spelling, careful=has_few_wordings(content)), Concepts(content.lexicon))
        self.matcher = Matcher(fitted, reader, examples)
        self._hearing = Hearing(fitted.ear, self._triage, reader) if fitted.ear and self._triage else None

    def warm(self) -> None:
        """Do now what the first messages would otherwise wait for."""
        if self._triage is not None:
            self._triage.warm()

    def meaning(self, text: str) -> Meaning:
        """What a message means. Never raises: where anything breaks, the worst is assumed."""
        is_overdue = self._limit()
        age, finding = None, Finding()
        try:
            if not words(normalise(text)):
                return Meaning(blank=True)
            age = find_age(text)
            finding, failed = self._finding(text, age, is_overdue)
            if failed and is_overdue():
                return Meaning(finding=finding, age=age, failed=True)
            return self._matched(text, age, finding, failed, is_overdue)
        except Exception:  # noqa: BLE001 - failing safe is the point: the parent sees the warning signs
            return Meaning(finding=finding, age=age, failed=True)

    def plain_danger(self, text: str) -> Meaning:
        """Only whether a message tells of danger in plain words: a fraction of the work. Never raises."""
        try:
            finding, _ = self._finding(text, find_age(text), self._limit())
        except Exception:  # noqa: BLE001 - it is for those who write too much: their next message is read
            finding = Finding()
        return Meaning(finding=finding)

    def _matched(self, text: str, age: Age | None, finding: Finding, failed: bool, is_overdue: Limit) -> Meaning:
        plain, thresholds = normalise(text), self._content.thresholds
        alarms = self._chances(plain)
        heard = [self._chances(each) for each in takewhile(lambda _: not is_overdue(), windows(plain))]
        unheard = len(heard) < len(windows(plain))  # of parts only: the whole was heard, so a word of caution will do
        finding = self._with_alarm(finding, loudest(alarms, heard, thresholds))
        failed = failed and finding.level not in ALARMING
        ranking = self.rank(text, age)
        decision, confidence = decide(ranking, thresholds)
        answers = decision == "answer" and finding.level not in ALARMING
        asked = asked_for(ranking, self._parts(plain, is_overdue), self._gravity) if answers else ()
        ranked, near = to_offer(ranking, decision, asked, thresholds)
        return Meaning(
            finding=finding,
            age=age,
            decision=decision,
            ranked=ranked,
            near=near,
            smalltalk=self.matcher.nearest(text, SMALLTALK, 1)[0].owner if decision == "smalltalk" else None,
            confidence=confidence,
            failed=failed,
            uneasy=self._triage is not None and (unheard or is_uneasy(alarms, heard, thresholds)),
            ranking=ranking,
            alarms=alarms,
        )

    def _parts(self, plain: str, is_overdue: Limit) -> list[Ranking]:
        """The sentences of a text of several, ranked one by one: each may ask something of its own."""
        told = [part for part in sentences(plain) if len(words(part)) >= FEWEST_WORDS][:MOST_PARTS]
        timely = takewhile(lambda _: not is_overdue(), told)
        return [self.matcher.rank_plain(part) for part in timely] if len(told) > 1 else []

    def rank(self, text: str, age: Age | None) -> Ranking:
        """All entries for a text; those about another age are less likely."""
        return self.matcher.rank(text, self._age_factors(age))

    def _chances(self, plain: str) -> Chances:
        return self._hearing.chances(plain) if self._hearing else NONE

    def _finding(self, text: str, age: Age | None, is_overdue: Limit) -> tuple[Finding, bool]:
        """What the danger rules found, and whether they broke or did not finish."""
        if self._triage is None:
            return Finding(), False
        try:
            finding = self._triage.find(text, age, is_overdue)
        except Exception:  # noqa: BLE001 - failing safe is the point: the parent sees the warning signs
            return Finding(), True
        return finding, finding.overdue and finding.level is None

    def _limit(self) -> Limit:
        """Whether the time for one message, counted from now, is up."""
        if self._clock is None:
            return lambda: False
        clock, end = self._clock, self._clock() + SECONDS
        return lambda: clock() > end

    def _with_alarm(self, finding: Finding, chances: Chances) -> Finding:
        """The rules' finding, and above it the danger that the wordings tell of and the rules did not see."""
        if self._triage is None:
            return finding
        found = alarm_levels(chances, self._content.thresholds)
        if finding.in_general:  # "what if I hurt her" is a cry for help, not a question in general
            found = ("crisis",) if is_plain(chances, "crisis") else ()
        elif finding.level == "emergency":  # the parent may need help too
            found = ("crisis",) if outweighs(chances, "crisis") else ()
        elif finding.level in ("crisis", "urgent"):
            above = LEVELS[: LEVELS.index(finding.level)]
            found = tuple(level for level in found if level in above and outweighs(chances, level))
        return finding.beside(Sign(BY_WORDING, level) for level in found)

    def _age_factors(self, age: Age | None) -> dict[str, float]:
        if age is None:
            return {}
        return {
            entry.id: WRONG_AGE
            for entry in self._content.entries
            if not entry.ages.start <= age.effective <= entry.ages.end
        }
