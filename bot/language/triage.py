"""Whether a message tells of danger, and which."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice, product

from bot.content.danger import LEVELS, Abroad, DangerRules, DangerSign, Level, Rule
from bot.language.ages import Age
from bot.language.doers import Doers
from bot.language.message import STOP, TOKEN, Message, Said, near, supposed
from bot.language.patterns import BETWEEN, NEGATORS, NUMERAL, Compiled, Vocabulary
from bot.language.spelling import Speller
from bot.language.words import OPENED, normalise

MOST_COMBINED = 1000  # ways to combine the parts of a rule that are tried; long rambling texts stay quick
UNLESS_NEAR = 6  # words before or after what was said in which an "unless" still stops it
PAST_NEAR = 12  # words before or after what was said in which "last year" still puts it into the past
TOLD_NEAR = 12  # words before or after what was said in which "in a film" still makes it a tale
OVER_WITHIN = 25  # words after what was said in which "discharged" or "coughed it up" still ends it
SHORTEST_JOINED = 4  # letters of a danger word that is put together again from two pieces
LENGTH_STEP, LONGEST_LENGTH = 6, 6  # messages of so many words more are told apart, up to so many steps
FILLERS = frozenset(["um", "umm", "uh", "uhm", "erm", "hm", "hmm"])
BY_WORDING = "by-wording"  # the id of a danger that no rule described
SPELT_OFTEN = 1000  # a danger word before a common one when both are equally near to what was typed


@dataclass(frozen=True)
class Sign:
    id: str
    level: Level


@dataclass(frozen=True)
class Finding:
    """The signs said, most serious first; `in_general` when danger is asked about rather than reported.

    `overdue`: time ran out, and signs less serious than the first may have gone unseen.
    """

    signs: tuple[Sign, ...] = ()
    in_general: bool = False
    overdue: bool = False

    @property
    def level(self) -> Level | None:
        return self.signs[0].level if self.signs else None

    def beside(self, more: Iterable["Sign"]) -> "Finding":
        """With further signs, still the most serious first."""
        signs = sorted((*more, *self.signs), key=lambda sign: LEVELS.index(sign.level))
        return replace(self, signs=tuple(signs))


@dataclass(frozen=True)
class _Rule:
    sign: DangerSign
    rule: Rule
    parts: tuple[Compiled, ...]
    unless: Compiled | None

    def fits_age(self, age: Age | None) -> bool:
        start, end = self.rule.start, self.rule.end
        if age is None:
            return start is None and not self.rule.known_age
        return (start is None or age.effective >= start) and (end is None or age.effective < end)

    def fits(self, ways: tuple[Said, ...]) -> bool:
        """Whether the parts stand near enough to each other, and in one sentence unless they may not."""
        if not self.rule.across and len({each.sentence for each in ways}) > 1:
            return False
        between = max(each.start for each in ways) - min(each.end for each in ways)
        return self.rule.within is None or between <= self.rule.within


@dataclass(frozen=True)
class _Reading:
    """A message with the words that are only supposed and the sentences that are about things."""

    message: Message
    supposed: frozenset[int]
    things: frozenset[int]


def _never() -> bool:
    return False


class Triage:
    """The danger check. Build it once; it holds no state."""

    def __init__(self, rules: DangerRules, abroad: Abroad | None = None) -> None:
        vocabulary = Vocabulary(rules.classes)
        # The most serious first: if time runs out, what was found so far is what matters most.
        by_level = sorted(rules.signs, key=lambda sign: LEVELS.index(sign.level))
        foreign = Vocabulary({})
        self._rules = tuple(
            rule
            for sign in by_level
            for rule in (
                *(_compiled(vocabulary, sign, each) for each in sign.rules),
                *(
                    _compiled(foreign, sign, _spoken(signs[sign.id]))
                    for signs in (abroad or {}).values()
                    if sign.id in signs
                ),
            )
        )
        self._idioms = vocabulary.any_of(rules.idioms)
        self._supposing = vocabulary.any_of(rules.supposing)
        self._past = vocabulary.any_of(rules.past)
        self._week_past = vocabulary.any_of(rules.week_past)
        self._present = vocabulary.any_of(rules.present)
        self._over = vocabulary.any_of(rules.over)
        self._passed = vocabulary.any_of(rules.passed)
        self._told = vocabulary.any_of(rules.told)
        self._in_general = vocabulary.any_of(rules.in_general)
        self._doers = Doers(rules, vocabulary)
        self._by_word = _index(self._rules)
        common = rules.common.split()
        danger_words = dict.fromkeys([*vocabulary.words, *OPENED], SPELT_OFTEN)
        self._danger_words = frozenset(word for word in vocabulary.words if len(word) >= SHORTEST_JOINED)
        # Words of other languages are known, but no English word is taken for a misspelt one of them.
        common += foreign.words - vocabulary.words
        self._whole_words = frozenset((*common, *vocabulary.words))
        self._speller = Speller(dict.fromkeys(common, 1) | danger_words, careful=True)

        # All who judge a message ask for it in turn.
        self._message: Callable[[str], Message] = lru_cache(maxsize=1)(self._message_of)

    def warm(self) -> None:
        """Compile every pattern now (about two seconds), so that no message has to wait for it."""
        lists = (self._idioms, self._supposing, self._past, self._week_past, self._present)
        parts = (part for rule in self._rules for part in (*rule.parts, rule.unless))
        for part in (
            *lists,
            self._over,
            self._passed,
            self._told,
            self._in_general,
            *self._doers.classes,
            *parts,
        ):
            if part is not None:
                part.pattern  # noqa: B018 - cached when it is first looked at

    def find(self, text: str, age: Age | None, is_overdue: Callable[[], bool] = _never) -> Finding:
        """The signs in a text. Between two rules it asks whether its time is up, and then stops."""
        message = self._message(normalise(text))
        reading = _Reading(message, message.reach(self._supposing), self._doers.about_things(message))
        in_general = bool(self._in_general.pattern.search(message.text))
        found: dict[str, DangerSign] = {}
        overdue = False
        for rule in self._candidates(message):
            if is_overdue():
                overdue = True
                break
            if rule.sign.id in found or not rule.fits_age(age):
                continue
            ways = self._said(rule, reading)
            # A parent's "what if I hurt her" is a cry for help, never a question in general.
            if ways and any(each.supposed for each in ways) and rule.sign.level != "crisis":
                in_general = True
            elif ways:
                found[rule.sign.id] = rule.sign
        ranked = sorted(found.values(), key=lambda sign: LEVELS.index(sign.level))
        signs = tuple(Sign(sign.id, sign.level) for sign in ranked)
        return Finding(signs, in_general and not any(sign.level != "soon" for sign in signs), overdue)

    def circumstances(self, plain: str) -> frozenset[str]:
        """What stands around a danger in a normalised text: the past, a film, a "what if", its length."""
        message = self._message(plain)
        patterns = {
            "past": self._past, "past week": self._week_past, "present": self._present,
            "supposed": self._supposing, "in general": self._in_general,
            "baby": self._doers.baby, "another": self._doers.other,
        }  # fmt: skip
        found = {name for name, part in patterns.items() if message.places(part)}
        if "_" in message.tokens:
            found.add("idiom")
        if self._doers.about_things(message):
            found.add("things")
        if not NEGATORS.isdisjoint(message.tokens):
            found.add("negated")
        if "?" in plain:
            found.add("asked")
        return frozenset([*found, f"length {min(LONGEST_LENGTH, len(message.tokens) // LENGTH_STEP)}"])

    def _message_of(self, plain: str) -> Message:
        typed = (self._apart(word) for word in self._joined(TOKEN.findall(plain)))
        tokens = [
            word for repaired in self._speller.repair_all(typed) for word in OPENED.get(repaired, repaired).split()
        ]
        whole = Message([*tokens, STOP])
        without = self._idioms.pattern.sub(lambda found: "_ " * found[0].count(" "), whole.text)
        return Message(without.split())

    def _joined(self, typed: list[str]) -> Iterator[str]:
        """Words that a space or an emoji cut in two put together again: "seiz ure", "bl ue"."""
        held = ""
        for word in typed:
            # A line may break in the middle of a sentence; where it ends one there is mostly a mark too.
            if word == "\n" or word in FILLERS:
                continue
            whole = held + word
            if held and whole in self._danger_words and not {held, word} <= self._whole_words:
                held = whole
                continue
            if held:
                yield held
            held = word
        if held:
            yield held

    def _apart(self, word: str) -> str:
        if word in ".!?;:":
            return STOP
        # Letters set apart draw in the word before them when it is one letter too: "i k i l l".
        if word[0] in "ai" and word not in self._whole_words and word[1:] in self._danger_words:
            return f"{word[0]} {word[1:]}"
        return word

    def _candidates(self, message: Message) -> Iterator[_Rule]:
        numbers: set[int] = set()
        for word in set(message.tokens):
            numbers.update(self._by_word.get(word, ()))
            if word[0].isdigit():
                numbers.update(self._by_word.get(NUMERAL, ()))
        return (self._rules[number] for number in sorted(numbers))

    def heard(self, text: str) -> str:
        """The words of a text as the rules see them: plain, mended, idioms gone, "." at the end."""
        return self._message(normalise(text)).text.strip()

    def rules_said(self, text: str, age: Age | None, among: tuple[Rule, ...] = ()) -> tuple[Rule, ...]:
        """The rules that a text says, of those given or of all: how a review of the rules tries them."""
        message = self._message(normalise(text))
        reading = _Reading(message, message.reach(self._supposing), self._doers.about_things(message))
        return tuple(
            rule.rule
            for rule in self._candidates(message)
            if (not among or any(rule.rule is each for each in among))
            and rule.fits_age(age)
            and (ways := self._said(rule, reading))
            and (rule.sign.level == "crisis" or not any(each.supposed for each in ways))
        )

    def _said(self, rule: _Rule, reading: _Reading) -> tuple[Said, ...] | None:
        """The places where all parts of the rule are said together, rather meant than supposed."""
        places: list[list[Said]] = []
        for number, part in enumerate(rule.parts):
            said = [
                supposed(each, reading.supposed)
                for each in reading.message.places(part)
                if self._counts(each, reading, rule, first=number == 0)
            ]
            if not said:
                return None
            places.append(said)
        excuses = self._excuses(rule, reading.message)
        asked = None
        for ways in islice(product(*places), MOST_COMBINED):
            if not rule.fits(ways) or self._is_stopped(ways, reading.message, rule, excuses):
                continue
            if not any(each.supposed for each in ways):
                return ways
            asked = asked or ways
        return asked

    def _counts(self, said: Said, reading: _Reading, rule: _Rule, first: bool) -> bool:
        if reading.message.denies(said):
            return False
        if rule.sign.level != "crisis" and not rule.sign.any_doer and self._doers.is_own_body(reading.message, said):
            return False
        if not first or rule.sign.level == "crisis":
            return True
        if said.sentence in reading.things:
            return False
        if rule.sign.any_doer:
            return not self._doers.is_no_person(reading.message, said)
        return not self._doers.is_another(reading.message, said)

    def _excuses(self, rule: _Rule, message: Message) -> list[Said]:
        """Where it is said that something is not what it seems."""
        if rule.unless is None:
            return []
        return [each for each in message.places(rule.unless) if not message.denies(each)]

    def _is_stopped(self, ways: tuple[Said, ...], message: Message, rule: _Rule, excuses: list[Said]) -> bool:
        """Whether something near excuses it, tells it as a tale or puts it into the past."""
        if any(near(each, ways, UNLESS_NEAR) for each in excuses) or self._has_ended(ways, message, rule):
            return True
        told = any(near(each, ways, TOLD_NEAR) for each in message.places(self._told))
        past = any(near(each, ways, PAST_NEAR) for each in self._times(rule, message))
        if not told and (rule.sign.lasting or not past):
            return False
        sentences = [each.sentence for each in ways]
        return not self._present.pattern.search(message.sentences(min(sentences), max(sentences)).text)

    def _has_ended(self, ways: tuple[Said, ...], message: Message, rule: _Rule) -> bool:
        """Whether it is said afterwards, in this sentence or the next, that it is over and done with."""
        ends = message.places(self._over)
        if rule.sign.passes:
            ends += message.places(self._passed)
        last = max(ways, key=lambda each: each.end)
        for end in ends:
            if 0 <= end.start - last.start < OVER_WITHIN and end.sentence - last.sentence <= 1:
                rest = Message([*message.tokens[last.end : end.start], *message.tokens[end.end :], STOP])
                return not self._present.pattern.search(rest.text)
        return False

    def _times(self, rule: _Rule, message: Message) -> tuple[Said, ...]:
        """Where it is said that something is over."""
        recent = message.places(self._week_past) if rule.sign.brief else ()
        return message.places(self._past) + recent


def _compiled(vocabulary: Vocabulary, sign: DangerSign, rule: Rule) -> _Rule:
    parts = tuple(vocabulary.part(part) for part in rule.all)
    return _Rule(sign, rule, parts, vocabulary.part(rule.unless) if rule.unless else None)


def _spoken(phrases: Iterable[str]) -> Rule:
    """Any of some phrases, written as people write, in the words that the bot reads."""
    return Rule(all=(BETWEEN.join(" ".join(TOKEN.findall(normalise(phrase))) for phrase in phrases),))


def _index(rules: tuple[_Rule, ...]) -> dict[str, list[int]]:
    """Rules by the words of their most telling part."""
    index: dict[str, list[int]] = {}
    for number, rule in enumerate(rules):
        for word in min(rule.parts, key=lambda part: part.weight).telling:
            index.setdefault(word, []).append(number)
    return index
