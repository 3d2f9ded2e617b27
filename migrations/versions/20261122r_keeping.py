"""Erasing mediations too, and the recovery sheet of a key that was put away (去留、恢复单)."""

import sqlalchemy as sa
from alembic import op

revision = "20261122r_keeping"
down_revision = "20261122q_filters"
branch_labels = None
depends_on = None

MOMENT = sa.String(32).with_variant(sa.DateTime(timezone=True), "postgresql")
_OF_ONE = "(case_id IS NULL) <> (mediation_id IS NULL)"


def upgrade() -> None:
    """An erasure is of a case or of a mediation; a key says when its sheet was put away."""
    with op.batch_alter_table("erasures") as table:
        table.alter_column("case_id", existing_type=sa.BigInteger(), nullable=True)
        table.add_column(sa.Column("mediation_id", sa.BigInteger(), nullable=True))
        table.create_foreign_key(
            "fk_erasures_mediation_id_mediations", "mediations", ["mediation_id"], ["id"]
        )
        table.create_check_constraint(op.f("ck_erasures_of_one_file"), _OF_ONE)
    op.create_index("ix_erasures_mediation_id", "erasures", ["mediation_id"])
    with op.batch_alter_table("identity_keys") as table:
        table.add_column(sa.Column("put_away_at", MOMENT, nullable=True))
        table.add_column(sa.Column("put_away_by", sa.BigInteger(), nullable=True))
        table.create_foreign_key(
            "fk_identity_keys_put_away_by_staff", "staff", ["put_away_by"], ["id"]
        )


def downgrade() -> None:
    """Take them back; erasures of mediations are forgotten."""
    with op.batch_alter_table("identity_keys") as table:
        table.drop_constraint("fk_identity_keys_put_away_by_staff", type_="foreignkey")
        table.drop_column("put_away_by")
        table.drop_column("put_away_at")
    op.execute("DELETE FROM erasures WHERE case_id IS NULL")
    op.drop_index("ix_erasures_mediation_id", "erasures")
    with op.batch_alter_table("erasures") as table:
        table.drop_constraint(op.f("ck_erasures_of_one_file"), type_="check")
        table.drop_constraint("fk_erasures_mediation_id_mediations", type_="foreignkey")
        table.drop_column("mediation_id")
        table.alter_column("case_id", existing_type=sa.BigInteger(), nullable=False)
