"""One plain spelling of what a person typed: normalised text, its sentences and its words."""

import re
import unicodedata

from bot.content.grammar import Grammar, filled, value_of

_FRACTIONS = {"½": " 1/2", "¼": " 1/4", "¾": " 3/4", "⅓": " 1/3", "⅔": " 2/3"}
FRACTION_VALUES = {"1/2": 0.5, "1/4": 0.25, "3/4": 0.75, "1/3": 0.33, "2/3": 0.67}
# Letters that lose no mark when accents are taken off, Arabic and Russian ones that people write in several ways, and
# the full stops, commas and question marks of other scripts.
_PLAINER = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ё": "е"}
    | dict.fromkeys("أإآٱ", "ا")
    | {"ة": "ه", "ى": "ي", "ـ": None}
    | dict.fromkeys(map(chr, range(0x064B, 0x0653)), None)
    | {"ँ": "ं", "़": None, "ঁ": None, "়": None}  # signs that half of those who write Hindi or Bangla leave out
    | {"。": ". ", "।": ". ", "、": ", ", "،": ", ", "؛": "; ", "؟": "? "}
)
_QUOTES = str.maketrans(dict.fromkeys("‘’‛`´′ʼʹ＇", "'") | dict.fromkeys('“”„"«»', " "))

_MARKS = re.compile(r"([a-z])[\u0300-\u036f]+")
PHRASE = 60  # characters; in longer texts there is nearly always something to change
LONGEST = 4096  # characters of a text that are read, at its start and after whatever can make it grow
_INVISIBLE = re.compile(
    r"[\u00ad\u034f\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff]"
)
# Letters of other alphabets that look like Latin ones; a source: Unicode's confusables.txt (UTS 39).
_LOOK_ALIKE = str.maketrans(
    "авекмнорстухіјѕԁɡһԛԝѵαβεικνορτυχγϲϳıɑℓ",
    "abekmhopctyxijsdghqwvabeikvoptuxycjial",
)
_FOREIGN = re.compile(r"[\u0370-\u03ff\u0400-\u052f\u0131\u0251\u0261]")
_LATIN = re.compile(r"[a-z]")
# Letters set apart, as in "b l u e" or "f.i.t"; with one space at least four: "u r a star" is three words.
_SPACED = re.compile(r"(?<![^\W_])[a-z](?:( )[a-z](?: [a-z]){2,}|([ .-]{2,3}|[.-])[a-z](?:\2[a-z])+)(?![^\W_])")
# Not "a t" of "a t.e.m.p".
_SPACED_TOO = re.compile(r"(?<![^\W_])[a-z](?:(?: [a-z](?![.-][a-z]))+|([ .-]{2,3}|[.-])[a-z](?:\1[a-z])*)(?![^\W_])")
_GAPS = re.compile(r"[^a-z]+")
_DIGIT_FOR_LETTER = re.compile(r"\b([a-z]+)([013])([a-z]+)\b")
_LETTER_MEANT = {"0": "o", "1": "i", "3": "e"}
_DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d{1,2}(?!\d))")
_LONG_RUN = re.compile(r"([^\W\d_])\1{2,}(\w?)")
_JOINING_HYPHEN = re.compile(r"(?<!\d)-+|-+(?!\d)")
_DASH = re.compile(r"[‒–—―]|\s--?\s")
# Vowel signs of Hindi and Bangla: parts of words, though Python takes them for none.
_SIGNS = "\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963\u0981-\u0983\u09bc-\u09cd\u09d7\u09e2\u09e3"
_STRAY = re.compile(rf"[^\w\s.,!?;:/%{_SIGNS}-]|_")
_BARE = re.compile(r"[^\W\d_]+")
_SPACES = re.compile(r"[^\S\n]+")
_BREAK = re.compile(r"[!?;\n]+|\.(?!\d)")
_WORD = re.compile(r"\d+(?:[./-]\d+)*[^\W\d_]*|[^\W\d_]+")
_SIGNED = re.compile(f"[{_SIGNS}]")
_SIGNED_WORD = re.compile(_WORD.pattern.replace(r"[^\W\d_]", rf"(?:[^\W\d_]|[{_SIGNS}])"))


class Normaliser:
    """Makes one plain spelling of a language's texts."""

    def __init__(self, grammar: Grammar) -> None:
        self._short_forms = grammar.short_forms
        self._apostrophes = tuple((re.compile(each.pattern), each.opened) for each in grammar.apostrophes)
        self._mixed = re.compile(filled(grammar.mixed, {"small": grammar.spoken}))
        self._values = grammar.values
        self._doubled = grammar.doubled
        self._fractions = FRACTION_VALUES | grammar.fractions
        self._plain = re.compile(
            rf"(?!.*([a-z])\1\1)(?!.*(?:{grammar.irregular}|  | [a-z] [a-z]\b))[a-z](?:[a-z ]*[a-z])?"
        )
        # One message is normalised by each of its readers in turn; no more than that is remembered.
        self._last: tuple[str, str] = ("", "")

    def normalise(self, text: str) -> str:
        """Lower case, no accents on Latin letters, contractions opened, mixed numbers as decimals, no emoji.

        At most LONGEST characters, whatever a step adds: a short text that grows must not hold the bot. In English
        "He's NOT moving, 9 1/2 months!!" becomes "he is not moving, 9.5 months!!".
        """
        said, plain = self._last
        if said != text:
            plain = self._normalise(text[:LONGEST])
            self._last = text, plain
        return plain

    def words(self, text: str) -> tuple[str, ...]:
        """The words of a text once it is normalised."""
        return words(self.normalise(text))

    def _normalise(self, text: str) -> str:
        # Most phrases of a lexicon: nothing to change but short forms.
        if len(text) < PHRASE and self._plain.fullmatch(text):
            return self._open(text)
        for mark, plain in _FRACTIONS.items():
            text = text.replace(mark, plain)[:LONGEST]
        # Quotes first: NFKC would turn a lone acute accent into a space. One sign becomes up to eighteen (U+FDFA).
        text = unicodedata.normalize("NFKC", text.translate(_QUOTES))[:LONGEST]
        text = _INVISIBLE.sub("", text).lower()
        text = unicodedata.normalize("NFC", _MARKS.sub(r"\1", unicodedata.normalize("NFD", text)))
        text = text.translate(_PLAINER)[:LONGEST]
        if _FOREIGN.search(text) and _LATIN.search(text):
            text = _in_latin(text)
        text = _DECIMAL_COMMA.sub(".", _DASH.sub(", ", text))
        for pattern, opened in self._apostrophes:
            text = pattern.sub(opened, text)[:LONGEST]
        text = _STRAY.sub(" ", text)
        if _SPACED.search(text):  # whoever sets one word apart does the same with "i s"
            for pattern in (_SPACED, _SPACED_TOO):  # the long ones first, or "a t.e.m.p" begins with "at"
                text = pattern.sub(lambda found: _GAPS.sub("", found[0]), text)
        text = _DIGIT_FOR_LETTER.sub(lambda found: found[1] + _LETTER_MEANT[found[2]] + found[3], text)
        text = self._mixed.sub(self._to_decimal, text)
        text = _JOINING_HYPHEN.sub(" ", text)
        text = _LONG_RUN.sub(self._squeeze, text)
        return _SPACES.sub(" ", self._open(text))[:LONGEST].strip()

    def _open(self, text: str) -> str:
        return _BARE.sub(lambda found: self._short_forms.get(found[0], found[0]), text)

    def _to_decimal(self, found: re.Match[str]) -> str:
        whole, part = found["whole"], found["part"]
        return f"{value_of(whole, self._values) + self._fractions[part]:g}"

    def _squeeze(self, found: re.Match[str]) -> str:
        """So "sooooo" is "so", but "sleeep" is "sleep" and "falll" is "fall"."""
        letter, following = found.groups()
        is_double = letter in (self._doubled.inside if following else self._doubled.at_end)
        return letter * (2 if is_double else 1) + following


def _in_latin(text: str) -> str:
    """Letters that only look Latin made Latin; words of another language stay as they are."""
    foreign = [word for word in _BARE.findall(text) if _FOREIGN.search(word)]
    # "не" among Russian words is Russian; among English words it is somebody's "he".
    disguised = all(word.translate(_LOOK_ALIKE).isascii() for word in foreign)

    def meant(found: re.Match[str]) -> str:
        latin = found[0].translate(_LOOK_ALIKE)
        return latin if latin.isascii() and (disguised or _LATIN.search(found[0])) else found[0]

    return _BARE.sub(meant, text)


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a normalised text, without their closing marks."""
    return tuple(part.strip() for part in _BREAK.split(text) if part.strip(" .,:"))


def words(text: str) -> tuple[str, ...]:
    """The words and numbers of a normalised text; "8mo" and "9.5" are one word each."""
    return tuple((_SIGNED_WORD if _SIGNED.search(text) else _WORD).findall(text))
