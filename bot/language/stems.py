"""Word stems: one form for "crawl", "crawls" and "crawling"."""

from functools import lru_cache

SHORTEST = 3  # letters that must be left
SUFFIXES = ("ingly", "edly", "ings", "ing", "edly", "ied", "ies", "ed", "es", "ly", "s")
CACHED_WORDS = 32_768


@lru_cache(maxsize=CACHED_WORDS)
def stem(word: str) -> str:
    """The word without its ending. Crude on purpose: it need only be the same for the same word.

    >>> stem("scooting"), stem("scoots"), stem("crawlies")
    ('scoot', 'scoot', 'crawl')
    """
    for suffix in SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= SHORTEST:
            word = word[: -len(suffix)]
            if len(word) > SHORTEST and word[-1] == word[-2] and word[-1] not in "lse":
                word = word[:-1]
            break
    return word[:-1] if word.endswith("e") and len(word) > SHORTEST else word
