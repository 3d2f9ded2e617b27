"""Cases led by a leader, and meetings with minutes (领导包案、会商)."""

import sqlalchemy as sa
from alembic import op

revision = "20261123c_leader_cases"
down_revision = "20261123b_whistles"
branch_labels = None
depends_on = None

MOMENT = sa.String(32).with_variant(sa.DateTime(timezone=True), "postgresql")
_ROLES = ("leader", "delegate", "young", "business", "grid", "adviser")
_OCCASIONS = ("leader_case", "finishing", "parking", "excluding")
_GOES_ON = sa.text("concluded_at IS NULL")
_LEADS = sa.text("role = 'leader' AND until IS NULL")
_THERE = sa.text("until IS NULL")
_ABOUT_ONE = (
    "CASE WHEN case_id IS NULL THEN 0 ELSE 1 END + CASE WHEN topic_id IS NULL THEN 0 ELSE 1 END "
    "+ CASE WHEN whistle_id IS NULL THEN 0 ELSE 1 END <= 1"
)


def _codes(*codes: str, name: str) -> sa.Enum:
    return sa.Enum(*codes, name=name, native_enum=False, create_constraint=True, length=24)


def _id(name: str, *, is_given: bool = True) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=not is_given)


def _row(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        _id("street_id"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}")
    )


def upgrade() -> None:
    """Create the tables."""
    _leader_cases()
    _team_members()
    _leader_steps()
    _check_lines()
    _meetings()


def _leader_cases() -> None:
    table = "leader_cases"
    outcomes = _codes("resolved", "partly", "elsewhere", name="leaderoutcome")
    op.create_table(
        table,
        *_row(table),
        _id("case_id"),
        sa.Column("reason", sa.Text(), nullable=False),
        _id("leader_id"),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("planned_until", sa.Date(), nullable=False),
        _id("raised_by"),
        sa.Column("raised_at", MOMENT, nullable=False),
        sa.Column("outcome", outcomes, nullable=True),
        sa.Column("conclusion", sa.Text(), nullable=True),
        sa.Column("concluded_on", sa.Date(), nullable=True),
        _id("concluded_by", is_given=False),
        sa.Column("concluded_at", MOMENT, nullable=True),
        _id("paper_id", is_given=False),
        _to(table, "case_id", "cases"),
        _to(table, "leader_id", "staff"),
        _to(table, "raised_by", "staff"),
        _to(table, "concluded_by", "staff"),
        _to(table, "paper_id", "papers"),
    )
    op.create_index(op.f("ix_leader_cases_case_id"), table, ["case_id"])
    only = {"sqlite_where": _GOES_ON, "postgresql_where": _GOES_ON}
    op.create_index("uq_leader_cases_goes_on", table, ["case_id"], unique=True, **only)
    op.create_index("ix_leader_cases_open", table, ["street_id", "leader_id"], **only)


def _team_members() -> None:
    table = "team_members"
    op.create_table(
        table,
        *_row(table),
        _id("case_id"),
        _id("leader_case_id"),
        sa.Column("role", _codes(*_ROLES, name="teamrole"), nullable=False),
        _id("staff_id", is_given=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("office", sa.String(100), nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(200), nullable=True),
        _id("added_by"),
        sa.Column("added_at", MOMENT, nullable=False),
        _id("ended_by", is_given=False),
        _to(table, "case_id", "cases"),
        _to(table, "leader_case_id", "leader_cases"),
        _to(table, "staff_id", "staff"),
        _to(table, "added_by", "staff"),
        _to(table, "ended_by", "staff"),
    )
    op.create_index(op.f("ix_team_members_case_id"), table, ["case_id"])
    leads = {"sqlite_where": _LEADS, "postgresql_where": _LEADS}
    op.create_index("uq_team_members_leader", table, ["leader_case_id"], unique=True, **leads)
    there = {"sqlite_where": _THERE, "postgresql_where": _THERE}
    op.create_index("ix_team_members_there", table, ["street_id", "staff_id"], **there)


def _leader_steps() -> None:
    table = "leader_steps"
    op.create_table(
        table,
        *_row(table),
        _id("case_id"),
        _id("leader_case_id"),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("is_dropped", sa.Boolean(), nullable=False),
        _id("planned_by"),
        sa.Column("planned_at", MOMENT, nullable=False),
        _id("done_by", is_given=False),
        sa.Column("done_at", MOMENT, nullable=True),
        _to(table, "case_id", "cases"),
        _to(table, "leader_case_id", "leader_cases"),
        _to(table, "planned_by", "staff"),
        _to(table, "done_by", "staff"),
    )
    op.create_index(op.f("ix_leader_steps_case_id"), table, ["case_id"])


def _check_lines() -> None:
    table = "check_lines"
    op.create_table(
        table,
        *_row(table),
        _id("case_id"),
        _id("leader_case_id", is_given=False),
        sa.Column("checklist", _codes("pledges", "questions", name="checklist"), nullable=False),
        sa.Column("occasion", _codes(*_OCCASIONS, name="checkoccasion"), nullable=False),
        sa.Column("words", sa.String(200), nullable=False),
        sa.Column("answer", _codes("yes", "partly", "no", name="checkanswer"), nullable=True),
        sa.Column("responsible", sa.String(100), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("on_day", sa.Date(), nullable=False),
        _id("said_by"),
        sa.Column("said_at", MOMENT, nullable=False),
        _to(table, "case_id", "cases"),
        _to(table, "leader_case_id", "leader_cases"),
        _to(table, "said_by", "staff"),
    )
    op.create_index(op.f("ix_check_lines_case_id"), table, ["case_id"])


def _meetings() -> None:
    table = "meetings"
    kinds = _codes("consultation", "on_site", "deliberation", name="meetingkind")
    op.create_table(
        table,
        *_row(table),
        _id("case_id", is_given=False),
        _id("topic_id", is_given=False),
        _id("whistle_id", is_given=False),
        sa.Column("kind", kinds, nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("held_at", MOMENT, nullable=False),
        sa.Column("place", sa.String(100), nullable=False),
        sa.Column("chair", sa.String(100), nullable=False),
        sa.Column("attendees", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Text(), nullable=False),
        sa.Column("decisions", sa.Text(), nullable=False),
        sa.Column("recorder", sa.String(100), nullable=False),
        _id("recorded_by"),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        _id("paper_id", is_given=False),
        _to(table, "case_id", "cases"),
        _to(table, "topic_id", "topics"),
        _to(table, "whistle_id", "whistles"),
        _to(table, "recorded_by", "staff"),
        _to(table, "paper_id", "papers"),
        sa.CheckConstraint(_ABOUT_ONE, name=op.f("ck_meetings_about_one")),
    )
    for column in ("case_id", "topic_id", "whistle_id"):
        op.create_index(op.f(f"ix_meetings_{column}"), table, [column])
    op.create_index(op.f("ix_meetings_street_id_held_at"), table, ["street_id", "held_at"])


def downgrade() -> None:
    """Drop them."""
    for table in ("meetings", "check_lines", "leader_steps", "team_members", "leader_cases"):
        op.drop_table(table)
