"""Why the bot understood a message as it did, for the page of the preview: each thing with where it is written."""

from functools import cached_property
from typing import Any

from bot.commands.explanation import SHOWN, WORTH, Explainer, decision_of, largest
from bot.content import Content
from bot.content.checks.wordings import Wording
from bot.content.danger import CRY, GENERAL, HARMLESS, phrase_of
from bot.content.documents import Document, Documents, YamlPath
from bot.preview.workbench.edition import entry_spots, spot_in
from bot.understanding import Meaning, Understanding
from bot.understanding.floor import Proof

DANGER = "danger.yaml"
OTHERS = {HARMLESS: "no danger", GENERAL: "asks about danger in general", CRY: "a cry for help"}
NOTES = {
    "blank": "There is not one word in it.",
    "number": "It is a number and no more: the bot asks what it is.",
    "strange": "It is in no language that the bot knows.",
    "failed": "Understanding broke on it, so the worst is assumed.",
}


class Reasons:
    """Both heads' chances, the floor's phrases, the age, and the nearest wordings."""

    def __init__(self, content: Content, understanding: Understanding, documents: Documents) -> None:
        self._content = content
        self._understanding = understanding
        self._documents = documents
        self._explainer = Explainer(understanding, documents)

    @cached_property
    def _entries(self) -> dict[str, Any]:
        return entry_spots(self._documents)

    @cached_property
    def _signs(self) -> dict[str, Any]:
        """Where each danger sign begins."""
        document = self._documents[DANGER]
        signs = enumerate(document.at(("signs",)) or ())
        return {sign["id"]: spot_in(document, ("signs", number)) for number, sign in signs}

    def show(self, text: str) -> dict[str, Any]:
        """Everything that spoke for the decision."""
        meaning = self._understanding.meaning(text)
        finding, thresholds, known = meaning.finding, self._content.thresholds, self._content.by_id
        return {
            "decision": decision_of(meaning),
            "notes": [said for what, said in NOTES.items() if getattr(meaning, what)],
            "answers": [
                {
                    "name": known[match.id].title,
                    "id": match.id,
                    "chance": match.chance,
                    "place": self._entries.get(match.id),
                }
                for match in meaning.ranked[:SHOWN]
                if match.chance >= WORTH
            ],
            "outside": meaning.outside,
            "danger": finding.chance if self._content.danger else None,
            "signs": [
                {
                    "name": OTHERS.get(name, name),
                    "chance": chance,
                    "is_sign": name not in OTHERS,
                    "place": self._signs.get(name),
                }
                for name, chance in largest(finding.chances)
            ],
            "phrases": [self._proved(proof) for proof in finding.proofs],
            "age": _months(meaning),
            "nearest": [
                {"likeness": round(likeness), "owner": each.owner, "text": each.text, "place": _spot(each)}
                for likeness, each in self._explainer.nearest(text)
            ],
            "thresholds": thresholds.model_dump(include={"answer", "choices", "danger", "caution"}),
        }

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


def _months(meaning: Meaning) -> str | None:
    """The age in words, for the page."""
    if meaning.age is None:
        return None
    corrected = meaning.age.corrected
    return f"{meaning.age.months:.3g} months" + (f", {corrected:.3g} corrected" if corrected is not None else "")
