"""Repeats, clusters and what was learnt from them (重复件、类案、专题)."""

revision = "20261122p_repeats"
down_revision = "20261122o_people"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""
