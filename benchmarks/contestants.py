"""Who takes part: our engine and every peer, with the libraries that each needs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module

from benchmarks import counting
from benchmarks.engine import Engine
from benchmarks.fuzzy import Fuzzy
from benchmarks.ranker import Peer, Ranker
from bot.content import Content
from bot.understanding.examples import examples_of

OURS = "ours"


@dataclass(frozen=True)
class Contestant:
    """A method by name. `needs`: modules it can't do without."""

    name: str
    learn: Callable[[Content], Ranker]
    needs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Missing:
    """A method that sits out, and why."""

    name: str
    why: str


def contestants() -> tuple[Contestant, ...]:
    """All of them, ours first."""
    return (
        Contestant(OURS, Engine),
        _peer("rapidfuzz WRatio", Fuzzy),
        _peer("tf-idf, logistic regression", counting.TfIdfRegression, counting.NEEDS),
    )


def present(entered: Sequence[Contestant]) -> tuple[tuple[Contestant, ...], tuple[Missing, ...]]:
    """Those whose libraries are here, loaded now so that no start-up pays for an import; and the rest."""
    here: list[Contestant] = []
    absent: list[Missing] = []
    for each in entered:
        try:
            for name in each.needs:
                import_module(name)
        except (ImportError, OSError) as error:  # OSError: a library is there, but not what it links to
            absent.append(Missing(each.name, str(error)))
        else:
            here.append(each)
    return tuple(here), tuple(absent)


def answers_of(content: Content) -> dict[str, str]:
    """Every wording whose answer is known, and that answer."""
    return {each.text: each.answer for each in examples_of(content) if each.answer}


def _peer(name: str, build: Callable[[], Peer], needs: tuple[str, ...] = ()) -> Contestant:
    def learn(content: Content) -> Ranker:
        labelled = answers_of(content)
        peer = build()
        peer.fit(tuple(labelled), tuple(labelled.values()))
        return peer

    return Contestant(name, learn, needs)
