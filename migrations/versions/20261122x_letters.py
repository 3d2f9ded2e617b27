"""Letters, talks and honours at work (表扬提醒、约谈、荣誉)."""

revision = "20261122x_letters"
down_revision = "20261122w_supervising"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change nothing yet."""
