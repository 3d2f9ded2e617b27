"""What search needs beside the canonical text (检索)."""

import sqlalchemy as sa
from alembic import op

revision = "20261122n_search"
down_revision = "20261122m_upkeep"
branch_labels = None
depends_on = None

# The texts are written anew after the upgrade; all non-ASCII letters belong to a token, also those
# that this SQLite does not know yet, and what is searched is in lower case already.
_INDEX = (
    "CREATE VIRTUAL TABLE case_index USING fts5("
    "tokens, content='', detail=none, prefix='1 2 3', tokenize='ascii')"
)


def upgrade() -> None:
    """Make the table of texts anew, with the index of each engine."""
    op.drop_table("case_search")
    op.create_table(
        "case_search",
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("is_kept", sa.Boolean(), nullable=False),
        sa.Column("street_id", sa.BigInteger(), nullable=False),
        sa.Column("seek", sa.BigInteger(), nullable=False),
        sa.Column("doc", sa.Text(), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_case_search_case_id_cases")
        ),
        sa.PrimaryKeyConstraint("case_id", "is_kept", name=op.f("pk_case_search")),
    )
    op.create_index("ix_case_search_street_id_seek", "case_search", ["street_id", "seek"])
    if op.get_bind().dialect.name == "sqlite":
        op.execute(_INDEX)
        return
    op.execute("ALTER TABLE case_search ADD COLUMN grams tsvector, ADD COLUMN known_to bigint[]")
    # without a list of what waits to be filed, which every search would have to read through
    op.execute(
        "CREATE INDEX ix_case_search_grams ON case_search USING gin (grams, known_to) "
        "WITH (fastupdate = off)"
    )


def downgrade() -> None:
    """Leave the table as it was before, without a text."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE case_index")
    op.drop_table("case_search")
    op.create_table(
        "case_search",
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("street_id", sa.BigInteger(), nullable=False),
        sa.Column("doc", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_case_search_case_id_cases")
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_case_search")),
    )
