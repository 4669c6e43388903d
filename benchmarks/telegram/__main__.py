"""The pretend Telegram as a process of its own, for tests and benchmarks: ``python -m benchmarks.telegram``.

It prints one line of JSON with its two addresses, and ends when its standard input does or on SIGTERM.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import signal
import sys

from benchmarks.telegram.control import serve_control
from bot.preview.server import TOKEN, PretendTelegram
from bot.preview.web import serve


async def run(port: int, control_port: int) -> None:
    """Serve until the end."""
    loop, stop = asyncio.get_running_loop(), asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, stop.set)
    with contextlib.suppress(PermissionError):  # a file can't be watched: then only SIGTERM ends it
        loop.add_reader(sys.stdin, lambda: None if os.read(sys.stdin.fileno(), 1024) else stop.set())
    telegram = PretendTelegram(is_impatient=True)
    served = await serve(telegram, port=port)
    control = await serve_control(telegram, port=control_port)
    addresses = {
        "api": served.url.rstrip("/"), "control": f"http://127.0.0.1:{control.port}", "token": TOKEN,
    }  # fmt: skip
    sys.stdout.write(json.dumps(addresses) + "\n")
    sys.stdout.flush()
    await stop.wait()
    await control.stop()
    telegram.webhook.stop()
    await served.stop()


def main() -> None:
    """Read the command line and serve."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.telegram", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="where the Bot API listens; 0: any free port")
    parser.add_argument("--control-port", type=int, default=0, help="where orders are taken; 0: any")
    given = parser.parse_args()
    asyncio.run(run(given.port, given.control_port))


if __name__ == "__main__":
    main()
