"""What a translation lacks, and where its facts differ from the pack that it translates: numbers, above all."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from bot.content.checks.files import ENTRIES
from bot.content.checks.numbers import region_values
from bot.content.checks.texts import shown_texts
from bot.content.documents import Document, Documents, YamlPath
from bot.content.explanations import owner
from bot.content.markup import plain
from bot.content.mistakes import Mistake, shown

NUMBER = re.compile(r"\d+(?:[.,:]\d+)*|½")
REGIONS = "regions.yaml"
TextPlace = tuple[str, YamlPath]


def translation_warnings(folder: Path, own: Documents, base: Documents, lacking: tuple[str, ...]) -> Iterator[Mistake]:
    """`own`: the translation's documents, laid over those of `base`. `lacking`: entries that it does not have."""
    for name in lacking:
        yield Mistake(shown(folder / ENTRIES / f"{name}.yaml"), 1, "is not translated: it is shown as it is")
    theirs = {key: text for key, text, _ in _facts(base)}
    for key, text, tell in _facts(own):
        other = theirs.get(key)
        if other is None or text == other:
            continue
        mine, wanted = _numbers(text), _numbers(other)
        if mine != wanted:
            more, less = " ".join((mine - wanted).elements()), " ".join((wanted - mine).elements())
            parts = [f"has {more}, which the other does not" if more else "", f"lacks {less}" if less else ""]
            yield tell(f"does not say the same numbers: it {' and '.join(part for part in parts if part)}")
        elif key[0] == REGIONS and NUMBER.findall(plain(text)) != NUMBER.findall(plain(other)):
            yield tell("says the numbers in another order: is each still somebody's own?")


def _facts(documents: Documents) -> Iterator[tuple[TextPlace, str, Callable[[str], Mistake]]]:
    """Every text whose numbers must be the same in both, with its place and what tells a mistake of it."""
    for name, document in documents.items():
        for each in shown_texts({name: document}):
            yield (name, each.place), each.text, each.mistake
    for place, text in region_values(documents):
        yield (REGIONS, place), text, partial(_of_region, documents[REGIONS], place)


def _of_region(regions: Document, place: YamlPath, what: str) -> Mistake:
    return regions.mistake(place, f"{owner(regions, place)}'{place[-1]}' {what}")


def _numbers(text: str) -> Counter[str]:
    return Counter(NUMBER.findall(plain(text)))
