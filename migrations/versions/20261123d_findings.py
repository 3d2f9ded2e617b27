"""Findings, walks and questionnaires (未诉先办、走访)."""

import sqlalchemy as sa
from alembic import op

revision = "20261123d_findings"
down_revision = "20261123c_leader_cases"
branch_labels = None
depends_on = None

MOMENT = sa.String(32).with_variant(sa.DateTime(timezone=True), "postgresql")
_WAYS = ("visit", "patrol", "grid", "media", "leader_day", "cluster")
_CONCERNS = ("ill", "incident", "discontent", "dispute")
_KINDS = ("visit", "ten_questions")


def upgrade() -> None:
    """Create the tables."""
    _visits()
    _early_actions()
    _visit_entries()
    _questionnaires()


def downgrade() -> None:
    """Drop them again."""
    for table in ("questionnaires", "visit_entries", "early_actions", "visits"):
        op.drop_table(table)


def _early_actions() -> None:
    op.create_table(
        "early_actions",
        *_head(),
        sa.Column("number", sa.String(40), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("outside_number", sa.String(60), nullable=True),
        sa.Column("content_hash", sa.String(64), nullable=True),
        sa.Column("is_imported", sa.Boolean(), nullable=False),
        sa.Column("found_at", MOMENT, nullable=False),
        sa.Column("way", sa.String(24), nullable=False),
        sa.Column("found_by", sa.String(100), nullable=True),
        sa.Column("community_id", sa.BigInteger(), nullable=False),
        sa.Column("grid_id", sa.BigInteger(), nullable=True),
        sa.Column("place_id", sa.BigInteger(), nullable=True),
        sa.Column("address", sa.String(200), nullable=True),
        sa.Column("category_id", sa.BigInteger(), nullable=False),
        sa.Column("situation", sa.Text(), nullable=False),
        sa.Column("concern", sa.String(24), nullable=True),
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("state", sa.String(24), nullable=False),
        sa.Column("recorded_by", sa.BigInteger(), nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("resolved_by", sa.BigInteger(), nullable=True),
        sa.Column("resolved_at", MOMENT, nullable=True),
        sa.Column("recheck_on", sa.Date(), nullable=True),
        sa.Column("rechecked_by", sa.BigInteger(), nullable=True),
        sa.Column("rechecked_at", MOMENT, nullable=True),
        sa.Column("recheck_note", sa.Text(), nullable=True),
        sa.Column("void_reason", sa.String(200), nullable=True),
        sa.Column("visit_id", sa.BigInteger(), nullable=True),
        sa.Column("case_id", sa.BigInteger(), nullable=True),
        sa.Column("whistle_id", sa.BigInteger(), nullable=True),
        sa.Column("topic_id", sa.BigInteger(), nullable=True),
        sa.Column("linked_numbers", sa.String(400), nullable=True),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        _one_of("early_actions", "way", "discoverway", _WAYS),
        _one_of("early_actions", "concern", "visitconcern", _CONCERNS),
        _one_of(
            "early_actions",
            "state",
            "earlyactionstate",
            ("open", "resolved", "confirmed", "void"),
        ),
        sa.CheckConstraint("situation <> ''", name="ck_early_actions_situation_not_empty"),
        sa.CheckConstraint("seq > 0", name="ck_early_actions_seq_positive"),
        *_refs(
            "early_actions",
            street_id="streets",
            community_id="units",
            grid_id="units",
            place_id="places",
            category_id="categories",
            unit_id="units",
            recorded_by="staff",
            resolved_by="staff",
            rechecked_by="staff",
            visit_id="visits",
            case_id="cases",
            whistle_id="whistles",
            topic_id="topics",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_early_actions"),
        sa.UniqueConstraint("street_id", "year", "seq", name="uq_early_actions_street_id_year_seq"),
        sa.UniqueConstraint(
            "street_id", "outside_number", name="uq_early_actions_street_id_outside_number"
        ),
    )
    _indexes(
        "early_actions",
        ("street_id", "found_at", "id"),
        ("street_id", "state", "recheck_on"),
        ("place_id", "found_at"),
        ("case_id",),
        ("visit_id",),
        ("whistle_id",),
        ("topic_id",),
    )


def _questionnaires() -> None:
    op.create_table(
        "questionnaires",
        *_head(),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("questions", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        _one_of("questionnaires", "kind", "questionnairekind", _KINDS),
        *_refs("questionnaires", street_id="streets"),
        sa.PrimaryKeyConstraint("id", name="pk_questionnaires"),
        sa.UniqueConstraint(
            "street_id",
            "kind",
            "valid_from",
            name="uq_questionnaires_street_id_kind_valid_from",
        ),
    )


def _visits() -> None:
    op.create_table(
        "visits",
        *_head(),
        sa.Column("number", sa.String(40), nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("questions", sa.Text(), nullable=False),
        sa.Column("community_id", sa.BigInteger(), nullable=False),
        sa.Column("grid_id", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.String(24), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("planned_by", sa.BigInteger(), nullable=False),
        sa.Column("visited_on", sa.Date(), nullable=True),
        sa.Column("walkers", sa.String(100), nullable=True),
        sa.Column("entered_by", sa.BigInteger(), nullable=True),
        sa.Column("entered_at", MOMENT, nullable=True),
        sa.Column("cancel_reason", sa.String(200), nullable=True),
        sa.Column("paper_id", sa.BigInteger(), nullable=True),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        _one_of("visits", "kind", "questionnairekind", _KINDS),
        _one_of("visits", "state", "visitstate", ("planned", "done", "cancelled")),
        *_refs(
            "visits",
            street_id="streets",
            community_id="units",
            grid_id="units",
            planned_by="staff",
            entered_by="staff",
            paper_id="papers",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_visits"),
    )
    _indexes("visits", ("street_id", "state", "planned_on"), ("community_id", "visited_on"))


def _visit_entries() -> None:
    op.create_table(
        "visit_entries",
        *_head(),
        sa.Column("visit_id", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.BigInteger(), nullable=False),
        sa.Column("household", sa.String(40), nullable=False),
        sa.Column("result", sa.String(24), nullable=True),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("concern", sa.String(24), nullable=True),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.Column("early_action_id", sa.BigInteger(), nullable=True),
        _one_of("visit_entries", "result", "visitresult", ("met", "absent", "refused")),
        _one_of("visit_entries", "concern", "visitconcern", _CONCERNS),
        *_refs(
            "visit_entries",
            visit_id="visits",
            place_id="places",
            early_action_id="early_actions",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_visit_entries"),
        sa.UniqueConstraint("visit_id", "seq", name="uq_visit_entries_visit_id_seq"),
    )
    _indexes("visit_entries", ("place_id", "visit_id"), ("early_action_id",))


def _head() -> tuple[sa.Column[int], ...]:
    return (
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("street_id", sa.BigInteger(), nullable=False),
    )


def _one_of(table: str, column: str, name: str, codes: tuple[str, ...]) -> sa.CheckConstraint:
    listed = ", ".join(f"'{code}'" for code in codes)
    return sa.CheckConstraint(f"{column} IN ({listed})", name=f"ck_{table}_{name}")


def _indexes(table: str, *wanted: tuple[str, ...]) -> None:
    for columns in wanted:
        op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns))


def _refs(table: str, **columns: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([column], [f"{other}.id"], name=f"fk_{table}_{column}_{other}")
        for column, other in columns.items()
    ]
