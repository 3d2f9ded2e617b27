"""What search needs beside the canonical text (检索)."""

revision = "20261122n_search"
down_revision = "20261122m_upkeep"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""
