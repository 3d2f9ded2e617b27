"""What only the shared database needs to know who may see a case (权限)."""

import sqlalchemy as sa
from alembic import op

revision = "20261122h_rights"
down_revision = "20261122g_clocks"
branch_labels = None
depends_on = None

_LINKS = ("repeat_of_id", "same_visit_id")  # a case's file asks who names it


def upgrade() -> None:
    """Mirror the units that may see a case into the case itself, for the policy on it.

    And say in which transaction a case or a mediation was last written: whoever writes it may go
    on until the end of that transaction, though what he writes takes it out of his sight.
    And no login twice on a server: it is the login there, whichever street somebody belongs to.
    """
    op.create_index(
        "ix_staff_login",
        "staff",
        ["login"],
        unique=True,
        sqlite_where=sa.text("NOT is_built_in"),
        postgresql_where=sa.text("NOT is_built_in"),
    )
    for name in _LINKS:
        op.create_index(f"ix_cases_{name}", "cases", [name])
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE cases ADD COLUMN seen_by bigint[] NOT NULL DEFAULT '{}'")
        op.execute(
            "UPDATE cases SET seen_by = ARRAY(SELECT unit_id FROM case_units u "
            "WHERE u.case_id = cases.id ORDER BY 1)"
        )
        op.execute("CREATE INDEX ix_cases_seen_by ON cases USING gin (seen_by)")
        for table in ("cases", "mediations"):
            op.execute(f"ALTER TABLE {table} ADD COLUMN written_in bigint")


def downgrade() -> None:
    """Drop it again."""
    op.drop_index("ix_staff_login", "staff")
    for name in _LINKS:
        op.drop_index(f"ix_cases_{name}", "cases")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE cases DROP COLUMN seen_by")
        for table in ("cases", "mediations"):
            op.execute(f"ALTER TABLE {table} DROP COLUMN written_in")
