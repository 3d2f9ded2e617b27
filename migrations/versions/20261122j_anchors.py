"""Where the history chain stood, day by day (留痕锚点)."""

import sqlalchemy as sa
from alembic import op

revision = "20261122j_anchors"
down_revision = "20261122i_outbox"
branch_labels = None
depends_on = None

MOMENT = sa.String(32).with_variant(sa.DateTime(timezone=True), "postgresql")


def upgrade() -> None:
    """Create the tables."""


def downgrade() -> None:
    """Drop them again."""
