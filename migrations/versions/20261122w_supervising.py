"""Supervision and urging at work (督办、催办)."""

revision = "20261122w_supervising"
down_revision = "20261122v_figures"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change nothing yet."""
