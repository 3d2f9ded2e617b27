"""Find reports, and what is about the street's own people, without reading all cases (9.4)."""

import sqlalchemy as sa
from alembic import op

revision = "20261123l_confidential"
down_revision = "20261123k_hands"
branch_labels = None
depends_on = None

_ACCUSED = "accused_unit_id IS NOT NULL OR accused_staff_id IS NOT NULL"


def upgrade() -> None:
    """Add the index."""
    op.create_index(
        "ix_cases_confidential",
        "cases",
        ["street_id", "received_at"],
        sqlite_where=sa.text(f"is_secret = 1 OR {_ACCUSED}"),
        postgresql_where=sa.text(f"is_secret = true OR {_ACCUSED}"),
    )


def downgrade() -> None:
    """Drop it again."""
    op.drop_index("ix_cases_confidential", table_name="cases")
