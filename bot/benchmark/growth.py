"""What more wordings cost: packs of several sizes, made from one, with as many classes."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from bot.benchmark.contestants import Contestant, answers_of
from bot.benchmark.cost import Latency, StartUp, latency, start
from bot.benchmark.engine import Engine
from bot.benchmark.typos import with_typos
from bot.content import Content
from bot.content.entries import Outside

SIZES = (100, 1_000, 10_000)
LARGEST = 100_000  # takes minutes
ASKED = 60  # messages a size; the slowest method needs a second for one
DROPPED = 0.15  # chance of each word to be left out of a made-up wording
TRIES = 5  # for each wanted wording; some come out alike, and of a very short one there are only so many
SEED = 2024


@dataclass(frozen=True)
class Step:
    """One method at one size; `synthetic` of the wordings were made up. `reply`: the whole bot, ours only."""

    name: str
    wordings: int
    synthetic: int
    start_up: StartUp
    latency: Latency
    reply: Latency | None


def grow(content: Content, entered: Sequence[Contestant], texts: Sequence[str], sizes: Sequence[int]) -> Iterator[Step]:
    """Each method that grows, at each size in turn."""
    real = answers_of(content)
    for size in sizes:
        pack = of_size(content, size)
        wordings = tuple(answers_of(pack))
        synthetic = sum(text not in real for text in wordings)
        for each in entered:
            if not each.grows:
                continue
            ranker, start_up = start(partial(each.learn, pack))
            spent = latency(ranker.best, texts[:ASKED])
            reply = latency(ranker.reply, texts[:ASKED]) if isinstance(ranker, Engine) else None
            yield Step(each.name, len(wordings), synthetic, start_up, spent, reply)


def of_size(content: Content, size: int) -> Content:
    """The pack with about so many wordings, shared out as its own are; every entry keeps its question."""
    chance = random.Random(SEED)  # noqa: S311 - wordings to measure with, not secrets
    share = size / len(answers_of(content))

    def scaled(texts: Sequence[str], fewest: int = 0) -> tuple[str, ...]:
        return _scaled(texts, max(round(len(texts) * share), fewest), chance)

    entries = tuple(
        entry.model_copy(update={"phrasings": scaled((entry.question, *entry.phrasings), 1)})
        for entry in content.entries
    )
    talks = tuple(talk.model_copy(update={"phrasings": scaled(talk.phrasings, 1)}) for talk in content.smalltalk)
    outside = Outside(near=scaled(content.outside.near), far=scaled(content.outside.far))
    return replace(content, entries=entries, smalltalk=talks, outside=outside)


def _scaled(texts: Sequence[str], wanted: int, chance: random.Random) -> tuple[str, ...]:
    """The first text and others at random, or all and made-up ones; all different."""
    texts = tuple(dict.fromkeys(texts))
    if not texts or wanted <= len(texts):
        return (*texts[:1], *chance.sample(texts[1:], max(wanted - 1, 0))) if wanted else ()
    made = dict.fromkeys(texts)
    for _ in range(wanted * TRIES):
        if len(made) >= wanted:
            break
        made[_made_up(chance.choice(texts), chance)] = None
    return tuple(made)


def _made_up(text: str, chance: random.Random) -> str:
    """A wording with some words left out and up to two typing errors."""
    words = text.split()
    kept = [word for word in words if chance.random() >= DROPPED] or words
    return with_typos(" ".join(kept), chance.randint(1, 2), chance.randrange(2**32))
