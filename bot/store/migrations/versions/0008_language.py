"""The language that somebody chose."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("seen", sa.Column("language", sa.String(8)))


def downgrade() -> None:
    op.drop_column("seen", "language")
