"""Grids with their staff, cards and monthly evaluation (网格)."""

revision = "20261123g_grids"
down_revision = "20261123f_receptions"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""
