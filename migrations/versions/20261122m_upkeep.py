"""Versions that fit together, and restore drills (升级、恢复演练)."""

import sqlalchemy as sa
from alembic import op

revision = "20261122m_upkeep"
down_revision = "20261122l_live"
branch_labels = None
depends_on = None

MOMENT = sa.String(32).with_variant(sa.DateTime(timezone=True), "postgresql")


def upgrade() -> None:
    """Create the tables."""


def downgrade() -> None:
    """Drop them again."""
