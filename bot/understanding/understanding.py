"""A text in, its meaning out: the encoder reads it once, two heads and the floor say what it is."""

import copy
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from bot.content import Content
from bot.content.danger import LEVELS
from bot.content.tuning import AbroadThresholds, Thresholds
from bot.understanding import decision
from bot.understanding.abroad import AbroadReader
from bot.understanding.accepted import AcceptedWordings
from bot.understanding.ages import Age, AgeFinder
from bot.understanding.danger import DangerCheck, Finding
from bot.understanding.encoder import Encoder
from bot.understanding.examples import OUTSIDE, SMALLTALK
from bot.understanding.features import Floats, SparseVector
from bot.understanding.following import FollowUps
from bot.understanding.heads import LONG, Head, share_of
from bot.understanding.languages import LanguageFinder
from bot.understanding.learning import Model
from bot.understanding.meaning import Match, Meaning
from bot.understanding.scrubbing import ORDINARY, Scrubber
from bot.understanding.spelling import Speller
from bot.understanding.spoken_ages import SpokenAgeFinder
from bot.understanding.text import Normaliser

WRONG_AGE = 0.3  # how much less likely an entry about another age is: a hint, for other ages are mentioned too
NUMBER = re.compile(r"[\d.,:/%°\s-]*\d[\d.,:/%°\s-]*(?:[cf]|kg|g|ml|cm|oz|lbs?)?")
FEWEST_STRANGE = 3  # words in no language that is known from which it is looked at for danger all the same
MONTHS = re.compile(r"\d{1,3}(?:[.,]\d)?")
# Of a message's words, the share that must be known for its language to be. One word alone may be a name, two letters
# anything; a pack that uses few words knows little of its language.
KNOWN_SHARE, FEWEST_WORDS, SHORTEST_WORD, FEWEST_KNOWN = 0.35, 2, 3, 1000


@dataclass(frozen=True)
class _Reading:
    """A message as the heads see it."""

    text: str
    meant: str  # with misspelt words mended
    words: tuple[str, ...]  # of what was meant
    age: Age | None
    windows: Floats
    features: SparseVector
    mended: tuple[Floats, SparseVector]  # the same of the text with misspelt words mended

    def dangers(self, head: Head, window: Floats) -> dict[str, float]:
        """From the text as it stands: a mended word may be another one, and soothe."""
        return _by_class(head, head.chances(window, self.features, share_of(self.words)))

    @cached_property
    def vector(self) -> Floats:
        """Of the text as it stands and as it was probably meant, of length 1."""
        both = self.windows.mean(0) + self.mended[0].mean(0)
        return np.asarray(both / np.linalg.norm(both), np.float32)

    def answers(self, head: Head) -> dict[str, float]:
        return _by_class(head, head.chances(self.vector, self.mended[1], share_of(self.words)))


def _by_class(head: Head, chances: Floats) -> dict[str, float]:
    return dict(zip(head.classes, map(float, chances), strict=True))


class Understanding:
    """Understands messages about one pack's entries. Holds no state between messages."""

    def __init__(
        self,
        content: Content,
        model: Model,
        encoder: Encoder,
        abroad: AbroadReader | None = None,
    ) -> None:
        """`abroad` reads other languages, if there is such a reader."""
        self._content = content
        self._model = model
        self._encoder = encoder
        self._speller = Speller(model.known, model.vectoriser.by_frequency(model.known))
        self._known = {entry.id for entry in content.entries} | {SMALLTALK + talk.id for talk in content.smalltalk}
        self._known.add(OUTSIDE)  # a model learnt from an earlier state may know more
        normaliser = Normaliser(content.grammar)
        self._words = normaliser.words
        self._find_age = AgeFinder(content.grammar, normaliser).find
        self._abroad = abroad
        self._reads = {each.id for each in content.languages if each.reads} if abroad else set()
        self._languages = LanguageFinder(content.languages, content.grammar.common)
        self._tongues: dict[str, _Tongue] = {}
        self._normaliser = normaliser
        self._spoken_ages: dict[str, SpokenAgeFinder] = {}
        self._danger = DangerCheck(content.danger, content.thresholds, normaliser) if content.danger else None
        self._accepted = self._accepted_words = AcceptedWordings()  # the latter's texts as messages are read
        self._follow_ups = FollowUps.of(content)

    def with_accepted(self, accepted: AcceptedWordings) -> "Understanding":
        """The same, with wordings that were accepted since the content was learnt in place of those so far."""
        other = copy.copy(self)
        other._accepted = accepted
        other._accepted_words = replace(accepted, texts=tuple(" ".join(self._words(text)) for text in accepted.texts))
        return other

    @cached_property
    def _scrubber(self) -> Scrubber:
        """Made when something is shared, and not at every start."""
        return Scrubber(self._content.grammar, self._model.vectoriser.common(ORDINARY))

    def scrub(self, text: str) -> str:
        """A message without what could tell who wrote it."""
        return self._scrubber.scrub(text)

    @property
    def _has_language(self) -> bool:
        """Whether the pack uses enough words to tell its language, and typing errors, by them."""
        return len(self._model.known) >= FEWEST_KNOWN

    def meaning(self, text: str, after: str | None = None, spoken: str | None = None) -> Meaning:
        """What a message means, `after` the answer of an entry. `spoken`: its language, where nothing in it tells.

        Never raises: where anything breaks, the worst is assumed.
        """
        try:
            if not self._words(text):
                return Meaning(blank=True)
            return self._in_script(self._meaning(text, after, spoken), text)
        except Exception:  # noqa: BLE001 - failing safe is the point: the parent sees the warning signs
            return Meaning(finding=self.plain_danger(text).finding, failed=True)

    def must_load(self, text: str, spoken: str | None = None) -> bool:
        """Whether reading a message would first load the reader of other languages: `load` can do that in a thread."""
        if self._abroad is None or self._abroad.is_ready:
            return False
        try:
            words, told = self._words(text), self._language(text)
            if not words or NUMBER.fullmatch(text.strip().lower()):
                return False
            is_known = (spoken if told is None else told or None) in self._reads
            # Mended words are known the more: what is not strange as it stands need not be mended to tell.
            return is_known or (
                self._is_enough(text) and self._is_strange(words) and self._is_strange(self._meant(text)[1])
            )
        except Exception:  # noqa: BLE001 - as with any message: nothing is raised
            return False

    def load(self) -> None:
        """Load the reader of other languages."""
        if self._abroad:
            self._abroad.load()

    def language(self, text: str) -> str | None:
        """The code of a message's language; "" for the pack's own, None where nothing tells."""
        try:
            return self._language(text)
        except Exception:  # noqa: BLE001 - as with any message: nothing is raised
            return None

    def _language(self, text: str) -> str | None:
        words = self._words(text)
        return self._languages.find(text, words) or ("" if self._languages.is_own(words) else None)

    def age(self, text: str) -> Age | None:
        """The age that a text tells, be it by a number of months alone."""
        try:
            return self._find_age(text) or (Age(float(text.replace(",", "."))) if MONTHS.fullmatch(text) else None)
        except Exception:  # noqa: BLE001 - as with any message: nothing is raised
            return None

    def ranked(self, text: str) -> tuple[Match, ...]:
        """Every entry, likeliest first, whatever else the message is about."""
        return decision.ranked(self._answers(self._read(text)))

    def plain_danger(self, text: str) -> Meaning:
        """Only whether a message tells of danger in plain phrases: a fraction of the work. Never raises."""
        try:
            if self._danger is None:
                return Meaning()
            finding = self._danger.find(self._danger.proofs(text), {}, self._find_age(text))
            if finding.level is None:  # most are: their language is nobody's concern
                return Meaning(finding=finding)
            return self._in_script(Meaning(finding=finding, language=self.language(text)), text)
        except Exception:  # noqa: BLE001 - it is for those who write too much: their next message is read
            return Meaning()

    def _in_script(self, meaning: Meaning, text: str) -> Meaning:
        try:
            return replace(meaning, in_script=bool(meaning.language) and self._languages.is_in_script(text))
        except Exception:  # noqa: BLE001 - in which letters it is told is no reason to lose the danger that was found
            return meaning

    def _meaning(self, text: str, after: str | None, spoken: str | None) -> Meaning:
        if NUMBER.fullmatch(text.strip().lower()):
            return Meaning(number=True)  # whatever it may be: it is asked what it is
        told = self._language(text)
        language = spoken if told is None else told or None
        if self._abroad and language in self._reads:
            return self._meaning_abroad(self._abroad, text, language or "", after)
        read = self._read(text)
        finding = self._finding(read)
        if self._is_strange(read.words):
            if self._abroad and self._is_enough(text):  # whatever language it is: danger in it may be near ours
                _, dangers = self._abroad.read(text, "", (), self._content.thresholds.strange.words)
                finding = max(finding, self._finding_abroad(text, dangers, read.age), key=_gravity)
            return Meaning(finding=finding, age=read.age, strange=True, language=language)
        chances = self._answers(read)
        meaning = self._decided(chances, finding, read.age, self._content.thresholds)
        if after is not None and not finding.is_any:
            meaning = self._follow_ups.swayed(meaning, chances, read.words, after)
        return replace(meaning, language=language)

    def _is_enough(self, text: str) -> bool:
        """Whether a message in no known language is looked at for danger all the same; not in letters nobody knows."""
        return len(self._words(text)) >= FEWEST_STRANGE and self._languages.is_legible(text)

    def _meaning_abroad(self, abroad: AbroadReader, text: str, language: str, after: str | None) -> Meaning:
        """What a message in another language means, by the reader of those."""
        words = self._words(text)
        answers, dangers = abroad.read(text, language, words, self._content.thresholds.of(language).words)
        tongue = self._tongue(language)
        age = tongue.find_age(text) if tongue else self._age_abroad(text, language)
        finding = self._finding_abroad(text, dangers, age, language)
        chances = {answer: chance for answer, chance in answers.items() if answer in self._known}
        chances = self._fitting_age(self._accepted_words.sway_written(" ".join(words), chances), age)
        meaning = self._decided(chances, finding, age, self._content.thresholds.of(language))
        if after is not None and tongue and not finding.is_any:
            meaning = tongue.follow_ups.swayed(meaning, chances, tongue.words(text), after)
        return replace(meaning, language=language)

    def _finding_abroad(self, text: str, dangers: Mapping[str, float], age: Age | None, language: str = "") -> Finding:
        """The danger told of in another language, or, without one, in none that is known."""
        if self._danger is None:
            return Finding()
        check = self._danger.weighing(self._content.thresholds.of(language))
        return check.find(check.proofs(text), dangers, age)

    def _age_abroad(self, text: str, language: str) -> Age | None:
        """The age told in a language that has no pack; many say it in the pack's own words among theirs."""
        spoken = self._content.languages_by_id.get(language)
        if spoken is None or spoken.ages is None:
            return self._find_age(text)
        if language not in self._spoken_ages:
            self._spoken_ages[language] = SpokenAgeFinder(spoken.ages, self._normaliser.normalise, self._find_age)
        return self._spoken_ages[language].find(text)

    def _tongue(self, language: str) -> "_Tongue | None":
        """How a language says things, where the pack is translated into it."""
        if language not in self._content.translations:
            return None
        if language not in self._tongues:
            self._tongues[language] = _Tongue.of(self._content.translations.of(language))
        return self._tongues[language]

    def _decided(
        self, chances: Mapping[str, float], finding: Finding, age: Age | None, thresholds: Thresholds | AbroadThresholds
    ) -> Meaning:
        matches = decision.ranked(chances)
        kind, talk = decision.smalltalk(chances)
        outside = chances.get(OUTSIDE, 0.0)
        decided, confidence = decision.decide(matches, outside, talk, thresholds)
        return Meaning(
            finding=finding,
            age=age,
            decision=decided,
            ranked=matches,
            near=decision.to_offer(matches, decided, thresholds),
            smalltalk=kind if decided == "smalltalk" else None,
            confidence=confidence,
            outside=outside,
        )

    def _read(self, text: str) -> _Reading:
        windows, features = self._encoder.windows(text), self._model.vectoriser.vector(self._words(text))
        meant, said = self._meant(text)
        mended = (windows, features)
        if meant != text:
            mended = (self._encoder.windows(meant), self._model.vectoriser.vector(said))
        return _Reading(text, meant, said, self._find_age(text), windows, features, mended)

    def _meant(self, text: str) -> tuple[str, tuple[str, ...]]:
        """A message with misspelt words mended, and its words."""
        said = self._words(text)
        if not self._has_language or len(said) > LONG:  # in a long story a word more or less changes little
            return text, said
        meant = self._speller.mend(text)
        return meant, said if meant == text else self._words(meant)

    def _finding(self, read: _Reading) -> Finding:
        """The danger told of; of a long story, in that window of it that tells of most."""
        head = self._model.danger
        if self._danger is None or head is None:
            return Finding()
        proofs = self._danger.proofs(read.text)
        if not proofs and read.meant != read.text:
            proofs = self._danger.proofs(read.meant)
        found = [self._danger.find(proofs, read.dangers(head, window), read.age) for window in read.windows]
        return max(found, key=_gravity)

    def _answers(self, read: _Reading) -> dict[str, float]:
        """The chance of every answer; entries about another age are less likely."""
        chances = read.answers(self._model.answers)
        chances = {answer: chance for answer, chance in chances.items() if answer in self._known}
        return self._fitting_age(self._accepted.sway(read.vector, chances), read.age)

    def _fitting_age(self, chances: dict[str, float], age: Age | None) -> dict[str, float]:
        if age is None:
            return chances
        for entry in self._content.entries:
            if entry.id in chances and not entry.ages.start <= age.effective <= entry.ages.end:
                chances[entry.id] *= WRONG_AGE
        total = sum(chances.values())
        return {answer: chance / total for answer, chance in chances.items()}

    def _is_strange(self, said: tuple[str, ...]) -> bool:
        known = self._model.known
        told = [word for word in said if word.isalpha() and (len(word) >= SHORTEST_WORD or not word.isascii())]
        is_script = bool(told) and not any(word.isascii() for word in told)  # which may not put spaces between words
        if not self._has_language or (len(told) < FEWEST_WORDS and not is_script):
            return False
        return sum(word in known for word in told) < KNOWN_SHARE * len(told)


@dataclass(frozen=True)
class _Tongue:
    """How a language that has a pack says things."""

    words: Callable[[str], tuple[str, ...]]
    find_age: Callable[[str], Age | None]
    follow_ups: FollowUps

    @classmethod
    def of(cls, pack: Content) -> "_Tongue":
        normaliser = Normaliser(pack.grammar)
        return cls(normaliser.words, AgeFinder(pack.grammar, normaliser).find, FollowUps.of(pack))


def _gravity(finding: Finding) -> tuple[int, float]:
    return -LEVELS.index(finding.level) if finding.level else -len(LEVELS), finding.chance
