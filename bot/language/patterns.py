"""The wordings of `triage.yaml` compiled: where in a message a part of a danger sign is said.

A wording is a row of words. `word+` stands for its verb forms (choke, chokes, choked, choking), `word?` may
be missing, `~` stands for up to three other words, `!word` for "this does not follow", `{class}` for any
wording of a class, `{number}` for three and more, `{at least 8}` and `{at most 12}` for a number, `{year}`
for a calendar year, `{temperature 38}` for a body temperature of at least 38 degrees Celsius or the same in
Fahrenheit.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from bot.language.words import NUMBER_WORDS

BETWEEN = " | "  # wordings in one part
NUMERAL = "#"  # what a message with any digit in it "contains", for parts that ask for a number
MOST = 250  # the greatest number that "at least" finds: breaths a minute, not pounds or page numbers
HOTTEST = 43  # degrees Celsius; more is no body's temperature
NEGATORS = frozenset(["not", "no", "never", "without", "nor", "neither", "none", "nt", "zero"])
GAP = rf"(?:(?!(?:{'|'.join(sorted(NEGATORS))}) )[^ ,.]+ ){{0,3}}?"
_ELEMENT = re.compile(r"!?\{[^}]+\}\??|\S+")
_OTHER_UNIT = (
    r"(?!(?:weeks?|wks?|months?|mo|m|cm|mm|minutes?|mins?|hours?|hrs?|years?|yo|days?|ml|ounces|oz|kg|pounds|lbs?|"
    r"percent|euros?|dollars?|inch|inches|times|percentile|centile|w) )"
)
_EVERYDAY_WORDS = """
    he she it i me my him her his they them we you a an the is are was were be been has have had do does
    did not no can will would to of in on at for and or but so with when after now just baby son daughter
    boy girl all up out off over down this that what if go goes going gone went get gets got still one
    very really again
"""
_EVERYDAY = frozenset(_EVERYDAY_WORDS.split())
_EVERYDAY_WEIGHT = 200  # how much less telling an everyday word is than another


@dataclass(frozen=True)
class Compiled:
    """One part: where it is found, words of which a message must hold one, words it can begin with.

    With NUMERAL among them it can begin with any number; without any (None), with any word.
    """

    source: str
    telling: frozenset[str]
    firsts: frozenset[str] | None = None

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Compiled when it is first looked for: most parts never are, and all together take two seconds."""
        return re.compile(self.source)

    @property
    def weight(self) -> int:
        return sum(_EVERYDAY_WEIGHT if word in _EVERYDAY else 1 for word in self.telling)


class Vocabulary:
    """The word classes, and parts compiled with them."""

    def __init__(self, classes: Mapping[str, Iterable[str]]) -> None:
        self._classes = {name: tuple(phrases) for name, phrases in classes.items()}
        self._sources: dict[str, Compiled] = {}
        self._parts: dict[str, Compiled] = {}
        self.words: set[str] = set()
        for name in self._classes:
            self._class(name)

    def part(self, text: str) -> Compiled:
        """A part as written in the file: wordings with " | " between them."""
        if text not in self._parts:
            self._parts[text] = self.any_of(text.split(BETWEEN))
        return self._parts[text]

    def any_of(self, phrases: Iterable[str]) -> Compiled:
        found = self._any_of(phrases)
        return replace(found, source=rf"(?<= ){found.source}")

    def _any_of(self, phrases: Iterable[str]) -> Compiled:
        compiled = [self._phrase(phrase) for phrase in phrases]
        if not compiled:
            return Compiled(_NEVER, frozenset(), frozenset())
        # Longer wordings first, as the first that fits is taken.
        sources = sorted((each.source for each in compiled), key=len, reverse=True)
        telling = frozenset().union(*(each.telling for each in compiled))
        return Compiled(f"(?:{'|'.join(sources)})", telling, _together(each.firsts for each in compiled))

    def _phrase(self, phrase: str) -> Compiled:
        pieces: list[str] = []
        needed: list[Compiled] = []
        begins: list[frozenset[str] | None] = []  # with what it can begin, while all before may be missing
        for element in _ELEMENT.findall(phrase):
            if element.startswith("!"):
                pieces.append(f"(?!{self._element(element[1:]).source})")
                continue
            found = Compiled(GAP, frozenset()) if element == "~" else self._element(element.removesuffix("?"))
            pieces.append(f"(?:{found.source})?" if element.endswith("?") else found.source)
            if not needed:
                begins.append(found.firsts)
            if element != "~" and not element.endswith("?"):
                needed.append(found)
        telling = min(needed, key=lambda each: each.weight).telling
        return Compiled("".join(pieces), telling, _together(begins))

    def _element(self, element: str) -> Compiled:
        if element.startswith("{"):
            return self._class(element[1:-1])
        if element.startswith("/"):
            raise ValueError(f"'{element}' is no word")
        words = forms(element[:-1]) if element.endswith("+") else (element,)
        self.words.update(word for word in words if word.isalpha())
        return Compiled(f"(?:{'|'.join(map(re.escape, words))}) ", frozenset(words), frozenset(words))

    def _class(self, name: str) -> Compiled:
        if name not in self._sources:
            self._sources[name] = self._built_in(name) or self._any_of(self._classes[name])
        return self._sources[name]

    def _built_in(self, name: str) -> Compiled | None:
        if name == "number":
            several = [word for word, value in NUMBER_WORDS.items() if value > 2]
            return _numeric(rf"(?:\d+|{'|'.join(several)}) ", several)
        if name == "year":
            return _numeric(r"(?:19|20)\d\d ")
        if name.startswith("temperature "):
            return _numeric(_at_least(float(name.split()[1])))
        if name.startswith("at "):
            bound = int(name.split()[2])
            return _counted(range(bound, MOST) if "least" in name else range(1, bound + 1))
        return None


_NEVER = r"(?!)"


def forms(verb: str) -> tuple[str, ...]:
    """A regular verb's forms; irregular ones are written out in the file."""
    if verb.endswith("e"):
        return (verb, f"{verb}s", f"{verb}d", f"{verb[:-1]}ing")
    if re.search(r"[^aeiou]y$", verb):
        return (verb, f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb}ing")
    # "drop" doubles its last letter, "vomit" (two vowels) does not.
    stem = verb + verb[-1] if re.fullmatch(r"[^aeiou]*[aeiou][^aeiouwxy]", verb) else verb
    plural = f"{verb}es" if re.search(r"(?:s|sh|ch|x|z)$", verb) else f"{verb}s"
    return (verb, plural, f"{stem}ed", f"{stem}ing")


def _together(begins: Iterable[frozenset[str] | None]) -> frozenset[str] | None:
    together: frozenset[str] = frozenset()
    for each in begins:
        if each is None:
            return None
        together |= each
    return together


def _numeric(source: str, words: Iterable[str] = ()) -> Compiled:
    found = frozenset([NUMERAL, *words])
    return Compiled(source, found, found)


def _counted(numbers: range) -> Compiled:
    words = [word for word, value in NUMBER_WORDS.items() if value in numbers]
    digits = sorted(map(str, numbers), key=len, reverse=True)
    return _numeric(rf"(?:(?:{'|'.join(digits)})(?:\.\d+)?|{'|'.join(words) or _NEVER}) ", words)


def _at_least(celsius: float) -> str:
    fahrenheit = celsius * 9 / 5 + 32
    tenths = [f"{value / 10:g}" for value in range(int(celsius * 10), HOTTEST * 10)]
    hot = int(fahrenheit * 10 + 0.5)
    tenths += [f"{value / 10:g}" for value in range(hot, int(HOTTEST * 18 + 320))]
    numbers = "|".join(re.escape(value) for value in sorted(tenths, key=len, reverse=True))
    return rf"(?:{numbers})\d?(?:\.0)?[cf]? {_OTHER_UNIT}"
