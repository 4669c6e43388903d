"""What a method costs: seconds to start, milliseconds a message, megabytes."""

import ctypes
import gc
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import TypeVar

import numpy as np

STATUS = Path("/proc/self/status")  # Linux only
MIDDLE, SLOWEST = 50, 99  # percentiles

Made = TypeVar("Made")


@dataclass(frozen=True)
class Latency:
    """Milliseconds for one message: the median and the 99th percentile."""

    p50: float
    p99: float


@dataclass(frozen=True)
class StartUp:
    """Seconds to learn, and the megabytes the process has grown by; None where that can't be read.

    What is needed only while learning is not in the growth. It is a rough figure: one process, many methods.
    """

    seconds: float
    megabytes: float | None


def latency(call: Callable[[str], object], texts: Iterable[str]) -> Latency:
    """Each text once, in order, after the first has been asked once to warm up."""
    texts = tuple(texts)
    call(texts[0])
    spent = [_seconds(partial(call, text))[1] * 1000 for text in texts]
    p50, p99 = np.percentile(spent, (MIDDLE, SLOWEST))
    return Latency(round(float(p50), 3), round(float(p99), 3))


def start(make: Callable[[], Made]) -> tuple[Made, StartUp]:
    """What `make` makes, and its cost."""
    before = _resident()
    made, seconds = _seconds(make)
    after = _resident()
    grown = None if before is None or after is None else round(after - before, 1)
    return made, StartUp(round(seconds, 3), grown)


def _seconds(make: Callable[[], Made]) -> tuple[Made, float]:
    begun = perf_counter()
    made = make()
    return made, perf_counter() - begun


def _resident() -> float | None:
    """Megabytes of this process in memory, what it no longer uses given back first."""
    gc.collect()
    with suppress(OSError, AttributeError):  # glibc only; without it, freed memory counts as used
        ctypes.CDLL(None).malloc_trim(0)
    try:
        lines = STATUS.read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS:")), None)
