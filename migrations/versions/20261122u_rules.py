"""The rules of assessment as data of the hall, and requests that were taken back (考评规则)."""

import sqlalchemy as sa
from alembic import op

revision = "20261122u_rules"
down_revision = "20261122t_rates"
branch_labels = None
depends_on = None

MOMENT = sa.String(32).with_variant(sa.DateTime(timezone=True), "postgresql")


def upgrade() -> None:
    """Create the table of rules."""
    op.create_table(
        "rate_rule_sets",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("street_id", sa.BigInteger(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("set_by", sa.BigInteger(), nullable=False),
        sa.Column("set_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["set_by"], ["staff.id"], name=op.f("fk_rate_rule_sets_set_by_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rate_rule_sets")),
        sa.UniqueConstraint(
            "street_id", "valid_from", name=op.f("uq_rate_rule_sets_street_id_valid_from")
        ),
    )


def downgrade() -> None:
    """Drop it again; the hall is assessed by our seed."""
    op.drop_table("rate_rule_sets")
