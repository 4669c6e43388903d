"""What a translation lacks, and where its facts differ from the pack that it translates: numbers, above all."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from bot.content.checks.files import ENTRIES
from bot.content.checks.texts import ShownText, shown_texts
from bot.content.documents import Documents
from bot.content.markup import plain
from bot.content.mistakes import Mistake, shown

NUMBER = re.compile(r"\d+(?:[.,:]\d+)*|½")
TextPlace = tuple[str, tuple[str | int, ...]]


def translation_warnings(folder: Path, own: Documents, base: Documents, lacking: tuple[str, ...]) -> Iterator[Mistake]:
    """`own`: the translation's documents, laid over those of `base`. `lacking`: entries that it does not have."""
    for name in lacking:
        yield Mistake(shown(folder / ENTRIES / f"{name}.yaml"), 1, "is not translated: it is shown as it is")
    theirs = dict(_texts(base))
    for key, text in _texts(own):
        other = theirs.get(key)
        if other is None or text.text == other.text:
            continue
        mine, wanted = _numbers(text.text), _numbers(other.text)
        if mine != wanted:
            more, less = " ".join((mine - wanted).elements()), " ".join((wanted - mine).elements())
            parts = [f"has {more}, which the other does not" if more else "", f"lacks {less}" if less else ""]
            yield text.mistake(f"does not say the same numbers: it {' and '.join(part for part in parts if part)}")


def _texts(documents: Documents) -> Iterator[tuple[TextPlace, ShownText]]:
    for name, document in documents.items():
        for text in shown_texts({name: document}):
            yield (name, text.place), text


def _numbers(text: str) -> Counter[str]:
    return Counter(NUMBER.findall(plain(text)))
