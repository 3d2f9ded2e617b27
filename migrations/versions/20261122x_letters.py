"""Letters, talks and honours at work (表扬提醒、约谈、荣誉): who did what, what was promised."""

import sqlalchemy as sa
from alembic import op

revision = "20261122x_letters"
down_revision = "20261122v_figures"
branch_labels = None
depends_on = None

_STAFF = {
    "letters": ("delivered_by", "revoked_by"),
    "unit_talks": ("kept_by",),
    "honours": ("given_by", "withdrawn_by"),
}
_MORE = {
    "unit_talks": (
        ("figures", sa.String(200)),
        ("place", sa.String(100)),
        ("talked_by", sa.String(100)),
        ("due_on", sa.Date()),
        ("kept_on", sa.Date()),
        ("kept_note", sa.Text()),
    ),
    "honours": (("withdraw_note", sa.String(200)),),
}


def upgrade() -> None:
    """Say who delivered, revoked, gave; follow what was promised; one talk a unit and month."""
    for table, columns in _STAFF.items():
        with op.batch_alter_table(table) as changed:
            for name, kind in _MORE.get(table, ()):
                changed.add_column(sa.Column(name, kind, nullable=True))
            for name in columns:
                changed.add_column(sa.Column(name, sa.BigInteger(), nullable=True))
                changed.create_foreign_key(f"fk_{table}_{name}_staff", "staff", [name], ["id"])
    op.create_index("uq_unit_talks_unit_id_month", "unit_talks", ["unit_id", "month"], unique=True)


def downgrade() -> None:
    """Take it back."""
    op.drop_index("uq_unit_talks_unit_id_month", "unit_talks")
    for table, columns in _STAFF.items():
        with op.batch_alter_table(table) as changed:
            for name in columns:
                changed.drop_constraint(f"fk_{table}_{name}_staff", type_="foreignkey")
                changed.drop_column(name)
            for name, _kind in _MORE.get(table, ()):
                changed.drop_column(name)
