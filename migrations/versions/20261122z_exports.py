"""What a board was narrowed to when somebody asked to take it out (导出申请的筛选条件)."""

import sqlalchemy as sa
from alembic import op

revision = "20261122z_exports"
down_revision = "20261122y_bulletins"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep the filter in words beside the days and the number of rows."""
    with op.batch_alter_table("export_requests") as table:
        table.add_column(sa.Column("narrowed_to", sa.Text(), nullable=True))


def downgrade() -> None:
    """Forget it again."""
    with op.batch_alter_table("export_requests") as table:
        table.drop_column("narrowed_to")
