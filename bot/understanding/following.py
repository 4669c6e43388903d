"""A message in the light of the answer shown before it: "is that bad?" asks about that, and says so itself to nobody.

It sways what is unclear: a message that names no subject of its own, and one that no answer is likely for. What is
clear stays as it is, and so does danger.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from bot.content import Content
from bot.content.tuning import AbroadThresholds, Thresholds
from bot.understanding import decision
from bot.understanding.examples import OUTSIDE, SMALLTALK
from bot.understanding.meaning import Decision, Match, Meaning

# Measured on 120 follow-ups, 60 clear questions and 40 messages on other subjects, written by people who saw the
# questions of the entries alone.
CERTAIN_TALK = 0.6  # of one kind of small talk: "who made you?" names no subject either
TALK = 0.7  # of all kinds together, in a message that does name one
ELSEWHERE = 0.75  # chance of another subject from which "I don't know" stays
DOUBTED = 0.5  # chance of another subject from which the last answer is only offered
NATURAL = 0.4  # chance from which what naturally comes after the last answer is meant
RIVAL = 0.35  # chance of another answer from which both are offered
CONFIDENCE = 0.6  # of an answer that was chosen so: two in three were right


@dataclass(frozen=True)
class FollowUps:
    """`leaning`: words that name no subject. `related`: by entry, what naturally comes after it."""

    leaning: frozenset[str]
    related: Mapping[str, Collection[str]]
    thresholds: Thresholds | AbroadThresholds

    @classmethod
    def of(cls, content: Content) -> "FollowUps":
        related: dict[str, set[str]] = {entry.id: set(entry.related) for entry in content.entries}
        for entry in content.entries:
            for other in entry.related:
                if other in content.by_id:
                    related[content.by_id[other].id].add(entry.id)
        return cls(frozenset(content.grammar.leaning), related, content.thresholds)

    def _comes_after(self, best: Match, after: str) -> bool:
        """Whether the likeliest answer is one that naturally comes after the last."""
        return best.chance >= NATURAL and best.id in self.related[after]

    def swayed(self, meaning: Meaning, chances: Mapping[str, float], words: Collection[str], after: str) -> Meaning:
        """The meaning after an answer. `words`: of the message; `chances`: of all there is to answer."""
        if after not in self.related or not meaning.ranked:
            return meaning
        best, leans = meaning.ranked[0], self._leans(words)
        decided = self._decided(best, chances, leans, after)
        if decided is None:
            if leans and meaning.decision == "choices" and self._comes_after(best, after):
                return replace(meaning, decision="answer", confidence=best.chance)
            return meaning
        others = [match for match in meaning.ranked if match.id != after]
        ranked = (Match(after, CONFIDENCE), *others)
        near = decision.to_offer((others[0], *others), decided, self.thresholds) if others else ()
        return replace(meaning, decision=decided, ranked=ranked, near=near, confidence=CONFIDENCE, smalltalk=None,
                       follows=decided == "answer")  # fmt: skip

    def _decided(self, best: Match, chances: Mapping[str, float], leans: bool, after: str) -> Decision | None:
        """What becomes of it; None where it stays as it is."""
        talks = [chance for answer, chance in chances.items() if answer.startswith(SMALLTALK)]
        outside = chances.get(OUTSIDE, 0.0)
        if max(talks, default=0.0) >= CERTAIN_TALK or (not leans and sum(talks) >= TALK):
            return None
        is_clear = best.chance >= self.thresholds.answer
        if leans:
            return None if self._comes_after(best, after) else "answer"
        if is_clear or outside >= ELSEWHERE:
            return None
        if outside >= DOUBTED or (best.chance >= RIVAL and best.id != after):
            return "choices"
        return "answer"

    def _leans(self, words: Collection[str]) -> bool:
        return all(word in self.leaning or not word.isalpha() for word in words)
