"""Who may talk to the page: this machine only, and no other web site through its browser."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator

NAMES = ("localhost", "127.0.0.1", "[::1]")
HTTP_PORT = 80  # the one that browsers leave out
FOREIGN = ("cross-site", "same-site")  # same-site is any other port of this machine


def check_loopback(host: str) -> None:
    """ValueError unless the address can be reached from this machine alone."""
    if host == "localhost":
        return
    try:
        loopback = ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        loopback = False
    if not loopback:
        raise ValueError(f"the preview listens on this machine only: use 127.0.0.1, not {host!r}")


def is_ours(host: str, port: int) -> bool:
    """Whether a Host header names us: another name that leads here is DNS rebinding."""
    return host.lower() in _hosts(port)


def is_from_us(origin: str | None, port: int) -> bool:
    """Whether an Origin header is our own page; programs send none, browsers always do with a POST."""
    return origin is None or origin in {f"http://{host}" for host in _hosts(port)}


def is_asked_by_us(site: str | None, mode: str | None, opens: bool) -> bool:
    """Whether Sec-Fetch-Site and Sec-Fetch-Mode are ours: another page's picture or script has no Origin.

    `opens`: the page itself is asked for; links elsewhere may lead to it.
    """
    return site not in FOREIGN or (opens and mode == "navigate")


def _hosts(port: int) -> Iterator[str]:
    for name in NAMES:
        yield f"{name}:{port}"
        if port == HTTP_PORT:
            yield name
