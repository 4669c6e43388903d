"""A text in, its meaning out: the danger check first, then small talk, then matching, then the decision."""

from bot.content import Content
from bot.content.entries import Entry
from bot.language.ages import Age, find_age
from bot.language.examples import SMALLTALK, examples_of
from bot.language.fitting import reader_of
from bot.language.matching import Fitted, Match, Matcher, Ranking
from bot.language.meaning import Decision, Meaning
from bot.language.triage import Finding, Triage
from bot.language.words import normalise, sentences, words

WRONG_AGE = (
    0.3  # how much less likely an entry about another age is; a hint, since parents mention other ages too
)
MOST_CHOICES = 4
MOST_NEAR = 3
SECOND_QUESTION = 0.6  # confidence that a sentence of its own asks something else
FEWEST_WORDS = 3  # in a sentence that can ask something of its own
LONGEST = 4096  # characters that are read; Telegram sends no more


class Understanding:
    """Understands messages about one pack's entries. Holds no state between messages."""

    def __init__(self, content: Content, fitted: Fitted) -> None:
        examples = examples_of(content)
        self._content = content
        self._matcher = Matcher(fitted, reader_of(content, examples), examples)
        self._triage = Triage(content.danger) if content.danger else None

    def meaning(self, text: str) -> Meaning:
        """What a message means. Never raises: what breaks in the danger check is taken for danger."""
        text = text[:LONGEST]
        plain = normalise(text)
        if not words(plain):
            return Meaning(blank=True)
        age = find_age(text)
        finding, failed = self._finding(text, age)
        ranking = self.rank(text, age)
        decision, confidence = self._decision(ranking)
        ranked, near = self._candidates(plain, ranking, decision)
        return Meaning(
            finding=finding,
            age=age,
            decision=decision,
            ranked=ranked,
            near=near,
            smalltalk=self._matcher.nearest(text, SMALLTALK, 1)[0].owner if decision == "smalltalk" else None,
            confidence=confidence,
            failed=failed,
            ranking=ranking,
        )

    def rank(self, text: str, age: Age | None) -> Ranking:
        return self._matcher.rank(text, self._age_factors(age))

    @property
    def matcher(self) -> Matcher:
        return self._matcher

    def _finding(self, text: str, age: Age | None) -> tuple[Finding, bool]:
        if self._triage is None:
            return Finding(), False
        try:
            return self._triage.find(text, age), False
        except Exception:  # noqa: BLE001 - failing safe is the point: the parent sees the warning signs
            return Finding(), True

    def _decision(self, ranking: Ranking) -> tuple[Decision, float]:
        thresholds = self._content.thresholds
        best = ranking.matches[0].chance
        if ranking.smalltalk > max(best, ranking.outside):
            return "smalltalk", ranking.smalltalk
        if ranking.confidence >= thresholds.answer:
            return "answer", ranking.confidence
        if ranking.confidence >= thresholds.choices and len(ranking.matches) > 1:
            return "choices", ranking.confidence
        return "unknown", ranking.confidence

    def _candidates(
        self, plain: str, ranking: Ranking, decision: Decision
    ) -> tuple[tuple[Match, ...], tuple[str, ...]]:
        """The entries in the order to say them, and the runners-up worth a button.

        Two worries in two sentences: the more serious is answered, the other is the first button.
        """
        ranked = ranking.matches
        if decision == "answer":
            ranked = self._most_serious_first(plain, ranked)
        rest = [match.id for match in ranked[1:]]
        floor = self._content.thresholds.also * ranking.matches[0].chance
        near = [match.id for match in ranked[1:] if match.chance >= floor]
        if decision == "choices":
            near = (near or rest)[: MOST_CHOICES - 1] or rest[:1]
            return ranked, tuple(near)
        return ranked, tuple(near[:MOST_NEAR])

    def _most_serious_first(self, plain: str, ranked: tuple[Match, ...]) -> tuple[Match, ...]:
        asked = [part for part in sentences(plain) if len(words(part)) >= FEWEST_WORDS]
        if len(asked) < 2:
            return ranked
        found = [self._matcher.rank(part) for part in asked]
        sure = {each.matches[0].id for each in found if each.confidence >= SECOND_QUESTION}
        sure.add(ranked[0].id)
        if len(sure) < 2:
            return ranked
        by_gravity = sorted(
            (match for match in ranked if match.id in sure), key=lambda match: -self._entry(match.id).gravity
        )
        return (*by_gravity, *(match for match in ranked if match.id not in sure))

    def _age_factors(self, age: Age | None) -> dict[str, float]:
        if age is None:
            return {}
        return {
            entry.id: WRONG_AGE
            for entry in self._content.entries
            if not entry.ages.start <= age.effective <= entry.ages.end
        }

    def _entry(self, entry: str) -> Entry:
        return self._content.by_id[entry]
