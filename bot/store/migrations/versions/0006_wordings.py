"""Wordings that parents let the authors see: scrubbed, without a key to a person."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "wordings",
        sa.Column("id", sa.String(16), primary_key=True),
        sa.Column("text", sa.String(500), nullable=False),
        sa.Column("reason", sa.String(16), nullable=False),
        sa.Column("day", sa.Integer, nullable=False),
        sa.Column("nearest", sa.String(64)),
        sa.Column("chance", sa.Float(53), nullable=False),
        sa.Column("answer", sa.String(64)),
    )


def downgrade() -> None:
    op.drop_table("wordings")
