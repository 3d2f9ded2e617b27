"""Mediations, their parties, rooms and mediators (调解、当事人、调解室、调解员)."""

import sqlalchemy as sa
from alembic import op

revision = "20261122e_mediation"
down_revision = "20261122d_whole_life"
branch_labels = None
depends_on = None

MOMENT = sa.String(32).with_variant(sa.DateTime(timezone=True), "postgresql")


def upgrade() -> None:
    """Create the tables; a new role directs the committee."""
    _create_rooms()
    _create_mediations()
    for table in ("staff_roles", "sign_steps"):
        _allow_role(table, "director")


def _allow_role(table: str, role: str) -> None:
    """Let a column of roles hold one more: the codes of a column are a check of its table."""
    bind = op.get_bind()
    known, both = "'secretary'", f"'secretary', '{role}'"
    if bind.dialect.name == "postgresql":
        query = "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = :name"
        old = bind.execute(sa.text(query), {"name": f"ck_{table}_role"}).scalar_one()
        op.execute(f"ALTER TABLE {table} DROP CONSTRAINT ck_{table}_role")
        new = old.replace(known, f"'{role}'::character varying, {known}", 1)
        op.execute(f"ALTER TABLE {table} ADD CONSTRAINT ck_{table}_role {new}")
        return
    # SQLite's own advice for changing a CHECK (lang_altertable.html, section 7)
    version = bind.execute(sa.text("PRAGMA schema_version")).scalar_one()
    bind.execute(sa.text("PRAGMA writable_schema=ON"))
    changed = bind.execute(
        sa.text(
            "UPDATE sqlite_master SET sql = replace(sql, :known, :both) "
            "WHERE type = 'table' AND name = :table"
        ),
        {"known": known, "both": both, "table": table},
    )
    assert changed.rowcount == 1
    bind.execute(sa.text(f"PRAGMA schema_version={version + 1}"))
    bind.execute(sa.text("PRAGMA writable_schema=OFF"))


def _create_rooms() -> None:
    op.create_table('booking_series',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('street_id', sa.BigInteger(), nullable=False),
    sa.Column('rule', sa.Enum('daily', 'weekly', 'monthly_day', 'monthly_weekday', name='repeatrule', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('every', sa.Integer(), nullable=False),
    sa.Column('weekdays', sa.Text(), nullable=False),
    sa.Column('nth', sa.Integer(), nullable=True),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('count', sa.Integer(), nullable=True),
    sa.Column('holiday_way', sa.Enum('skip', 'shift', 'keep', name='holidayway', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('made_by', sa.BigInteger(), nullable=False),
    sa.Column('made_at', MOMENT, nullable=False),
    sa.ForeignKeyConstraint(['made_by'], ['staff.id'], name=op.f('fk_booking_series_made_by_staff')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_booking_series'))
    )
    op.create_table('mediators',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('street_id', sa.BigInteger(), nullable=False),
    sa.Column('staff_id', sa.BigInteger(), nullable=True),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('phone', sa.String(length=40), nullable=True),
    sa.Column('skills', sa.Text(), nullable=False),
    sa.Column('languages', sa.Text(), nullable=False),
    sa.Column('duty', sa.Text(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['staff_id'], ['staff.id'], name=op.f('fk_mediators_staff_id_staff')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mediators'))
    )
    op.create_index(op.f('ix_mediators_staff_id'), 'mediators', ['staff_id'], unique=False)
    op.create_table('mediator_ties',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('street_id', sa.BigInteger(), nullable=False),
    sa.Column('mediator_id', sa.BigInteger(), nullable=False),
    sa.Column('kind', sa.Enum('relative', 'colleague', 'interest', name='tiekind', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('person_key', sa.String(length=80), nullable=True),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['mediator_id'], ['mediators.id'], name=op.f('fk_mediator_ties_mediator_id_mediators')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mediator_ties'))
    )
    op.create_index(op.f('ix_mediator_ties_mediator_id'), 'mediator_ties', ['mediator_id'], unique=False)
    op.create_table('rooms',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('street_id', sa.BigInteger(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('kind', sa.Enum('mediation', 'caucus', 'reception', 'consultation', 'counselling', 'remote', name='roomkind', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('capacity', sa.Integer(), nullable=False),
    sa.Column('is_accessible', sa.Boolean(), nullable=False),
    sa.Column('records', sa.Boolean(), nullable=False),
    sa.Column('has_access_control', sa.Boolean(), nullable=False),
    sa.Column('host_id', sa.BigInteger(), nullable=True),
    sa.Column('place', sa.String(length=100), nullable=True),
    sa.Column('buffer_minutes', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.CheckConstraint('capacity > 0', name=op.f('ck_rooms_capacity_positive')),
    sa.ForeignKeyConstraint(['host_id'], ['mediators.id'], name=op.f('fk_rooms_host_id_mediators')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rooms'))
    )


def _create_mediations() -> None:
    op.create_table('event_mediations',
    sa.Column('mediation_id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('street_id', sa.BigInteger(), nullable=False),
    sa.Column('event_id', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_event_mediations_event_id_events')),
    sa.PrimaryKeyConstraint('mediation_id', 'version', name=op.f('pk_event_mediations'))
    )
    op.create_index(op.f('ix_event_mediations_event_id'), 'event_mediations', ['event_id'], unique=False)
    op.create_table('mediations',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('street_id', sa.BigInteger(), nullable=False),
    sa.Column('number', sa.String(length=60), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('outside_number', sa.String(length=60), nullable=True),
    sa.Column('content_hash', sa.String(length=64), nullable=True),
    sa.Column('case_id', sa.BigInteger(), nullable=True),
    sa.Column('status', sa.Enum('applied', 'accepted', 'scheduled', 'mediating', 'settled', 'follow_up', 'closed', 'archived', 'not_settled', 'ended', 'withdrawn', 'handed_over', 'refused', name='mediationstatus', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('kind', sa.Enum('family', 'neighbours', 'housing', 'contract', 'business', 'damages', 'forests', 'land_taking', 'pollution', 'labour', 'consumer', 'medical', 'traffic', 'property', 'other', 'tourism', 'intellectual', 'internet', name='disputekind', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('source', sa.Enum('applied', 'proactive', 'entrusted', name='mediationsource', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('entrusted_by', sa.Enum('court', 'police', 'petition', 'prosecution', 'other', name='entrustedby', native_enum=False, create_constraint=True, length=24), nullable=True),
    sa.Column('difficulty', sa.Enum('simple', 'ordinary', 'hard', 'major', name='difficulty', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('community_id', sa.BigInteger(), nullable=True),
    sa.Column('is_private', sa.Boolean(), nullable=False),
    sa.Column('staggers', sa.Boolean(), nullable=False),
    sa.Column('is_imported', sa.Boolean(), nullable=False),
    sa.Column('received_on', sa.Date(), nullable=False),
    sa.Column('registered_by', sa.BigInteger(), nullable=False),
    sa.Column('registered_at', MOMENT, nullable=False),
    sa.Column('accepted_on', sa.Date(), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('original_due_on', sa.Date(), nullable=True),
    sa.Column('exclusions', sa.Text(), nullable=False),
    sa.Column('refusal_reason', sa.String(length=200), nullable=True),
    sa.Column('guidance', sa.String(length=200), nullable=True),
    sa.Column('mediator_id', sa.BigInteger(), nullable=True),
    sa.Column('secretary_id', sa.BigInteger(), nullable=True),
    sa.Column('agreement_kind', sa.Enum('written', 'oral', name='agreementkind', native_enum=False, create_constraint=True, length=24), nullable=True),
    sa.Column('amount_fen', sa.BigInteger(), nullable=True),
    sa.Column('effective_on', sa.Date(), nullable=True),
    sa.Column('performance', sa.Enum('at_once', 'instalments', 'performed', 'partly', 'not_performed', name='performance', native_enum=False, create_constraint=True, length=24), nullable=True),
    sa.Column('end_reason', sa.Enum('refuses', 'unsuitable', 'vanished', 'time_out', 'no_shows', 'in_court', name='endreason', native_enum=False, create_constraint=True, length=24), nullable=True),
    sa.Column('was_told_court', sa.Boolean(), nullable=True),
    sa.Column('confirmed_on', sa.Date(), nullable=True),
    sa.Column('ended_on', sa.Date(), nullable=True),
    sa.Column('follow_up_due_on', sa.Date(), nullable=True),
    sa.Column('dossier_number', sa.String(length=60), nullable=True),
    sa.Column('retention', sa.String(length=40), nullable=True),
    sa.Column('archived_at', MOMENT, nullable=True),
    sa.Column('changed_at', MOMENT, nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('seq > 0', name=op.f('ck_mediations_seq_positive')),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_mediations_case_id_cases')),
    sa.ForeignKeyConstraint(['community_id'], ['units.id'], name=op.f('fk_mediations_community_id_units')),
    sa.ForeignKeyConstraint(['id', 'version'], ['event_mediations.mediation_id', 'event_mediations.version'], name=op.f('fk_mediations_id_version_event_mediations'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['mediator_id'], ['mediators.id'], name=op.f('fk_mediations_mediator_id_mediators')),
    sa.ForeignKeyConstraint(['registered_by'], ['staff.id'], name=op.f('fk_mediations_registered_by_staff')),
    sa.ForeignKeyConstraint(['secretary_id'], ['staff.id'], name=op.f('fk_mediations_secretary_id_staff')),
    sa.ForeignKeyConstraint(['street_id'], ['streets.id'], name=op.f('fk_mediations_street_id_streets')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mediations')),
    sa.UniqueConstraint('street_id', 'year', 'seq', name=op.f('uq_mediations_street_id_year_seq'))
    )
    op.create_index(op.f('ix_mediations_case_id'), 'mediations', ['case_id'], unique=False)
    op.create_index(op.f('ix_mediations_mediator_id_status'), 'mediations', ['mediator_id', 'status'], unique=False)
    op.create_index(op.f('ix_mediations_street_id_received_on'), 'mediations', ['street_id', 'received_on'], unique=False)
    op.create_index(op.f('ix_mediations_street_id_status_due_on'), 'mediations', ['street_id', 'status', 'due_on'], unique=False)
    op.create_table('mediation_contents',
    sa.Column('mediation_id', sa.BigInteger(), nullable=False),
    sa.Column('street_id', sa.BigInteger(), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('facts', sa.Text(), nullable=False),
    sa.Column('requests', sa.Text(), nullable=False),
    sa.Column('site', sa.String(length=200), nullable=True),
    sa.Column('note', sa.Text(), nullable=True),
    sa.Column('situation', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['mediation_id'], ['mediations.id'], name=op.f('fk_mediation_contents_mediation_id_mediations')),
    sa.PrimaryKeyConstraint('mediation_id', name=op.f('pk_mediation_contents'))
    )
    op.create_table('mediation_parties',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('street_id', sa.BigInteger(), nullable=False),
    sa.Column('mediation_id', sa.BigInteger(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('side', sa.Enum('applicant', 'respondent', 'third', name='partyside', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('kind', sa.Enum('person', 'organisation', name='partykind', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('sex', sa.Enum('female', 'male', name='sex', native_enum=False, create_constraint=True, length=24), nullable=True),
    sa.Column('ethnicity', sa.String(length=40), nullable=True),
    sa.Column('birth_year', sa.Integer(), nullable=True),
    sa.Column('occupation', sa.String(length=100), nullable=True),
    sa.Column('phone', sa.String(length=40), nullable=True),
    sa.Column('id_number', sa.String(length=40), nullable=True),
    sa.Column('address', sa.String(length=200), nullable=True),
    sa.Column('serve_address', sa.String(length=200), nullable=True),
    sa.Column('represented_by', sa.String(length=100), nullable=True),
    sa.Column('needs', sa.String(length=100), nullable=True),
    sa.Column('agreed_on', sa.Date(), nullable=True),
    sa.Column('agreed_longer_on', sa.Date(), nullable=True),
    sa.Column('no_shows', sa.Integer(), nullable=False),
    sa.Column('left_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['mediation_id'], ['mediations.id'], name=op.f('fk_mediation_parties_mediation_id_mediations')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mediation_parties')),
    sa.UniqueConstraint('mediation_id', 'position', name=op.f('uq_mediation_parties_mediation_id_position'))
    )
    op.create_index(op.f('ix_mediation_parties_name'), 'mediation_parties', ['name'], unique=False)
    op.create_table('mediation_companions',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('street_id', sa.BigInteger(), nullable=False),
    sa.Column('mediation_id', sa.BigInteger(), nullable=False),
    sa.Column('party_id', sa.BigInteger(), nullable=False),
    sa.Column('role', sa.Enum('agent', 'guardian', 'interpreter', 'relative', 'social_worker', name='companionrole', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('phone', sa.String(length=40), nullable=True),
    sa.Column('id_number', sa.String(length=40), nullable=True),
    sa.Column('powers', sa.String(length=200), nullable=True),
    sa.Column('left_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['mediation_id'], ['mediations.id'], name=op.f('fk_mediation_companions_mediation_id_mediations')),
    sa.ForeignKeyConstraint(['party_id'], ['mediation_parties.id'], name=op.f('fk_mediation_companions_party_id_mediation_parties')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mediation_companions'))
    )
    op.create_index(op.f('ix_mediation_companions_mediation_id'), 'mediation_companions', ['mediation_id'], unique=False)
    op.create_table('mediation_helpers',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('street_id', sa.BigInteger(), nullable=False),
    sa.Column('mediation_id', sa.BigInteger(), nullable=False),
    sa.Column('role', sa.Enum('neighbour', 'governance_worker', 'expert', 'recorder', 'co_mediator', name='helperrole', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('staff_id', sa.BigInteger(), nullable=True),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('invited_by', sa.BigInteger(), nullable=False),
    sa.Column('since', MOMENT, nullable=False),
    sa.Column('until', MOMENT, nullable=True),
    sa.ForeignKeyConstraint(['invited_by'], ['staff.id'], name=op.f('fk_mediation_helpers_invited_by_staff')),
    sa.ForeignKeyConstraint(['mediation_id'], ['mediations.id'], name=op.f('fk_mediation_helpers_mediation_id_mediations')),
    sa.ForeignKeyConstraint(['staff_id'], ['staff.id'], name=op.f('fk_mediation_helpers_staff_id_staff')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mediation_helpers'))
    )
    op.create_index(op.f('ix_mediation_helpers_mediation_id'), 'mediation_helpers', ['mediation_id'], unique=False)
    op.create_index(op.f('ix_mediation_helpers_staff_id_until'), 'mediation_helpers', ['staff_id', 'until'], unique=False)
    op.create_table('mediation_looks',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('street_id', sa.BigInteger(), nullable=False),
    sa.Column('mediation_id', sa.BigInteger(), nullable=False),
    sa.Column('staff_id', sa.BigInteger(), nullable=False),
    sa.Column('reason', sa.String(length=200), nullable=False),
    sa.Column('looked_at', MOMENT, nullable=False),
    sa.Column('until', MOMENT, nullable=False),
    sa.ForeignKeyConstraint(['mediation_id'], ['mediations.id'], name=op.f('fk_mediation_looks_mediation_id_mediations')),
    sa.ForeignKeyConstraint(['staff_id'], ['staff.id'], name=op.f('fk_mediation_looks_staff_id_staff')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mediation_looks'))
    )
    op.create_index(op.f('ix_mediation_looks_mediation_id'), 'mediation_looks', ['mediation_id'], unique=False)
    op.create_index(op.f('ix_mediation_looks_staff_id_until'), 'mediation_looks', ['staff_id', 'until'], unique=False)
