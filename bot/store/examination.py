"""How a database is, looked at from outside: nothing is made, migrated or left in it."""

import time
from dataclasses import dataclass
from pathlib import Path

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, insert, select
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from bot.store import StoreError
from bot.store.migration import SCRIPTS
from bot.store.tables import counts

DRIVERS = {"sqlite": "sqlite+pysqlite", "postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}
PATIENCE = 5  # seconds, to connect and for each statement
WAITING = {"sqlite": {"timeout": PATIENCE}, "postgresql": {"connect_timeout": PATIENCE}}
# Said once connected: among the arguments it would take the place of options that stand in the address.
STATEMENTS = {"sqlite": "SELECT 1", "postgresql": f"SET statement_timeout = '{PATIENCE}s'"}
MEMORY = (None, "", ":memory:")
PROBE = "doctor"  # the name of a count that is written and taken back


@dataclass(frozen=True)
class Health:
    """`version`: of the tables, None where there are none yet; `seconds`: to connect, write and take back."""

    kind: str
    version: str | None
    newest: str
    known: bool
    seconds: float


def examine(url: str) -> Health:
    """Connect, compare the tables with the newest migration, write and take it back. Raises StoreError."""
    scripts = ScriptDirectory(str(SCRIPTS))
    newest = str(scripts.get_current_head())
    try:
        address = _address(url)
        kind = address.get_backend_name()
        if kind == "sqlite" and (address.database in MEMORY or not Path(str(address.database)).exists()):
            return Health(kind, None, newest, True, 0.0)  # to connect would make it
        engine = create_engine(address, connect_args=WAITING[kind])
    except (ArgumentError, ModuleNotFoundError, ValueError) as error:
        raise StoreError(f"DATABASE_URL can't be used ({type(error).__name__})") from error
    start = time.perf_counter()
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql(STATEMENTS[kind])
            version = MigrationContext.configure(connection).get_current_revision()
            if version is not None:
                _probe(connection)
    except (SQLAlchemyError, OSError) as error:
        reason = str(getattr(error, "orig", None) or type(error).__name__).splitlines()[0]
        raise StoreError(reason) from error
    finally:
        engine.dispose()
    known = version is None or version in {each.revision for each in scripts.walk_revisions()}
    return Health(kind, version, newest, known, time.perf_counter() - start)


def _address(url: str) -> URL:
    address = make_url(url)
    if address.get_backend_name() not in DRIVERS:
        raise ArgumentError("not supported")
    return address.set(drivername=DRIVERS[address.get_backend_name()])


def _probe(connection: Connection) -> None:
    connection.execute(select(counts).limit(1)).all()
    connection.execute(insert(counts).values(name=PROBE, number=0))
    connection.rollback()
