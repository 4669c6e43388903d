"""A TCP proxy that a test can shut or stop up: in front of a database, or of several web servers in turn."""

import asyncio
import contextlib
import itertools
from collections import Counter
from collections.abc import Sequence

CHUNK = 65536


class Proxy:
    """Each connection goes to the next server that takes it, on this machine."""

    def __init__(self, ports: Sequence[int]) -> None:
        self.port = 0
        self.taken: Counter[int] = Counter()  # connections by the server's port
        self._ports = tuple(ports)
        self._turn = itertools.cycle(range(len(self._ports)))
        self._flows = asyncio.Event()
        self._flows.set()
        self._refuses = False
        self._server: asyncio.Server | None = None
        self._connections: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._on_connection, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]

    def hang(self) -> None:
        """Take connections and data, pass nothing on."""
        self._flows.clear()

    def refuse(self) -> None:
        """Break off all connections, and every new one."""
        self._refuses = True
        self._flows.set()
        for each in self._connections:
            each.transport.abort()

    def open(self) -> None:
        """Let everything through again."""
        self._refuses = False
        self._flows.set()

    async def stop(self) -> None:
        if self._server is not None:
            self._server.close()
        self.refuse()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _on_connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        with contextlib.suppress(OSError, asyncio.CancelledError):
            await self._join(reader, writer)
        writer.transport.abort()

    async def _join(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._refuses:
            return
        server_reader, server_writer = await self._connect()
        self._connections |= {writer, server_writer}
        try:
            there = asyncio.ensure_future(self._pump(reader, server_writer))
            back = asyncio.ensure_future(self._pump(server_reader, writer))
            await asyncio.wait({there, back}, return_when=asyncio.FIRST_COMPLETED)
            if not back.done():  # the client has said all it will; the server may still answer
                await back
        finally:
            there.cancel()
            back.cancel()
            await asyncio.gather(there, back, return_exceptions=True)
            self._connections -= {writer, server_writer}
            server_writer.transport.abort()

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        for _ in self._ports:
            port = self._ports[next(self._turn)]
            with contextlib.suppress(OSError):
                opened = await asyncio.open_connection("127.0.0.1", port)
                self.taken[port] += 1
                return opened
        raise ConnectionRefusedError("no server takes connections")

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while data := await reader.read(CHUNK):
                await self._flows.wait()
                writer.write(data)
                await writer.drain()
            writer.write_eof()
