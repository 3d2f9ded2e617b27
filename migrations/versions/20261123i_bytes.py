"""Find by its bytes what holds them (文件去向): who may read bytes asks each time."""

from alembic import op

revision = "20261123i_bytes"
down_revision = "20261123h_figures"
branch_labels = None
depends_on = None

_HOLDERS = (
    ("attachments", "sha256"),
    ("mediation_files", "sha256"),
    ("papers", "layout_sha256"),
    ("papers", "scan_sha256"),
    ("paper_proofs", "blob_sha256"),
)


def upgrade() -> None:
    """Add the indexes."""
    for table, column in _HOLDERS:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
