"""How much is done, counted and not timed: the same on every machine, however busy."""

import sys
from collections.abc import Callable
from types import FrameType


def work(function: Callable[[], object]) -> int:
    """Calls of functions, ours and the libraries', while the function runs."""
    calls = 0

    def note(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        function()
    finally:
        sys.setprofile(before)
    return calls
