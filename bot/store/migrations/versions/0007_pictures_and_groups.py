"""Telegram's names for pictures that it has, and groups in which the bot is quiet, as codes."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pictures",
        sa.Column("bot", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("file_id", sa.String(255), nullable=False),
    )
    op.create_table("quiet_groups", sa.Column("group", sa.String(64), primary_key=True))


def downgrade() -> None:
    op.drop_table("quiet_groups")
    op.drop_table("pictures")
