"""What parents let the authors see, in clusters of much the same wording, and what accepting one would change."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from bot.content.entries import Entry
from bot.content.tuning import Thresholds
from bot.evaluation.comparison import grade
from bot.evaluation.figures import QuestionResult
from bot.evaluation.questions import OUTSIDE as NOTHING
from bot.evaluation.questions import Question
from bot.replies import Reply
from bot.store import ASIDE, KeptWording
from bot.understanding import Meaning
from bot.understanding.accepted import NEAR, AcceptedWordings, stacked
from bot.understanding.examples import OUTSIDE
from bot.understanding.features import Floats

ALIKE = 0.75  # cosine: of 532 parents' questions, two so alike ask the same in 9 cases of 10
CANDIDATES = 3

Why = Literal["danger", "aside", "outside", "unsure", "none", "no", "now"]


@dataclass(frozen=True)
class Cluster:
    """Wordings that say much the same. `candidates`: the nearest entries with their chances, best first.

    `why` the nearest one was not given: the message tells of danger; it waits for an answer of its own; it was taken
    for another subject; the chance is too small; none of the choices was it; it was given and did not help; or it would
    be given now.
    """

    wordings: tuple[KeptWording, ...]
    candidates: tuple[tuple[str, float], ...]
    why: Why
    outside: float = 0.0

    @property
    def id(self) -> str:
        return self.wordings[0].id

    @property
    def text(self) -> str:
        return self.wordings[0].text

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(each.id for each in self.wordings)

    @property
    def nearest(self) -> str | None:
        return self.candidates[0][0] if self.candidates else None

    @property
    def chance(self) -> float:
        return self.candidates[0][1] if self.candidates else 0.0

    def to_json(self) -> dict[str, Any]:
        """As `inbox --json` prints it."""
        return {
            "id": self.id,
            "text": self.text,
            "count": len(self.wordings),
            "nearest": self.nearest,
            "confidence": round(self.chance, 3),
            "day": min(each.day for each in self.wordings).isoformat(),
            "why": self.why,
            "wordings": [{"id": each.id, "text": each.text, "reason": each.reason} for each in self.wordings],
        }


def clusters_of(
    wordings: Sequence[KeptWording], vectors: Floats, meaning: Callable[[str], Meaning], thresholds: Thresholds
) -> tuple[Cluster, ...]:
    """Clusters, the largest first. `vectors` of length 1, one a wording.

    A wording joins the first cluster whose first wording is alike.
    """
    groups: list[list[int]] = []
    for at in range(len(wordings)):
        near = (group for group in groups if float(vectors[group[0]] @ vectors[at]) >= ALIKE)
        home = next(near, None)
        if home is None:
            groups.append([at])
        else:
            home.append(at)
    found = [_cluster([wordings[at] for at in group], meaning(wordings[group[0]].text), thresholds) for group in groups]
    return tuple(sorted(found, key=lambda cluster: -len(cluster.wordings)))


def _cluster(wordings: list[KeptWording], meaning: Meaning, thresholds: Thresholds) -> Cluster:
    candidates = tuple((match.id, match.chance) for match in meaning.ranked[:CANDIDATES])
    why = "aside" if wordings[0].answer == ASIDE else _why(wordings[0].reason, meaning, thresholds)
    return Cluster(tuple(wordings), candidates, why, meaning.outside)


def _why(reason: str, meaning: Meaning, thresholds: Thresholds) -> Why:
    if meaning.finding.level:
        return "danger"
    if reason == "no":
        return "no"
    best = meaning.ranked[0].chance if meaning.ranked else 0.0
    if best >= thresholds.answer:
        return "now"
    if meaning.outside > best:
        return "outside"
    return "none" if reason == "none" else "unsure"


@dataclass(frozen=True)
class Effect:
    """What questions of known answers come to: those that get better, those that get worse, and how many there are."""

    better: tuple[str, ...]
    worse: tuple[str, ...]
    questions: int

    @property
    def is_harmless(self) -> bool:
        return not self.worse


class QuestionSet:
    """Questions whose answers are known, with their vectors: what a change would do to them is soon told."""

    def __init__(self, questions: Iterable[Question], vector: Callable[[str], Floats]) -> None:
        """`vector` gives a text's vector of length 1; it is asked for each question once."""
        self._questions = tuple(each for each in questions if each.in_scope or NOTHING in each.labels)
        self._vectors = stacked([vector(each.text) for each in self._questions])

    def __len__(self) -> int:
        return len(self._questions)

    def effect(self, more: AcceptedWordings, before: Callable[[str], Reply], after: Callable[[str], Reply]) -> Effect:
        """What accepting `more` wordings changes. `before` and `after` answer without and with them."""
        better: list[str] = []
        worse: list[str] = []
        if len(self) and more.answers:
            near = (self._vectors @ more.vectors.T).max(1) >= NEAR  # all others are as they were
            for question in (self._questions[at] for at in np.flatnonzero(near)):
                marks = [grade(QuestionResult(question, reply(question.text))) for reply in (before, after)]
                change = marks[1] - marks[0]
                if change:
                    (better if change > 0 else worse).append(question.text)
        return Effect(tuple(better), tuple(worse), len(self))


def answers_of(accepted: Iterable[KeptWording], entries: Mapping[str, Entry]) -> list[tuple[str, str]]:
    """Texts with their answers, as they sway what is understood. An entry's former id is its present one's; what was
    accepted as an entry that is gone is left out."""
    known = {OUTSIDE: OUTSIDE} | {name: entry.id for name, entry in entries.items()}
    return [(each.text, known[each.answer]) for each in accepted if each.answer in known]


__all__ = ["OUTSIDE", "Cluster", "Effect", "QuestionSet", "answers_of", "clusters_of"]
