"""Which updates were answered, and which are in the hands of a copy of the bot."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "answered",
        sa.Column("bot", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("holder", sa.String(32)),
        sa.Column("at", sa.Float(53), nullable=False),
    )
    held = sa.text("holder IS NOT NULL")
    op.create_index("answered_at", "answered", ["at"])
    op.create_index("answered_holder", "answered", ["holder"], sqlite_where=held, postgresql_where=held)


def downgrade() -> None:
    op.drop_table("answered")
