"""Keep how the forms of other platforms look (平台格式): import mappings and copy blocks."""

import sqlalchemy as sa
from alembic import op

revision = "20261123j_platform_forms"
down_revision = "20261123i_bytes"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "platform_forms",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("street_id", sa.BigInteger(), nullable=False),
        sa.Column("is_import", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("lines", sa.Text(), nullable=False),
        sa.Column("fixed", sa.Text(), nullable=False),
        sa.Column("separator", sa.String(8), nullable=False),
        sa.Column("valid_to", sa.Date()),
        sa.PrimaryKeyConstraint("id", name="pk_platform_forms"),
    )
    op.create_index(
        "ix_platform_forms_street_id_is_import", "platform_forms", ["street_id", "is_import"]
    )


def downgrade() -> None:
    """Drop it again."""
    op.drop_table("platform_forms")
