"""Personal data: identity numbers, looks, exports, erasures (个人信息)."""

import sqlalchemy as sa
from alembic import op

revision = "20261122k_privacy"
down_revision = "20261122j_anchors"
branch_labels = None
depends_on = None

MOMENT = sa.String(32).with_variant(sa.DateTime(timezone=True), "postgresql")


def upgrade() -> None:
    """Create the tables."""


def downgrade() -> None:
    """Drop them again."""
