"""Bringing a database to the newest shape, at start."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from bot.store.engine import BUSY

SCRIPTS = Path(__file__).parent / "migrations"
LOCK = 0x63726177  # any number will do, as long as every copy of the bot asks for the same
# What makes one of several copies that start at the same time go first; the others wait, then find the work done.
ONE_AT_A_TIME = {
    "sqlite": ("PRAGMA busy_timeout=20000", "BEGIN IMMEDIATE", f"PRAGMA busy_timeout={BUSY}"),
    "postgresql": (f"SELECT pg_advisory_xact_lock({LOCK})",),
}


def upgrade(connection: Connection) -> None:
    """Run every migration that this database has not had, in the caller's transaction."""
    for statement in ONE_AT_A_TIME[connection.dialect.name]:
        connection.exec_driver_sql(statement)
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
