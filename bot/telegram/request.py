"""Calls over HTTP by aiohttp: python-telegram-bot's own httpx was nearly half of all the work done here."""

import json
import os
import socket
import ssl
from http import HTTPStatus
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
# A question for updates is silent for half a minute. Probes of an idle connection, in seconds, tell that the
# other side is gone or has come back without knowing it.
PROBES = (("TCP_KEEPIDLE", 4), ("TCP_KEEPINTVL", 4), ("TCP_KEEPCNT", 5))
SOCKS = (
    "The proxy for Telegram is a SOCKS proxy ({setting}), and this bot speaks HTTP proxies only. Set HTTPS_PROXY to an "
    "HTTP proxy, or take the setting away (NO_PROXY={host} leaves it for other programs)."
)


class ProxyError(Exception):
    """The environment names a proxy that can't be used; the message says which and what to do."""


class HttpRequest(BaseRequest):
    """A pool of `connections` to the server at `address`; a proxy is taken from the environment, once.

    Raises ProxyError.
    """

    def __init__(self, address: str, connections: int) -> None:
        self._connections = connections
        self._proxy = proxy_for(address)
        self._session: aiohttp.ClientSession | None = None
        self.date = ""  # when the server last answered, by its own clock, as its Date header has it

    @property
    def read_timeout(self) -> float:
        return READING

    async def initialize(self) -> None:
        """Open the pool; connections are made when they are needed."""
        if self._session is None:
            trusted = ssl.create_default_context()
            trusted.load_verify_locations(certifi.where())  # where the system has no authorities of its own
            connector = aiohttp.TCPConnector(
                limit=self._connections, keepalive_timeout=KEPT_OPEN, ssl=trusted, socket_factory=_probed
            )
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
        write_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - the largest is a picture of a hundred kilobytes
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - one for all
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - no more calls than connections
    ) -> tuple[int, bytes]:
        """One call. Raises TimedOut where it may have been carried out, NetworkError where it was not.

        Numbers go as numbers, lists as lists: the library's own `json_payload` would put all into quotes.
        """
        if self._session is None:
            raise NetworkError("the connection is closed")
        body, headers = _body_of(request_data)
        reading = read_timeout if isinstance(read_timeout, (int, float)) else READING
        timeout = aiohttp.ClientTimeout(sock_connect=CONNECTING, sock_read=reading)
        try:
            async with self._session.request(method, url, data=body, headers=headers, timeout=timeout) as answer:
                self.date = answer.headers.get("Date", "")
                return _checked(answer.status, await answer.read())
        except aiohttp.ConnectionTimeoutError as error:
            raise NetworkError("no connection in time") from error  # nothing was sent
        except TimeoutError as error:
            raise TimedOut("no answer in time") from error
        except aiohttp.ClientError as error:
            raise NetworkError(_reason(error)) from error


def _body_of(data: RequestData | None) -> tuple[bytes | aiohttp.FormData, dict[str, str]]:
    """The parameters as JSON, or as a form where a file is among them."""
    if data is None or not data.contains_files:
        return json.dumps(data.parameters).encode() if data else b"{}", AS_JSON
    form = aiohttp.FormData()
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, kind) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=kind)
    return form, {}


def _checked(status: int, body: bytes) -> tuple[int, bytes]:
    """An answer of Telegram's. A portal's or a proxy's page is none, whatever its code says."""
    if body.lstrip()[:1] == b"{" and b'"ok"' in body:
        return status, body
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        raise TimedOut("an answer that is not Telegram's: a proxy, a portal or a firewall is in the way")
    raise NetworkError(f"HTTP {status}, and not from Telegram: a proxy, a portal or a firewall is in the way")


def _reason(error: aiohttp.ClientError) -> str:
    """Why there is no connection. The error's own words hold the address, and with it the token."""
    match error:
        case aiohttp.ClientConnectorDNSError():
            return "the server's name is not known: DNS"
        case aiohttp.ClientConnectorCertificateError() | aiohttp.ClientConnectorSSLError():
            return "no secure connection: the certificate or the clock"
        case aiohttp.ClientProxyConnectionError():
            return "the proxy does not answer"
        case aiohttp.ClientHttpProxyError():
            return f"the proxy refuses, HTTP {error.status}"
        case aiohttp.ClientConnectorError():
            return os.strerror(error.os_error.errno) if error.os_error.errno else "no connection"
        case _:
            return type(error).__name__


def _probed(address: aiohttp.AddrInfoType) -> socket.socket:
    """A socket that notices when the other side is gone."""
    family, kind, protocol, _, _ = address
    made = socket.socket(family=family, type=kind, proto=protocol)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for name, value in PROBES:
        if hasattr(socket, name):  # not on every system
            made.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)
    return made


def proxy_for(address: str) -> str | None:
    """The proxy that the environment names for an address: HTTPS_PROXY or ALL_PROXY, unless NO_PROXY.

    Without `http://` before it, it is one all the same, as curl has it. Raises ProxyError for a SOCKS proxy.
    """
    parts = urlsplit(address)
    host = parts.hostname or ""
    if proxy_bypass(host):
        return None
    known = getproxies()
    setting = next((name for name in (parts.scheme, "all") if known.get(name)), None)
    if setting is None:
        return None
    proxy = known[setting]
    if "://" not in proxy:
        proxy = f"http://{proxy}"
    if urlsplit(proxy).scheme.startswith("socks"):
        raise ProxyError(SOCKS.format(setting=f"{setting.upper()}_PROXY", host=host))
    return proxy
