"""Whom a message is about: the baby, somebody else, or a thing that only sounds alive."""

from bot.content.danger import DangerRules
from bot.language.message import BREAKS, STOP, Message, Said
from bot.language.patterns import Compiled, Vocabulary

DOER_BACK = 4  # words in which another person or a thing may stand before what they do
WRITER_BACK = 4  # words that "i am the one" takes
OWN_BACK = 2  # words that "my own" takes
WRITER_AHEAD = 12  # words in which a baby still shows that it is not only the writer: "i fell holding him"
_JOINING = frozenset([STOP, ",", "and", "then", "here", "says", "said", "thinks", "when", "so", "while", "who"])
_DOER_BREAKS = BREAKS | _JOINING
_OWN = frozenset(["my", "our"])
# Before "my arms" these tell of a place: the baby lies there.
_PLACED = frozenset(
    [
        "in",
        "on",
        "onto",
        "into",
        "over",
        "off",
        "from",
        "through",
        "thru",
        "against",
        "by",
        "under",
        "at",
        "to",
        "of",
        "out",
    ]
)


class Doers:
    """Classes of who and what: `baby`, `other` (people), `no_person` (animals, toys, machines), `thing`.

    A sentence with a `thing` is about it if no baby is in the message. The writer is known by `writer` just
    before a sign and by `own_body` in it.
    """

    def __init__(self, rules: DangerRules, vocabulary: Vocabulary) -> None:
        self.baby, self.other, self._no_person, self._thing, self._writer, self._own_body = (
            vocabulary.any_of(rules.classes.get(name, ()))
            for name in ("baby", "other", "no_person", "thing", "writer", "own_body")
        )

    @property
    def classes(self) -> tuple[Compiled, ...]:
        return (self.baby, self.other, self._no_person, self._thing, self._writer, self._own_body)

    def is_another(self, message: Message, said: Said) -> bool:
        """Whether the nearest person or thing just before it is not the baby: "my brother fell"."""
        if self._names_baby(message, said):
            return False
        return self._is_writer(message, said) or self._follows(message, said, (self.other, self._no_person))

    def is_no_person(self, message: Message, said: Said) -> bool:
        """Whether the nearest before it is an animal, a toy or a machine: "my phone died"."""
        return not self._names_baby(message, said) and self._follows(message, said, (self._no_person,))

    def is_own_body(self, message: Message, said: Said) -> bool:
        """Whether it names a part of the writer's body: "my knee is swollen", but not "limp in my arms"."""
        first = max(0, said.start - OWN_BACK)
        words = message.tokens[first : said.end]
        return any(
            word in _OWN and not (at and words[at - 1] in _PLACED) and self._own_body.pattern.match(_row(words[at:]), 1)
            for at, word in enumerate(words)
        )

    def _names_baby(self, message: Message, said: Said) -> bool:
        return any(_is(self.baby, word) for word in message.tokens[said.start : said.end])

    def _follows(self, message: Message, said: Said, kinds: tuple[Compiled, ...]) -> bool:
        for word in reversed(message.tokens[max(0, said.start - DOER_BACK) : said.start]):
            if word in _DOER_BREAKS or _is(self.baby, word):
                return False
            if any(_is(kind, word) for kind in kinds):
                return True
        return False

    def _is_writer(self, message: Message, said: Said) -> bool:
        """Whether the writer is who it happens to: "we are choking on the fumes", with no baby in it."""
        before = message.tokens[max(0, said.start - WRITER_BACK) : said.start]
        if not any(match.end() == len(" ".join(before)) + 2 for match in self._writer.pattern.finditer(_row(before))):
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
