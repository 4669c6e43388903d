"""What a translation lacks, and where its facts differ from the pack that it translates: numbers, above all."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from bot.content.checks.files import ENTRIES
from bot.content.checks.numbers import region_values
from bot.content.checks.texts import ShownText, shown_texts
from bot.content.documents import Documents, YamlPath
from bot.content.markup import plain
from bot.content.mistakes import Mistake, shown

NUMBER = re.compile(r"\d+(?:[.,:]\d+)*|½")
REGIONS = "regions.yaml"
TextPlace = tuple[str, YamlPath]


def translation_warnings(folder: Path, own: Documents, base: Documents, lacking: tuple[str, ...]) -> Iterator[Mistake]:
    """`own`: the translation's documents, laid over those of `base`. `lacking`: entries that it does not have."""
    for name in lacking:
        yield Mistake(shown(folder / ENTRIES / f"{name}.yaml"), 1, "is not translated: it is shown as it is")
    theirs = dict(_texts(base))
    for key, text in _texts(own):
        other = theirs.get(key)
        if other is None or text.text == other.text:
            continue
        said, meant = _numbers(text), _numbers(other)
        mine, wanted = Counter(said), Counter(meant)
        if mine != wanted:
            more, less = " ".join((mine - wanted).elements()), " ".join((wanted - mine).elements())
            parts = [f"has {more}, which the other does not" if more else "", f"lacks {less}" if less else ""]
            yield text.mistake(f"does not say the same numbers: it {' and '.join(part for part in parts if part)}")
        elif key[0] == REGIONS and said != meant:
            yield text.mistake("says the numbers in another order: is each still somebody's own?")


def _texts(documents: Documents) -> Iterator[tuple[TextPlace, ShownText]]:
    """Every text whose numbers must be the same in both, with its place."""
    for name, document in documents.items():
        for text in (*shown_texts({name: document}), *(region_values(document) if name == REGIONS else ())):
            yield (name, text.place), text


def _numbers(text: ShownText) -> list[str]:
    return NUMBER.findall(plain(text.text))
