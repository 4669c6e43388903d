"""Why the bot understood a message as it did, as plain data."""

from typing import Any

from bot.language import Understanding
from bot.language.meaning import Meaning

SHOWN = 5  # entries; the rest is noise


def explain(understanding: Understanding, text: str) -> dict[str, Any]:
    """The decision, the parts of the confidence, the best entries and the wordings nearest to the message."""
    meaning = understanding.meaning(text)
    if meaning.ranking is None:
        return {"decision": meaning.decision, "nothing": "there is not one word in it"}
    ranking = meaning.ranking
    return {
        "decision": meaning.decision,
        "confidence": round(meaning.confidence, 3),
        "danger": [f"{sign.id} ({sign.level})" for sign in meaning.finding.signs],
        "danger asked about in general": meaning.finding.in_general,
        "age in months": _age(meaning),
        "entries": {match.id: round(match.chance, 3) for match in ranking.matches[:SHOWN]},
        "outside": round(ranking.outside, 3),
        "small talk": round(ranking.smalltalk, 3),
        "parts of the confidence": {
            name.replace("_", " "): round(value, 2) for name, value in vars(ranking.evidence).items()
        },
        "nearest wordings": [
            f"{near.similarity:.2f} {near.owner}: {near.text}" for near in understanding.matcher.nearest(text)
        ],
    }


def _age(meaning: Meaning) -> str | None:
    if meaning.age is None:
        return None
    corrected = meaning.age.corrected
    return f"{meaning.age.months:.1f}" + (f", corrected {corrected:.1f}" if corrected is not None else "")
