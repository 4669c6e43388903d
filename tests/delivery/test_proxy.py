"""The proxy that stands in for a broken network does what the proofs believe it does."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Sequence

import pytest

from tests.delivery.proxy import Proxy
from tests.http import free_ports

NewProxy = Callable[[Sequence[int]], Proxy]


@pytest.fixture
async def echo() -> AsyncIterator[Callable[[str], "asyncio.Future[int]"]]:
    """Servers that say a line back behind their name."""
    servers: list[asyncio.Server] = []

    async def start(name: str) -> int:
        async def on_connection(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            while line := await reader.readline():
                writer.write(name.encode() + b" " + line)
            writer.close()

        servers.append(await asyncio.start_server(on_connection, "127.0.0.1", 0))
        port: int = servers[-1].sockets[0].getsockname()[1]
        return port

    yield start
    for server in servers:
        server.close()


async def ask(port: int, line: str = "hello") -> str:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(line.encode() + b"\n")
        async with asyncio.timeout(0.5):
            return (await reader.readline()).decode().strip()
    finally:
        writer.close()


async def test_each_connection_goes_to_the_next_server(echo, new_proxy: NewProxy) -> None:
    ports = [await echo("one"), await echo("two")]
    proxy = new_proxy(ports)
    await proxy.start()
    assert [await ask(proxy.port) for _ in range(4)] == ["one hello", "two hello", "one hello", "two hello"]
    assert [proxy.taken[port] for port in ports] == [2, 2]


async def test_a_server_that_takes_no_connection_is_passed_over(echo, new_proxy: NewProxy) -> None:
    proxy = new_proxy([*free_ports(1), await echo("two")])
    await proxy.start()
    assert [await ask(proxy.port) for _ in range(2)] == ["two hello"] * 2


async def test_a_stopped_up_line_takes_data_and_gives_none_until_it_is_opened(echo, new_proxy: NewProxy) -> None:
    proxy = new_proxy([await echo("one")])
    await proxy.start()
    proxy.hang()
    with pytest.raises(TimeoutError):
        await ask(proxy.port)
    proxy.open()
    assert await ask(proxy.port) == "one hello"


async def test_a_cut_line_breaks_what_is_connected_and_what_comes(echo, new_proxy: NewProxy) -> None:
    proxy = new_proxy([await echo("one")])
    await proxy.start()
    reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
    writer.write(b"hello\n")
    assert await reader.readline() == b"one hello\n"
    proxy.refuse()
    with contextlib.suppress(ConnectionError):
        assert await reader.read() == b""
    writer.close()
    with pytest.raises((ConnectionError, AssertionError)):
        assert await ask(proxy.port) == "one hello"
    proxy.open()
    assert await ask(proxy.port) == "one hello"
