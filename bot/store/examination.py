"""How a database is, looked at from outside: nothing is made, migrated or left in it."""

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, insert, inspect, select
from sqlalchemy.exc import ArgumentError

from bot.store import StoreError
from bot.store.database import reason_of
from bot.store.engine import MEMORY, TO_POSTGRES, address_of
from bot.store.migration import SCRIPTS
from bot.store.tables import people_key, seen

DRIVERS = {"sqlite": "sqlite+pysqlite", "postgresql": "postgresql+psycopg"}
PATIENCE = 5  # seconds, to connect and for each statement
WAITING: dict[str, dict[str, Any]] = {
    "sqlite": {"timeout": PATIENCE},
    "postgresql": {"connect_timeout": PATIENCE, **TO_POSTGRES},
}
# Said once connected: among the arguments it would take the place of options that stand in the address.
STATEMENTS = {"sqlite": "SELECT 1", "postgresql": f"SET LOCAL statement_timeout = '{PATIENCE}s'"}
PROBE = "doctor"  # the code of a person who is written and taken back


@dataclass(frozen=True)
class StoreReport:
    """`version`: of the tables, None where there are none yet; `seconds`: to connect, write and take back.

    `owner`: the fingerprint of the people's key that it belongs to, where it belongs to one.
    """

    kind: str
    version: str | None
    newest: str
    known: bool
    seconds: float
    owner: str | None = None


def examine(url: str) -> StoreReport:
    """Connect, compare the tables with the newest migration, write and take it back. Raises StoreError."""
    scripts = ScriptDirectory(str(SCRIPTS))
    newest = str(scripts.get_current_head())
    try:
        address = address_of(url, DRIVERS)
        kind = address.get_backend_name()
        if kind == "sqlite" and (address.database in MEMORY or not Path(str(address.database)).exists()):
            return StoreReport(kind, None, newest, True, 0.0)  # to connect would make it
        engine = create_engine(address, connect_args=WAITING[kind])
    except (ArgumentError, ModuleNotFoundError, ValueError) as error:
        raise StoreError(f"DATABASE_URL can't be used ({type(error).__name__})") from error
    start, owner = time.perf_counter(), None
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql(STATEMENTS[kind])
            version = MigrationContext.configure(connection).get_current_revision()
            if version is not None:
                owner = _owner(connection)
                _probe(connection)
    except Exception as error:
        # Whatever it is: a database in an odd encoding makes drivers raise things of their own.
        raise StoreError(reason_of(error)) from error
    finally:
        engine.dispose()
    known = version is None or version in {each.revision for each in scripts.walk_revisions()}
    return StoreReport(kind, version, newest, known, time.perf_counter() - start, owner)


def _owner(connection: Connection) -> str | None:
    if not inspect(connection).has_table(people_key.name):
        return None  # tables of an older version
    return connection.scalar(select(people_key.c.fingerprint))


def _probe(connection: Connection) -> None:
    connection.execute(select(seen.c.person).limit(1)).all()
    connection.execute(insert(seen).values(person=PROBE, version=0))
    connection.rollback()
