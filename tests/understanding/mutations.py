"""One message typed in other ways that mean the same; the same text always gives the same result."""

import random
import re
from collections.abc import Callable

Mutation = Callable[[str], str]
LONG = 5  # letters from which a word gets a typing mistake
KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
CYRILLIC = str.maketrans("aeopcxyAEOPCXy", "аеорсхуАЕОРСХу")
GREEK = str.maketrans("oO", "οΟ")
INVISIBLE = "\u200b\u200c\u200d\u2060\u00ad"  # what copying from pages and chats leaves inside words


def chance(text: str, what: str) -> random.Random:
    """Dice that fall the same way for the same text and use."""
    return random.Random(f"{what}: {text}")  # noqa: S311 - no secret


def one_word(text: str, what: str, change: Callable[[str, random.Random], str]) -> str:
    """The text with one of its long words changed."""
    dice = chance(text, what)
    words = [found for found in re.finditer(r"[A-Za-z]+", text) if len(found[0]) >= LONG]
    if not words:
        return text
    word = dice.choice(words)
    return text[: word.start()] + change(word[0], dice) + text[word.end() :]


def wrong_key(word: str, dice: random.Random) -> str:
    place = dice.randrange(1, len(word))
    row = next(row for row in KEYS if word[place].lower() in row)
    at = row.index(word[place].lower())
    near = row[max(0, at - 1) : at] + row[at + 1 : at + 2]
    return word[:place] + dice.choice(near) + word[place + 1 :]


def lost_letter(word: str, dice: random.Random) -> str:
    place = dice.randrange(1, len(word))
    return word[:place] + word[place + 1 :]


def swapped_letters(word: str, dice: random.Random) -> str:
    places = [place for place in range(1, len(word) - 1) if word[place] != word[place + 1]]
    place = dice.choice(places)
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def after_first_word(text: str, filler: str) -> str:
    """Where people think: after "he", not within "2 month old"."""
    first, _, rest = text.partition(" ")
    return f"{first} {filler} {rest}" if rest and first.isalpha() else f"{filler} {text}"


def one_gap(text: str, what: str, filler: str) -> str:
    """One of the spaces, outside the first word, replaced."""
    gaps = [found.start() for found in re.finditer(" ", text)]
    if not gaps:
        return text
    place = chance(text, what).choice(gaps)
    return text[:place] + filler + text[place + 1 :]


def within_words(text: str, what: str) -> str:
    dice = chance(text, what)
    return re.sub(
        r"\w{3,}",
        lambda found: found[0][:2] + dice.choice(INVISIBLE) + found[0][2:],
        text,
    )


def spaced_out(text: str, between: str) -> str:
    """The longest word, letter by letter; of several the last, as the danger mostly stands at the end."""
    words = list(re.finditer(r"[A-Za-z]+", text))
    longest = max(words, key=lambda found: (len(found[0]), found.start()))
    return text[: longest.start()] + between.join(longest[0]) + text[longest.end() :]


def unmarked(text: str) -> str:
    """No full stops, commas or questions marks, but decimals and apostrophes stay."""
    return re.sub(r"[,!?;:]|\.(?!\d)", "", text)


TRIES = 3  # typing mistakes of each kind in each message, one at a time
TYPOS: dict[str, tuple[Mutation, ...]] = {
    name: tuple(
        lambda text, what=f"{name} {number}", change=change: one_word(text, what, change) for number in range(TRIES)
    )
    for name, change in (
        ("a key beside the right one", wrong_key),
        ("a letter lost", lost_letter),
        ("two letters swapped", swapped_letters),
    )
}
HARMLESS: dict[str, Mutation] = {
    "upper case": str.upper,
    "title case": str.title,
    "lower case": str.lower,
    "double spaces": lambda text: text.replace(" ", "  "),
    "tabs": lambda text: text.replace(" ", "\t"),
    "blank lines around it": lambda text: f"\n\n{text}\n\n",
    "a line for each sentence": lambda text: re.sub(r"([.!?]) ", r"\1\n", text),
    "a line break somewhere": lambda text: one_gap(text, "line", "\n"),
    "no punctuation": unmarked,
    "three exclamation marks": lambda text: f"{text}!!!",
    "an ellipsis at the end": lambda text: f"{text}...",
    "a question mark at the end": lambda text: f"{text}?",
    "um before it": lambda text: f"um {text}",
    "please help before it": lambda text: f"please help {text}",
    "hi there before it": lambda text: f"hi there, {text}",
    "please help after it": lambda text: f"{text} please help",
    "um before the verb": lambda text: after_first_word(text, "um"),
    "like before the verb": lambda text: after_first_word(text, "like"),
    "a question before it": lambda text: f"is crawling backwards normal? {text}",
    "a question after it": lambda text: f"{text} also when do they crawl",
    "a story before it": lambda text: f"We were on the mat, playing with the blocks as always. {text}",
    "emoji between all words": lambda text: text.replace(" ", " 😭 "),
    "emoji for a space": lambda text: one_gap(text, "emoji", "😱"),
    "emoji at the end": lambda text: f"{text}😭😭😭",
    "invisible signs within words": lambda text: within_words(text, "invisible"),
    "Cyrillic letters that look alike": lambda text: text.translate(CYRILLIC),
    "a Greek letter that looks alike": lambda text: text.translate(GREEK),
    "a word spaced out": lambda text: spaced_out(text, " "),
    "a word with dots between its letters": lambda text: spaced_out(text, "."),
    "curly apostrophes": lambda text: text.replace("'", "’"),
    "no apostrophes": lambda text: text.replace("'", ""),
    "marked as edited": lambda text: f"Edit: {text}",
    "corrected afterwards": lambda text: f"{text} *sorry typing with one hand",
    "quoted": lambda text: f"“{text}”",
    "said twice": lambda text: f"{text} {text}",
}
