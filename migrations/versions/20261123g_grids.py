"""Grids with their staff, cards and monthly evaluation (网格)."""

import sqlalchemy as sa
from alembic import op

revision = "20261123g_grids"
down_revision = "20261123f_receptions"
branch_labels = None
depends_on = None

MOMENT = sa.String(32).with_variant(sa.DateTime(timezone=True), "postgresql")
_KINDS = ("secretary", "worker", "party_member", "building_head", "neighbour", "other")


def upgrade() -> None:
    """Create the tables."""
    _posts()
    _lists()
    _evaluations()


def downgrade() -> None:
    """Drop them again."""
    for table in ("grid_evaluations", "grid_lists", "grid_posts"):
        op.drop_table(table)


def _codes(*codes: str, name: str) -> sa.Enum:
    return sa.Enum(*codes, name=name, native_enum=False, create_constraint=True, length=24)


def _row() -> tuple[sa.Column[int], sa.Column[int]]:
    return (
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("street_id", sa.BigInteger(), nullable=False),
    )


def _refers(table: str, **columns: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([column], [f"{other}.id"], name=f"fk_{table}_{column}_{other}")
        for column, other in columns.items()
    ]


def _posts() -> None:
    op.create_table(
        "grid_posts",
        *_row(),
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
        sa.Column("community_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", _codes(*_KINDS, name="gridpostkind"), nullable=False),
        sa.Column("title", sa.String(40)),
        sa.Column("staff_id", sa.BigInteger()),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("phone", sa.String(40)),
        sa.Column("area", sa.String(200)),
        sa.Column("households", sa.Integer()),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date()),
        sa.Column("made_by", sa.BigInteger(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_to >= valid_from",
            name="ck_grid_posts_valid_to_later",
        ),
        sa.CheckConstraint(
            "households IS NULL OR households > 0",
            name="ck_grid_posts_households_positive",
        ),
        *_refers(
            "grid_posts",
            street_id="streets",
            unit_id="units",
            community_id="units",
            staff_id="staff",
            made_by="staff",
        ),
        sa.UniqueConstraint("id", "community_id", name="uq_grid_posts_id_community_id"),
        sa.PrimaryKeyConstraint("id", name="pk_grid_posts"),
    )
    op.create_index("ix_grid_posts_street_id_unit_id", "grid_posts", ["street_id", "unit_id"])
    op.create_index("ix_grid_posts_staff_id", "grid_posts", ["staff_id"])


def _lists() -> None:
    op.create_table(
        "grid_lists",
        *_row(),
        sa.Column("kind", _codes("duties", "evaluation", name="gridlistkind"), nullable=False),
        sa.Column("items", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date()),
        *_refers("grid_lists", street_id="streets"),
        sa.UniqueConstraint(
            "street_id", "kind", "valid_from", name="uq_grid_lists_street_id_kind_valid_from"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_grid_lists"),
    )


def _evaluations() -> None:
    op.create_table(
        "grid_evaluations",
        *_row(),
        sa.Column("post_id", sa.BigInteger(), nullable=False),
        sa.Column("community_id", sa.BigInteger(), nullable=False),
        sa.Column("staff_id", sa.BigInteger()),
        sa.Column("month", sa.String(7), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("items", sa.Text(), nullable=False),
        sa.Column("scores", sa.Text(), nullable=False),
        sa.Column("remark", sa.Text()),
        sa.Column("made_by", sa.BigInteger(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        *_refers("grid_evaluations", staff_id="staff", made_by="staff"),
        sa.ForeignKeyConstraint(
            ["post_id", "community_id"],
            ["grid_posts.id", "grid_posts.community_id"],
            name="fk_grid_evaluations_post_id_community_id_grid_posts",
        ),
        sa.UniqueConstraint(
            "post_id", "month", "revision", name="uq_grid_evaluations_post_id_month_revision"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_grid_evaluations"),
    )
    op.create_index(
        "ix_grid_evaluations_street_id_community_id_month",
        "grid_evaluations",
        ["street_id", "community_id", "month"],
    )
    op.create_index("ix_grid_evaluations_staff_id", "grid_evaluations", ["staff_id"])
