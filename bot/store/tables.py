"""The tables, as the newest migration leaves them."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
)

CODE_LENGTH = 64  # hex digits of an HMAC-SHA-256
FINGERPRINT_LENGTH = 16
COUNTRY_LENGTH = 28  # of a region's id in `regions.yaml`
HOLDER_LENGTH = 32  # of the name that a running copy of the bot gives itself
DAY_LENGTH = 10  # of a day such as 2026-11-28
LANGUAGE_LENGTH = 8  # of a code such as es
FILE_ID_LENGTH = 255  # Telegram's have some ninety letters, and it promises nothing
NAME_LENGTH = 128  # of what is counted: at most three ids of 28 letters and what is said of them

metadata = MetaData()
seen = Table(
    "seen",
    metadata,
    Column("person", String(CODE_LENGTH), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("country", String(COUNTRY_LENGTH)),  # as chosen; nothing where it was not
    Column("language", String(LANGUAGE_LENGTH)),  # the same: of what the bot says
)
votes = Table(
    "votes",
    metadata,
    Column("person", String(CODE_LENGTH), primary_key=True),
    Column("entry", String(64), primary_key=True),
    Column("helpful", Boolean, nullable=False),
    Column("day", String(DAY_LENGTH)),  # of the tap; nothing where it was not kept, or is too long ago
)
# How often something was said on a day (UTC), such as 2026-11-28; "earlier" for before days were kept.
daily = Table(
    "daily",
    metadata,
    Column("day", String(DAY_LENGTH), primary_key=True),
    Column("name", String(NAME_LENGTH), primary_key=True),
    Column("number", Integer, nullable=False),
)
# Sketches of how many people came in the day or week that lasts; a number takes their place when it is over.
visitors = Table(
    "visitors",
    metadata,
    Column("day", String(DAY_LENGTH), primary_key=True),
    Column("name", String(16), primary_key=True),
    Column("register", Integer, primary_key=True, autoincrement=False),
    Column("rank", Integer, nullable=False),
)
# A secret for each week, by its Monday; deleted when the week is over.
salts = Table(
    "salts",
    metadata,
    Column("week", String(DAY_LENGTH), primary_key=True),
    Column("salt", LargeBinary, nullable=False),
)
# When admins were last told of something, by its kind; and when a copy of the bot was last alive.
notices = Table(
    "notices",
    metadata,
    Column("kind", String(32), primary_key=True),
    Column("at", Float(53), nullable=False),
)
# Which admins want the weekly digest.
digests = Table("digests", metadata, Column("person", String(CODE_LENGTH), primary_key=True))
# An update by Telegram's number for it, which tells nothing of a person. With a holder: in hand there until
# `at`. Without: answered at `at`. Times are seconds since 1970.
answered = Table(
    "answered",
    metadata,
    Column("bot", BigInteger, primary_key=True, autoincrement=False),
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("holder", String(HOLDER_LENGTH)),
    Column("at", Float(53), nullable=False),
)
Index("answered_at", answered.c.at)
_held = answered.c.holder.is_not(None)
Index("answered_holder", answered.c.holder, sqlite_where=_held, postgresql_where=_held)
# An update that has to wait for long, sealed with the people's key; deleted once it is answered.
deferred = Table(
    "deferred",
    metadata,
    Column("bot", BigInteger, primary_key=True, autoincrement=False),
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("at", Float(53), nullable=False),
)
# Wordings that parents let the authors see. `day`: days since 1970; `answer`: what it was accepted as.
wordings = Table(
    "wordings",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("text", String(500), nullable=False),
    Column("reason", String(16), nullable=False),
    Column("day", Integer, nullable=False),
    Column("nearest", String(64)),
    Column("chance", Float(53), nullable=False),
    Column("answer", String(64)),
)
# Telegram's name for a picture that it was sent, by the SHA-256 of its bytes: it is not sent a second time.
pictures = Table(
    "pictures",
    metadata,
    Column("bot", BigInteger, primary_key=True, autoincrement=False),
    Column("digest", String(CODE_LENGTH), primary_key=True),
    Column("file_id", String(FILE_ID_LENGTH), nullable=False),
)
# Groups in which the bot is to be quiet, as codes; deleted when it leaves.
quiet_groups = Table("quiet_groups", metadata, Column("group", String(CODE_LENGTH), primary_key=True))
# The one people's key that the codes here were made with, by its fingerprint.
people_key = Table("people_key", metadata, Column("fingerprint", String(FINGERPRINT_LENGTH), primary_key=True))
