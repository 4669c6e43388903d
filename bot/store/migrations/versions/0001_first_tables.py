"""The first tables: who has seen the disclaimer, votes, counts."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "seen",
        sa.Column("person", sa.String(64), primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.create_table(
        "votes",
        sa.Column("person", sa.String(64), primary_key=True),
        sa.Column("entry", sa.String(64), primary_key=True),
        sa.Column("helpful", sa.Boolean, nullable=False),
    )
    op.create_table(
        "counts",
        sa.Column("name", sa.String(128), primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("counts")
    op.drop_table("votes")
    op.drop_table("seen")
