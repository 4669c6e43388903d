"""Who takes part: our engine and every peer, with the libraries that each needs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module

from rapidfuzz import fuzz

from bot.benchmark import counting, vectors
from bot.benchmark.engine import Engine
from bot.benchmark.fuzzy import Fuzzy
from bot.benchmark.okapi import BM25
from bot.benchmark.ranker import Peer, Ranker
from bot.content import Content
from bot.understanding.examples import examples_of

OURS = "ours"


@dataclass(frozen=True)
class Contestant:
    """A method by name. `needs`: modules it can't do without. `grows`: measured at several sizes."""

    name: str
    learn: Callable[[Content], Ranker]
    needs: tuple[str, ...] = ()
    grows: bool = False


@dataclass(frozen=True)
class Missing:
    """A method that sits out, and why."""

    name: str
    why: str


def contestants() -> tuple[Contestant, ...]:
    """All of them, ours first."""
    static = (*vectors.NEEDS_STATIC, *vectors.NEEDS_REGRESSION)
    minilm = (*vectors.NEEDS_MINILM, *vectors.NEEDS_REGRESSION)
    return (
        Contestant(OURS, Engine, grows=True),
        _peer("rapidfuzz WRatio", Fuzzy, grows=True),
        _peer("rapidfuzz token_set_ratio", lambda: Fuzzy(fuzz.token_set_ratio), grows=True),
        _peer("rapidfuzz partial_token_set_ratio", lambda: Fuzzy(fuzz.partial_token_set_ratio), grows=True),
        _peer("BM25", BM25),
        _peer("tf-idf pieces 3-5, nearest", counting.TfIdfPieces, counting.NEEDS, grows=True),
        _peer("tf-idf words 1-2, nearest", counting.TfIdfWords, counting.NEEDS, grows=True),
        _peer("tf-idf, logistic regression", counting.TfIdfRegression, counting.NEEDS_REGRESSION),
        _peer("wordllama, nearest", lambda: vectors.NearestVector(vectors.static), vectors.NEEDS_STATIC),
        _peer("wordllama, logistic regression", vectors.static_regression, static),
        _peer("MiniLM, nearest", lambda: vectors.NearestVector(vectors.minilm), vectors.NEEDS_MINILM),
        _peer("MiniLM, logistic regression", vectors.minilm_regression, minilm),
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


def _peer(name: str, build: Callable[[], Peer], needs: tuple[str, ...] = (), grows: bool = False) -> Contestant:
    def learn(content: Content) -> Ranker:
        labelled = answers_of(content)
        peer = build()
        peer.fit(tuple(labelled), tuple(labelled.values()))
        return peer

    return Contestant(name, learn, needs, grows)
