"""Why the bot understood a message as it did, as plain data: for the terminal, and for the page of the preview."""

from functools import cached_property
from typing import Any

from rapidfuzz import fuzz, process, utils

from bot.content import Content
from bot.content.checks.wordings import Wording, all_wordings
from bot.content.danger import CRY, GENERAL, HARMLESS, phrase_of
from bot.content.documents import Document, Documents, YamlPath
from bot.preview.workbench.edition import spot_in
from bot.understanding import Meaning, Understanding
from bot.understanding.floor import Proof

SHOWN = 5  # of each list; the rest is noise
LEAST = 40.0  # likeness, of 100, below which a wording is not near
WORTH = 0.005  # a chance below it rounds to nothing
DANGER = "danger.yaml"
OTHERS = {HARMLESS: "no danger", GENERAL: "asks about danger in general", CRY: "a cry for help"}
NOTES = {
    "blank": "There is not one word in it.",
    "number": "It is a number and no more: the bot asks what it is.",
    "strange": "It is in no language that the bot knows.",
    "failed": "Understanding broke on it, so the worst is assumed.",
}


class Explainer:
    """Explains a message: both heads' chances, the floor's phrases, the age, the nearest wordings and their place."""

    def __init__(self, content: Content, understanding: Understanding, documents: Documents) -> None:
        self._content = content
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
            "decision": _decision(meaning),
            "confidence": round(meaning.confidence, 3),
            "danger": round(finding.chance, 3),
            "signs": dict(_largest(finding.chances)),
            "phrases": [f"{proof.sign}: '{proof.phrase}' ({proof.language})" for proof in finding.proofs],
            "age in months": _age(meaning),
            "entries": {match.id: round(match.chance, 3) for match in meaning.ranked[:SHOWN]},
            "outside": round(meaning.outside, 3),
            "nearest wordings": [_told(likeness, each) for likeness, each in self._nearest(text)],
        } | {what: True for what in ("number", "strange", "failed") if getattr(meaning, what)}

    def show(self, text: str) -> dict[str, Any]:
        """The same for the page: each thing with the place where it is written."""
        meaning = self._understanding.meaning(text)
        finding, thresholds, known = meaning.finding, self._content.thresholds, self._content.by_id
        return {
            "decision": _decision(meaning),
            "notes": [said for what, said in NOTES.items() if getattr(meaning, what)],
            "answers": [
                {"name": known[match.id].title, "id": match.id, "chance": match.chance}
                for match in meaning.ranked[:SHOWN]
                if match.chance >= WORTH
            ],
            "outside": meaning.outside,
            "danger": finding.chance if self._content.danger else None,
            "signs": [
                {"name": OTHERS.get(name, name), "chance": chance, "is_sign": name not in OTHERS}
                for name, chance in _largest(finding.chances)
            ],
            "phrases": [self._proved(proof) for proof in finding.proofs],
            "age": _months(meaning),
            "nearest": [
                {"likeness": round(likeness), "owner": each.owner, "text": each.text, "place": _spot(each)}
                for likeness, each in self._nearest(text)
            ],
            "thresholds": thresholds.model_dump(include={"answer", "choices", "danger", "caution"}),
        }

    def _nearest(self, text: str) -> list[tuple[float, Wording]]:
        said, (wordings, plain) = utils.default_process(text), self._wordings
        found = process.extract(said, plain, scorer=fuzz.token_sort_ratio, limit=SHOWN, score_cutoff=LEAST)
        return [(likeness, wordings[at]) for _, likeness, at in found]

    def _proved(self, proof: Proof) -> dict[str, Any]:
        """A phrase of the floor, and where in `danger.yaml` it stands."""
        document = self._documents[DANGER]
        return {
            "sign": proof.sign,
            "phrase": proof.phrase,
            "language": proof.language,
            "place": spot_in(document, _place_of(document, proof)),
        }


def _place_of(document: Document, proof: Proof) -> YamlPath:
    for number, sign in enumerate(document.at(("signs",)) or ()):
        if sign.get("id") == proof.sign:
            for place, sample in document.texts(("signs", number, "phrases", proof.language)):
                if phrase_of(sample) == proof.phrase:
                    return place
    return ()


def _spot(wording: Wording) -> dict[str, Any]:
    return spot_in(wording.document, wording.place)


def _decision(meaning: Meaning) -> str:
    return meaning.finding.level or ("caution" if meaning.finding.caution else meaning.decision)


def _told(likeness: float, wording: Wording) -> str:
    where = f"{wording.document.name}:{wording.document.line(wording.place)}"
    return f"{likeness:.0f} {wording.owner} ({where}): {wording.text}"


def _largest(chances: Any) -> list[tuple[str, float]]:
    found = sorted(chances.items(), key=lambda pair: -pair[1])[:SHOWN]
    return [(name, round(chance, 3)) for name, chance in found if chance >= WORTH]


def _months(meaning: Meaning) -> str | None:
    """The age in words, for the page."""
    if meaning.age is None:
        return None
    corrected = meaning.age.corrected
    return f"{meaning.age.months:.3g} months" + (f", {corrected:.3g} corrected" if corrected is not None else "")


def _age(meaning: Meaning) -> str | None:
    if meaning.age is None:
        return None
    corrected = meaning.age.corrected
    return f"{meaning.age.months:.1f}" + (f", corrected {corrected:.1f}" if corrected is not None else "")
