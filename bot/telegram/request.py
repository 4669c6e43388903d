"""Calls over HTTP by aiohttp: python-telegram-bot's own httpx was nearly half of all the work done here."""

import ssl
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
import certifi
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

# Seconds. A time-out leaves open whether a message arrived, so reading may take long.
CONNECTING, READING = 5.0, 15.0
# As a form, to escape every quote and space of an answer took longer than all the rest of the call.
AS_JSON = {"Content-Type": "application/json"}
KEPT_OPEN = 60.0  # seconds that an idle connection is worth keeping


class HttpRequest(BaseRequest):
    """A pool of `connections` to the server at `address`; a proxy is taken from the environment, once."""

    def __init__(self, address: str, connections: int) -> None:
        self._connections = connections
        self._proxy = proxy_for(address)
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        return READING

    async def initialize(self) -> None:
        """Open the pool; connections are made when they are needed."""
        if self._session is None:
            trusted = ssl.create_default_context()
            trusted.load_verify_locations(certifi.where())  # where the system has no authorities of its own
            connector = aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=KEPT_OPEN, ssl=trusted)
            self._session = aiohttp.ClientSession(
                connector=connector, proxy=self._proxy, cookie_jar=aiohttp.DummyCookieJar()
            )

    async def shutdown(self) -> None:
        """Close the pool."""
        if self._session is not None:
            session, self._session = self._session, None
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - nothing large is written
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - one for all
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - no more calls than connections
    ) -> tuple[int, bytes]:
        """One call. Raises TimedOut or NetworkError."""
        if self._session is None:
            raise NetworkError("the connection is closed")
        body = request_data.json_payload if request_data else b"{}"
        reading = read_timeout if isinstance(read_timeout, (int, float)) else READING
        timeout = aiohttp.ClientTimeout(sock_connect=CONNECTING, sock_read=reading)
        try:
            async with self._session.request(method, url, data=body, headers=AS_JSON, timeout=timeout) as answer:
                return answer.status, await answer.read()
        except aiohttp.ConnectionTimeoutError as error:
            raise NetworkError("no connection in time") from error  # nothing was sent
        except TimeoutError as error:
            raise TimedOut from error
        except aiohttp.ClientError as error:
            # The error's own words hold the address, and with it the token.
            raise NetworkError(type(error).__name__) from error


def proxy_for(address: str) -> str | None:
    """The proxy that the environment names for an address: HTTPS_PROXY or ALL_PROXY, unless NO_PROXY."""
    parts = urlsplit(address)
    if proxy_bypass(parts.hostname or ""):
        return None
    known = getproxies()
    return known.get(parts.scheme) or known.get("all")
