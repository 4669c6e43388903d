"""One plain spelling of what a person typed: normalised text, its sentences and its words."""

import re
import unicodedata
from functools import lru_cache

_FRACTIONS = {"½": " 1/2", "¼": " 1/4", "¾": " 3/4", "⅓": " 1/3", "⅔": " 2/3"}
_FRACTION_VALUES = {
    "1/2": 0.5,
    "1/4": 0.25,
    "3/4": 0.75,
    "1/3": 0.33,
    "2/3": 0.67,
    "half": 0.5,
    "quarter": 0.25,
}
# Letters that lose no mark when accents are taken off, and Arabic ones that people write in several ways.
_PLAINER = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe"}
    | dict.fromkeys("أإآٱ", "ا")
    | {"ة": "ه", "ى": "ي", "ـ": None}
    | dict.fromkeys(map(chr, range(0x064B, 0x0653)), None)
)
_QUOTES = str.maketrans(dict.fromkeys("‘’‛`´′ʼʹ＇", "'") | dict.fromkeys('“”„"«»', " "))

# "were", "well", "ill", "id" and "shell" are words of their own, so they are not here.
OPENED = {
    "cannot": "can not", "cant": "can not", "carnt": "can not", "cnt": "can not", "wont": "will not",
    "shant": "shall not", "aint": "is not", "dont": "do not", "dnt": "do not", "doesnt": "does not",
    "dosnt": "does not", "dosent": "does not", "doesent": "does not", "doens't": "does not",
    "doesn": "does not", "dsnt": "does not", "doenst": "does not", "donot": "do not", "doesnot": "does not",
    "didnot": "did not", "didnt": "did not", "didn": "did not", "isnt": "is not", "arent": "are not",
    "wasnt": "was not", "werent": "were not", "hasnt": "has not", "havent": "have not", "hadnt": "had not",
    "couldnt": "could not", "wouldnt": "would not", "shouldnt": "should not", "mustnt": "must not",
    "neednt": "need not", "hes": "he is", "shes": "she is", "its": "it is", "thats": "that is",
    "whats": "what is", "theres": "there is", "heres": "here is", "wheres": "where is", "whos": "who is",
    "hows": "how is", "im": "i am", "ive": "i have", "youre": "you are", "youve": "you have",
    "theyre": "they are", "theyve": "they have", "theyll": "they will", "weve": "we have",
    "theyd": "they would", "youd": "you would", "gonna": "going to", "wanna": "want to", "gotta": "got to",
    "dunno": "do not know", "tryna": "trying to", "lets": "let us", "babys": "baby", "bubs": "baby",
    "u": "you", "ur": "your", "pls": "please", "plz": "please", "thx": "thanks", "bcos": "because",
    "coz": "because", "cos": "because", "bcuz": "because", "smth": "something", "sth": "something",
    "alot": "a lot", "hv": "have", "shudnt": "should not",
}  # fmt: skip
_AUXILIARY = "do|does|did|is|are|was|were|has|have|had|could|would|should|must|need"
_PRONOUN = r"he|she|it|that|what|there|here|where|who|how|this|everything|something|nothing"
_APOSTROPHES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), opened)
    for pattern, opened in (
        (r"\bcan'?n?'t\b|\bca n't\b|\bcan t\b", "can not"),
        (r"\bwon'?'t\b|\bwo n't\b", "will not"),
        (r"\bshan't\b", "shall not"),
        (r"\bain't\b", "is not"),
        (rf"\b({_AUXILIARY})(?:n't|'nt|nt'| n't|n t)(?!\w)", r"\1 not"),
        (rf"\b({_PRONOUN})'s\b", r"\1 is"),
        (r"\blet's\b", "let us"),
        (r"\b(\w+)'m\b", r"\1 am"),
        (r"\b(\w+)'re\b", r"\1 are"),
        (r"\b(\w+)'ve\b", r"\1 have"),
        (r"\b(\w+)'ll\b", r"\1 will"),
        (r"\b(\w+)'d\b", r"\1 would"),
        (r"(\w)'s\b", r"\1"),
        (r"'", ""),
    )
)  # fmt: skip

_NUMBERS = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen twenty
"""
_SMALL_NUMBERS = _NUMBERS.split()
NUMBER_WORDS = {word: value for value, word in enumerate(_SMALL_NUMBERS)}
_MIXED = re.compile(
    r"\b(\d+|" + "|".join(_SMALL_NUMBERS) + r")\s*(?:and\s+)?(?:an?\s+)?(?:&\s*)?"
    r"(?<![/.\d])(1/2|1/4|3/4|1/3|2/3|(?<=a )half|(?<=and )half|(?<=a )quarter)\b(?!/)"
)

_MARKS = re.compile(r"([a-z])[\u0300-\u036f]+")
_PLAIN = re.compile(r"(?!.*([a-z])\1\1)(?!.*(?: n? ?t\b|half|quarter|  | [a-z] [a-z]\b))[a-z](?:[a-z ]*[a-z])?")
PHRASE = 60  # characters; in longer texts there is nearly always something to change
LONGEST = 4096  # characters of a text that are read, at its start and after whatever can make it grow
_INVISIBLE = re.compile(
    r"[\u00ad\u034f\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff]"
)
# Letters of other alphabets that look like Latin ones; a source: Unicode's confusables.txt (UTS 39).
_LOOK_ALIKE = str.maketrans(
    "авеёкмнорстухіјѕԁɡһԛԝѵαβεικνορτυχγϲϳıɑℓ",
    "abeekmhopctyxijsdghqwvabeikvoptuxycjial",
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
_STRAY = re.compile(r"[^\w\s.,!?;:/%-]|_")
_BARE = re.compile(r"[^\W\d_]+")
_SPACES = re.compile(r"[^\S\n]+")
_BREAK = re.compile(r"[!?;\n]+|\.(?!\d)")
_WORD = re.compile(r"\d+(?:[./-]\d+)*[^\W\d_]*|[^\W\d_]+")


# One message is normalised by each of its readers in turn; no more than that is remembered.
@lru_cache(maxsize=1)
def normalise(text: str) -> str:
    """Lower case, no accents on Latin letters, contractions opened, mixed numbers as decimals, no emoji.

    At most LONGEST characters, whatever a step adds: a short text that grows must not hold the bot.

    >>> normalise("He's NOT moving, 9 1/2 months!!")
    'he is not moving, 9.5 months!!'
    """
    text = text[:LONGEST]
    # Most phrases of a lexicon: nothing to change but short forms.
    if len(text) < PHRASE and _PLAIN.fullmatch(text):
        return _BARE.sub(lambda found: OPENED.get(found[0], found[0]), text)
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
    for pattern, opened in _APOSTROPHES:
        text = pattern.sub(opened, text)[:LONGEST]
    text = _STRAY.sub(" ", text)
    if _SPACED.search(text):  # whoever sets one word apart does the same with "i s"
        for pattern in (_SPACED, _SPACED_TOO):  # the long ones first, or "a t.e.m.p" begins with "at"
            text = pattern.sub(lambda found: _GAPS.sub("", found[0]), text)
    text = _DIGIT_FOR_LETTER.sub(lambda found: found[1] + _LETTER_MEANT[found[2]] + found[3], text)
    text = _MIXED.sub(_to_decimal, text)
    text = _JOINING_HYPHEN.sub(" ", text)
    text = _LONG_RUN.sub(_squeeze, text)
    text = _BARE.sub(lambda found: OPENED.get(found[0], found[0]), text)
    return _SPACES.sub(" ", text)[:LONGEST].strip()


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
    return tuple(_WORD.findall(text))


def _to_decimal(found: re.Match[str]) -> str:
    whole, part = found.groups()
    value = NUMBER_WORDS.get(whole) or int(whole if whole.isdigit() else 0)
    return f"{value + _FRACTION_VALUES[part]:g}"


def _squeeze(found: re.Match[str]) -> str:
    """So "sooooo" is "so", but "sleeep" is "sleep" and "falll" is "fall"."""
    letter, following = found.groups()
    doubled = letter in "eol" if following else letter in "lf"
    return letter * (2 if doubled else 1) + following
