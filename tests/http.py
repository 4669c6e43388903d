"""One request over HTTP, sent as it is written: no address is made tidy, no header is added that changes its meaning."""

import socket
from collections.abc import Mapping
from dataclasses import dataclass

import aiohttp
from yarl import URL


@dataclass(frozen=True)
class Answer:
    code: int
    body: bytes
    headers: Mapping[str, str]


async def fetch(
    url: str, method: str = "GET", body: bytes | str | None = None, headers: Mapping[str, str] | None = None,
    seconds: float = 30.0,
) -> Answer:  # fmt: skip
    """The answer. Raises OSError where there is none: nobody listens, the line is cut, nothing comes in time."""
    given = body.encode() if isinstance(body, str) else body
    try:
        async with (
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=seconds)) as session,
            session.request(
                method, URL(url, encoded=True), data=given, headers=headers, allow_redirects=False,
                skip_auto_headers=("Content-Type",),
            ) as answer,
        ):  # fmt: skip
            return Answer(answer.status, await answer.read(), answer.headers)
    except aiohttp.ClientError as error:
        raise OSError(str(error)) from error


def free_ports(count: int) -> list[int]:
    """Ports that nobody listens on just now, each another."""
    found = [socket.socket() for _ in range(count)]
    for each in found:
        each.bind(("127.0.0.1", 0))
    ports = [int(each.getsockname()[1]) for each in found]
    for each in found:
        each.close()
    return ports


def free_port() -> int:
    """One of them."""
    return free_ports(1)[0]
