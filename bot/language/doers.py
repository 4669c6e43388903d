"""Whom a message is about: the baby, somebody else, or a thing that only sounds alive."""

from bot.content.danger import DangerRules
from bot.language.message import BREAKS, STOP, Message, Said
from bot.language.patterns import Compiled, Vocabulary

DOER_BACK = 4  # words in which another person or a thing may stand before what they do
WRITER_BACK = 4  # words that "i am the one" takes
WRITER_AHEAD = 12  # words in which a baby still shows that it is not only the writer: "i fell holding him"
_JOINING = frozenset(
    [STOP, ",", "and", "then", "here", "says", "said", "thinks", "when", "so", "while", "who"]
)
_DOER_BREAKS = BREAKS | _JOINING


class Doers:
    """The classes `baby`, `other` (people, animals, machines), `thing` (no baby is near to it), `writer`."""

    def __init__(self, rules: DangerRules, vocabulary: Vocabulary) -> None:
        self.baby, self.other, self._thing, self._writer = (
            vocabulary.any_of(rules.classes.get(name, ())) for name in ("baby", "other", "thing", "writer")
        )

    @property
    def classes(self) -> tuple[Compiled, ...]:
        return (self.baby, self.other, self._thing, self._writer)

    def is_another(self, message: Message, said: Said) -> bool:
        """Whether the nearest person or thing just before it is not the baby: "my phone died"."""
        if any(_is(self.baby, word) for word in message.tokens[said.start : said.end]):
            return False
        if self._is_writer(message, said):
            return True
        for word in reversed(message.tokens[max(0, said.start - DOER_BACK) : said.start]):
            if word in _DOER_BREAKS or _is(self.baby, word):
                return False
            if _is(self.other, word):
                return True
        return False

    def _is_writer(self, message: Message, said: Said) -> bool:
        """Whether the writer is who it happens to: "we are choking on the fumes", with no baby in it."""
        before = message.tokens[max(0, said.start - WRITER_BACK) : said.start]
        if not any(
            match.end() == len(" ".join(before)) + 2 for match in self._writer.pattern.finditer(_row(before))
        ):
            return False
        after = message.tokens[said.end : said.end + WRITER_AHEAD]
        sentence = after[: after.index(STOP)] if STOP in after else after
        return not self.baby.pattern.search(_row(sentence))

    def about_things(self, message: Message) -> frozenset[int]:
        """The sentences about a phone or a film, when no baby is in the whole message."""
        things = message.places(self._thing)
        if not things or self.baby.pattern.search(message.text):
            return frozenset()
        return frozenset(each.sentence for each in things)


def _row(words: list[str]) -> str:
    return f" {' '.join(words)} "


def _is(some: Compiled, word: str) -> bool:
    return bool(some.pattern.match(f" {word} ", 1))
