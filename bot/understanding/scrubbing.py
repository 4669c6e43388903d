"""Takes out of a message what could tell who wrote it: names, numbers, addresses, links, dates.

Rather too much than too little: a word with a capital that few texts have is taken for a name, places included.
"""

import re
from collections.abc import Collection

from bot.content.grammar import Grammar
from bot.understanding.text import Normaliser

NAME, NUMBER, LINK, DATE, PLACE = "[name]", "[number]", "[link]", "[date]", "[place]"
# Of the texts that are learnt from, the share in which a word must stand to be nobody's name: 24 of 30,000. The
# commonest first name there stands in ten.
ORDINARY = 0.0008
SHOUTED = 0.7  # of the letters in capitals: such a message tells nothing by them
LONGEST = 500  # characters that are kept of a message
LINKS = re.compile(
    r"(?:https?://|www\.|t\.me/)\S+|\b[\w-]+\.(?:com|org|net|co|me|io|info|uk|ie|au|nz|in|ph)\b(?:/\S*)?", re.I
)
MAILS = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
HANDLES = re.compile(r"(?<!\w)@\w+|\b[A-Za-z]+\w*_\w+|\b[A-Za-z]{3,}\d{2,}\b")  # @jane, jane_b, jane88
POSTCODES = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b", re.I)  # British ones name a few houses
DATES = r"\d{1,4}\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{1,4}"
NUMBERS = re.compile(
    r"[+(]{0,2}\d(?:[\s().-]{0,3}\d){4,}|#\w*\d\w*"
)  # a temperature or an age in months has fewer digits
WORDS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
ENDS = re.compile(r"(?:^|[.!?…:;\n\"“(]|\]|\))\s*$")  # after which any word has a capital


class Scrubber:
    """Scrubs messages in one language. Holds no state."""

    def __init__(self, grammar: Grammar, ordinary: Collection[str]) -> None:
        """`ordinary`: words in small letters that are nobody's name."""
        self._before = frozenset(grammar.names.before)
        self._ordinary = frozenset(ordinary) | self._before | frozenset(grammar.names.capitals)
        self._words = Normaliser(grammar).words
        months = "|".join(re.escape(month) + r"[a-z]*\.?" for month in grammar.months)
        day = r"\d{1,2}(?:st|nd|rd|th)?"
        self._dates = re.compile(
            rf"\b(?:{DATES}|{day}\s(?:of\s)?(?:{months})(?:,?\s\d{{2,4}})?|(?:{months})\s{day}(?:,?\s\d{{4}})?)\b", re.I
        )

    def scrub(self, text: str) -> str:
        """The message without what could tell who wrote it, in one line, cut to LONGEST characters."""
        text = "".join(sign if sign.isprintable() else " " for sign in text[: 4 * LONGEST])
        text = " ".join(text.split())[: 2 * LONGEST]
        for pattern, instead in (
            (POSTCODES, PLACE),
            (MAILS, NAME),
            (LINKS, LINK),
            (HANDLES, NAME),
            (self._dates, DATE),
            (NUMBERS, NUMBER),
        ):
            text = pattern.sub(instead, text)
        letters = [letter for letter in text if letter.isalpha()]
        if letters and sum(map(str.isupper, letters)) > SHOUTED * len(letters):
            return self._without_names(text.lower(), shouted=True)[:LONGEST].strip()
        return self._without_names(text)[:LONGEST].strip()

    def _without_names(self, text: str, shouted: bool = False) -> str:
        """In what is shouted any word that is not ordinary may be a name."""
        kept: list[str] = []
        end, follows = 0, False
        for found in WORDS.finditer(text):
            between, word = text[end : found.start()], found[0]
            is_ours = text[found.start() - 1 : found.start()] == "[" and text[found.end() : found.end() + 1] == "]"
            follows = follows and not between.strip(" ,'\"“:")
            is_name = not is_ours and self._is_name(word, follows or shouted, bool(ENDS.search(text[: found.start()])))
            kept += [between, NAME if is_name else word]
            end = found.end()
            # A name may have a second one after it: "our Anna Lena".
            follows = is_name or self._stem(word) in self._before or (follows and self._stem(word) in ("is", "s"))
        joined = "".join(kept) + text[end:]
        return re.sub(rf"{re.escape(NAME)}(?:[ -]{re.escape(NAME)})+", NAME, joined)

    def _is_name(self, word: str, follows: bool, begins: bool) -> bool:
        is_ordinary = self._stem(word) in self._ordinary or self._ordinary.issuperset(self._words(word))
        has_capital = word[0].isupper()
        if follows:
            return not is_ordinary or (has_capital and not begins and not word.isupper())
        return has_capital and not is_ordinary

    @staticmethod
    def _stem(word: str) -> str:
        """In small letters, without what is put behind it: "Adam's" is "adam", "I'm" is "i"."""
        return re.split(r"['’-]", word.lower())[0]
