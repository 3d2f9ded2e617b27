"""People and places across their cases (一人一档、一地一档)."""

import sqlalchemy as sa
from alembic import op

revision = "20261122o_people"
down_revision = "20261122n_search"
branch_labels = None
depends_on = None

MOMENT = sa.String(32).with_variant(sa.DateTime(timezone=True), "postgresql")
_STANDS = sa.text("ended_at IS NULL")
_SOLVED = sa.text("resolution = 'yes'")
_OPEN = sa.text("status NOT IN ('closed', 'archived', 'guided', 'merged', 'withdrawn')")
# name → table and columns: a person is found by probes, newest first; what a place is counted by
# stands in the index itself
_INDEXES = {
    "ix_private_facts_phone_case_id": ("private_facts", ["phone", "case_id"]),
    "ix_private_facts_other_phone": ("private_facts", ["other_phone"]),
    "ix_private_facts_name_case_id": ("private_facts", ["name", "case_id"]),
    "ix_cases_of_place": (
        "cases",
        ["place_id", "received_at", "category_id", "status", "street_id", "is_secret", "purpose",
         "accused_staff_id", "accused_unit_id"],
    ),
}  # fmt: skip
_REPLACED = {
    "ix_private_facts_phone": ("private_facts", ["phone"]),
    "ix_private_facts_name": ("private_facts", ["name"]),
    "ix_cases_place_id_received_at": ("cases", ["place_id", "received_at"]),
}


def upgrade() -> None:
    """Create the table of who is whom, and the indexes by which people and places are found."""
    op.create_table(
        "person_links",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("street_id", sa.BigInteger(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("other_case_id", sa.BigInteger(), nullable=False),
        sa.Column("is_same", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("made_by", sa.BigInteger(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("ended_by", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("end_reason", sa.String(200), nullable=True),
        sa.CheckConstraint("case_id < other_case_id", name=op.f("ck_person_links_in_order")),
        *(
            sa.ForeignKeyConstraint([own], [there], name=op.f(f"fk_person_links_{own}_{table}"))
            for own, there, table in (
                ("case_id", "cases.id", "cases"),
                ("other_case_id", "cases.id", "cases"),
                ("made_by", "staff.id", "staff"),
                ("ended_by", "staff.id", "staff"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_links")),
    )
    op.create_index("ix_person_links_other_case_id", "person_links", ["other_case_id"])
    op.create_index(
        "uq_person_links_standing",
        "person_links",
        ["case_id", "other_case_id"],
        unique=True,
        sqlite_where=_STANDS,
        postgresql_where=_STANDS,
    )
    for name, (table, _columns) in _REPLACED.items():
        op.drop_index(name, table)
    for name, (table, columns) in _INDEXES.items():
        op.create_index(name, table, columns)
    op.create_index(
        "ix_cases_solved_there",
        "cases",
        ["place_id", "category_id", "closed_at"],
        sqlite_where=_SOLVED,
        postgresql_where=_SOLVED,
    )
    op.create_index(
        "ix_cases_open_place",
        "cases",
        ["place_id", "received_at"],
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    )


def downgrade() -> None:
    """Drop them again."""
    op.drop_index("ix_cases_open_place", "cases")
    op.drop_index("ix_cases_solved_there", "cases")
    for name, (table, _columns) in _INDEXES.items():
        op.drop_index(name, table)
    for name, (table, columns) in _REPLACED.items():
        op.create_index(name, table, columns)
    op.drop_table("person_links")
