"""Numbers and marks of what waited at a desk for the server (离线登记)."""

import sqlalchemy as sa
from alembic import op

revision = "20261122i_outbox"
down_revision = "20261122h_rights"
branch_labels = None
depends_on = None

MOMENT = sa.String(32).with_variant(sa.DateTime(timezone=True), "postgresql")


def upgrade() -> None:
    """Create the tables."""


def downgrade() -> None:
    """Drop them again."""
