"""Bringing a database to the newest shape, at start."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

SCRIPTS = Path(__file__).parent / "migrations"
LOCK = 0x63726177  # any number will do, as long as every copy of the bot asks for the same
# What makes one of several copies that start at the same time go first; the others then find the work done.
ONE_AT_A_TIME = {"sqlite": "BEGIN IMMEDIATE", "postgresql": f"SELECT pg_advisory_xact_lock({LOCK})"}


def upgrade(connection: Connection) -> None:
    """Run every migration that this database has not had, in the caller's transaction."""
    connection.exec_driver_sql(ONE_AT_A_TIME[connection.dialect.name])
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
