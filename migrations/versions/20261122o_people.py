"""People and places across their cases (一人一档、一地一档)."""

revision = "20261122o_people"
down_revision = "20261122n_search"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""
