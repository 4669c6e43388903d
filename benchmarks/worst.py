"""The texts that cost most to understand, found by trying: each must stay within what one message is given."""

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

LONGEST = 4096  # characters that Telegram lets anyone write
SEED = 7  # the same strange words every time
TIMES = 3  # each text is read so often, and the quickest counts: the first may compile a pattern


@dataclass(frozen=True)
class Cost:
    """Milliseconds of processor time for one text."""

    name: str
    milliseconds: float


def costs(understand: Callable[[str], object]) -> tuple[Cost, ...]:
    """What each of the worst texts costs, the dearest first."""
    found = [Cost(name, 1000 * min(_seconds(understand, text) for _ in range(TIMES))) for name, text in worst()]
    return tuple(sorted(found, key=lambda cost: -cost.milliseconds))


def _seconds(understand: Callable[[str], object], text: str) -> float:
    start = time.thread_time()
    understand(text)
    return time.thread_time() - start


def worst() -> Iterator[tuple[str, str]]:
    """Names and texts."""
    chance = random.Random(SEED)  # noqa: S311 - nothing secret
    for name, sign in (
        ("a ligature of eighteen letters", "\ufdfa"), ("a ligature of eight", "\ufdfb"), ("ffi", "\ufb03"),
        ("one half", "½"), ("dotted capital I", "İ"), ("sharp s", "ß"), ("combining acute", "e\u0301"),
        ("twenty marks on a letter", "a" + "\u0300" * 20), ("marks alone", "\u0300"), ("emoji", "😭"),
        ("a family", "👨‍👩‍👧‍👦"), ("right to left", "\u202eab "), ("zero width", "a\u200b"), ("Arabic", "سلام "),
        ("Chinese", "宝宝"), ("Hangul", "아기 "), ("a lone surrogate", "\ud800"), ("letters apart", "b l u e "),
        ("dots apart", "b.l.u.e "), ("ages", "last last 3m 3m "), ("months", "3 months "), ("halves", "3 1/2 "),
        ("numbers", "12 "), ("corrected", "corrected 8 "), ("born", "born at 30 "), ("early", "5 weeks early "),
        ("short forms", "u r ur coz "), ("apostrophes", "isn't he's "), ("split not", "do n t "), ("digits", "h3ll0 "),
        ("sentences", "he is ok. "), ("questions", "why? "), ("no words", "?!.,;: "), ("nots", "not no never "),
        ("what if", "what if "), ("danger words", "breathing blue fall blood "), ("danger", "not breathing "),
        ("past", "last year he fell and is fine now "), ("he", "he is she is it is "), ("yes", "yes "),
        ("hyphens", "a-b-c "), ("dashes", "- -- — "), ("a letter", "a"), ("a letter and a space", "a "),
        ("one word", "crawling "), ("misspelt", "crwaling bakcwards "), ("brackets", "((((["), ("HTML", "<b>&lt;"),
        ("new lines", "a\n"), ("tabs", "a\t"), ("names", "@bot "), ("commands", "/start "), ("quotes", "“a” 'b' "),
    ):  # fmt: skip
        yield name, (sign * LONGEST)[:LONGEST]
    for length in (2, 3, 4, 5, 7, 9, 12, 16, 30, 100):
        yield f"strange words of {length} letters", _strange(chance, length)
    yield (
        "a strange word without end",
        "".join(chance.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(LONGEST)),
    )
    yield "every sign of Unicode now and then", "".join(chr(chance.choice(ASSIGNED)) for _ in range(LONGEST))


ASSIGNED = [number for number in range(32, 0x30000) if not 0xD800 <= number <= 0xDFFF and chr(number).isprintable()]


def _strange(chance: random.Random, length: int) -> str:
    words = ("".join(chance.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(length)) for _ in range(LONGEST))
    return " ".join(words)[:LONGEST]
