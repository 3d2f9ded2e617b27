"""Bulletins, their tasks and the picture of 23:00 (通报、研判任务)."""

revision = "20261122y_bulletins"
down_revision = "20261122x_letters"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change nothing yet."""
