"""Clocks and duty: notices of holidays, requests for more time, the roster (时限、值班)."""

import sqlalchemy as sa
from alembic import op

revision = "20261122g_clocks"
down_revision = "20261122f_bookings"
branch_labels = None
depends_on = None

MOMENT = sa.String(32).with_variant(sa.DateTime(timezone=True), "postgresql")


def upgrade() -> None:
    """Create the tables."""
    op.create_table('duty_posts',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('street_id', sa.BigInteger(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('unit_id', sa.BigInteger(), nullable=False),
    sa.Column('phone', sa.String(length=40), nullable=True),
    sa.Column('is_round_clock', sa.Boolean(), nullable=False),
    sa.Column('needs_night', sa.Boolean(), nullable=False),
    sa.Column('weekday', sa.Integer(), nullable=True),
    sa.Column('hours', sa.String(length=120), nullable=True),
    sa.Column('holiday_way', sa.Enum('skip', 'shift', 'keep', name='holidayway', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('turn', sa.Text(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['unit_id'], ['units.id'], name=op.f('fk_duty_posts_unit_id_units')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_duty_posts'))
    )
    op.create_table('calendar_notices',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('street_id', sa.BigInteger(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('source', sa.String(length=200), nullable=False),
    sa.Column('holidays', sa.Text(), nullable=False),
    sa.Column('shifts', sa.Text(), nullable=False),
    sa.Column('imported_by', sa.BigInteger(), nullable=False),
    sa.Column('imported_at', MOMENT, nullable=False),
    sa.ForeignKeyConstraint(['imported_by'], ['staff.id'], name=op.f('fk_calendar_notices_imported_by_staff')),
    sa.ForeignKeyConstraint(['street_id'], ['streets.id'], name=op.f('fk_calendar_notices_street_id_streets')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_calendar_notices'))
    )
    op.create_index(op.f('ix_calendar_notices_street_id_year'), 'calendar_notices', ['street_id', 'year'], unique=False)
    op.create_table('duty_shifts',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('street_id', sa.BigInteger(), nullable=False),
    sa.Column('post_id', sa.BigInteger(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('part', sa.Enum('whole', 'day', 'night', name='dutypart', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('staff_id', sa.BigInteger(), nullable=True),
    sa.Column('person', sa.String(length=100), nullable=False),
    sa.Column('phone', sa.String(length=40), nullable=True),
    sa.Column('is_lead', sa.Boolean(), nullable=False),
    sa.Column('note', sa.String(length=200), nullable=True),
    sa.Column('made_by', sa.BigInteger(), nullable=False),
    sa.Column('made_at', MOMENT, nullable=False),
    sa.Column('replaced_at', MOMENT, nullable=True),
    sa.ForeignKeyConstraint(['made_by'], ['staff.id'], name=op.f('fk_duty_shifts_made_by_staff')),
    sa.ForeignKeyConstraint(['post_id'], ['duty_posts.id'], name=op.f('fk_duty_shifts_post_id_duty_posts')),
    sa.ForeignKeyConstraint(['staff_id'], ['staff.id'], name=op.f('fk_duty_shifts_staff_id_staff')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_duty_shifts'))
    )
    op.create_index(op.f('ix_duty_shifts_street_id_day'), 'duty_shifts', ['street_id', 'day'], unique=False)
    op.create_table('extension_requests',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('street_id', sa.BigInteger(), nullable=False),
    sa.Column('case_id', sa.BigInteger(), nullable=False),
    sa.Column('round_no', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('extend', 'park', 'return', name='extensionkind', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('clock_kind', sa.Enum('dispatch', 'accept', 'contact', 'verify', 'handle', 'opinion', 'follow_up', 'notify', 'settle', 'mediate', 'confirm', name='clockkind', native_enum=False, create_constraint=True, length=24), nullable=True),
    sa.Column('state', sa.Enum('office', 'leader', 'granted', 'refused', 'withdrawn', name='extensionstate', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('reason', sa.Enum('works', 'season', 'history', 'ownership', 'funds', 'litigation', 'demolition', 'many_sides', 'other', name='extensionreason', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('explanation', sa.Text(), nullable=False),
    sa.Column('due_before', MOMENT, nullable=True),
    sa.Column('until_at', MOMENT, nullable=True),
    sa.Column('granted_until', MOMENT, nullable=True),
    sa.Column('review_on', sa.Date(), nullable=True),
    sa.Column('told_way', sa.Enum('phone', 'face', 'home', 'site', 'online', name='contactway', native_enum=False, create_constraint=True, length=24), nullable=True),
    sa.Column('told_at', MOMENT, nullable=True),
    sa.Column('told_note', sa.String(length=200), nullable=True),
    sa.Column('asked_by', sa.BigInteger(), nullable=False),
    sa.Column('asked_at', MOMENT, nullable=False),
    sa.Column('unit_id', sa.BigInteger(), nullable=False),
    sa.Column('head_name', sa.String(length=100), nullable=True),
    sa.Column('office_by', sa.BigInteger(), nullable=True),
    sa.Column('office_at', MOMENT, nullable=True),
    sa.Column('office_note', sa.String(length=200), nullable=True),
    sa.Column('leader_id', sa.BigInteger(), nullable=True),
    sa.Column('leader_by', sa.BigInteger(), nullable=True),
    sa.Column('leader_at', MOMENT, nullable=True),
    sa.Column('leader_note', sa.String(length=200), nullable=True),
    sa.Column('reviewed_at', MOMENT, nullable=True),
    sa.Column('ended_at', MOMENT, nullable=True),
    sa.Column('paper_id', sa.BigInteger(), nullable=True),
    sa.ForeignKeyConstraint(['asked_by'], ['staff.id'], name=op.f('fk_extension_requests_asked_by_staff')),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_extension_requests_case_id_cases')),
    sa.ForeignKeyConstraint(['leader_by'], ['staff.id'], name=op.f('fk_extension_requests_leader_by_staff')),
    sa.ForeignKeyConstraint(['leader_id'], ['staff.id'], name=op.f('fk_extension_requests_leader_id_staff')),
    sa.ForeignKeyConstraint(['office_by'], ['staff.id'], name=op.f('fk_extension_requests_office_by_staff')),
    sa.ForeignKeyConstraint(['paper_id'], ['papers.id'], name=op.f('fk_extension_requests_paper_id_papers')),
    sa.ForeignKeyConstraint(['unit_id'], ['units.id'], name=op.f('fk_extension_requests_unit_id_units')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_extension_requests'))
    )
    op.create_index(op.f('ix_extension_requests_case_id_asked_at'), 'extension_requests', ['case_id', 'asked_at'], unique=False)
    op.create_index(op.f('ix_extension_requests_street_id_state_review_on'), 'extension_requests', ['street_id', 'state', 'review_on'], unique=False)


def downgrade() -> None:
    """Drop the tables."""
    for table in ("extension_requests", "duty_shifts", "calendar_notices", "duty_posts"):
        op.drop_table(table)
