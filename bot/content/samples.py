"""Samples of danger and of what only sounds like it: they test the rules, nothing is learnt from them."""

from collections.abc import Iterator, Mapping

from pydantic import Field

from bot.content.documents import Document, Place
from bot.content.fields import Model, Wordings
from bot.content.mistakes import Mistake, suggestion

FILE = "triage-samples.yaml"
KINDS = ("triggers", "lookalikes")
LEARNT = ("alarms.yaml", "phrasings.yaml", "outside.yaml")  # files of wordings that the bot learns from


class SignSamples(Model):
    """Messages that must raise a sign's level or a higher one, and messages that must not."""

    triggers: Wordings = ()
    lookalikes: Wordings = ()


class DangerSamples(Model):
    """All of `triage-samples.yaml`: samples by sign; those in `nothing` must raise no level at all."""

    signs: dict[str, SignSamples] = Field(default={})
    nothing: Wordings = ()


def sample_mistakes(documents: Mapping[str, Document]) -> Iterator[Mistake]:
    """Samples of signs that are not there, given twice, or learnt from: such a one proves nothing."""
    samples = documents.get(FILE)
    if samples is None or samples.data is None:
        return
    yield from _strays(samples, documents)
    learnt = {_key(text): where for where, text in _learnt(documents)}
    seen: dict[str, int] = {}
    for place, text in _all(samples):
        key = _key(text)
        if key in learnt:
            what = f"is also at {learnt[key]}: the bot has learnt it, so it proves nothing"
            yield samples.mistake(place, f"the sample '{text}' {what}")
        if key in seen:
            yield samples.mistake(place, f"the sample '{text}' is already in line {seen[key]}")
        seen.setdefault(key, samples.line(place))


def _strays(samples: Document, documents: Mapping[str, Document]) -> Iterator[Mistake]:
    triage, owners = documents.get("triage.yaml"), samples.at(("signs",))
    if triage is None or not isinstance(owners, dict):
        return
    signs = triage.at(("signs",))
    found = [sign.get("id") for sign in signs if isinstance(sign, dict)] if isinstance(signs, list) else []
    known = [name for name in found if isinstance(name, str)]
    for owner in owners:
        if owner not in known:
            what = f"there is no sign '{owner}' in triage.yaml{suggestion(str(owner), known)}"
            yield samples.mistake(("signs", owner), what)


def _all(samples: Document) -> Iterator[tuple[Place, str]]:
    yield from samples.texts(("nothing",))
    owners = samples.at(("signs",))
    for owner in owners if isinstance(owners, dict) else ():
        for kind in KINDS:
            yield from samples.texts(("signs", owner, kind))


def _learnt(documents: Mapping[str, Document]) -> Iterator[tuple[str, str]]:
    for name in LEARNT:
        document = documents.get(name)
        if document is None or not isinstance(document.data, dict):
            continue
        for owner in document.data:
            for place, text in document.texts((owner,)):
                yield f"{name}:{document.line(place)}", text


def _key(text: str) -> str:
    """Capitals and spaces make no difference."""
    return " ".join(text.casefold().split())
