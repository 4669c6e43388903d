"""The tables, as the newest migration leaves them."""

from sqlalchemy import Boolean, Column, Integer, MetaData, String, Table

CODE_LENGTH = 64  # hex digits of an HMAC-SHA-256

metadata = MetaData()
seen = Table(
    "seen",
    metadata,
    Column("person", String(CODE_LENGTH), primary_key=True),
    Column("version", Integer, nullable=False),
)
votes = Table(
    "votes",
    metadata,
    Column("person", String(CODE_LENGTH), primary_key=True),
    Column("entry", String(64), primary_key=True),
    Column("helpful", Boolean, nullable=False),
)
counts = Table(
    "counts",
    metadata,
    Column("name", String(128), primary_key=True),
    Column("number", Integer, nullable=False),
)
