"""Small indexes of the few rows that are asked for: confidential, guided, repeats, uncounted.

Reports, and what is about the street's own people (9.4), guided people, and columns that most rows
do not have are found without reading all cases, also among a million.
"""

import sqlalchemy as sa
from alembic import op

revision = "20261123l_confidential"
down_revision = "20261123k_hands"
branch_labels = None
depends_on = None

_ACCUSED = "accused_unit_id IS NOT NULL OR accused_staff_id IS NOT NULL"
_RARE = (
    ("cases", "repeat_of_id"),
    ("cases", "same_visit_id"),
    ("cases", "merged_into_id"),
    ("private_facts", "other_phone"),
    ("papers", "mediation_id"),
    ("papers", "scan_sha256"),
)


def upgrade() -> None:
    """Add the indexes; those that held every row are made anew of the few."""
    for table, column in _RARE:
        name = f"ix_{table}_{column}"
        op.drop_index(name, table_name=table)
        _partly(name, table, [column], f"{column} IS NOT NULL")
    op.drop_index("ix_rate_marks_uncounted", table_name="rate_marks")
    days = ["street_id", "day"]
    _partly("ix_rate_marks_uncounted", "rate_marks", days, "is_counted = 0", "NOT is_counted")
    _partly("ix_cases_guided", "cases", ["first_unit_id", "received_at"], "status = 'guided'")
    _partly(
        "ix_cases_confidential",
        "cases",
        ["street_id", "received_at"],
        f"is_secret = 1 OR {_ACCUSED}",
        f"is_secret = true OR {_ACCUSED}",
    )


def downgrade() -> None:
    """Make them as they were."""
    op.drop_index("ix_cases_confidential", table_name="cases")
    op.drop_index("ix_cases_guided", table_name="cases")
    op.drop_index("ix_rate_marks_uncounted", table_name="rate_marks")
    _partly("ix_rate_marks_uncounted", "rate_marks", ["street_id", "day"], "NOT is_counted")
    for table, column in _RARE:
        op.drop_index(f"ix_{table}_{column}", table_name=table)
        op.create_index(f"ix_{table}_{column}", table, [column])


def _partly(name: str, table: str, columns: list[str], where: str, server: str = "") -> None:
    """Make an index of some rows; on the server in words of its own, where they differ."""
    op.create_index(
        name,
        table,
        columns,
        sqlite_where=sa.text(where),
        postgresql_where=sa.text(server or where),
    )
