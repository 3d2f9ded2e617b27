"""Sums that more of the figures need (统计口径); the upgrade fills them anew."""

import sqlalchemy as sa
from alembic import op

revision = "20261122v_figures"
down_revision = "20261122u_rules"
branch_labels = None
depends_on = None

_BEFORE = (
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
_LIMITS = ("dispatch", "contact", "verify", "handle", "opinion")
_MORE = (
    "early",
    "returned",
    "redone",
    "handled",
    "met",
    "contacted",
    "answered",
    "called_back",
    *(f"ran_{limit}" for limit in _LIMITS),
    *(f"kept_{limit}" for limit in _LIMITS),
)


def _more() -> list[sa.Column[int]]:
    # with a default, for desks of the version before that write while this one comes
    return [sa.Column(name, sa.Integer(), nullable=False, server_default="0") for name in _MORE]


def upgrade() -> None:
    """Count more of each case, and give the names of the groups more room."""
    op.execute("DELETE FROM rate_marks")
    for column in _more():
        op.add_column("rate_marks", column)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DELETE FROM rate_days")
        op.alter_column("rate_days", "name", type_=sa.String(40))
        for column in _more():
            op.add_column("rate_days", column)
        return
    op.drop_table("rate_days")
    op.create_table(
        "rate_days",
        sa.Column("street_id", sa.BigInteger(), nullable=False),
        sa.Column("grouping", sa.String(12), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("received", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in _BEFORE),
        *_more(),
        sa.PrimaryKeyConstraint("street_id", "grouping", "day", "name", name=op.f("pk_rate_days")),
    )
