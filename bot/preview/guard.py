"""Who may talk to the page: this machine only, and no other web site through its browser."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

NAMES = {"localhost", "127.0.0.1", "::1"}


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
    parts = _split(f"//{host}")
    return parts is not None and parts[0] in NAMES and (parts[1] or 80) == port


def is_from_us(origin: str | None, port: int) -> bool:
    """Whether an Origin header is our own page; programs send none, browsers always do with a POST."""
    if origin is None:
        return True
    return origin.startswith("http://") and is_ours(origin.removeprefix("http://"), port)


def _split(address: str) -> tuple[str | None, int | None] | None:
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return None
    return parts.hostname, port
