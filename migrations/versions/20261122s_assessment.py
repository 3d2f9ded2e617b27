"""How cases are assessed and work is steered (考评、剔除、督办、表扬提醒、约谈、通报)."""

import sqlalchemy as sa
from alembic import op

revision = "20261122s_assessment"
down_revision = "20261122r_keeping"
branch_labels = None
depends_on = None

MOMENT = sa.String(32).with_variant(sa.DateTime(timezone=True), "postgresql")
_TABLES = (
    "honours",
    "review_tasks",
    "bonus_points",
    "assessment_requests",
    "bulletins",
    "letters",
    "supervisions",
    "unit_talks",
    "urgings",
    "assessment_steps",
    "letter_cases",
)


def _codes(*codes: str, name: str) -> sa.Enum:
    return sa.Enum(*codes, name=name, native_enum=False, create_constraint=True, length=24)


def _row(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("street_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}")
    )


def upgrade() -> None:
    """Create the tables; a case may be marked as a key case."""
    op.create_table(
        "honours",
        *_row("honours"),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("kind", _codes("unit", "person", name="honourkind"), nullable=False),
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
        sa.Column("person", sa.String(100), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("named_by", sa.BigInteger(), nullable=False),
        sa.Column("named_at", MOMENT, nullable=False),
        sa.Column("is_given", sa.Boolean(), nullable=False),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        _to("honours", "named_by", "staff"),
        _to("honours", "unit_id", "units"),
    )
    op.create_index(op.f("ix_honours_street_id_year"), "honours", ["street_id", "year"])

    op.create_table(
        "review_tasks",
        *_row("review_tasks"),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("made_by", sa.BigInteger(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("done_note", sa.Text(), nullable=True),
        sa.Column("done_by", sa.BigInteger(), nullable=True),
        _to("review_tasks", "done_by", "staff"),
        _to("review_tasks", "made_by", "staff"),
        _to("review_tasks", "unit_id", "units"),
    )
    op.create_index(
        op.f("ix_review_tasks_street_id_due_on"), "review_tasks", ["street_id", "due_on"]
    )

    op.create_table(
        "bonus_points",
        *_row("bonus_points"),
        sa.Column("month", sa.String(7), nullable=False),
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
        sa.Column("hundredths", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=True),
        sa.Column("topic_id", sa.BigInteger(), nullable=True),
        sa.Column("approved_by", sa.BigInteger(), nullable=False),
        sa.Column("given_at", MOMENT, nullable=False),
        sa.Column("withdrawn_by", sa.BigInteger(), nullable=True),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        _to("bonus_points", "approved_by", "staff"),
        _to("bonus_points", "case_id", "cases"),
        _to("bonus_points", "topic_id", "topics"),
        _to("bonus_points", "unit_id", "units"),
        _to("bonus_points", "withdrawn_by", "staff"),
    )
    op.create_index(op.f("ix_bonus_points_street_id_month"), "bonus_points", ["street_id", "month"])

    op.create_table(
        "assessment_requests",
        *_row("assessment_requests"),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("round_no", sa.Integer(), nullable=False),
        sa.Column("kind", _codes("exclude", "rate_again", name="requestkind"), nullable=False),
        sa.Column(
            "state",
            _codes(
                "unit",
                "area",
                "chief",
                "office",
                "granted",
                "refused",
                "withdrawn",
                "revoked",
                name="requeststate",
            ),
            nullable=False,
        ),
        sa.Column("month", sa.String(7), nullable=False),
        sa.Column("rules_name", sa.String(100), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("was_contacted", sa.Boolean(), nullable=True),
        sa.Column(
            "resolution",
            _codes("yes", "partly", "no", "explained", name="resolution"),
            nullable=True,
        ),
        sa.Column(
            "satisfaction",
            _codes("satisfied", "fairly", "dissatisfied", "not_rated", name="satisfaction"),
            nullable=True,
        ),
        sa.Column("new_contacted", sa.Boolean(), nullable=True),
        sa.Column(
            "new_resolution",
            _codes("yes", "partly", "no", "explained", name="new_resolution"),
            nullable=True,
        ),
        sa.Column(
            "new_satisfaction",
            _codes("satisfied", "fairly", "dissatisfied", "not_rated", name="new_satisfaction"),
            nullable=True,
        ),
        sa.Column("asked_by", sa.BigInteger(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
        sa.Column("leader_id", sa.BigInteger(), nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("figures", sa.Text(), nullable=True),
        sa.Column("paper_id", sa.BigInteger(), nullable=True),
        _to("assessment_requests", "asked_by", "staff"),
        _to("assessment_requests", "case_id", "cases"),
        _to("assessment_requests", "leader_id", "staff"),
        _to("assessment_requests", "paper_id", "papers"),
        _to("assessment_requests", "unit_id", "units"),
    )
    op.create_index(
        op.f("ix_assessment_requests_case_id_asked_at"),
        "assessment_requests",
        ["case_id", "asked_at"],
    )
    op.create_index(
        op.f("ix_assessment_requests_street_id_state_asked_at"),
        "assessment_requests",
        ["street_id", "state", "asked_at"],
    )

    op.create_table(
        "bulletins",
        *_row("bulletins"),
        sa.Column(
            "kind", _codes("daily", "weekly", "monthly", name="bulletinkind"), nullable=False
        ),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("rules_name", sa.String(200), nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.Column("sentences", sa.Text(), nullable=False),
        sa.Column("is_made_by_itself", sa.Boolean(), nullable=False),
        sa.Column("issued_by", sa.BigInteger(), nullable=True),
        sa.Column("issued_at", MOMENT, nullable=True),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("paper_id", sa.BigInteger(), nullable=True),
        sa.Column("public_paper_id", sa.BigInteger(), nullable=True),
        sa.Column("replaced_by_id", sa.BigInteger(), nullable=True),
        sa.Column("number", sa.String(60), nullable=True),
        _to("bulletins", "issued_by", "staff"),
        _to("bulletins", "paper_id", "papers"),
        _to("bulletins", "public_paper_id", "papers"),
        _to("bulletins", "replaced_by_id", "bulletins"),
    )
    op.create_index(
        op.f("ix_bulletins_street_id_kind_first_day"),
        "bulletins",
        ["street_id", "kind", "first_day"],
    )

    op.create_table(
        "letters",
        *_row("letters"),
        sa.Column("kind", _codes("commendation", "reminder", name="letterkind"), nullable=False),
        sa.Column(
            "state",
            _codes("issued", "delivered", "rectified", "revoked", name="letterstate"),
            nullable=False,
        ),
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
        sa.Column("person", sa.String(100), nullable=True),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("problems", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("issued_by", sa.BigInteger(), nullable=False),
        sa.Column("issued_at", MOMENT, nullable=False),
        sa.Column("delivered_to", sa.String(100), nullable=True),
        sa.Column("delivered_at", MOMENT, nullable=True),
        sa.Column("measures", sa.Text(), nullable=True),
        sa.Column("responsible", sa.String(100), nullable=True),
        sa.Column("rectified_on", sa.Date(), nullable=True),
        sa.Column("rectified_by", sa.BigInteger(), nullable=True),
        sa.Column("rectified_at", MOMENT, nullable=True),
        sa.Column("revoked_at", MOMENT, nullable=True),
        sa.Column("revoke_note", sa.String(200), nullable=True),
        sa.Column("paper_id", sa.BigInteger(), nullable=True),
        _to("letters", "issued_by", "staff"),
        _to("letters", "paper_id", "papers"),
        _to("letters", "rectified_by", "staff"),
        _to("letters", "unit_id", "units"),
    )
    op.create_index(
        op.f("ix_letters_street_id_kind_issued_at"), "letters", ["street_id", "kind", "issued_at"]
    )
    op.create_index(op.f("ix_letters_unit_id"), "letters", ["unit_id"])

    op.create_table(
        "supervisions",
        *_row("supervisions"),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "source", _codes("street", "district", "city", name="supervisionsource"), nullable=False
        ),
        sa.Column("outside_number", sa.String(60), nullable=True),
        sa.Column(
            "state",
            _codes("issued", "taken", "reported", "closed", "revoked", name="supervisionstate"),
            nullable=False,
        ),
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
        sa.Column("grounds", sa.Text(), nullable=False),
        sa.Column("requirement", sa.Text(), nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("copied_to", sa.String(200), nullable=True),
        sa.Column("issued_by", sa.BigInteger(), nullable=False),
        sa.Column("issued_at", MOMENT, nullable=False),
        sa.Column("taken_by", sa.BigInteger(), nullable=True),
        sa.Column("taken_at", MOMENT, nullable=True),
        sa.Column("report", sa.Text(), nullable=True),
        sa.Column("reported_by", sa.BigInteger(), nullable=True),
        sa.Column("reported_at", MOMENT, nullable=True),
        sa.Column("ended_by", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("end_note", sa.String(200), nullable=True),
        sa.Column("paper_id", sa.BigInteger(), nullable=True),
        _to("supervisions", "case_id", "cases"),
        _to("supervisions", "ended_by", "staff"),
        _to("supervisions", "issued_by", "staff"),
        _to("supervisions", "paper_id", "papers"),
        _to("supervisions", "reported_by", "staff"),
        _to("supervisions", "taken_by", "staff"),
        _to("supervisions", "unit_id", "units"),
    )
    op.create_index(op.f("ix_supervisions_case_id"), "supervisions", ["case_id"])
    op.create_index(
        op.f("ix_supervisions_street_id_state_due_at"),
        "supervisions",
        ["street_id", "state", "due_at"],
    )

    op.create_table(
        "unit_talks",
        *_row("unit_talks"),
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
        sa.Column("month", sa.String(7), nullable=False),
        sa.Column("why", sa.String(200), nullable=False),
        sa.Column(
            "decision", _codes("talk", "no_talk", "held", name="talkdecision"), nullable=False
        ),
        sa.Column("reason", sa.String(200), nullable=True),
        sa.Column("decided_by", sa.BigInteger(), nullable=False),
        sa.Column("decided_at", MOMENT, nullable=False),
        sa.Column("held_at", MOMENT, nullable=True),
        sa.Column("attended", sa.String(200), nullable=True),
        sa.Column("minutes", sa.Text(), nullable=True),
        sa.Column("promised", sa.Text(), nullable=True),
        sa.Column("recorded_by", sa.BigInteger(), nullable=True),
        sa.Column("paper_id", sa.BigInteger(), nullable=True),
        _to("unit_talks", "decided_by", "staff"),
        _to("unit_talks", "paper_id", "papers"),
        _to("unit_talks", "recorded_by", "staff"),
        _to("unit_talks", "unit_id", "units"),
    )
    op.create_index(op.f("ix_unit_talks_street_id_month"), "unit_talks", ["street_id", "month"])

    op.create_table(
        "urgings",
        *_row("urgings"),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "way",
            _codes("phone", "system", "written", "circular", name="urgingway"),
            nullable=False,
        ),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("due_at", MOMENT, nullable=True),
        sa.Column("explain_by", MOMENT, nullable=True),
        sa.Column("made_by", sa.BigInteger(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("explanation", sa.Text(), nullable=True),
        sa.Column("explained_by", sa.BigInteger(), nullable=True),
        sa.Column("explained_at", MOMENT, nullable=True),
        sa.Column("paper_id", sa.BigInteger(), nullable=True),
        _to("urgings", "case_id", "cases"),
        _to("urgings", "explained_by", "staff"),
        _to("urgings", "made_by", "staff"),
        _to("urgings", "paper_id", "papers"),
        _to("urgings", "unit_id", "units"),
    )
    op.create_index(op.f("ix_urgings_case_id_made_at"), "urgings", ["case_id", "made_at"])

    op.create_table(
        "assessment_steps",
        *_row("assessment_steps"),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("request_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "desk",
            _codes(
                "unit",
                "area",
                "chief",
                "office",
                "granted",
                "refused",
                "withdrawn",
                "revoked",
                name="requeststate",
            ),
            nullable=False,
        ),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("for_id", sa.BigInteger(), nullable=True),
        sa.Column("is_passed", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("happened_at", MOMENT, nullable=False),
        _to("assessment_steps", "case_id", "cases"),
        _to("assessment_steps", "for_id", "staff"),
        _to("assessment_steps", "request_id", "assessment_requests"),
        _to("assessment_steps", "staff_id", "staff"),
    )
    op.create_index(op.f("ix_assessment_steps_case_id"), "assessment_steps", ["case_id"])
    op.create_index(
        op.f("ix_assessment_steps_request_id_happened_at"),
        "assessment_steps",
        ["request_id", "happened_at"],
    )

    op.create_table(
        "letter_cases",
        sa.Column("letter_id", sa.BigInteger(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("street_id", sa.BigInteger(), nullable=False),
        _to("letter_cases", "case_id", "cases"),
        _to("letter_cases", "letter_id", "letters"),
        sa.PrimaryKeyConstraint("letter_id", "case_id", name=op.f("pk_letter_cases")),
    )
    op.create_index(op.f("ix_letter_cases_case_id"), "letter_cases", ["case_id"])

    op.add_column("cases", sa.Column("key_reason", sa.String(200), nullable=True))


def downgrade() -> None:
    """Drop them again."""
    with op.batch_alter_table("cases") as table:
        table.drop_column("key_reason")
    for name in reversed(_TABLES):
        op.drop_table(name)
