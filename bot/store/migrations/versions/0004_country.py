"""The country that a person chose: a code of `regions.yaml`, for whose telephone numbers they are shown."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("seen", sa.Column("country", sa.String(28)))


def downgrade() -> None:
    op.drop_column("seen", "country")
