"""Findings, walks and questionnaires (未诉先办、走访)."""

revision = "20261123d_findings"
down_revision = "20261123c_leader_cases"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""
