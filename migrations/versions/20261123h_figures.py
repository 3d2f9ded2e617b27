"""What the figures need besides (考评补充)."""

revision = "20261123h_figures"
down_revision = "20261123g_grids"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""
