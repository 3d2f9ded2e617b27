"""Bytes as they are stored: read back whole from their chunks (HOUSE.md decision 11)."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.store.models import BlobChunk


def read_blob(session: Session, sha256: str) -> bytes:
    """Return the bytes kept under a hash."""
    chunks = session.scalars(
        select(BlobChunk.bytes).where(BlobChunk.sha256 == sha256).order_by(BlobChunk.seq)
    )
    return b"".join(chunks)
