"""Why no sentence can say a wording: the words that always stop it."""

from collections.abc import Iterable

from bot.language.patterns import Vocabulary
from bot.review.rulebook import Filed, Rulebook
from bot.review.trial import Deaf

IDIOM = "the idiom '{}' takes it"


class Reasons:
    """Looks in the plainest sentence of a wording for what may stop it."""

    def __init__(self, book: Rulebook) -> None:
        self._rules = book.rules
        self._vocabulary = Vocabulary(book.rules.classes)

    def reason(self, filed: Filed, deaf: Deaf) -> str:
        stops = (
            (self._rules.idioms, IDIOM),
            (filed.unless, "the rule's own 'unless' has '{}'"),
            (self._rules.supposing, "'{}' in 'supposing' makes it a question in general"),
            (self._rules.told, "'{}' in 'told' makes it a tale"),
            (() if filed.sign.lasting else self._past(filed), "'{}' puts it into the past"),
        )
        found = (self._first_in(deaf.tried, phrases, what) for phrases, what in stops)
        unknown = "a 'not', another person or its limits stand against it"
        return next((each for each in found if each), unknown)

    def idiom(self, said: str) -> str | None:
        return self._first_in(said, self._rules.idioms, IDIOM)

    def _past(self, filed: Filed) -> tuple[str, ...]:
        return (*self._rules.past, *(self._rules.week_past if filed.sign.brief else ()))

    def _first_in(self, said: str, phrases: Iterable[str], what: str) -> str | None:
        text = f" {said} . "
        return next(
            (what.format(each) for each in phrases if self._vocabulary.any_of([each]).pattern.search(text)),
            None,
        )
