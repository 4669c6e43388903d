"""A PostgreSQL database of its own for a test, dropped afterwards."""

import contextlib
import os
import secrets
from collections.abc import Iterator

import pytest

HOST, PORT = "127.0.0.1", 5432
SERVER = f"postgresql://postgres:postgres@{HOST}:{PORT}"


@contextlib.contextmanager
def fresh_database() -> Iterator[str]:
    """Its name. Skips where there is no server, unless NEED_POSTGRES says that there must be one."""
    psycopg = pytest.importorskip("psycopg", reason="the postgres extra is not installed")
    name = f"bot_delivery_{secrets.token_hex(6)}"
    administration = f"{SERVER}/postgres?connect_timeout=2"
    try:
        with psycopg.connect(administration, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
    except psycopg.OperationalError as error:
        if os.environ.get("NEED_POSTGRES"):
            raise
        pytest.skip(f"no PostgreSQL server on {HOST}:{PORT}: {error}")
    try:
        yield name
    finally:
        with psycopg.connect(administration, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def url_of(name: str, port: int = PORT) -> str:
    """Its address, through a proxy if another port is given."""
    return f"postgresql://postgres:postgres@{HOST}:{port}/{name}?connect_timeout=2"
