"""The rules measured on the samples: what must be raised is, and what only sounds like danger is not."""

from collections.abc import Iterator

from bot.content.danger import LEVELS, DangerSign, Level
from bot.content.documents import Document
from bot.content.mistakes import Mistake
from bot.content.samples import FILE, DangerSamples, SignSamples
from bot.language.ages import find_age
from bot.language.triage import Finding, Triage
from bot.review.rulebook import Rulebook


class Sampling:
    """Runs the danger check on every sample."""

    def __init__(self, triage: Triage, samples: DangerSamples, document: Document) -> None:
        self._triage = triage
        self._samples = samples
        self._document = document

    def mistakes(self, book: Rulebook) -> Iterator[Mistake]:
        for sign in book.rules.signs:
            yield from self._missed(sign)
            yield from self._raised(sign)
        for index, text in enumerate(self._samples.nothing):
            finding = self._find(text)
            if finding.signs:
                yield self._document.mistake(("nothing", index), f"'{text}' must raise nothing, {_got(finding)}")

    def missing(self, book: Rulebook) -> Iterator[Mistake]:
        """Signs without samples."""
        for index, sign in enumerate(book.rules.signs):
            given = self._samples.signs.get(sign.id, SignSamples())
            lacking = [kind for kind in ("triggers", "lookalikes") if not getattr(given, kind)]
            if lacking:
                what = f"has no {' and no '.join(lacking)} in {FILE}: nothing shows that it works"
                yield book.document.mistake(("signs", index), f"sign '{sign.id}': {what}")

    def _missed(self, sign: DangerSign) -> Iterator[Mistake]:
        for index, text in enumerate(self._samples.signs.get(sign.id, SignSamples()).triggers):
            finding = self._find(text)
            if sign.id not in {each.id for each in finding.signs} and not _reaches(finding, sign.level):
                what = f"'{text}' must raise '{sign.id}' ({sign.level}), {_got(finding)}"
                yield self._document.mistake(("signs", sign.id, "triggers", index), what)

    def _raised(self, sign: DangerSign) -> Iterator[Mistake]:
        for index, text in enumerate(self._samples.signs.get(sign.id, SignSamples()).lookalikes):
            finding = self._find(text)
            if _reaches(finding, sign.level):
                what = f"'{text}' must not raise {sign.level} or more, {_got(finding)}"
                yield self._document.mistake(("signs", sign.id, "lookalikes", index), what)

    def _find(self, text: str) -> Finding:
        return self._triage.find(text, find_age(text))


def _reaches(finding: Finding, level: Level) -> bool:
    return finding.level is not None and LEVELS.index(finding.level) <= LEVELS.index(level)


def _got(finding: Finding) -> str:
    """What was found, as the second half of a sentence."""
    if finding.signs:
        return "but raises " + ", ".join(f"'{sign.id}' ({sign.level})" for sign in finding.signs)
    return "but is taken for a question in general" if finding.in_general else "but raises nothing"
