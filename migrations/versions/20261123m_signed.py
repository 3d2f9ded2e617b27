"""Small indexes of signed letters, running limits, and who was answered but not yet asked."""

import sqlalchemy as sa
from alembic import op

revision = "20261123m_signed"
down_revision = "20261123l_confidential"
branch_labels = None
depends_on = None

_INDEXES = (
    ("ix_opinions_signed", "opinions", "signed_at", "status = 'signed'"),
    ("ix_clocks_running", "clocks", "kind", "stopped_at IS NULL AND set_aside_at IS NULL"),
    (
        "ix_cases_unasked",
        "cases",
        "closed_at",
        "status = 'closed' AND exit = 'on_spot' AND satisfaction IS NULL",
    ),
)


def upgrade() -> None:
    """Add the indexes."""
    for name, table, column, where in _INDEXES:
        which = sa.text(where)
        columns = ["street_id", column]
        op.create_index(name, table, columns, sqlite_where=which, postgresql_where=which)


def downgrade() -> None:
    """Drop them again."""
    for name, table, _column, _where in _INDEXES:
        op.drop_index(name, table_name=table)
