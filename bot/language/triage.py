"""Whether a message tells of danger, and which."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from bot.content.danger import LEVELS, DangerRules, DangerSign, Level, Rule
from bot.language.ages import Age
from bot.language.patterns import NEGATORS, NUMERAL, Compiled, Vocabulary
from bot.language.spelling import Speller
from bot.language.words import OPENED, normalise

MOST_COMBINED = 200  # ways to combine the parts of a rule that are tried; long rambling texts stay quick
SUPPOSED_WORDS = 9  # how far "what if" reaches
LOOK_BACK = 6  # words in which a negation may stand before what it governs
UNLESS_NEAR = 6  # words before or after what was said in which an "unless" still stops it
DOER_BACK = 4  # words in which another person or a thing may stand before what they do

_TOKEN = re.compile(r"\d+(?:[./-]\d+)*[^\W\d_]*|[^\W\d_]+|,|[.!?;:\n]")
_CARRIED = frozenset(
    "a an any the his her its their my our have has had having get gets got getting been be being is are was were "
    "sign signs of symptom symptoms really actually in or nor more further other single obvious turn turned turning "
    "go gone going went seem seems seemed look looks looking become show shows showing showed appear appears to "
    "feel visible single yet ever real major weird odd big too that very completely totally quite do did him he".split()
)
_ALTERNATIVES = frozenset({"or", "nor"})
_BREAKS = frozenset("but now however though tonight because just today yesterday".split())
_CLAUSE_STARTS = frozenset("i he she we they my our baby it".split())  # after a comma
_DOER_BREAKS = _BREAKS | frozenset(", . and then here says said thinks when so while who".split())


@dataclass(frozen=True)
class Sign:
    id: str
    level: Level


@dataclass(frozen=True)
class Finding:
    """The signs said, most serious first; `in_general` when danger is asked about rather than reported."""

    signs: tuple[Sign, ...] = ()
    in_general: bool = False

    @property
    def level(self) -> Level | None:
        return self.signs[0].level if self.signs else None


@dataclass(frozen=True)
class _Said:
    """One place where a part is said: first and past-the-last word, sentence, whether it is only supposed."""

    start: int
    end: int
    sentence: int
    supposed: bool = False


@dataclass(frozen=True)
class _Rule:
    sign: DangerSign
    rule: Rule
    parts: tuple[Compiled, ...]
    unless: Compiled | None


class _Message:
    """A message as rules see it: words with single spaces between, "," and "." as words."""

    def __init__(self, tokens: list[str]) -> None:
        self.tokens = tokens
        self.text = f" {' '.join(tokens)} "
        self._starts = [match.end() for match in re.finditer(" ", self.text)]
        self._sentence_ends = [index for index, token in enumerate(tokens) if token == "."]  # noqa: S105

    def said(self, match: re.Match[str]) -> _Said:
        start = bisect_left(self._starts, match.start())
        end = bisect_left(self._starts, match.end())
        return _Said(start, end, bisect_left(self._sentence_ends, start))


class Triage:
    """The danger check. Build it once; it holds no state."""

    def __init__(self, rules: DangerRules) -> None:
        self._vocabulary = Vocabulary(rules.classes)
        self._rules = tuple(self._compiled(sign, rule) for sign in rules.signs for rule in sign.rules)
        self._idioms = self._vocabulary.any_of(rules.idioms)
        self._supposing = self._vocabulary.any_of(rules.supposing)
        self._past = self._vocabulary.any_of(rules.past)
        self._week_past = self._vocabulary.any_of(rules.week_past)
        self._present = self._vocabulary.any_of(rules.present)
        self._in_general = self._vocabulary.any_of(rules.in_general)
        self._others = self._vocabulary.any_of(rules.classes.get("other", ()))
        self._things = self._vocabulary.any_of(rules.classes.get("thing", ()))
        self._baby = self._vocabulary.any_of(rules.classes.get("baby", ()))
        self._by_word = self._index()
        danger_words = dict.fromkeys([*self._vocabulary.words, *OPENED], 1000)
        self._speller = Speller(dict.fromkeys(rules.common.split(), 1) | danger_words, careful=True)

    def find(self, text: str, age: Age | None) -> Finding:
        message = self._message(text)
        supposed_words = self._reach(message, self._supposing)
        in_general = bool(self._in_general.search(message.text))
        found: dict[str, DangerSign] = {}
        for rule in self._candidates(message):
            if rule.sign.id in found or not _fits_age(rule.rule, age):
                continue
            said = self._combination(rule, message, supposed_words)
            if said and any(each.supposed for each in said) and rule.sign.level != "crisis":
                in_general = True
            elif said:
                found[rule.sign.id] = rule.sign
        ranked = sorted(found.values(), key=lambda sign: LEVELS.index(sign.level))
        signs = tuple(Sign(sign.id, sign.level) for sign in ranked)
        return Finding(signs, in_general and not any(sign.level != "soon" for sign in signs))

    def _compiled(self, sign: DangerSign, rule: Rule) -> _Rule:
        parts = tuple(self._vocabulary.part(part) for part in rule.all)
        return _Rule(sign, rule, parts, self._vocabulary.part(rule.unless) if rule.unless else None)

    def _index(self) -> dict[str, list[int]]:
        """Rules by the words of their most telling part."""
        index: dict[str, list[int]] = {}
        for number, rule in enumerate(self._rules):
            for word in min(rule.parts, key=lambda part: part.weight).telling:
                index.setdefault(word, []).append(number)
        return index

    def _candidates(self, message: _Message) -> Iterator[_Rule]:
        numbers: set[int] = set()
        for word in set(message.tokens):
            numbers.update(self._by_word.get(word, ()))
            if word[0].isdigit():
                numbers.update(self._by_word.get(NUMERAL, ()))
        return (self._rules[number] for number in sorted(numbers))

    def _message(self, text: str) -> _Message:
        tokens = [
            word
            for token in _TOKEN.findall(normalise(text))
            for word in ("." if token in ".!?;:\n" else self._mended(token)).split()
        ]
        plain = _Message([*tokens, "."])
        without = self._idioms.sub(lambda found: "_ " * found[0].count(" "), plain.text)
        return _Message(without.split())

    def _mended(self, token: str) -> str:
        repaired = self._speller.repair(token)
        return OPENED.get(repaired, repaired)

    def _reach(self, message: _Message, marker: re.Pattern[str]) -> frozenset[int]:
        """The words that a "what if" governs."""
        reached: set[int] = set()
        for match in marker.finditer(message.text):
            said = message.said(match)
            reached.update(range(said.start, said.end))
            for index in range(said.end, min(len(message.tokens), said.end + SUPPOSED_WORDS)):
                if _ends_clause(message.tokens, index):
                    break
                reached.add(index)
        return frozenset(reached)

    def _combination(
        self, rule: _Rule, message: _Message, supposed: frozenset[int]
    ) -> tuple[_Said, ...] | None:
        places: list[list[_Said]] = []
        for number, part in enumerate(rule.parts):
            said = [
                _Said(each.start, each.end, each.sentence, each.start in supposed)
                for each in map(message.said, part.pattern.finditer(message.text))
                if self._counts(each, message, rule, first=number == 0)
            ]
            if not said:
                return None
            places.append(said)
        fitting = [ways for ways, _ in zip(product(*places), range(MOST_COMBINED)) if _fit(ways, rule.rule)]
        fitting = [ways for ways in fitting if not self._is_stopped(ways, message, rule)]
        return min(fitting, key=lambda ways: any(each.supposed for each in ways), default=None)

    def _counts(self, said: _Said, message: _Message, rule: _Rule, first: bool) -> bool:
        if _is_negated(message.tokens, said):
            return False
        if not first or rule.sign.level == "crisis":
            return True
        return not self._is_about_thing(message, said) and (
            rule.sign.any_doer or not self._is_about_another(message, said)
        )

    def _is_about_thing(self, message: _Message, said: _Said) -> bool:
        """Whether its sentence begins with a phone or a film, and the message has no baby in it."""
        if self._baby.search(message.text):
            return False
        return any(
            self._things.match(f" {token} ", 1)
            for token in _sentences_text(message, said.sentence, said.sentence).tokens
        )

    def _is_about_another(self, message: _Message, said: _Said) -> bool:
        """Whether the nearest person or thing before it is not the baby ("my phone died")."""
        said_words = (f" {word} " for word in message.tokens[said.start : said.end])
        if any(self._baby.match(word, 1) for word in said_words):
            return False
        for word in reversed(message.tokens[max(0, said.start - DOER_BACK) : said.start]):
            if word in _DOER_BREAKS or self._baby.match(f" {word} ", 1):
                return False
            if self._others.match(f" {word} ", 1):
                return True
        return False

    def _is_excepted(self, ways: tuple[_Said, ...], message: _Message, unless: Compiled) -> bool:
        """Whether something near, in the same sentences, says that it is not what it seems."""
        sentences = {each.sentence for each in ways}
        first = min(each.start for each in ways) - UNLESS_NEAR
        last = max(each.end for each in ways) + UNLESS_NEAR
        excuses = map(message.said, unless.pattern.finditer(message.text))
        return any(
            each.sentence in sentences and each.end > first and each.start < last
            for each in excuses
            if not _is_negated(message.tokens, each)
        )

    def _is_stopped(self, ways: tuple[_Said, ...], message: _Message, rule: _Rule) -> bool:
        if rule.unless and self._is_excepted(ways, message, rule.unless):
            return True
        first, last = min(each.sentence for each in ways), max(each.sentence for each in ways)
        text = _sentences_text(message, first, last)
        if rule.sign.lasting or self._present.search(text.text):
            return False
        return bool(self._past.search(text.text) or (rule.sign.brief and self._week_past.search(text.text)))


def _ends_clause(tokens: list[str], index: int) -> bool:
    token, following = tokens[index], tokens[index + 1 : index + 2]
    return token == "." or token in _BREAKS or (token == "," and not _CLAUSE_STARTS.isdisjoint(following))


def _sentences_text(message: _Message, first: int, last: int) -> _Message:
    tokens: list[str] = []
    sentence = 0
    for token in message.tokens:
        if first <= sentence <= last:
            tokens.append(token)
        sentence += token == "."  # noqa: S105
    return _Message(tokens)


def _fit(ways: tuple[_Said, ...], rule: Rule) -> bool:
    """Whether the parts stand near enough to each other, and in one sentence unless they may not."""
    if not rule.across and len({each.sentence for each in ways}) > 1:
        return False
    between = max(each.start for each in ways) - min(each.end for each in ways)
    return rule.within is None or between <= rule.within


def _fits_age(rule: Rule, age: Age | None) -> bool:
    if age is None:
        return rule.start is None and not rule.known_age
    return (rule.start is None or age.effective >= rule.start) and (
        rule.end is None or age.effective < rule.end
    )


def _is_negated(tokens: list[str], said: _Said) -> bool:
    """Whether a "no", "not" or "without" governs it, through a list with "or" too: "no fever or vomiting"."""
    if NEGATORS.intersection(tokens[said.start : said.end]):
        return False  # the negation is part of the wording: "not breathing"
    index, listed = said.start - 1, 0
    for index in range(said.start - 1, max(-1, said.start - 1 - LOOK_BACK), -1):
        token = tokens[index]
        if token in NEGATORS:
            return True
        if token in _ALTERNATIVES:
            listed = 3  # words of the alternative before it
        elif token not in _CARRIED:
            listed -= 1
            if listed < 0 or token in (",", ".") or token in _BREAKS:
                return False
    return False
