"""Count how often a case was passed on (改派); keep who confirmed a withdrawal, how and when.

Notices (告知书) that were issued before they had a last mile of their own wait for their delivery.
"""

import sqlalchemy as sa
from alembic import op

revision = "20261123k_hands"
down_revision = "20261123j_platform_forms"
branch_labels = None
depends_on = None

MOMENT = sa.String(32).with_variant(sa.DateTime(timezone=True), "postgresql")
# in plain SQL: SQLite need not copy the largest table
_COLUMNS = (
    "redirect_count INTEGER NOT NULL DEFAULT 0",
    (
        "withdraw_by VARCHAR(24) CONSTRAINT ck_cases_withdrawer "
        "CHECK (withdraw_by IN ('appellant', 'guardian', 'agent', 'representative'))"
    ),
)


def upgrade() -> None:
    """Add the columns; let notices that have no last mile wait for their delivery."""
    for column in _COLUMNS:
        op.execute(f"ALTER TABLE cases ADD COLUMN {column}")
    op.add_column("cases", sa.Column("withdraw_confirmed_at", MOMENT, nullable=True))
    op.execute(
        "UPDATE papers SET state = 'to_deliver' "
        "WHERE code IN ('acceptance-notice', 'guidance-notice') AND state = 'issued' "
        "AND NOT EXISTS (SELECT 1 FROM cases c "
        "WHERE c.id = papers.case_id AND c.status = 'archived')"
    )


def downgrade() -> None:
    """Drop them again; what waits for its delivery goes on waiting."""
    with op.batch_alter_table("cases") as table:
        for column in ("withdraw_confirmed_at", "withdraw_by", "redirect_count"):
            table.drop_column(column)
