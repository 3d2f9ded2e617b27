"""The whole life of a case: sign-off steps, deputies, teams, directory, seals, shifts, and more.

Columns are added in plain SQL: both engines understand it, and SQLite need not copy the tables.
"""

import sqlalchemy as sa
from alembic import op

revision = "20261122d_whole_life"
down_revision = "20261122c_handling"
branch_labels = None
depends_on = None

MOMENT = sa.String(32).with_variant(sa.DateTime(timezone=True), "postgresql")
_STATUSES = (
    "received dispatched accepted handling opinion signing sealing delivering follow_up closed "
    "archived guided parked merged withdrawn"
)
_RESULTS = (
    "solved partly measures explained legal_way handed_over withdrawn unfounded unreachable "
    "parked impossible"
)
# table, column, type with its reference, the codes it may hold
_ADDED = (
    ("assignments", "result", "VARCHAR(24)", _RESULTS),
    ("assignments", "team_id", "BIGINT CONSTRAINT fk_assignments_team_id_teams REFERENCES teams (id)", None),
    ("assignments", "reason", "VARCHAR(200)", None),
    ("assignments", "ended_at", "MOMENT", None),
    ("assignments", "ended_from", "VARCHAR(24)", "waiting accepted returning reported returned replaced"),
    ("attachments", "kind", "VARCHAR(24)", "before after recording scan other"),
    ("attachments", "masks_id", "BIGINT CONSTRAINT fk_attachments_masks_id_attachments REFERENCES attachments (id)", None),
    ("attachments", "withdrawn_at", "MOMENT", None),
    ("cases", "arrival_checked_at", "MOMENT", None),
    ("cases", "guide_person", "VARCHAR(100)", None),
    ("cases", "guide_phone", "VARCHAR(40)", None),
    ("cases", "service_item_id", "BIGINT CONSTRAINT fk_cases_service_item_id_service_items REFERENCES service_items (id)", None),
    ("cases", "box_number", "VARCHAR(60)", None),
    ("cases", "said_solved", "BOOLEAN", None),
    ("cases", "said_exhausted", "BOOLEAN", None),
    ("cases", "said_satisfied", "BOOLEAN", None),
    ("cases", "same_visit_id", "BIGINT CONSTRAINT fk_cases_same_visit_id_cases REFERENCES cases (id)", None),
    ("cases", "merged_into_id", "BIGINT CONSTRAINT fk_cases_merged_into_id_cases REFERENCES cases (id)", None),
    ("cases", "set_aside_from", "VARCHAR(24)", _STATUSES),
    ("cases", "withdraw_reason", "VARCHAR(200)", None),
    ("cases", "withdraw_way", "VARCHAR(24)", "in_person phone written"),
    ("cases", "do_not_call_at", "MOMENT", None),
    ("cases", "do_not_call_note", "VARCHAR(200)", None),
    ("clocks", "set_aside_at", "MOMENT", None),
    ("contacts", "over_reason", "VARCHAR(200)", None),
    ("contacts", "call_owner_id", "BIGINT CONSTRAINT fk_contacts_call_owner_id_staff REFERENCES staff (id)", None),
    ("matters", "basis", "TEXT", None),
    ("matters", "is_solved", "BOOLEAN", None),
    ("matters", "resolution", "VARCHAR(24)", "yes partly no explained"),
    ("matters", "round_no", "INTEGER", None),
    ("matters", "answered_by", "BIGINT CONSTRAINT fk_matters_answered_by_staff REFERENCES staff (id)", None),
    ("matters", "answered_at", "MOMENT", None),
    ("matters", "added_at", "MOMENT", None),
    ("opinions", "items", "TEXT", None),
    ("opinions", "number", "VARCHAR(60)", None),
)


def upgrade() -> None:
    """Add what the whole life of a case needs; nothing that is there is changed."""
    _create_tables()
    for table, column, kind, codes in _ADDED:
        _add(table, column, kind, codes)
    op.create_index("ix_cases_merged_into_id", "cases", ["merged_into_id"])
    _free_papers_of_cases()


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _add(table: str, column: str, kind: str, codes: str | None) -> None:
    kind = kind.replace("MOMENT", "VARCHAR(32)" if _is_sqlite() else "TIMESTAMP WITH TIME ZONE")
    check = ""
    if codes:
        listed = ", ".join(f"'{code}'" for code in codes.split())
        check = f" CONSTRAINT ck_{table}_{column}_code CHECK ({column} IN ({listed}))"
    op.execute(f"ALTER TABLE {table} ADD COLUMN {column} {kind}{check}")


def _free_papers_of_cases() -> None:
    """Let a paper belong to no case: 交接班表, 用印登记 and other lists of the hall."""
    if not _is_sqlite():
        op.alter_column("papers", "case_id", nullable=True)
        return
    # SQLite's own advice for taking a NOT NULL away (lang_altertable.html, section 7)
    bind = op.get_bind()
    version = bind.execute(sa.text("PRAGMA schema_version")).scalar_one()
    bind.execute(sa.text("PRAGMA writable_schema=ON"))
    changed = bind.execute(
        sa.text(
            "UPDATE sqlite_master SET sql = replace(sql, 'case_id BIGINT NOT NULL', "
            "'case_id BIGINT') WHERE type = 'table' AND name = 'papers'"
        )
    )
    assert changed.rowcount == 1
    bind.execute(sa.text(f"PRAGMA schema_version={version + 1}"))
    bind.execute(sa.text("PRAGMA writable_schema=OFF"))


def _create_tables() -> None:
    op.create_table('service_items',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('street_id', sa.BigInteger(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('pinyin', sa.String(length=200), nullable=False),
    sa.Column('unit_id', sa.BigInteger(), nullable=True),
    sa.Column('office', sa.String(length=200), nullable=True),
    sa.Column('contact', sa.String(length=100), nullable=True),
    sa.Column('phone', sa.String(length=40), nullable=True),
    sa.Column('address', sa.String(length=200), nullable=True),
    sa.Column('hours', sa.String(length=120), nullable=True),
    sa.Column('materials', sa.Text(), nullable=False),
    sa.Column('basis', sa.String(length=200), nullable=True),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['unit_id'], ['units.id'], name=op.f('fk_service_items_unit_id_units')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_service_items'))
    )
    op.create_table('teams',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('street_id', sa.BigInteger(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('kind', sa.String(length=200), nullable=False),
    sa.Column('unit_id', sa.BigInteger(), nullable=False),
    sa.Column('phone', sa.String(length=40), nullable=True),
    sa.Column('note', sa.String(length=200), nullable=True),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['unit_id'], ['units.id'], name=op.f('fk_teams_unit_id_units')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_teams'))
    )
    op.create_table('deputies',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('street_id', sa.BigInteger(), nullable=False),
    sa.Column('principal_id', sa.BigInteger(), nullable=False),
    sa.Column('deputy_id', sa.BigInteger(), nullable=False),
    sa.Column('reason', sa.String(length=200), nullable=True),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.CheckConstraint('principal_id <> deputy_id', name=op.f('ck_deputies_somebody_else')),
    sa.ForeignKeyConstraint(['deputy_id'], ['staff.id'], name=op.f('fk_deputies_deputy_id_staff')),
    sa.ForeignKeyConstraint(['principal_id'], ['staff.id'], name=op.f('fk_deputies_principal_id_staff')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_deputies'))
    )
    with op.batch_alter_table('deputies', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_deputies_deputy_id'), ['deputy_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_deputies_principal_id'), ['principal_id'], unique=False)

    op.create_table('leader_areas',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('street_id', sa.BigInteger(), nullable=False),
    sa.Column('leader_id', sa.BigInteger(), nullable=False),
    sa.Column('unit_id', sa.BigInteger(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['leader_id'], ['staff.id'], name=op.f('fk_leader_areas_leader_id_staff')),
    sa.ForeignKeyConstraint(['unit_id'], ['units.id'], name=op.f('fk_leader_areas_unit_id_units')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_leader_areas'))
    )
    with op.batch_alter_table('leader_areas', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_leader_areas_street_id_unit_id'), ['street_id', 'unit_id'], unique=False)

    op.create_table('library_texts',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('street_id', sa.BigInteger(), nullable=False),
    sa.Column('kind', sa.Enum('statute', 'standard', 'phrase', name='librarykind', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('source', sa.String(length=200), nullable=True),
    sa.Column('category_id', sa.BigInteger(), nullable=True),
    sa.Column('pinyin', sa.String(length=200), nullable=False),
    sa.Column('written_by', sa.BigInteger(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['category_id'], ['categories.id'], name=op.f('fk_library_texts_category_id_categories')),
    sa.ForeignKeyConstraint(['written_by'], ['staff.id'], name=op.f('fk_library_texts_written_by_staff')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_library_texts'))
    )
    with op.batch_alter_table('library_texts', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_library_texts_street_id_kind'), ['street_id', 'kind'], unique=False)

    op.create_table('dispatch_proposals',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('street_id', sa.BigInteger(), nullable=False),
    sa.Column('case_id', sa.BigInteger(), nullable=False),
    sa.Column('proposed_by', sa.BigInteger(), nullable=False),
    sa.Column('proposed_at', MOMENT, nullable=False),
    sa.Column('row', sa.Text(), nullable=False),
    sa.Column('decided_by', sa.BigInteger(), nullable=True),
    sa.Column('decided_at', MOMENT, nullable=True),
    sa.Column('is_confirmed', sa.Boolean(), nullable=True),
    sa.Column('note', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_dispatch_proposals_case_id_cases')),
    sa.ForeignKeyConstraint(['decided_by'], ['staff.id'], name=op.f('fk_dispatch_proposals_decided_by_staff')),
    sa.ForeignKeyConstraint(['proposed_by'], ['staff.id'], name=op.f('fk_dispatch_proposals_proposed_by_staff')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_dispatch_proposals'))
    )
    with op.batch_alter_table('dispatch_proposals', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_dispatch_proposals_case_id'), ['case_id'], unique=False)

    op.create_table('kept_items',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('street_id', sa.BigInteger(), nullable=False),
    sa.Column('case_id', sa.BigInteger(), nullable=True),
    sa.Column('kind', sa.Enum('original', 'key', 'other', name='keptkind', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('holder_id', sa.BigInteger(), nullable=False),
    sa.Column('taken_at', MOMENT, nullable=False),
    sa.Column('given_back_at', MOMENT, nullable=True),
    sa.Column('given_back_to', sa.String(length=100), nullable=True),
    sa.Column('note', sa.String(length=200), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_kept_items_case_id_cases')),
    sa.ForeignKeyConstraint(['holder_id'], ['staff.id'], name=op.f('fk_kept_items_holder_id_staff')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_kept_items'))
    )
    with op.batch_alter_table('kept_items', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_kept_items_case_id'), ['case_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_kept_items_holder_id_given_back_at'), ['holder_id', 'given_back_at'], unique=False)

    op.create_table('follow_up_matters',
    sa.Column('follow_up_id', sa.BigInteger(), nullable=False),
    sa.Column('matter_id', sa.BigInteger(), nullable=False),
    sa.Column('street_id', sa.BigInteger(), nullable=False),
    sa.Column('resolution', sa.Enum('yes', 'partly', 'no', 'explained', name='resolution', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('note', sa.String(length=200), nullable=True),
    sa.ForeignKeyConstraint(['follow_up_id'], ['follow_ups.id'], name=op.f('fk_follow_up_matters_follow_up_id_follow_ups')),
    sa.ForeignKeyConstraint(['matter_id'], ['matters.id'], name=op.f('fk_follow_up_matters_matter_id_matters')),
    sa.PrimaryKeyConstraint('follow_up_id', 'matter_id', name=op.f('pk_follow_up_matters'))
    )
    op.create_table('handovers',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('street_id', sa.BigInteger(), nullable=False),
    sa.Column('from_id', sa.BigInteger(), nullable=False),
    sa.Column('to_id', sa.BigInteger(), nullable=False),
    sa.Column('unit_id', sa.BigInteger(), nullable=False),
    sa.Column('written_at', MOMENT, nullable=False),
    sa.Column('taken_at', MOMENT, nullable=True),
    sa.Column('withdrawn_at', MOMENT, nullable=True),
    sa.Column('note', sa.Text(), nullable=True),
    sa.Column('row', sa.Text(), nullable=False),
    sa.Column('paper_id', sa.BigInteger(), nullable=True),
    sa.ForeignKeyConstraint(['from_id'], ['staff.id'], name=op.f('fk_handovers_from_id_staff')),
    sa.ForeignKeyConstraint(['paper_id'], ['papers.id'], name=op.f('fk_handovers_paper_id_papers')),
    sa.ForeignKeyConstraint(['to_id'], ['staff.id'], name=op.f('fk_handovers_to_id_staff')),
    sa.ForeignKeyConstraint(['unit_id'], ['units.id'], name=op.f('fk_handovers_unit_id_units')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_handovers'))
    )
    with op.batch_alter_table('handovers', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_handovers_to_id_taken_at'), ['to_id', 'taken_at'], unique=False)

    op.create_table('seal_uses',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('street_id', sa.BigInteger(), nullable=False),
    sa.Column('case_id', sa.BigInteger(), nullable=True),
    sa.Column('paper_id', sa.BigInteger(), nullable=True),
    sa.Column('seal', sa.String(length=200), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('copies', sa.Integer(), nullable=False),
    sa.Column('applicant_id', sa.BigInteger(), nullable=False),
    sa.Column('approved_by', sa.String(length=100), nullable=True),
    sa.Column('used_by', sa.BigInteger(), nullable=False),
    sa.Column('used_at', MOMENT, nullable=False),
    sa.Column('note', sa.String(length=200), nullable=True),
    sa.ForeignKeyConstraint(['applicant_id'], ['staff.id'], name=op.f('fk_seal_uses_applicant_id_staff')),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_seal_uses_case_id_cases')),
    sa.ForeignKeyConstraint(['paper_id'], ['papers.id'], name=op.f('fk_seal_uses_paper_id_papers')),
    sa.ForeignKeyConstraint(['used_by'], ['staff.id'], name=op.f('fk_seal_uses_used_by_staff')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_seal_uses'))
    )
    with op.batch_alter_table('seal_uses', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_seal_uses_paper_id'), ['paper_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_seal_uses_street_id_used_at'), ['street_id', 'used_at'], unique=False)

    op.create_table('sign_steps',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('street_id', sa.BigInteger(), nullable=False),
    sa.Column('case_id', sa.BigInteger(), nullable=False),
    sa.Column('opinion_id', sa.BigInteger(), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('role', sa.Enum('clerk', 'dispatcher', 'handler', 'community', 'follow_up', 'leader', 'chief', 'office', 'mediator', 'secretary', 'inspector', 'archivist', 'auditor', 'administrator', 'outsider', name='role', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('signer_id', sa.BigInteger(), nullable=True),
    sa.Column('arrived_at', MOMENT, nullable=True),
    sa.Column('signed_at', MOMENT, nullable=True),
    sa.Column('signed_by', sa.BigInteger(), nullable=True),
    sa.Column('is_agreed', sa.Boolean(), nullable=True),
    sa.Column('remark', sa.Text(), nullable=True),
    sa.Column('on_paper', sa.Boolean(), nullable=True),
    sa.Column('entered_by', sa.BigInteger(), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_sign_steps_case_id_cases')),
    sa.ForeignKeyConstraint(['entered_by'], ['staff.id'], name=op.f('fk_sign_steps_entered_by_staff')),
    sa.ForeignKeyConstraint(['opinion_id'], ['opinions.id'], name=op.f('fk_sign_steps_opinion_id_opinions')),
    sa.ForeignKeyConstraint(['signed_by'], ['staff.id'], name=op.f('fk_sign_steps_signed_by_staff')),
    sa.ForeignKeyConstraint(['signer_id'], ['staff.id'], name=op.f('fk_sign_steps_signer_id_staff')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_steps')),
    sa.UniqueConstraint('opinion_id', 'seq', name=op.f('uq_sign_steps_opinion_id_seq'))
    )
    with op.batch_alter_table('sign_steps', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sign_steps_case_id'), ['case_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_sign_steps_street_id_signer_id_signed_at'), ['street_id', 'signer_id', 'signed_at'], unique=False)
