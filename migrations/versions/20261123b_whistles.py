"""Whistles: called units, who came, what was divided (吹哨报到)."""

import sqlalchemy as sa
from alembic import op

revision = "20261123b_whistles"
down_revision = "20261123a_leaders"
branch_labels = None
depends_on = None

MOMENT = sa.String(32).with_variant(sa.DateTime(timezone=True), "postgresql")
_TABLES = ("whistle_duties", "whistle_arrivals", "whistle_units", "whistle_cases", "whistles")


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


def _by(name: str, *, optional: bool = True) -> tuple[sa.Column[int], sa.Column[str]]:
    """Return who did something, and when."""
    return (
        sa.Column(f"{name}_by", sa.BigInteger(), nullable=optional),
        sa.Column(f"{name}_at", MOMENT, nullable=optional),
    )


def _column(name: str, kind: sa.types.TypeEngine[object], *, optional: bool = False) -> sa.Column:
    return sa.Column(name, kind, nullable=optional)


def upgrade() -> None:
    """Create the tables."""
    _create_whistles()
    op.create_table(
        "whistle_cases",
        _column("whistle_id", sa.BigInteger()),
        _column("case_id", sa.BigInteger()),
        _column("street_id", sa.BigInteger()),
        sa.PrimaryKeyConstraint("whistle_id", "case_id", name=op.f("pk_whistle_cases")),
        _to("whistle_cases", "whistle_id", "whistles"),
        _to("whistle_cases", "case_id", "cases"),
    )
    op.create_index(op.f("ix_whistle_cases_case_id"), "whistle_cases", ["case_id"])
    op.create_table(
        "whistle_units",
        *_row("whistle_units"),
        _column("whistle_id", sa.BigInteger()),
        _column("unit_id", sa.BigInteger()),
        _column("place_in_list", sa.Integer()),
        _column("required_at", MOMENT, optional=True),
        _column("contact", sa.String(100), optional=True),
        _column("called_at", MOMENT, optional=True),
        _column("arrived_at", MOMENT, optional=True),
        *_by("withdrawn"),
        _to("whistle_units", "whistle_id", "whistles"),
        _to("whistle_units", "unit_id", "units"),
        _to("whistle_units", "withdrawn_by", "staff"),
    )
    op.create_index(
        "uq_whistle_units_whistle_id_unit_id",
        "whistle_units",
        ["whistle_id", "unit_id"],
        unique=True,
    )
    op.create_index(op.f("ix_whistle_units_unit_id"), "whistle_units", ["unit_id"])
    op.create_table(
        "whistle_arrivals",
        *_row("whistle_arrivals"),
        _column("whistle_id", sa.BigInteger()),
        _column("whistle_unit_id", sa.BigInteger()),
        _column("name", sa.String(100)),
        _column("post", sa.String(60), optional=True),
        _column("arrived_at", MOMENT),
        _column("is_from_paper", sa.Boolean()),
        _column("document", sa.String(100), optional=True),
        _column("sha256", sa.String(64), optional=True),
        *_by("recorded", optional=False),
        *_by("removed"),
        _to("whistle_arrivals", "whistle_id", "whistles"),
        _to("whistle_arrivals", "whistle_unit_id", "whistle_units"),
        sa.ForeignKeyConstraint(
            ["sha256"], ["blobs.sha256"], name=op.f("fk_whistle_arrivals_sha256_blobs")
        ),
        _to("whistle_arrivals", "recorded_by", "staff"),
        _to("whistle_arrivals", "removed_by", "staff"),
    )
    for column in ("whistle_id", "sha256"):
        op.create_index(op.f(f"ix_whistle_arrivals_{column}"), "whistle_arrivals", [column])
    op.create_table(
        "whistle_duties",
        *_row("whistle_duties"),
        _column("whistle_id", sa.BigInteger()),
        _column("unit_id", sa.BigInteger()),
        _column("matter", sa.String(200)),
        _column("due_at", MOMENT, optional=True),
        *_by("made", optional=False),
        _column("done_note", sa.String(200), optional=True),
        *_by("done"),
        *_by("removed"),
        _to("whistle_duties", "whistle_id", "whistles"),
        _to("whistle_duties", "unit_id", "units"),
        *(_to("whistle_duties", f"{name}_by", "staff") for name in ("made", "done", "removed")),
    )
    for column in ("whistle_id", "unit_id"):
        op.create_index(op.f(f"ix_whistle_duties_{column}"), "whistle_duties", [column])


def _create_whistles() -> None:
    kinds = _codes("key", "enforcement", "emergency", name="whistlekind")
    states = _codes(
        "raised",
        "returned",
        "called",
        "settled",
        "rated",
        "filed",
        "withdrawn",
        name="whistlestate",
    )
    results = _codes("resolved", "partly", "unresolved", name="whistleresult")
    ratings = _codes("satisfied", "fairly", "dissatisfied", "not_rated", name="satisfaction")
    done = ("reviewed", "consulted", "concluded", "rated", "filed", "withdrawn")
    op.create_table(
        "whistles",
        *_row("whistles"),
        _column("number", sa.String(60)),
        _column("outside_number", sa.String(60), optional=True),
        _column("content_hash", sa.String(64), optional=True),
        _column("is_imported", sa.Boolean()),
        _column("level", sa.String(40)),
        _column("kind", kinds),
        _column("state", states),
        _column("caller_unit_id", sa.BigInteger()),
        _column("caller", sa.String(100)),
        _column("caller_phone", sa.String(40), optional=True),
        *_by("raised", optional=False),
        _column("place_id", sa.BigInteger(), optional=True),
        _column("site", sa.String(200)),
        _column("matter", sa.Text()),
        _column("steps_taken", sa.Text(), optional=True),
        _column("risen_from_id", sa.BigInteger(), optional=True),
        _column("review_note", sa.String(200), optional=True),
        _column("consultation", sa.Text(), optional=True),
        _column("result", results, optional=True),
        _column("result_note", sa.Text(), optional=True),
        _column("resolved_at", MOMENT, optional=True),
        _column("is_responsive", sa.Boolean(), optional=True),
        _column("satisfaction", ratings, optional=True),
        _column("rating_note", sa.String(200), optional=True),
        _column("withdraw_note", sa.String(200), optional=True),
        _column("remark", sa.Text(), optional=True),
        _column("paper_id", sa.BigInteger(), optional=True),
        _column("changed_at", MOMENT),
        _column("version", sa.Integer()),
        *(column for name in done for column in _by(name)),
        _to("whistles", "caller_unit_id", "units"),
        _to("whistles", "place_id", "places"),
        _to("whistles", "risen_from_id", "whistles"),
        _to("whistles", "paper_id", "papers"),
        *(_to("whistles", f"{name}_by", "staff") for name in ("raised", *done)),
    )
    op.create_index(
        op.f("ix_whistles_street_id_state_raised_at"),
        "whistles",
        ["street_id", "state", "raised_at"],
    )
    for column in ("number", "outside_number"):
        op.create_index(
            f"uq_whistles_street_id_{column}", "whistles", ["street_id", column], unique=True
        )
    op.create_index(op.f("ix_whistles_place_id"), "whistles", ["place_id"])


def downgrade() -> None:
    """Take it back."""
    for table in _TABLES:
        op.drop_table(table)
