"""Plans of topics, opinions of meetings, three lists (主动治理、意见征集、三张清单)."""

revision = "20261123e_proactive"
down_revision = "20261123d_findings"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""
