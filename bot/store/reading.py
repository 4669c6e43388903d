"""What was counted, read from outside, beside a running bot or without one: nothing is made, migrated or left."""

from pathlib import Path

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, inspect
from sqlalchemy.exc import ArgumentError

from bot.store import StoreError
from bot.store.database import reason_of
from bot.store.days import Counted, counted
from bot.store.engine import MEMORY, address_of
from bot.store.examination import DRIVERS, STATEMENTS, WAITING
from bot.store.migration import SCRIPTS
from bot.store.tables import daily


def read_counted(url: str, days: int) -> Counted | None:
    """What was counted in the last so many days; None where no bot has made its tables yet. Raises StoreError."""
    try:
        address = address_of(url, DRIVERS)
        kind = address.get_backend_name()
        engine = create_engine(address, connect_args=WAITING[kind])
    except (ArgumentError, ModuleNotFoundError, ValueError) as error:
        raise StoreError(f"DATABASE_URL can't be used ({type(error).__name__})") from error
    if kind == "sqlite":
        _check_file(address.database)  # to connect would make it
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql(STATEMENTS[kind])
            return counted(connection, days) if _has_tables(connection) else None
    except StoreError:
        raise
    except Exception as error:
        # Whatever it is: a database in an odd encoding makes drivers raise things of their own.
        raise StoreError(f"the database of DATABASE_URL can't be read: {reason_of(error)}") from error
    finally:
        engine.dispose()


def _check_file(path: str | None) -> None:
    if path in MEMORY:
        raise StoreError("DATABASE_URL is a database in memory: only the bot itself can read it")
    if not Path(str(path)).exists():
        raise StoreError(f"{path}: there is no such database. DATABASE_URL should name the one that the bot uses")


def _has_tables(connection: Connection) -> bool:
    """Whether the counts are there. Raises StoreError for tables of another version of the bot."""
    version = MigrationContext.configure(connection).get_current_revision()
    if version is None:
        return False
    if version not in {each.revision for each in ScriptDirectory(str(SCRIPTS)).walk_revisions()}:
        raise StoreError(f"a newer version of the bot made the tables ({version}): ask that one")
    if not inspect(connection).has_table(daily.name):
        raise StoreError(f"the tables are of an older version ({version}): the bot's next start brings them up to date")
    return True
