"""Sums that more of the figures need (统计口径)."""

revision = "20261122v_figures"
down_revision = "20261122u_rules"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change nothing yet."""
