"""Who has which case open now (正在查看)."""

import sqlalchemy as sa
from alembic import op

revision = "20261122l_live"
down_revision = "20261122k_privacy"
branch_labels = None
depends_on = None

MOMENT = sa.String(32).with_variant(sa.DateTime(timezone=True), "postgresql")


def upgrade() -> None:
    """Create the table; on a server its rows are not worth a journal: a crash may lose them."""
    op.create_table(
        "open_cases",
        sa.Column("desk", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("street_id", sa.BigInteger, nullable=False),
        sa.Column("staff_id", sa.BigInteger, nullable=False),
        sa.Column("case_id", sa.BigInteger, nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.Column("writing", sa.String(40), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_open_cases_staff_id_staff")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_open_cases_case_id_cases")
        ),
        sa.PrimaryKeyConstraint("desk", name=op.f("pk_open_cases")),
        prefixes=["UNLOGGED"] if op.get_bind().dialect.name == "postgresql" else [],
    )
    op.create_index(op.f("ix_open_cases_case_id"), "open_cases", ["case_id"])


def downgrade() -> None:
    """Drop it again."""
    op.drop_table("open_cases")
