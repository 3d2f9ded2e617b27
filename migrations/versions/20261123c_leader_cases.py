"""Cases led by a leader, and meetings with minutes (领导包案、会商)."""

revision = "20261123c_leader_cases"
down_revision = "20261123b_whistles"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""
