"""Sums of which the figures are made (三率汇总); the upgrade fills them."""

import sqlalchemy as sa
from alembic import op

revision = "20261122t_rates"
down_revision = "20261122s_assessment"
branch_labels = None
depends_on = None

_COUNTED = (
    "assessed",
    "visited",
    "responded",
    "resolved",
    "partly_resolved",
    "satisfied",
    "fairly_satisfied",
    "dissatisfied",
    "double_yes",
    "double_no",
    "in_time",
    "not_rated",
    "repeats",
    "national",
    "overdue",
)


def _counted() -> list[sa.Column[int]]:
    return [sa.Column(name, sa.Integer(), nullable=False) for name in _COUNTED]


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "rate_marks",
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("street_id", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("is_counted", sa.Boolean(), nullable=False),
        sa.Column("marks", sa.Text(), nullable=False),
        *_counted(),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_rate_marks_case_id_cases")
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_rate_marks")),
    )
    op.create_index(
        "ix_rate_marks_uncounted",
        "rate_marks",
        ["street_id", "day"],
        sqlite_where=sa.text("NOT is_counted"),
        postgresql_where=sa.text("NOT is_counted"),
    )
    op.create_table(
        "rate_days",
        sa.Column("street_id", sa.BigInteger(), nullable=False),
        sa.Column("grouping", sa.String(12), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("name", sa.String(24), nullable=False),
        sa.Column("received", sa.Integer(), nullable=False),
        *_counted(),
        sa.PrimaryKeyConstraint("street_id", "grouping", "day", "name", name=op.f("pk_rate_days")),
    )
    # what somebody has signed lately, without looking at every opinion there is
    op.create_index(op.f("ix_opinions_signed_by_signed_at"), "opinions", ["signed_by", "signed_at"])
    op.create_index(
        op.f("ix_sign_steps_signed_by_signed_at_opinion_id"),
        "sign_steps",
        ["signed_by", "signed_at", "opinion_id"],
    )
