"""Appointments and leaders' reception days (预约与接访)."""

import sqlalchemy as sa
from alembic import op

revision = "20261123f_receptions"
down_revision = "20261123e_proactive"
branch_labels = None
depends_on = None

MOMENT = sa.String(32).with_variant(sa.DateTime(timezone=True), "postgresql")
_TABLES = ("case_agents", "reception_cases", "appointments", "reception_days")


def upgrade() -> None:
    """Create the tables; a post says where it receives, a case how somebody came."""
    _reception_days()
    _appointments()
    _reception_cases()
    _case_agents()
    op.add_column("duty_posts", sa.Column("reception_place", sa.String(100), nullable=True))
    op.execute("UPDATE duty_posts SET reception_place = '领导接访室' WHERE name LIKE '%接访%'")
    # in plain SQL: SQLite need not copy the largest table
    op.execute(
        "ALTER TABLE cases ADD COLUMN visit_mode VARCHAR(24) CONSTRAINT ck_cases_visitmode "
        "CHECK (visit_mode IN ('on_site', 'appointment', 'agent'))"
    )


def downgrade() -> None:
    """Drop them again."""
    if op.get_bind().dialect.name != "sqlite":
        op.drop_column("cases", "visit_mode")
    op.drop_column("duty_posts", "reception_place")
    for table in _TABLES:
        op.drop_table(table)


def _codes(*codes: str, name: str) -> sa.Enum:
    return sa.Enum(*codes, name=name, native_enum=False, create_constraint=True, length=24)


def _row(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("street_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
    )


def _refs(table: str, **others: str) -> tuple[sa.ForeignKeyConstraint, ...]:
    return tuple(
        sa.ForeignKeyConstraint([column], [f"{other}.id"], name=f"fk_{table}_{column}_{other}")
        for column, other in others.items()
    )


def _number(name: str, *, nullable: bool = True) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=nullable)


def _reception_days() -> None:
    op.create_table(
        "reception_days",
        *_row("reception_days"),
        _number("post_id", nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("place", sa.String(100), nullable=False),
        sa.Column("note", sa.String(200), nullable=True),
        _number("opened_by", nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        *_refs("reception_days", post_id="duty_posts", opened_by="staff"),
        sa.UniqueConstraint("post_id", "day", name="uq_reception_days_post_id_day"),
    )
    op.create_index("ix_reception_days_street_id_day", "reception_days", ["street_id", "day"])


def _appointments() -> None:
    op.create_table(
        "appointments",
        *_row("appointments"),
        _number("reception_day_id"),
        _number("book_id", nullable=False),
        sa.Column("starts_at", MOMENT, nullable=False),
        sa.Column("seat", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            _codes("booked", "came", "not_come", "cancelled", name="appointmentstate"),
            nullable=False,
        ),
        sa.Column(
            "way", _codes("phone", "counter", "online", name="appointmentway"), nullable=False
        ),
        sa.Column("name", sa.String(100), nullable=True),
        sa.Column("phone", sa.String(40), nullable=True),
        sa.Column("matter", sa.Text(), nullable=True),
        sa.Column("needs", sa.Text(), nullable=False),
        _number("accused_unit_id"),
        _number("accused_staff_id"),
        _number("made_by", nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("moved", sa.Integer(), nullable=False),
        _number("ended_by"),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("end_note", sa.String(200), nullable=True),
        _number("case_id"),
        sa.Column("forgotten_at", MOMENT, nullable=True),
        *_refs(
            "appointments",
            reception_day_id="reception_days",
            accused_unit_id="units",
            accused_staff_id="staff",
            made_by="staff",
            ended_by="staff",
            case_id="cases",
        ),
    )
    op.create_index(
        "ix_appointments_street_id_starts_at", "appointments", ["street_id", "starts_at"]
    )
    for column in ("reception_day_id", "case_id"):
        op.create_index(f"ix_appointments_{column}", "appointments", [column])
    holds = sa.text("state IN ('booked', 'came')")
    op.create_index(
        "uq_appointments_place",
        "appointments",
        ["book_id", "starts_at", "seat"],
        unique=True,
        sqlite_where=holds,
        postgresql_where=holds,
    )


def _reception_cases() -> None:
    op.create_table(
        "reception_cases",
        *_row("reception_cases"),
        _number("reception_day_id", nullable=False),
        _number("case_id", nullable=False),
        sa.Column(
            "origin",
            _codes("appointment", "taken_in", "brought", name="receptionorigin"),
            nullable=False,
        ),
        sa.Column("why", sa.String(200), nullable=True),
        _number("added_by", nullable=False),
        sa.Column("added_at", MOMENT, nullable=False),
        _number("removed_by"),
        sa.Column("removed_at", MOMENT, nullable=True),
        _number("leader_id"),
        sa.Column("leader_name", sa.String(100), nullable=True),
        sa.Column("received_at", MOMENT, nullable=True),
        sa.Column("opinion", sa.Text(), nullable=True),
        sa.Column(
            "outcome",
            _codes(
                "answered", "assigned", "meeting", "on_site", "explained", name="receptionoutcome"
            ),
            nullable=True,
        ),
        _number("follow_unit_id"),
        sa.Column("follow_person", sa.String(100), nullable=True),
        sa.Column("follow_due", sa.Date(), nullable=True),
        _number("recorded_by"),
        sa.Column("recorded_at", MOMENT, nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("done_note", sa.Text(), nullable=True),
        _number("done_by"),
        _number("paper_id"),
        *_refs(
            "reception_cases",
            reception_day_id="reception_days",
            case_id="cases",
            added_by="staff",
            removed_by="staff",
            leader_id="staff",
            follow_unit_id="units",
            recorded_by="staff",
            done_by="staff",
            paper_id="papers",
        ),
        sa.UniqueConstraint(
            "reception_day_id", "case_id", name="uq_reception_cases_reception_day_id_case_id"
        ),
    )
    op.create_index("ix_reception_cases_case_id", "reception_cases", ["case_id"])
    op.create_index(
        "ix_reception_cases_street_id_follow_due", "reception_cases", ["street_id", "follow_due"]
    )


def _case_agents() -> None:
    op.create_table(
        "case_agents",
        _number("case_id", nullable=False),
        sa.Column("street_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(100), nullable=True),
        sa.Column(
            "relation",
            _codes("family", "neighbour", "community", "lawyer", "other", name="agentrelation"),
            nullable=False,
        ),
        sa.Column("phone", sa.String(40), nullable=True),
        sa.Column("powers", sa.Text(), nullable=False),
        sa.Column("paper", sa.String(200), nullable=True),
        _number("added_by", nullable=False),
        sa.Column("added_at", MOMENT, nullable=False),
        *_refs("case_agents", case_id="cases", added_by="staff"),
        sa.PrimaryKeyConstraint("case_id", name="pk_case_agents"),
    )
