"""Whistles: called units, who came, what was divided (吹哨报到)."""

revision = "20261123b_whistles"
down_revision = "20261123a_leaders"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""
