"""Bad ratings are found by their day (一把手工作台)."""

import sqlalchemy as sa
from alembic import op

revision = "20261123a_leaders"
down_revision = "20261122z_exports"
branch_labels = None
depends_on = None

_RATED_BADLY = sa.text(
    "satisfaction IN ('dissatisfied', 'fairly', 'satisfied') AND (satisfaction = 'dissatisfied' "
    "OR resolution IS NULL OR resolution NOT IN ('explained', 'yes'))"
)


def upgrade() -> None:
    """Let a leader's desk read the bad ratings of some days alone."""
    op.create_index(
        "ix_follow_ups_bad",
        "follow_ups",
        ["street_id", "happened_at", "case_id"],
        sqlite_where=_RATED_BADLY,
        postgresql_where=_RATED_BADLY,
    )


def downgrade() -> None:
    """Find them by reading all again."""
    op.drop_index("ix_follow_ups_bad", "follow_ups")
