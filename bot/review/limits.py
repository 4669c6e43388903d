"""What a rule's own fields show: impossible ages, limits without effect, wordings given twice, no source."""

from collections import Counter
from collections.abc import Iterator

from bot.content.mistakes import Mistake
from bot.review.rulebook import Rulebook


def impossible_ages(book: Rulebook) -> Iterator[Mistake]:
    for filed in book.filed():
        start, end = filed.rule.start, filed.rule.end
        if start is not None and end is not None and start >= end:
            what = f"this rule can never fire: it counts from {start:g} months, but only to {end:g}"
            yield book.about(filed, what, (*filed.place, "from"))


def idle_limits(book: Rulebook) -> Iterator[Mistake]:
    """`within` and `across` say how parts stand to each other: with one part they say nothing."""
    for filed in book.filed():
        if len(filed.rule.all) > 1:
            continue
        if filed.rule.within is not None:
            yield book.about(filed, "'within' has no effect on a rule of one part", (*filed.place, "within"))
        if filed.rule.across:
            yield book.about(filed, "'across' has no effect on a rule of one part", (*filed.place, "across"))


def twice(book: Rulebook) -> Iterator[Mistake]:
    for filed in book.filed():
        places = [(book.part_place(filed, number), part) for number, part in enumerate(filed.parts)]
        for place, wordings in [*places, ((*filed.place, "unless"), filed.unless)]:
            for wording, times in Counter(wordings).items():
                if times > 1:
                    yield book.about(filed, f"'{wording}' is given twice here", place)


def without_source(book: Rulebook) -> Iterator[Mistake]:
    for index, sign in enumerate(book.rules.signs):
        if not sign.sources:
            what = f"sign '{sign.id}': names no source in 'sources': whoever signs the rules will ask for one"
            yield book.document.mistake(("signs", index), what)
