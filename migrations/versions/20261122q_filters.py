"""Saved filters of the boards (常用筛选)."""

revision = "20261122q_filters"
down_revision = "20261122p_repeats"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""
