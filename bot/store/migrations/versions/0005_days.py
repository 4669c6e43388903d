"""Counts by day, the day of a vote, sketches of how many people came, what admins were told and who wants it.

What was counted before days were kept stands under the day "earlier": those figures are true, but nobody can say
any more of which week. Their names are the old ones.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "daily",
        sa.Column("day", sa.String(10), primary_key=True),
        sa.Column("name", sa.String(128), primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
    )
    op.execute("INSERT INTO daily (day, name, number) SELECT 'earlier', name, number FROM counts")
    op.drop_table("counts")
    op.add_column("votes", sa.Column("day", sa.String(10)))
    op.create_table(
        "visitors",
        sa.Column("day", sa.String(10), primary_key=True),
        sa.Column("name", sa.String(16), primary_key=True),
        sa.Column("register", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("rank", sa.Integer, nullable=False),
    )
    op.create_table(
        "salts",
        sa.Column("week", sa.String(10), primary_key=True),
        sa.Column("salt", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "notices",
        sa.Column("kind", sa.String(32), primary_key=True),
        sa.Column("at", sa.Float(53), nullable=False),
    )
    op.create_table("digests", sa.Column("person", sa.String(64), primary_key=True))


def downgrade() -> None:
    """The totals without their days; how many people came is no total."""
    op.create_table(
        "counts",
        sa.Column("name", sa.String(128), primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
    )
    op.execute(
        "INSERT INTO counts (name, number) SELECT name, sum(number) FROM daily "
        "WHERE name NOT IN ('people', 'people_week') GROUP BY name"
    )
    op.drop_column("votes", "day")
    for table in ("digests", "notices", "salts", "visitors", "daily"):
        op.drop_table(table)
