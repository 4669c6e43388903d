"""A store on every kind of database: SQLite on disk and in memory, and PostgreSQL where a server runs."""

import contextlib
import os
import secrets
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.store import Store, open_store

SERVER = "postgresql://postgres:postgres@127.0.0.1:5432/test?connect_timeout=2"


@contextlib.contextmanager
def postgres_schema() -> Iterator[str]:
    """The URL of a schema of its own on the test server, dropped afterwards."""
    psycopg = pytest.importorskip("psycopg", reason="the postgres extra is not installed")
    schema = f"bot_test_{secrets.token_hex(6)}"
    try:
        with psycopg.connect(SERVER, autocommit=True) as connection:
            connection.execute(f"CREATE SCHEMA {schema}")
    except psycopg.OperationalError as error:
        if os.environ.get("NEED_POSTGRES"):
            raise
        pytest.skip(f"no PostgreSQL server with a database 'test' on 127.0.0.1:5432: {error}")
    try:
        yield f"{SERVER}&options=-csearch_path%3D{schema}"
    finally:
        with psycopg.connect(SERVER, autocommit=True) as connection:
            connection.execute(f"DROP SCHEMA {schema} CASCADE")


KINDS = ["file", "memory", pytest.param("postgres", marks=pytest.mark.postgres)]


@pytest.fixture(params=KINDS)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    match request.param:
        case "file":
            yield f"sqlite:///{tmp_path}/data/bot.db"
        case "memory":
            yield "sqlite://"
        case _:
            with postgres_schema() as found:
                yield found


@pytest.fixture
async def store(url: str) -> AsyncIterator[Store]:
    store = await open_store(url)
    yield store
    await store.close()
