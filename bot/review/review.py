"""What is wrong with the danger rules as a whole.

Mistakes are what harms a parent: a sample of danger that is not heard, a look-alike that alarms, a rule
that can never be heard, a sign that no sample proves. Warnings are what an author should look at; a release
may have some: a wording that is never heard while its rule is, rules that overlap or silence each other in a
sentence, a sign without a source.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.content.danger import DangerRules
from bot.content.documents import Document
from bot.content.mistakes import Mistake
from bot.content.samples import FILE, DangerSamples
from bot.language.triage import Triage
from bot.review import limits
from bot.review.overlaps import Overlaps
from bot.review.reasons import Reasons
from bot.review.rulebook import Rulebook
from bot.review.sampling import Sampling
from bot.review.trial import Trial, Trials
from bot.review.unread import taken_wordings, unread_wordings


@dataclass(frozen=True)
class Review:
    """What must be mended, and what should be looked at; in the order of the files and lines."""

    mistakes: tuple[Mistake, ...]
    warnings: tuple[Mistake, ...]


def review(rules: DangerRules, samples: DangerSamples, triage: Document, sampled: Document) -> Review:
    """Review the rules. The documents are `triage.yaml` and `triage-samples.yaml`, for their lines."""
    book, check = Rulebook(rules, triage), Triage(rules)
    trials = Trials(book, check).all()
    overlaps = Overlaps(book, check, trials)
    sampling = Sampling(check, samples, sampled)
    given = bool(samples.signs)
    mistakes = [
        *limits.impossible_ages(book),
        *_never_heard(book, trials),
        *sampling.mistakes(book),
        *(sampling.missing(book) if given else ()),
    ]
    warnings = [
        *limits.idle_limits(book),
        *limits.twice(book),
        *limits.without_source(book),
        *unread_wordings(book),
        *taken_wordings(book, check),
        *_deaf(book, trials),
        *overlaps.needless_rules(),
        *overlaps.needless_signs({sign.id: sign.level for sign in rules.signs}),
        *overlaps.silencing(),
        *(() if given else [triage.mistake((), f"there is no {FILE}: nothing shows that these rules work")]),
    ]
    return Review(tuple(sorted(set(mistakes))), tuple(sorted(set(warnings))))


def _never_heard(book: Rulebook, trials: tuple[Trial, ...]) -> Iterator[Mistake]:
    reasons = Reasons(book)
    for trial in trials:
        start, end = trial.filed.rule.start, trial.filed.rule.end
        if trial.heard or (start is not None and end is not None and start >= end):
            continue  # impossible ages are told by themselves
        why = "; ".join(dict.fromkeys(reasons.reason(trial.filed, deaf) for deaf in trial.deaf))
        yield book.about(trial.filed, f"this rule can never fire: none of its own wordings does ({why})")


def _deaf(book: Rulebook, trials: tuple[Trial, ...]) -> Iterator[Mistake]:
    reasons = Reasons(book)
    for trial in trials:
        for deaf in trial.deaf if trial.heard else ():
            what = f"'{deaf.wording}' is never heard: {reasons.reason(trial.filed, deaf)}"
            yield book.about(trial.filed, what, book.part_place(trial.filed, deaf.part))
