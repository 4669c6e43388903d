"""Which language a message is in: by its script, or by its commonest words."""

import unicodedata
from collections import Counter
from collections.abc import Collection

from bot.content.languages import Languages

FEWEST = 2  # words of a language that a message must have; one in a message of at most SHORT words
SHORT = 3
SHARE = 0.2  # of its words at least
LETTERS_WEIGH = 2  # words that a letter of a language's own is worth
LETTERS = 200  # of a message that are looked at for their script


class LanguageFinder:
    """Tells the pack's own language, None, from others. `own`: words of the pack's own that others may have too."""

    def __init__(self, languages: Languages, own: Collection[str]) -> None:
        latin = {each.id: frozenset(filter(_is_latin, each.words)) for each in languages}
        self._words = {code: words for code, words in latin.items() if words}
        self._cues = {each.id: frozenset(each.words) for each in languages if each.scripts}
        self._scripts: dict[str, list[str]] = {}
        for each in languages:
            for script in each.scripts:
                self._scripts.setdefault(script, []).append(each.id)
        self._letters = {each.id: frozenset(each.letters) for each in languages if each.letters and not each.scripts}
        self._own_letters = {each.id: frozenset(each.letters) for each in languages if each.scripts}
        self._own = frozenset(own)
        self._shared = Counter(word for common in self._words.values() for word in common)

    def find(self, text: str, words: Collection[str]) -> str | None:
        """The code of the message's language; None for the pack's own, or where nothing tells. `words`: normalised."""
        spelt = [code for code, letters in self._letters.items() if not letters.isdisjoint(text.lower())]
        return self._by_script(text, words) or self._by_words([word for word in words if word.isalpha()], spelt)

    def is_own(self, words: Collection[str]) -> bool:
        """Whether a message has words of the pack's own language."""
        return not self._own.isdisjoint(words)

    def is_legible(self, text: str) -> bool:
        """Whether a message is in letters that some language is known by, or that it shares with one."""
        scripts = _scripts_of(text)
        return scripts["LATIN"] + sum(scripts[script] for script in self._scripts) >= scripts.total() / 2

    def is_in_script(self, text: str) -> bool:
        """Whether a message is in the letters of a script that some language is known by."""
        return self._script(text) is not None

    def _script(self, text: str) -> str | None:
        found = _scripts_of(text)
        known = {script: number for script, number in found.items() if script in self._scripts}
        if not known or sum(known.values()) < found["LATIN"] / 2:
            return None
        # Japanese writes Chinese letters beside its own.
        return next((each for each in ("HIRAGANA", "KATAKANA") if each in known), max(known, key=lambda s: known[s]))

    def _by_script(self, text: str, words: Collection[str]) -> str | None:
        script = self._script(text)
        if script is None:
            return None
        spoken, letters = set(words), set(text.lower())
        return max(
            self._scripts[script],
            key=lambda code: len(self._cues[code] & spoken) + LETTERS_WEIGH * len(self._own_letters[code] & letters),
        )

    def _by_words(self, words: list[str], spelt: Collection[str]) -> str | None:
        """`spelt`: languages whose own letters are in the message."""
        if not words:
            return None
        hits = {code: [word for word in words if word in common] for code, common in self._words.items()}
        # A word that several languages have tells less.
        weights = {
            code: sum(1 / self._shared[word] for word in found) + LETTERS_WEIGH * (code in spelt)
            for code, found in hits.items()
        }
        best = max(weights, key=lambda code: weights[code], default=None)
        if best is None:
            return None
        found = len(hits[best]) + LETTERS_WEIGH * (best in spelt)
        if found < (1 if len(words) <= SHORT else FEWEST) or found < SHARE * len(words):
            return None
        # What both have counts for neither, and does not tell the other language by itself.
        ours = sum(word in self._own for word in words)
        shared = sum(word in self._own for word in hits[best])
        return best if found > shared and found > ours - shared else None


def _scripts_of(text: str) -> Counter[str]:
    """How many of a message's first letters are of each script."""
    return Counter(_script_of(letter) for letter in text[:LETTERS] if letter.isalpha())


def _script_of(letter: str) -> str:
    return "LATIN" if letter.isascii() else unicodedata.name(letter, "?").split()[0]


def _is_latin(word: str) -> bool:
    return all(_script_of(letter) == "LATIN" for letter in word if letter.isalpha())
