"""Plans of topics, opinions of meetings, three lists (主动治理、意见征集、三张清单)."""

import sqlalchemy as sa
from alembic import op

revision = "20261123e_proactive"
down_revision = "20261123d_findings"
branch_labels = None
depends_on = None

MOMENT = sa.String(32).with_variant(sa.DateTime(timezone=True), "postgresql")
_TABLES = (
    "project_links",
    "joint_projects",
    "offered_resources",
    "demands",
    "gathered_opinions",
    "gatherings",
    "plan_looks",
    "plan_measures",
    "plan_units",
    "topic_plans",
)


def upgrade() -> None:
    """Create the tables."""
    _plans()
    _parts_of_plans()
    _gatherings()
    _lists()
    _projects()


def downgrade() -> None:
    """Drop them again."""
    for table in _TABLES:
        op.drop_table(table)


def _codes(*codes: str, name: str) -> sa.Enum:
    return sa.Enum(*codes, name=name, native_enum=False, create_constraint=True, length=24)


def _number(name: str, *, needed: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=not needed)


def _moment(name: str, *, needed: bool = False) -> sa.Column[str]:
    return sa.Column(name, MOMENT, nullable=not needed)


def _text(name: str, longest: int = 0, *, needed: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(longest) if longest else sa.Text(), nullable=not needed)


def _day(name: str, *, needed: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Date(), nullable=not needed)


def _versioned() -> tuple[sa.Column[str], sa.Column[int]]:
    return _moment("changed_at", needed=True), sa.Column("version", sa.Integer(), nullable=False)


def _table(name: str, *parts: sa.schema.SchemaItem, **refs: str) -> None:
    """Create a table; what is referred to is named by column."""
    op.create_table(
        name,
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("street_id", sa.BigInteger(), nullable=False),
        *parts,
        *(
            sa.ForeignKeyConstraint([column], [f"{other}.id"], name=f"fk_{name}_{column}_{other}")
            for column, other in refs.items()
        ),
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
    )


def _index(table: str, *columns: str) -> None:
    op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns))


def _plans() -> None:
    _table(
        "topic_plans",
        _number("topic_id", needed=True),
        _text("goal", needed=True),
        _number("place_id"),
        _number("category_id"),
        _text("word", 40),
        sa.Column("window_days", sa.Integer(), nullable=False),
        _day("starts_on", needed=True),
        _day("ends_on", needed=True),
        _number("planned_fen"),
        _text("funds_from", 100),
        sa.Column(
            "state", _codes("running", "finished", "confirmed", name="planstate"), nullable=False
        ),
        _day("finished_on"),
        _text("finished_note"),
        _number("finished_by"),
        _day("look_due_on"),
        _number("made_by", needed=True),
        _moment("made_at", needed=True),
        *_versioned(),
        sa.UniqueConstraint("topic_id", name="uq_topic_plans_topic_id"),
        topic_id="topics",
        place_id="places",
        category_id="categories",
        finished_by="staff",
        made_by="staff",
    )
    _index("topic_plans", "street_id", "state")


def _parts_of_plans() -> None:
    about = {"plan_id": "topic_plans", "topic_id": "topics"}
    _table(
        "plan_units",
        _number("plan_id", needed=True),
        _number("topic_id", needed=True),
        _number("unit_id", needed=True),
        sa.UniqueConstraint("plan_id", "unit_id", name="uq_plan_units_plan_id_unit_id"),
        **about,
        unit_id="units",
    )
    _index("plan_units", "topic_id")
    _table(
        "plan_measures",
        _number("plan_id", needed=True),
        _number("topic_id", needed=True),
        _text("text", needed=True),
        _number("unit_id", needed=True),
        _text("person", 60),
        _day("due_on", needed=True),
        _day("done_on"),
        _text("result"),
        _number("spent_fen"),
        _number("reported_by"),
        _number("made_by", needed=True),
        _moment("made_at", needed=True),
        _number("dropped_by"),
        _moment("dropped_at"),
        **about,
        unit_id="units",
        reported_by="staff",
        made_by="staff",
        dropped_by="staff",
    )
    _index("plan_measures", "plan_id", "due_on")
    _index("plan_measures", "street_id", "due_on")
    _table(
        "plan_looks",
        _number("plan_id", needed=True),
        _number("topic_id", needed=True),
        _day("looked_on", needed=True),
        sa.Column("is_solved", sa.Boolean(), nullable=False),
        _text("note", needed=True),
        _number("looked_by", needed=True),
        _moment("looked_at", needed=True),
        **about,
        looked_by="staff",
    )
    _index("plan_looks", "plan_id", "looked_at")


def _gatherings() -> None:
    kinds = ("assembly", "courtyard", "forum", "paper", "online", "other")
    _table(
        "gatherings",
        sa.Column("kind", _codes(*kinds, name="gatheringkind"), nullable=False),
        _text("name", 200, needed=True),
        _day("held_on", needed=True),
        _text("place", 200),
        _number("unit_id", needed=True),
        sa.Column("attendees", sa.Integer(), nullable=True),
        _number("made_by", needed=True),
        _moment("made_at", needed=True),
        *_versioned(),
        unit_id="units",
        made_by="staff",
    )
    _index("gatherings", "street_id", "held_on")
    _table(
        "gathered_opinions",
        _number("gathering_id", needed=True),
        _number("host_unit_id", needed=True),
        sa.Column("seq", sa.Integer(), nullable=False),
        _text("said_by", 60),
        _text("text", needed=True),
        sa.Column("way", _codes("on_spot", "limited", name="answerway"), nullable=False),
        _number("unit_id"),
        _day("due_on"),
        _text("answer"),
        _day("answered_on"),
        _number("answered_by"),
        _number("case_id"),
        _number("made_by", needed=True),
        _moment("made_at", needed=True),
        _number("withdrawn_by"),
        _moment("withdrawn_at"),
        gathering_id="gatherings",
        host_unit_id="units",
        unit_id="units",
        answered_by="staff",
        case_id="cases",
        made_by="staff",
        withdrawn_by="staff",
    )
    _index("gathered_opinions", "gathering_id", "seq")
    _index("gathered_opinions", "street_id", "due_on")
    _index("gathered_opinions", "case_id")


def _ended() -> tuple[sa.Column[str], sa.Column[int], sa.Column[str]]:
    return _text("end_note"), _number("ended_by"), _moment("ended_at")


def _lists() -> None:
    people = {"ended_by": "staff", "raised_by": "staff"}
    states = ("open", "matched", "whistled", "met", "dropped")
    _table(
        "demands",
        _text("title", 200, needed=True),
        _text("details"),
        _number("unit_id", needed=True),
        _day("wanted_by"),
        sa.Column("state", _codes(*states, name="demandstate"), nullable=False),
        _number("whistle_id"),
        *_ended(),
        _number("raised_by", needed=True),
        _moment("raised_at", needed=True),
        *_versioned(),
        unit_id="units",
        whistle_id="whistles",
        **people,
    )
    _index("demands", "street_id", "state", "raised_at")
    _index("demands", "whistle_id")
    kinds = ("site", "people", "funds", "goods", "service", "skill")
    _table(
        "offered_resources",
        sa.Column("kind", _codes(*kinds, name="resourcekind"), nullable=False),
        _text("title", 200, needed=True),
        _text("details"),
        _text("offered_by", 100, needed=True),
        _text("phone", 40),
        _number("unit_id", needed=True),
        _day("open_until"),
        sa.Column("state", _codes("offered", "ended", name="resourcestate"), nullable=False),
        *_ended(),
        _number("raised_by", needed=True),
        _moment("raised_at", needed=True),
        *_versioned(),
        unit_id="units",
        **people,
    )
    _index("offered_resources", "street_id", "state", "raised_at")


def _projects() -> None:
    _table(
        "joint_projects",
        _text("title", 200, needed=True),
        _text("details"),
        _number("unit_id", needed=True),
        _day("starts_on", needed=True),
        _day("ends_on", needed=True),
        sa.Column(
            "state", _codes("running", "done", "dropped", name="projectstate"), nullable=False
        ),
        *_ended(),
        _number("made_by", needed=True),
        _moment("made_at", needed=True),
        *_versioned(),
        unit_id="units",
        ended_by="staff",
        made_by="staff",
    )
    _index("joint_projects", "street_id", "state", "made_at")
    _table(
        "project_links",
        _number("project_id", needed=True),
        _number("demand_id"),
        _number("resource_id"),
        sa.CheckConstraint(
            "(demand_id IS NULL) <> (resource_id IS NULL)", name="ck_project_links_one_of_two"
        ),
        project_id="joint_projects",
        demand_id="demands",
        resource_id="offered_resources",
    )
    for column in ("project_id", "demand_id", "resource_id"):
        _index("project_links", column)
