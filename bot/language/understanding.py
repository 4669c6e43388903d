"""A text in, its meaning out: the danger check first, then small talk, then matching, then the decision."""

from collections.abc import Callable

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
LONGEST = 4096  # characters that are read; Telegram sends no more
CHECK_SECONDS = 0.05  # for the danger check; a hundred times what it takes, so beyond it something is wrong


class Understanding:
    """Understands messages about one pack's entries. Holds no state between messages.

    With a `clock` (seconds), the danger check is given CHECK_SECONDS.
    """

    def __init__(self, content: Content, fitted: Fitted, clock: Callable[[], float] | None = None) -> None:
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
        text = text[:LONGEST]
        age, finding, failed = None, Finding(), False
        try:
            plain = normalise(text)
            if not words(plain):
                return Meaning(blank=True)
            age = find_age(text)
            finding, failed = self._finding(text, age)
            return self._matched(text, plain, age, finding, failed)
        except Exception:  # noqa: BLE001 - failing safe is the point: the parent sees the warning signs
            return Meaning(finding=finding, age=age, failed=True)

    def _matched(self, text: str, plain: str, age: Age | None, finding: Finding, failed: bool) -> Meaning:
        ranking = self.rank(text, age)
        alarms, *heard = (self._chances(each) for each in (plain, *windows(plain)))
        thresholds = self._content.thresholds
        finding = self._with_alarm(finding, loudest(alarms, heard, thresholds))
        decision, confidence = decide(ranking, thresholds)
        answers = decision == "answer" and finding.level not in ALARMING
        asked = asked_for(ranking, self._parts(plain), self._gravity) if answers else ()
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
            uneasy=self._triage is not None and is_uneasy(alarms, heard, thresholds),
            ranking=ranking,
            alarms=alarms,
        )

    def _parts(self, plain: str) -> list[Ranking]:
        """The sentences of a text of several, ranked one by one: each may ask something of its own."""
        told = [part for part in sentences(plain) if len(words(part)) >= FEWEST_WORDS][:MOST_PARTS]
        return [self.matcher.rank_plain(part) for part in told] if len(told) > 1 else []

    def rank(self, text: str, age: Age | None) -> Ranking:
        """All entries for a text; those about another age are less likely."""
        return self.matcher.rank(text, self._age_factors(age))

    def _chances(self, plain: str) -> Chances:
        return self._hearing.chances(plain) if self._hearing else NONE

    def _finding(self, text: str, age: Age | None) -> tuple[Finding, bool]:
        """What the danger check found, and whether it broke or did not finish."""
        if self._triage is None:
            return Finding(), False
        try:
            finding = self._triage.find(text, age, *self._limit())
        except Exception:  # noqa: BLE001 - failing safe is the point: the parent sees the warning signs
            return Finding(), True
        return finding, finding.overdue and finding.level is None

    def _limit(self) -> tuple[Callable[[], bool], ...]:
        if self._clock is None:
            return ()
        clock, end = self._clock, self._clock() + CHECK_SECONDS
        return (lambda: clock() > end,)

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
