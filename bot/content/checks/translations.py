"""What a translation lacks, and where its facts differ from the pack that it translates: numbers, above all."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.content.checks.files import ENTRIES
from bot.content.checks.numbers import region_values
from bot.content.checks.texts import PLACEHOLDER, ShownText, shown_texts
from bot.content.documents import Documents, YamlPath
from bot.content.explanations import owner
from bot.content.markup import plain
from bot.content.mistakes import Mistake, shown

NUMBER = re.compile(r"\d+(?:[.,:]\d+)*|½")
WORD = re.compile(r"[^\W\d_]{2,}")
FEWEST_WORDS = 2  # of a text that can't well be the same in two languages
MOST_NAMED = 5  # things of a file that are told by name
REGIONS, LANGUAGES, TEXTS = "regions.yaml", "languages.yaml", "texts.yaml"
OPERATORS = ("status", "inbox", "admin")  # parts of the texts that whoever runs the bot reads, and no parent
TextPlace = tuple[str, YamlPath]


def translation_warnings(folder: Path, own: Documents, base: Documents, lacking: tuple[str, ...]) -> Iterator[Mistake]:
    """`own`: the translation's documents, laid over those of `base`. `lacking`: entries that it does not have."""
    files = {f"{ENTRIES}/{name}.yaml" for name in lacking}
    for name in sorted(files):
        yield Mistake(shown(folder / name), 1, "is not translated: it is shown as it is")
    theirs = dict(_texts(base))
    pairs = [_Pair(*key, text, theirs[key]) for key, text in _texts(own) if key in theirs]
    yield from _untranslated([pair for pair in pairs if pair.is_same and pair.file not in files])
    for pair in pairs:
        if not pair.is_same:
            yield from _number_warnings(pair)


@dataclass(frozen=True)
class _Pair:
    """A text of a translation, and the one that it lies over, which it may be itself."""

    file: str
    place: YamlPath
    own: ShownText
    other: ShownText

    @property
    def is_same(self) -> bool:
        return self.own.text == self.other.text


def _number_warnings(pair: _Pair) -> Iterator[Mistake]:
    said, meant = _numbers(pair.own), _numbers(pair.other)
    mine, wanted = Counter(said), Counter(meant)
    if mine != wanted:
        more, less = " ".join((mine - wanted).elements()), " ".join((wanted - mine).elements())
        parts = [f"has {more}, which the other does not" if more else "", f"lacks {less}" if less else ""]
        yield pair.own.mistake(f"does not say the same numbers: it {' and '.join(part for part in parts if part)}")
    elif pair.file == REGIONS and said != meant:
        yield pair.own.mistake("says the numbers in another order: is each still somebody's own?")


def _untranslated(pairs: Iterable[_Pair]) -> Iterator[Mistake]:
    """A warning for each file with texts that are the same in both."""
    same: dict[str, list[ShownText]] = {}
    for pair in pairs:
        if _is_for_parents(pair.file, pair.place) and len(_words(pair.own)) >= FEWEST_WORDS:
            same.setdefault(pair.file, []).append(pair.own)
    for texts in same.values():
        named = [*dict.fromkeys(map(_called, texts))]
        more = f" and {len(named) - MOST_NAMED} more" if len(named) > MOST_NAMED else ""
        said = f"not translated, and shown as it is: {', '.join(named[:MOST_NAMED])}{more}"
        yield texts[0].document.mistake(texts[0].place, said)


def _is_for_parents(file: str, place: YamlPath) -> bool:
    return file != LANGUAGES and not (file == TEXTS and place[0] in OPERATORS)


def _called(text: ShownText) -> str:
    """What a text is part of, as in "region 'mx'", or its place."""
    return owner(text.document, text.place).rstrip(": ") or f"'{'.'.join(map(str, text.place))}'"


def _words(text: ShownText) -> list[str]:
    return WORD.findall(PLACEHOLDER.sub(" ", plain(text.text)))


def _texts(documents: Documents) -> Iterator[tuple[TextPlace, ShownText]]:
    """Every text whose numbers must be the same in both, with its place."""
    for name, document in documents.items():
        for text in (*shown_texts({name: document}), *(region_values(document) if name == REGIONS else ())):
            yield (name, text.place), text


def _numbers(text: ShownText) -> list[str]:
    return NUMBER.findall(plain(text.text))
