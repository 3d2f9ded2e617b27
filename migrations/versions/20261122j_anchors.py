"""Where the history chain stood, day by day (留痕锚点)."""

import sqlalchemy as sa
from alembic import op

revision = "20261122j_anchors"
down_revision = "20261122i_outbox"
branch_labels = None
depends_on = None

MOMENT = sa.String(32).with_variant(sa.DateTime(timezone=True), "postgresql")


def upgrade() -> None:
    """Create the table; the first line of a later day writes where the chain stood before it."""
    op.create_table(
        "chain_anchors",
        sa.Column("street_id", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.Column("written_by", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["street_id"], ["streets.id"], name="fk_chain_anchors_street_id_streets"
        ),
        sa.ForeignKeyConstraint(
            ["written_by"], ["staff.id"], name="fk_chain_anchors_written_by_staff"
        ),
        sa.PrimaryKeyConstraint("street_id", "day", name="pk_chain_anchors"),
    )


def downgrade() -> None:
    """Drop it again."""
    op.drop_table("chain_anchors")
