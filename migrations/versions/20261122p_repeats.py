"""Repeats, clusters and what was learnt from them (重复件、类案、专题)."""

import sqlalchemy as sa
from alembic import op

revision = "20261122p_repeats"
down_revision = "20261122o_people"
branch_labels = None
depends_on = None

MOMENT = sa.String(32).with_variant(sa.DateTime(timezone=True), "postgresql")


def upgrade() -> None:
    """Create the tables."""
    _repeat_verdicts()
    _topics()
    _topic_cases()
    _dismissals()
    # where the newest cases of a category went
    op.create_index("ix_cases_category_id_received_at", "cases", ["category_id", "received_at"])


def downgrade() -> None:
    """Drop them again."""
    op.drop_index("ix_cases_category_id_received_at", "cases")
    for table in ("cluster_dismissals", "topic_cases", "topics", "repeat_verdicts"):
        op.drop_table(table)


def _repeat_verdicts() -> None:
    op.create_table(
        "repeat_verdicts",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("street_id", sa.BigInteger(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("other_id", sa.BigInteger(), nullable=False),
        sa.Column("said_by", sa.BigInteger(), nullable=False),
        sa.Column("said_at", MOMENT, nullable=False),
        sa.Column("taken_back_by", sa.BigInteger(), nullable=True),
        sa.Column("taken_back_at", MOMENT, nullable=True),
        *_refs(
            "repeat_verdicts",
            case_id="cases",
            other_id="cases",
            said_by="staff",
            taken_back_by="staff",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_repeat_verdicts"),
    )
    for column in ("case_id", "other_id"):
        op.create_index(f"ix_repeat_verdicts_{column}", "repeat_verdicts", [column])


def _topics() -> None:
    op.create_table(
        "topics",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("street_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("place_id", sa.BigInteger(), nullable=True),
        sa.Column("category_id", sa.BigInteger(), nullable=True),
        sa.Column("word", sa.String(40), nullable=True),
        sa.Column("lead_unit_id", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.String(24), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("opened_by", sa.BigInteger(), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("closed_by", sa.BigInteger(), nullable=True),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.Column("closing_note", sa.Text(), nullable=True),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("state IN ('open', 'closed')", name="ck_topics_topicstate"),
        *_refs(
            "topics",
            place_id="places",
            category_id="categories",
            lead_unit_id="units",
            opened_by="staff",
            closed_by="staff",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_topics"),
    )
    op.create_index(
        "ix_topics_street_id_state_opened_at", "topics", ["street_id", "state", "opened_at"]
    )


def _topic_cases() -> None:
    op.create_table(
        "topic_cases",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("street_id", sa.BigInteger(), nullable=False),
        sa.Column("topic_id", sa.BigInteger(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("is_opposite", sa.Boolean(), nullable=False),
        sa.Column("added_by", sa.BigInteger(), nullable=False),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.Column("removed_by", sa.BigInteger(), nullable=True),
        sa.Column("removed_at", MOMENT, nullable=True),
        sa.Column("removal_note", sa.String(200), nullable=True),
        *_refs(
            "topic_cases", topic_id="topics", case_id="cases", added_by="staff", removed_by="staff"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_topic_cases"),
    )
    op.create_index("ix_topic_cases_case_id", "topic_cases", ["case_id"])
    there = sa.text("removed_at IS NULL")
    op.create_index(
        "uq_topic_cases_there",
        "topic_cases",
        ["topic_id", "case_id"],
        unique=True,
        sqlite_where=there,
        postgresql_where=there,
    )


def _dismissals() -> None:
    op.create_table(
        "cluster_dismissals",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("street_id", sa.BigInteger(), nullable=False),
        sa.Column("place_id", sa.BigInteger(), nullable=True),
        sa.Column("category_id", sa.BigInteger(), nullable=True),
        sa.Column("word", sa.String(40), nullable=True),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("dismissed_by", sa.BigInteger(), nullable=False),
        sa.Column("dismissed_at", MOMENT, nullable=False),
        sa.Column("withdrawn_by", sa.BigInteger(), nullable=True),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        *_refs(
            "cluster_dismissals",
            place_id="places",
            category_id="categories",
            dismissed_by="staff",
            withdrawn_by="staff",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_cluster_dismissals"),
    )
    op.create_index(
        "ix_cluster_dismissals_street_id_dismissed_at",
        "cluster_dismissals",
        ["street_id", "dismissed_at"],
    )


def _refs(table: str, **columns: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([column], [f"{other}.id"], name=f"fk_{table}_{column}_{other}")
        for column, other in columns.items()
    ]
