"""Bookings and what is done in a mediation (排期、会次、协议、履行)."""

import sqlalchemy as sa
from alembic import op

revision = "20261122f_bookings"
down_revision = "20261122e_mediation"
branch_labels = None
depends_on = None

MOMENT = sa.String(32).with_variant(sa.DateTime(timezone=True), "postgresql")


def upgrade() -> None:
    """Create the tables; a paper may belong to a mediation."""
    _create_bookings()
    _create_work()
    op.execute(
        "ALTER TABLE papers ADD COLUMN mediation_id BIGINT "
        "CONSTRAINT fk_papers_mediation_id_mediations REFERENCES mediations (id)"
    )
    op.create_index("ix_papers_mediation_id", "papers", ["mediation_id"])


def _create_bookings() -> None:
    op.create_table('bookings',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('street_id', sa.BigInteger(), nullable=False),
    sa.Column('room_id', sa.BigInteger(), nullable=False),
    sa.Column('caucus_room_id', sa.BigInteger(), nullable=True),
    sa.Column('purpose', sa.Enum('mediation', 'reception', 'consultation', 'counselling', 'other', name='bookingpurpose', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('mediation_id', sa.BigInteger(), nullable=True),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('shown_people', sa.String(length=200), nullable=False),
    sa.Column('status', sa.Enum('provisional', 'confirmed', 'running', 'held', 'no_show', 'cancelled', 'expired', 'moved', name='bookingstatus', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('starts_at', MOMENT, nullable=False),
    sa.Column('ends_at', MOMENT, nullable=False),
    sa.Column('buffer_minutes', sa.Integer(), nullable=False),
    sa.Column('mediator_id', sa.BigInteger(), nullable=True),
    sa.Column('recorder_id', sa.BigInteger(), nullable=True),
    sa.Column('attendees', sa.Integer(), nullable=False),
    sa.Column('needs_access', sa.Boolean(), nullable=False),
    sa.Column('staggers', sa.Boolean(), nullable=False),
    sa.Column('hold_until', MOMENT, nullable=True),
    sa.Column('overtime_by', sa.String(length=100), nullable=True),
    sa.Column('series_id', sa.BigInteger(), nullable=True),
    sa.Column('occurrence_on', sa.Date(), nullable=True),
    sa.Column('moved_to_id', sa.BigInteger(), nullable=True),
    sa.Column('end_reason', sa.String(length=200), nullable=True),
    sa.Column('absent', sa.Text(), nullable=False),
    sa.Column('made_by', sa.BigInteger(), nullable=False),
    sa.Column('made_at', MOMENT, nullable=False),
    sa.Column('desk_name', sa.String(length=60), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('attendees > 0', name=op.f('ck_bookings_attendees_positive')),
    sa.CheckConstraint('ends_at > starts_at', name=op.f('ck_bookings_ends_later')),
    sa.ForeignKeyConstraint(['caucus_room_id'], ['rooms.id'], name=op.f('fk_bookings_caucus_room_id_rooms')),
    sa.ForeignKeyConstraint(['made_by'], ['staff.id'], name=op.f('fk_bookings_made_by_staff')),
    sa.ForeignKeyConstraint(['mediation_id'], ['mediations.id'], name=op.f('fk_bookings_mediation_id_mediations')),
    sa.ForeignKeyConstraint(['mediator_id'], ['mediators.id'], name=op.f('fk_bookings_mediator_id_mediators')),
    sa.ForeignKeyConstraint(['moved_to_id'], ['bookings.id'], name=op.f('fk_bookings_moved_to_id_bookings')),
    sa.ForeignKeyConstraint(['recorder_id'], ['staff.id'], name=op.f('fk_bookings_recorder_id_staff')),
    sa.ForeignKeyConstraint(['room_id'], ['rooms.id'], name=op.f('fk_bookings_room_id_rooms')),
    sa.ForeignKeyConstraint(['series_id'], ['booking_series.id'], name=op.f('fk_bookings_series_id_booking_series')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_bookings'))
    )
    op.create_index(op.f('ix_bookings_mediation_id'), 'bookings', ['mediation_id'], unique=False)
    op.create_index(op.f('ix_bookings_room_id_starts_at'), 'bookings', ['room_id', 'starts_at'], unique=False)
    op.create_index(op.f('ix_bookings_series_id'), 'bookings', ['series_id'], unique=False)
    op.create_index(op.f('ix_bookings_street_id_starts_at'), 'bookings', ['street_id', 'starts_at'], unique=False)
    op.create_table('booking_slots',
    sa.Column('street_id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('resource', sa.String(length=100), nullable=False),
    sa.Column('slot', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('booking_id', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['booking_id'], ['bookings.id'], deferrable=True, initially='DEFERRED', name=op.f('fk_booking_slots_booking_id_bookings')),
    sa.PrimaryKeyConstraint('street_id', 'resource', 'slot', name=op.f('pk_booking_slots'))
    )
    op.create_index(op.f('ix_booking_slots_booking_id'), 'booking_slots', ['booking_id'], unique=False)
    op.create_table('open_spans',
    sa.Column('street_id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('first_slot', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('end_slot', sa.Integer(), nullable=False),
    sa.Column('parts', sa.Integer(), nullable=False),
    sa.CheckConstraint('end_slot > first_slot', name=op.f('ck_open_spans_ends_later')),
    sa.CheckConstraint('parts > 0', name=op.f('ck_open_spans_parts_positive')),
    sa.PrimaryKeyConstraint('street_id', 'day', 'first_slot', name=op.f('pk_open_spans'))
    )


def _create_work() -> None:
    op.create_table('mediation_sessions',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('street_id', sa.BigInteger(), nullable=False),
    sa.Column('mediation_id', sa.BigInteger(), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('booking_id', sa.BigInteger(), nullable=True),
    sa.Column('place', sa.String(length=200), nullable=False),
    sa.Column('reason', sa.String(length=200), nullable=False),
    sa.Column('started_at', MOMENT, nullable=False),
    sa.Column('ended_at', MOMENT, nullable=True),
    sa.Column('mediator_id', sa.BigInteger(), nullable=False),
    sa.Column('recorder', sa.String(length=200), nullable=False),
    sa.Column('attended', sa.Text(), nullable=False),
    sa.Column('invited', sa.Text(), nullable=False),
    sa.Column('rights_signed', sa.Text(), nullable=False),
    sa.Column('recusal_answers', sa.Text(), nullable=False),
    sa.Column('blocks', sa.Text(), nullable=False),
    sa.Column('result', sa.Text(), nullable=True),
    sa.Column('saved_at', MOMENT, nullable=False),
    sa.Column('saved_by', sa.BigInteger(), nullable=False),
    sa.Column('paper_id', sa.BigInteger(), nullable=True),
    sa.ForeignKeyConstraint(['booking_id'], ['bookings.id'], name=op.f('fk_mediation_sessions_booking_id_bookings')),
    sa.ForeignKeyConstraint(['mediation_id'], ['mediations.id'], name=op.f('fk_mediation_sessions_mediation_id_mediations')),
    sa.ForeignKeyConstraint(['mediator_id'], ['mediators.id'], name=op.f('fk_mediation_sessions_mediator_id_mediators')),
    sa.ForeignKeyConstraint(['paper_id'], ['papers.id'], name=op.f('fk_mediation_sessions_paper_id_papers')),
    sa.ForeignKeyConstraint(['saved_by'], ['staff.id'], name=op.f('fk_mediation_sessions_saved_by_staff')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mediation_sessions')),
    sa.UniqueConstraint('mediation_id', 'seq', name=op.f('uq_mediation_sessions_mediation_id_seq'))
    )
    op.create_table('caucus_notes',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('street_id', sa.BigInteger(), nullable=False),
    sa.Column('mediation_id', sa.BigInteger(), nullable=False),
    sa.Column('session_id', sa.BigInteger(), nullable=True),
    sa.Column('party_id', sa.BigInteger(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('written_by', sa.BigInteger(), nullable=False),
    sa.Column('written_at', MOMENT, nullable=False),
    sa.ForeignKeyConstraint(['mediation_id'], ['mediations.id'], name=op.f('fk_caucus_notes_mediation_id_mediations')),
    sa.ForeignKeyConstraint(['party_id'], ['mediation_parties.id'], name=op.f('fk_caucus_notes_party_id_mediation_parties')),
    sa.ForeignKeyConstraint(['session_id'], ['mediation_sessions.id'], name=op.f('fk_caucus_notes_session_id_mediation_sessions')),
    sa.ForeignKeyConstraint(['written_by'], ['staff.id'], name=op.f('fk_caucus_notes_written_by_staff')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_caucus_notes'))
    )
    op.create_index(op.f('ix_caucus_notes_mediation_id'), 'caucus_notes', ['mediation_id'], unique=False)
    op.create_table('mediation_inquiries',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('street_id', sa.BigInteger(), nullable=False),
    sa.Column('mediation_id', sa.BigInteger(), nullable=False),
    sa.Column('asked_at', MOMENT, nullable=False),
    sa.Column('place', sa.String(length=200), nullable=False),
    sa.Column('present', sa.String(length=200), nullable=False),
    sa.Column('asked', sa.String(length=200), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('inquirer', sa.String(length=200), nullable=False),
    sa.Column('recorder', sa.String(length=200), nullable=False),
    sa.Column('paper_id', sa.BigInteger(), nullable=True),
    sa.ForeignKeyConstraint(['mediation_id'], ['mediations.id'], name=op.f('fk_mediation_inquiries_mediation_id_mediations')),
    sa.ForeignKeyConstraint(['paper_id'], ['papers.id'], name=op.f('fk_mediation_inquiries_paper_id_papers')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mediation_inquiries'))
    )
    op.create_index(op.f('ix_mediation_inquiries_mediation_id'), 'mediation_inquiries', ['mediation_id'], unique=False)
    op.create_table('mediation_agreements',
    sa.Column('mediation_id', sa.BigInteger(), nullable=False),
    sa.Column('street_id', sa.BigInteger(), nullable=False),
    sa.Column('facts', sa.Text(), nullable=False),
    sa.Column('terms', sa.Text(), nullable=False),
    sa.Column('way', sa.Text(), nullable=False),
    sa.Column('term', sa.Text(), nullable=False),
    sa.Column('payer_id', sa.BigInteger(), nullable=True),
    sa.Column('payee_id', sa.BigInteger(), nullable=True),
    sa.Column('signed_by', sa.Text(), nullable=False),
    sa.Column('signed_at', MOMENT, nullable=True),
    sa.Column('saved_at', MOMENT, nullable=False),
    sa.Column('saved_by', sa.BigInteger(), nullable=False),
    sa.Column('paper_id', sa.BigInteger(), nullable=True),
    sa.ForeignKeyConstraint(['mediation_id'], ['mediations.id'], name=op.f('fk_mediation_agreements_mediation_id_mediations')),
    sa.ForeignKeyConstraint(['paper_id'], ['papers.id'], name=op.f('fk_mediation_agreements_paper_id_papers')),
    sa.ForeignKeyConstraint(['payee_id'], ['mediation_parties.id'], name=op.f('fk_mediation_agreements_payee_id_mediation_parties')),
    sa.ForeignKeyConstraint(['payer_id'], ['mediation_parties.id'], name=op.f('fk_mediation_agreements_payer_id_mediation_parties')),
    sa.ForeignKeyConstraint(['saved_by'], ['staff.id'], name=op.f('fk_mediation_agreements_saved_by_staff')),
    sa.PrimaryKeyConstraint('mediation_id', name=op.f('pk_mediation_agreements'))
    )
    op.create_table('instalments',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('street_id', sa.BigInteger(), nullable=False),
    sa.Column('mediation_id', sa.BigInteger(), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('amount_fen', sa.BigInteger(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('paid_fen', sa.BigInteger(), nullable=False),
    sa.Column('paid_on', sa.Date(), nullable=True),
    sa.Column('urged_on', sa.Date(), nullable=True),
    sa.Column('note', sa.String(length=200), nullable=True),
    sa.CheckConstraint('amount_fen > 0', name=op.f('ck_instalments_amount_positive')),
    sa.CheckConstraint('paid_fen >= 0', name=op.f('ck_instalments_paid_not_negative')),
    sa.ForeignKeyConstraint(['mediation_id'], ['mediations.id'], name=op.f('fk_instalments_mediation_id_mediations')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_instalments')),
    sa.UniqueConstraint('mediation_id', 'seq', name=op.f('uq_instalments_mediation_id_seq'))
    )
    op.create_index(op.f('ix_instalments_street_id_due_on'), 'instalments', ['street_id', 'due_on'], unique=False)
    op.create_table('judicial_confirmations',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('street_id', sa.BigInteger(), nullable=False),
    sa.Column('mediation_id', sa.BigInteger(), nullable=False),
    sa.Column('kind', sa.Enum('money', 'conduct', 'support', 'family_property', 'status', 'title', 'not_civil', 'other_procedure', name='confirmationkind', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('court', sa.String(length=200), nullable=False),
    sa.Column('applied_on', sa.Date(), nullable=False),
    sa.Column('result', sa.Enum('confirmed', 'rejected', 'withdrawn', name='confirmationresult', native_enum=False, create_constraint=True, length=24), nullable=True),
    sa.Column('result_on', sa.Date(), nullable=True),
    sa.Column('result_number', sa.String(length=60), nullable=True),
    sa.Column('paper_id', sa.BigInteger(), nullable=True),
    sa.ForeignKeyConstraint(['mediation_id'], ['mediations.id'], name=op.f('fk_judicial_confirmations_mediation_id_mediations')),
    sa.ForeignKeyConstraint(['paper_id'], ['papers.id'], name=op.f('fk_judicial_confirmations_paper_id_papers')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_judicial_confirmations'))
    )
    op.create_index(op.f('ix_judicial_confirmations_mediation_id'), 'judicial_confirmations', ['mediation_id'], unique=False)
    op.create_table('mediation_followups',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('street_id', sa.BigInteger(), nullable=False),
    sa.Column('mediation_id', sa.BigInteger(), nullable=False),
    sa.Column('visited_on', sa.Date(), nullable=False),
    sa.Column('way', sa.String(length=200), nullable=False),
    sa.Column('performance', sa.Enum('at_once', 'instalments', 'performed', 'partly', 'not_performed', name='performance', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('satisfaction', sa.Enum('satisfied', 'fairly', 'dissatisfied', 'not_rated', name='satisfaction', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('went_to_court', sa.Boolean(), nullable=False),
    sa.Column('trouble', sa.Text(), nullable=True),
    sa.Column('measures', sa.Text(), nullable=True),
    sa.Column('visited_by', sa.BigInteger(), nullable=False),
    sa.Column('paper_id', sa.BigInteger(), nullable=True),
    sa.ForeignKeyConstraint(['mediation_id'], ['mediations.id'], name=op.f('fk_mediation_followups_mediation_id_mediations')),
    sa.ForeignKeyConstraint(['paper_id'], ['papers.id'], name=op.f('fk_mediation_followups_paper_id_papers')),
    sa.ForeignKeyConstraint(['visited_by'], ['staff.id'], name=op.f('fk_mediation_followups_visited_by_staff')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mediation_followups'))
    )
    op.create_index(op.f('ix_mediation_followups_mediation_id'), 'mediation_followups', ['mediation_id'], unique=False)
    op.create_table('mediation_files',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('street_id', sa.BigInteger(), nullable=False),
    sa.Column('mediation_id', sa.BigInteger(), nullable=False),
    sa.Column('kind', sa.Enum('identity', 'power', 'evidence', 'rights', 'record', 'agreement', 'performance', 'confirmation', 'other', name='mediationfilekind', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('party_id', sa.BigInteger(), nullable=True),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('added_by', sa.BigInteger(), nullable=False),
    sa.Column('added_at', MOMENT, nullable=False),
    sa.Column('withdrawn_reason', sa.String(length=200), nullable=True),
    sa.ForeignKeyConstraint(['added_by'], ['staff.id'], name=op.f('fk_mediation_files_added_by_staff')),
    sa.ForeignKeyConstraint(['party_id'], ['mediation_parties.id'], name=op.f('fk_mediation_files_party_id_mediation_parties')),
    sa.ForeignKeyConstraint(['mediation_id'], ['mediations.id'], name=op.f('fk_mediation_files_mediation_id_mediations')),
    sa.ForeignKeyConstraint(['sha256'], ['blobs.sha256'], name=op.f('fk_mediation_files_sha256_blobs')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mediation_files')),
    sa.UniqueConstraint('mediation_id', 'sha256', name=op.f('uq_mediation_files_mediation_id_sha256'))
    )
