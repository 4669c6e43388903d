"""From a ledger of what was asked and sent to figures: pure arithmetic."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean, median
from typing import Any

import numpy as np

PERCENTILES = (50, 95, 99)
MILLISECONDS = 1000.0


@dataclass(frozen=True)
class Asked:
    """A question or a press, due at a moment that did not depend on the bot. Times in seconds."""

    due: float
    person: int


@dataclass(frozen=True)
class Called:
    """A call of the Bot API that took effect, as it arrived."""

    at: float
    method: str
    chat: int


@dataclass(frozen=True)
class Stretch:
    """A part of the run: what was asked, what was called, and the processor seconds of bot and Telegram."""

    asked: tuple[Asked, ...]
    called: tuple[Called, ...]
    bot_cpu: float | None
    telegram_cpu: float | None
    seconds: float


@dataclass(frozen=True)
class Round:
    """One bot, measured once. Rates a second, waits in seconds, processor time in ms, memory in MB."""

    drained: float
    waits: tuple[float, ...]
    asked_rate: float
    cpu_drained: float | None
    cpu_at_rate: float | None
    calls_a_reply: float
    calls_a_press: float | None
    resident: float | None
    peak: float | None
    telegram_busy: float | None
    unanswered: int


@dataclass(frozen=True)
class Figures:
    """All rounds of one bot: the middle of the rates, all the waits together, in ms."""

    name: str
    rounds: int
    drained: float
    asked_rate: float
    latency: dict[str, float]
    cpu_drained: float | None
    cpu_at_rate: float | None
    calls_a_reply: float
    calls_a_press: float | None
    resident: float | None
    peak: float | None
    telegram_busy: float | None
    unanswered: int

    def to_json(self) -> dict[str, Any]:
        return vars(self)


def rate(called: Sequence[Called], method: str = "sendMessage") -> float:
    """Replies a second while a backlog is worked off, from the first to the last; 0 for fewer than two."""
    times = sorted(call.at for call in called if call.method == method)
    if len(times) < 2 or times[-1] == times[0]:
        return 0.0
    return (len(times) - 1) / (times[-1] - times[0])


def waits(asked: Iterable[Asked], called: Iterable[Called], method: str = "sendMessage") -> tuple[float, ...]:
    """Seconds from when each question was due to its reply: the bot answers each person in order.

    A question without a reply gives none: see `unanswered`.
    """
    replies: dict[int, list[float]] = defaultdict(list)
    for call in called:
        if call.method == method:
            replies[call.chat].append(call.at)
    due: dict[int, list[float]] = defaultdict(list)
    for each in asked:
        due[each.person].append(each.due)
    pairs = ((due[person], replies[person]) for person in due)
    return tuple(at - when for whens, ats in pairs for when, at in zip(whens, ats, strict=False))


def unanswered(stretch: Stretch) -> int:
    return len(stretch.asked) - len(waits(stretch.asked, stretch.called))


def calls_each(stretch: Stretch) -> float:
    """Calls of the Bot API for each thing asked; asking for updates is not counted."""
    return len(stretch.called) / len(stretch.asked) if stretch.asked else 0.0


def cpu_each(stretch: Stretch) -> float | None:
    """Milliseconds of processor for each thing asked; None where that can't be read."""
    if stretch.bot_cpu is None or not stretch.asked:
        return None
    return stretch.bot_cpu / len(stretch.asked) * MILLISECONDS


def round_of(
    drain: Stretch, steady: Stretch, presses: Stretch | None, memory: tuple[float | None, float | None]
) -> Round:
    """One round: a backlog worked off, questions at a fixed rate, and presses if the bot has buttons."""
    busy = None if drain.telegram_cpu is None or not drain.seconds else drain.telegram_cpu / drain.seconds
    return Round(
        drained=rate(drain.called),
        waits=waits(steady.asked, steady.called),
        asked_rate=_asked_rate(steady.asked),
        cpu_drained=cpu_each(drain),
        cpu_at_rate=cpu_each(steady),
        calls_a_reply=calls_each(steady),
        calls_a_press=None if presses is None else calls_each(presses),
        resident=memory[0],
        peak=memory[1],
        telegram_busy=busy,
        unanswered=unanswered(drain) + unanswered(steady),
    )


def combine(name: str, rounds: Sequence[Round]) -> Figures:
    pooled = [wait * MILLISECONDS for each in rounds for wait in each.waits]
    percentiles = np.percentile(pooled, PERCENTILES) if pooled else [float("nan")] * len(PERCENTILES)
    return Figures(
        name,
        len(rounds),
        drained=round(median(each.drained for each in rounds), 1),
        asked_rate=round(median(each.asked_rate for each in rounds), 1),
        latency={f"p{p}": round(float(at), 1) for p, at in zip(PERCENTILES, percentiles, strict=True)},
        cpu_drained=_mean([each.cpu_drained for each in rounds]),
        cpu_at_rate=_mean([each.cpu_at_rate for each in rounds]),
        calls_a_reply=round(fmean(each.calls_a_reply for each in rounds), 3),
        calls_a_press=_mean([each.calls_a_press for each in rounds]),
        resident=_mean([each.resident for each in rounds]),
        peak=_mean([each.peak for each in rounds]),
        telegram_busy=_mean([each.telegram_busy for each in rounds]),
        unanswered=sum(each.unanswered for each in rounds),
    )


def _asked_rate(asked: Sequence[Asked]) -> float:
    due = sorted(each.due for each in asked)
    return (len(due) - 1) / (due[-1] - due[0]) if len(due) > 1 and due[-1] > due[0] else 0.0


def _mean(values: Sequence[float | None]) -> float | None:
    """Of what could be measured; None if nothing could."""
    known = [value for value in values if value is not None]
    return round(fmean(known), 2) if known else None
