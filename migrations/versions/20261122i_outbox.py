"""Numbers and marks of what waited at a desk for the server (离线登记)."""

import sqlalchemy as sa
from alembic import op

revision = "20261122i_outbox"
down_revision = "20261122h_rights"
branch_labels = None
depends_on = None

MOMENT = sa.String(32).with_variant(sa.DateTime(timezone=True), "postgresql")


def upgrade() -> None:
    """Keep the numbers a case had before its own, and when it came from a desk that was offline."""
    op.create_table(
        "case_aliases",
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.String(60), nullable=False),
        sa.Column("street_id", sa.BigInteger(), nullable=False),
        sa.Column("given_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_case_aliases_case_id_cases"),
        sa.ForeignKeyConstraint(
            ["street_id"], ["streets.id"], name="fk_case_aliases_street_id_streets"
        ),
        sa.PrimaryKeyConstraint("case_id", "number", name="pk_case_aliases"),
    )
    op.create_index(
        "ix_case_aliases_street_id_number", "case_aliases", ["street_id", "number"], unique=False
    )
    op.add_column("cases", sa.Column("uploaded_at", MOMENT, nullable=True))


def downgrade() -> None:
    """Drop them again."""
    op.drop_column("cases", "uploaded_at")
    op.drop_table("case_aliases")
