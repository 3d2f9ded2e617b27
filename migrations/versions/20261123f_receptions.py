"""Appointments and leaders' reception days (预约与接访)."""

revision = "20261123f_receptions"
down_revision = "20261123e_proactive"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""
