"""Versions that fit together, copies and restore drills, and passwords of before (升级、备份、密码)."""

import sqlalchemy as sa
from alembic import op

revision = "20261122m_upkeep"
down_revision = "20261122l_live"
branch_labels = None
depends_on = None

MOMENT = sa.String(32).with_variant(sa.DateTime(timezone=True), "postgresql")


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "schema_info",
        sa.Column("version", sa.String(40), nullable=False),
        sa.Column("min_client", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("version", name="pk_schema_info"),
    )
    op.create_table(
        "upkeep_runs",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("happened_at", MOMENT, nullable=False),
        sa.Column("is_good", sa.Boolean(), nullable=False),
        sa.Column("file", sa.String(400), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sentence", sa.String(400), nullable=False),
        sa.CheckConstraint("kind IN ('backup', 'drill')", name="ck_upkeep_runs_upkeepkind"),
        sa.PrimaryKeyConstraint("id", name="pk_upkeep_runs"),
    )
    op.create_index("ix_upkeep_runs_kind_happened_at", "upkeep_runs", ["kind", "happened_at"])
    op.create_table(
        "old_passwords",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("street_id", sa.BigInteger(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("verifier", sa.String(200), nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_old_passwords_staff_id_staff"),
        sa.PrimaryKeyConstraint("id", name="pk_old_passwords"),
    )
    op.create_index("ix_old_passwords_staff_id", "old_passwords", ["staff_id"])


def downgrade() -> None:
    """Drop them again."""
    for table in ("old_passwords", "upkeep_runs", "schema_info"):
        op.drop_table(table)
