"""What the figures need besides (考评补充): people per unit, acceptances, rating appeals.

And letters say how many cases they name, their papers which letter they are of.
"""

import sqlalchemy as sa
from alembic import op

revision = "20261123h_figures"
down_revision = "20261123g_grids"
branch_labels = None
depends_on = None

_MORE = ("ran_accept", "kept_accept", "appealed", "appeals_won")


def upgrade() -> None:
    """Change people, sums and letters."""
    _people()
    _sums()
    _letters()


def _people() -> None:
    """Give units their own numbers of people, dated.

    The number a street had counts from the day before which nothing was recorded.
    """
    op.create_table(
        "resident_counts",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("street_id", sa.BigInteger(), nullable=False),
        sa.Column("unit_id", sa.BigInteger(), nullable=True),
        sa.Column("residents", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.CheckConstraint("residents > 0", name=op.f("ck_resident_counts_residents_positive")),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_to > valid_from",
            name=op.f("ck_resident_counts_valid_to_later"),
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["units.id"], name=op.f("fk_resident_counts_unit_id_units")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resident_counts")),
    )
    op.create_index(
        "uq_resident_counts_unit_id_valid_from",
        "resident_counts",
        ["unit_id", "valid_from"],
        unique=True,
    )
    op.create_index(
        "uq_resident_counts_street",
        "resident_counts",
        ["street_id", "valid_from"],
        unique=True,
        sqlite_where=sa.text("unit_id IS NULL"),
        postgresql_where=sa.text("unit_id IS NULL"),
    )
    # a street has one number so far, so its own id is free to be that of the row
    op.execute(
        "INSERT INTO resident_counts (id, street_id, unit_id, residents, valid_from, valid_to) "
        "SELECT id, id, NULL, population, '2020-01-01', NULL FROM streets WHERE population > 0"
    )
    op.drop_column("streets", "population")


def _sums() -> None:
    """Count more of each case; the sums are emptied, the upgrade fills them anew."""
    op.execute("DELETE FROM rate_marks")
    op.execute("DELETE FROM rate_days")
    for table in ("rate_marks", "rate_days"):
        for name in _MORE:
            # with a default, for desks of the version before that write while this one comes
            op.add_column(table, sa.Column(name, sa.Integer(), nullable=False, server_default="0"))


def _letters() -> None:
    """Count the cases of each letter; each of its papers says that it is one."""
    op.add_column(
        "letters", sa.Column("named_cases", sa.Integer(), nullable=False, server_default="0")
    )
    op.add_column("papers", sa.Column("letter_id", sa.BigInteger(), nullable=True))
    op.execute(
        "UPDATE letters SET named_cases = "
        "(SELECT count(*) FROM letter_cases n WHERE n.letter_id = letters.id)"
    )
    op.execute(
        "UPDATE papers SET letter_id = (SELECT l.id FROM letters l "
        "JOIN papers p ON p.id = l.paper_id WHERE p.code = papers.code "
        "AND p.street_id = papers.street_id AND p.number = papers.number) "
        "WHERE code IN ('commendation', 'reminder-letter')"
    )
