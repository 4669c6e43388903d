"""A database engine from a URL: SQLite or PostgreSQL, tuned, and wrong URLs told in plain words."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import AsyncAdaptedQueuePool, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DisconnectionError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

BACKENDS = {"sqlite": "sqlite", "postgresql": "postgresql", "postgres": "postgresql"}
# No prepared statements: a pooler between (pgbouncer in transaction mode) gives each transaction another
# connection, which does not know them. UTF-8 by name: a database made in SQL_ASCII would else answer in bytes.
TO_POSTGRES: dict[str, Any] = {"prepare_threshold": None, "client_encoding": "utf8"}
MEMORY = (None, "", ":memory:")  # names of a SQLite database that is never written to disk
BUSY = 600  # milliseconds that SQLite waits for another writer: two that wait in turn, within the store's patience


class StoreError(Exception):
    """The store did not do what was asked. Whoever asked must go on without it."""


class WrongKeyError(StoreError):
    """The database belongs to another people's key: every code in it was made with that one."""


def open_engine(url: str) -> AsyncEngine:
    """An engine that has not connected yet. Raises StoreError for a URL that can't be used."""
    try:
        address = address_of(url, {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+psycopg"})
        if address.get_backend_name() == "sqlite" and address.database not in MEMORY:
            Path(str(address.database)).parent.mkdir(parents=True, exist_ok=True)
        return _engine(address)
    except (ArgumentError, ModuleNotFoundError, ValueError) as error:
        raise StoreError(f"DATABASE_URL can't be used: {_hint(error)}") from error
    except OSError as error:
        raise StoreError(f"the folder of DATABASE_URL can't be made: {error.strerror}") from error


def address_of(url: str, drivers: Mapping[str, str]) -> URL:
    """The address with the driver for its kind of database. Raises ArgumentError for any other kind."""
    address = make_url(url)
    backend = BACKENDS.get(address.get_backend_name())
    if backend is None:
        raise ArgumentError(f"'{address.get_backend_name()}' is not supported")
    return address.set(drivername=drivers[backend])


def _engine(address: URL) -> AsyncEngine:
    if address.get_backend_name() != "sqlite":
        return create_async_engine(address, connect_args=TO_POSTGRES)
    # One connection, and one transaction at a time on it: there is one writer anyhow, and connections that wait for
    # one another in SQLite's own way wait unfairly, some for too long. In memory another would see another database.
    engine = create_async_engine(address, poolclass=AsyncAdaptedQueuePool, pool_size=1, max_overflow=0)
    if address.database not in MEMORY:
        _follow_file(engine, str(address.database))
    event.listen(engine.sync_engine, "connect", _tune_sqlite)
    return engine


def _hint(error: Exception) -> str:
    if isinstance(error, ModuleNotFoundError):
        return "for PostgreSQL install the extra: pip install '.[postgres]'"
    return "give sqlite:///data/bot.db or postgresql://user:password@host/name"


def _tune_sqlite(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    try:
        cursor.execute(f"PRAGMA busy_timeout={BUSY}")
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=NORMAL")
    except Exception:
        connection.close()  # SQLAlchemy would leave it, and its thread, to the garbage collector
        raise
    cursor.close()


def _follow_file(engine: AsyncEngine, path: str) -> None:
    """Let go of connections to a file that another has taken the place of, as when a backup is put back."""

    def note(_connection: Any, record: Any) -> None:
        record.info["file"] = _identity(path)

    def compare(_connection: Any, record: Any, _proxy: Any) -> None:
        if record.info.get("file") != _identity(path):
            raise DisconnectionError

    event.listen(engine.sync_engine, "connect", note)
    event.listen(engine.sync_engine, "checkout", compare)


def _identity(path: str) -> int | None:
    try:
        return os.stat(path).st_ino
    except OSError:
        return None
