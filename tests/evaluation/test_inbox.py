"""Clusters of wordings, why each was not answered, and what accepting one does to questions of known answers."""

import datetime

import numpy as np
import pytest

from bot.content.tuning import Thresholds
from bot.evaluation.inbox import QuestionSet, Why, clusters_of
from bot.evaluation.questions import Question
from bot.replies import Reply
from bot.store import KeptWording
from bot.understanding import Meaning
from bot.understanding.accepted import AcceptedWordings
from bot.understanding.danger import Finding
from bot.understanding.features import Floats
from bot.understanding.meaning import Match

DAY = datetime.date(2026, 11, 28)
THRESHOLDS = Thresholds(answer=0.6, choices=0.2, also=0.3, danger=0.5, caution=0.2)
PLACES = {"crawl": 0.0, "crawling": 0.1, "teeth": 1.5}  # angles


def vector(text: str) -> Floats:
    angle = PLACES[text]
    return np.array([np.cos(angle), np.sin(angle)], np.float32)


def wording(text: str, reason: str = "unknown", day: int = 0) -> KeptWording:
    return KeptWording(text, text, reason, DAY + datetime.timedelta(days=day))


def meant(chance: float, outside: float = 0.0) -> Meaning:
    return Meaning(ranked=(Match("normal", chance), Match("why", 0.1)), outside=outside)


def test_what_is_alike_is_one_cluster_and_the_largest_comes_first() -> None:
    given = [wording("teeth"), wording("crawl", day=1), wording("crawling")]
    found = clusters_of(given, np.stack([vector(each.text) for each in given]), lambda _: meant(0.3), THRESHOLDS)
    assert [each.ids for each in found] == [("crawl", "crawling"), ("teeth",)]
    row = found[0].to_json()
    assert (row["id"], row["text"], row["count"]) == ("crawl", "crawl", 2)
    assert (row["nearest"], row["confidence"], row["day"]) == ("normal", 0.3, "2026-11-28")


@pytest.mark.parametrize(
    ("reason", "meaning", "why"),
    [
        ("unknown", meant(0.3), "unsure"),
        ("unknown", meant(0.3, outside=0.5), "outside"),
        ("none", meant(0.3), "none"),
        ("no", meant(0.9), "no"),
        ("unknown", meant(0.9), "now"),
        ("unknown", Meaning(finding=Finding(level="urgent")), "danger"),
    ],
)
def test_why_the_nearest_was_not_given(reason: str, meaning: Meaning, why: Why) -> None:
    (found,) = clusters_of([wording("teeth", reason)], vector("teeth")[None], lambda _: meaning, THRESHOLDS)
    assert found.why == why


def test_only_what_is_near_is_asked_again_and_what_changes_is_told() -> None:
    asked = []

    def after(text: str) -> Reply:
        asked.append(text)
        return Reply("answer", "", entry="teeth")

    questions = [Question("crawl", ("normal",)), Question("crawling", ("teeth",)), Question("teeth", ("why",))]
    more = AcceptedWordings(("teeth",), vector("crawl")[None])
    effect = QuestionSet(questions, vector).effect(more, lambda _: Reply("answer", "", entry="normal"), after)
    assert asked == ["crawl", "crawling"]
    assert (effect.better, effect.worse, effect.questions) == (("crawling",), ("crawl",), 3)
    assert not effect.is_harmless
