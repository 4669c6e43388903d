"""`python -m bot`: the command line."""

import signal
import sys
from pathlib import Path
from types import FrameType

_asked_to_end = False


def _end(*_: int | FrameType | None) -> None:
    global _asked_to_end  # a signal has no other way to leave word
    _asked_to_end = True
    sys.exit(0)


# First of all: process 1 of a container, which this may be, gets no signal that it has not asked for, and imports
# and learning take seconds. Whatever needs an end in order asks for its own later.
signal.signal(signal.SIGTERM, _end)

from bot.commands.line import line  # noqa: E402 - see above


def main() -> None:
    """The command `crawling-bot`; `python -m bot` is the same."""
    try:
        line(prog_name="crawling-bot" if Path(sys.argv[0]).stem == "crawling-bot" else "python -m bot")
    except ImportError:
        if _asked_to_end:  # a library written in C, half loaded, makes an error of its own of the end
            sys.exit(0)
        raise


if __name__ == "__main__":
    main()
