"""Saved filters of the boards (常用筛选)."""

import sqlalchemy as sa
from alembic import op

revision = "20261122q_filters"
down_revision = "20261122p_repeats"
branch_labels = None
depends_on = None

MOMENT = sa.String(32).with_variant(sa.DateTime(timezone=True), "postgresql")


def upgrade() -> None:
    """Create what is saved, and with which of them everybody begins."""
    op.create_table(
        "saved_filters",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("street_id", sa.BigInteger(), nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=False),
        sa.Column("board", sa.String(24), nullable=False),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("chosen", sa.Text(), nullable=False),
        sa.Column("is_shared", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("saved_at", MOMENT, nullable=False),
        sa.Column("removed_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["staff.id"], name=op.f("fk_saved_filters_owner_id_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_filters")),
    )
    op.create_index("ix_saved_filters_street_id_board", "saved_filters", ["street_id", "board"])
    op.create_table(
        "filter_defaults",
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("board", sa.String(24), nullable=False),
        sa.Column("street_id", sa.BigInteger(), nullable=False),
        sa.Column("filter_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_filter_defaults_staff_id_staff")
        ),
        sa.ForeignKeyConstraint(
            ["filter_id"],
            ["saved_filters.id"],
            name=op.f("fk_filter_defaults_filter_id_saved_filters"),
        ),
        sa.PrimaryKeyConstraint("staff_id", "board", name=op.f("pk_filter_defaults")),
    )


def downgrade() -> None:
    """Drop both again."""
    op.drop_table("filter_defaults")
    op.drop_table("saved_filters")
