"""The picture of a day is kept once (23 时快照): a second desk that brings one is refused."""

import sqlalchemy as sa
from alembic import op

revision = "20261122y_bulletins"
down_revision = "20261122x_letters"
branch_labels = None
depends_on = None

_PICTURE = sa.text("is_made_by_itself")


def upgrade() -> None:
    """Let each street have one picture of a day."""
    op.create_index(
        "uq_bulletins_one_picture",
        "bulletins",
        ["street_id", "first_day"],
        unique=True,
        sqlite_where=_PICTURE,
        postgresql_where=_PICTURE,
    )


def downgrade() -> None:
    """Let there be several again."""
    op.drop_index("uq_bulletins_one_picture", "bulletins")
