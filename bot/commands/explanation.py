"""Why the bot understood a message as it did, as plain data."""

from functools import cached_property
from typing import Any

from rapidfuzz import fuzz, process, utils

from bot.content.checks.wordings import Wording, all_wordings
from bot.content.documents import Documents
from bot.understanding import Meaning, Understanding

SHOWN = 5  # of each list; the rest is noise
LEAST = 40.0  # likeness, of 100, below which a wording is not near
WORTH = 0.005  # a chance below it rounds to nothing


class Explainer:
    """Explains a message: both heads' chances, the floor's phrases, the age, the nearest wordings and their place."""

    def __init__(self, understanding: Understanding, documents: Documents) -> None:
        self._understanding = understanding
        self._documents = documents

    @cached_property
    def _wordings(self) -> tuple[tuple[Wording, ...], list[str]]:
        """All of them, as they are written and as they are compared; of use only once something is explained."""
        found = tuple(all_wordings(self._documents))
        return found, [utils.default_process(each.text) for each in found]

    def explain(self, text: str) -> dict[str, Any]:
        """Everything that spoke for the decision."""
        meaning = self._understanding.meaning(text)
        if meaning.blank:
            return {"decision": meaning.decision, "nothing": "there is not one word in it"}
        finding = meaning.finding
        return {
            "decision": decision_of(meaning),
            "confidence": round(meaning.confidence, 3),
            "danger": round(finding.chance, 3),
            "signs": dict(largest(finding.chances)),
            "phrases": [f"{proof.sign}: '{proof.phrase}' ({proof.language})" for proof in finding.proofs],
            "age in months": _age(meaning),
            "entries": {match.id: round(match.chance, 3) for match in meaning.ranked[:SHOWN]},
            "outside": round(meaning.outside, 3),
            "nearest wordings": [_told(likeness, each) for likeness, each in self.nearest(text)],
        } | {what: True for what in ("number", "strange", "failed") if getattr(meaning, what)}

    def nearest(self, text: str) -> list[tuple[float, Wording]]:
        """The wordings most like a text, by their letters, with how like they are, of 100."""
        said, (wordings, plain) = utils.default_process(text), self._wordings
        found = process.extract(said, plain, scorer=fuzz.token_sort_ratio, limit=SHOWN, score_cutoff=LEAST)
        return [(likeness, wordings[at]) for _, likeness, at in found]


def decision_of(meaning: Meaning) -> str:
    """What came of it: a level of danger, caution, or what the answers' head decided."""
    return meaning.finding.level or ("caution" if meaning.finding.caution else meaning.decision)


def _told(likeness: float, wording: Wording) -> str:
    where = f"{wording.document.name}:{wording.document.line(wording.place)}"
    return f"{likeness:.0f} {wording.owner} ({where}): {wording.text}"


def largest(chances: Any) -> list[tuple[str, float]]:
    """The few that are worth a look, largest first."""
    found = sorted(chances.items(), key=lambda pair: -pair[1])[:SHOWN]
    return [(name, round(chance, 3)) for name, chance in found if chance >= WORTH]


def _age(meaning: Meaning) -> str | None:
    if meaning.age is None:
        return None
    corrected = meaning.age.corrected
    return f"{meaning.age.months:.1f}" + (f", corrected {corrected:.1f}" if corrected is not None else "")
