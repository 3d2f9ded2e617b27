"""Personal data: identity numbers, looks, exports, erasures (个人信息)."""

import sqlalchemy as sa
from alembic import op

revision = "20261122k_privacy"
down_revision = "20261122j_anchors"
branch_labels = None
depends_on = None

MOMENT = sa.String(32).with_variant(sa.DateTime(timezone=True), "postgresql")

# numbers that wait here for a desk with the key: a migration has none
_HOLDERS = (
    ('private_facts', 'case_id', 'appellant', 'case_id', 'NULL'),
    ('mediation_parties', 'id', 'party', 'NULL', 'mediation_id'),
    ('mediation_companions', 'id', 'companion', 'NULL', 'mediation_id'),
)


def upgrade() -> None:
    """Create the tables."""
    op.create_table('case_looks',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('street_id', sa.BigInteger(), nullable=False),
    sa.Column('case_id', sa.BigInteger(), nullable=False),
    sa.Column('staff_id', sa.BigInteger(), nullable=False),
    sa.Column('reason', sa.String(length=200), nullable=False),
    sa.Column('looked_at', MOMENT, nullable=False),
    sa.Column('until', MOMENT, nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_case_looks_case_id_cases')),
    sa.ForeignKeyConstraint(['staff_id'], ['staff.id'], name=op.f('fk_case_looks_staff_id_staff')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_looks'))
    )
    op.create_index(op.f('ix_case_looks_case_id'), 'case_looks', ['case_id'], unique=False)
    op.create_index(op.f('ix_case_looks_staff_id_until_case_id'), 'case_looks', ['staff_id', 'until', 'case_id'], unique=False)
    op.create_index(op.f('ix_case_looks_street_id_looked_at'), 'case_looks', ['street_id', 'looked_at'], unique=False)
    op.create_table('identity_keys',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('street_id', sa.BigInteger(), nullable=False),
    sa.Column('key_id', sa.String(length=16), nullable=False),
    sa.Column('algorithm', sa.String(length=40), nullable=False),
    sa.ForeignKeyConstraint(['street_id'], ['streets.id'], name=op.f('fk_identity_keys_street_id_streets')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_identity_keys')),
    sa.UniqueConstraint('street_id', 'key_id', name=op.f('uq_identity_keys_street_id_key_id'))
    )
    op.create_table('identity_numbers',
    sa.Column('owner_id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('street_id', sa.BigInteger(), nullable=False),
    sa.Column('owner', sa.Enum('appellant', 'party', 'companion', name='identityowner', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('case_id', sa.BigInteger(), nullable=True),
    sa.Column('mediation_id', sa.BigInteger(), nullable=True),
    sa.Column('algorithm', sa.String(length=40), nullable=False),
    sa.Column('key_id', sa.String(length=16), nullable=True),
    sa.Column('cipher', sa.Text(), nullable=False),
    sa.Column('blind_index', sa.String(length=32), nullable=True),
    sa.CheckConstraint('(case_id IS NULL) <> (mediation_id IS NULL)', name=op.f('ck_identity_numbers_of_one_file')),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_identity_numbers_case_id_cases')),
    sa.ForeignKeyConstraint(['mediation_id'], ['mediations.id'], name=op.f('fk_identity_numbers_mediation_id_mediations')),
    sa.PrimaryKeyConstraint('owner_id', name=op.f('pk_identity_numbers'))
    )
    op.create_index(op.f('ix_identity_numbers_case_id'), 'identity_numbers', ['case_id'], unique=False)
    op.create_index(op.f('ix_identity_numbers_mediation_id'), 'identity_numbers', ['mediation_id'], unique=False)
    op.create_index(op.f('ix_identity_numbers_street_id_blind_index'), 'identity_numbers', ['street_id', 'blind_index'], unique=False)
    op.create_table('export_requests',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('street_id', sa.BigInteger(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('first_day', sa.Date(), nullable=False),
    sa.Column('last_day', sa.Date(), nullable=False),
    sa.Column('reason', sa.String(length=200), nullable=False),
    sa.Column('rows', sa.Integer(), nullable=False),
    sa.Column('is_full', sa.Boolean(), nullable=False),
    sa.Column('asked_by', sa.BigInteger(), nullable=False),
    sa.Column('asked_at', MOMENT, nullable=False),
    sa.Column('expires_at', MOMENT, nullable=False),
    sa.Column('decided_by', sa.BigInteger(), nullable=True),
    sa.Column('decided_at', MOMENT, nullable=True),
    sa.Column('is_granted', sa.Boolean(), nullable=True),
    sa.Column('note', sa.String(length=200), nullable=True),
    sa.Column('used_at', MOMENT, nullable=True),
    sa.ForeignKeyConstraint(['asked_by'], ['staff.id'], name=op.f('fk_export_requests_asked_by_staff')),
    sa.ForeignKeyConstraint(['decided_by'], ['staff.id'], name=op.f('fk_export_requests_decided_by_staff')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_export_requests'))
    )
    op.create_index(op.f('ix_export_requests_street_id_asked_at'), 'export_requests', ['street_id', 'asked_at'], unique=False)
    op.create_table('erasures',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('street_id', sa.BigInteger(), nullable=False),
    sa.Column('case_id', sa.BigInteger(), nullable=False),
    sa.Column('ground', sa.Enum('expired', 'wish', name='erasureground', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('reason', sa.String(length=200), nullable=False),
    sa.Column('asked_by', sa.BigInteger(), nullable=False),
    sa.Column('asked_at', MOMENT, nullable=False),
    sa.Column('decided_by', sa.BigInteger(), nullable=True),
    sa.Column('decided_at', MOMENT, nullable=True),
    sa.Column('is_granted', sa.Boolean(), nullable=True),
    sa.Column('note', sa.String(length=200), nullable=True),
    sa.Column('counts', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['asked_by'], ['staff.id'], name=op.f('fk_erasures_asked_by_staff')),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_erasures_case_id_cases')),
    sa.ForeignKeyConstraint(['decided_by'], ['staff.id'], name=op.f('fk_erasures_decided_by_staff')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_erasures'))
    )
    op.create_index(op.f('ix_erasures_case_id'), 'erasures', ['case_id'], unique=False)
    op.create_index(op.f('ix_erasures_street_id_asked_at'), 'erasures', ['street_id', 'asked_at'], unique=False)


    for table, key, owner, case_id, mediation_id in _HOLDERS:
        op.execute(
            f"INSERT INTO identity_numbers (owner_id, street_id, owner, case_id, mediation_id, "
            f"algorithm, cipher) SELECT {key}, street_id, '{owner}', {case_id}, {mediation_id}, "
            f"'plain', id_number FROM {table} WHERE id_number <> ''"
        )
        op.drop_column(table, 'id_number')


def downgrade() -> None:
    """Drop them again; what is encrypted cannot be put back."""
    for table, *_rest in _HOLDERS:
        op.add_column(table, sa.Column('id_number', sa.String(length=40), nullable=True))
    for table in ('erasures', 'export_requests', 'identity_numbers', 'identity_keys', 'case_looks'):
        op.drop_table(table)
